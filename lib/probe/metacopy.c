/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Answers from the options of the mount: the xattr that marks a metacopy file is hidden by the
 * overlay.
 */
#include "probe/metacopy.h"

#include "probe/layer_visibility.h"
#include "probe/overlay_defaults.h"
#include "sys/status.h"

#include <linux/magic.h>
#include <string.h>

bool metacopy_is_allowed(const struct overlay_options *o)
{
	const char *value = overlay_option_listed(o, "metacopy");

	if (!value && !o->cut)
		value = overlay_default("metacopy");
	/* the files of data-only layers belong to metacopy files of the others */
	return !value || strcmp(value, "on") == 0 || overlay_options_have_data_only(o);
}

/* Whether a lower layer of @o is on an overlay, which may have such files, too. */
static bool has_overlay_below(const struct mount_table *table, const struct overlay_options *o)
{
	for (size_t i = 0; i < o->lowers; i++) {
		uint64_t id;

		if (sys_mount_id_of(o->lower[i].path, &id) == 0 &&
		    mount_table_overlay_options(table, id))
			return true;
	}
	return false;
}

bool metacopy_is_possible(int fd, mount_table_fn *mounts, void *payload)
{
	const struct mount_table *table;
	struct overlay_options o;
	uint64_t magic;
	uint64_t id;
	bool is_possible;

	if (sys_fs_magic(fd, &magic) == 0 && magic != OVERLAYFS_SUPER_MAGIC)
		return false;
	table = mounts(payload);
	if (!table || sys_mount_id(fd, &id) < 0 ||
	    overlay_options_parse(mount_table_overlay_options(table, id), &o) < 0)
		return true;
	is_possible = metacopy_is_allowed(&o) || has_overlay_below(table, &o);
	overlay_options_done(&o);
	return is_possible;
}

bool metacopy_has_layer_with(int fd, int other_fd, mount_table_fn *mounts, void *payload)
{
	const struct mount_table *table = mounts(payload);
	struct mount_table_fs fs;
	struct overlay_options o;
	uint64_t other;
	uint64_t id;
	bool found = false;
	dev_t dev;

	if (!table || sys_mount_id(fd, &id) < 0 || sys_mount_id(other_fd, &other) < 0 ||
	    mount_table_device(table, other, &dev) < 0 ||
	    overlay_options_parse(mount_table_overlay_options(table, id), &o) < 0)
		return false;
	for (size_t i = 0; i < o.lowers && !found; i++)
		found = layer_visible_fs(table, id, o.lower[i].path, &fs) == 0 && fs.device == dev;
	overlay_options_done(&o);
	return found;
}
