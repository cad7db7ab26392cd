/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The type of a filesystem is in the table of mounts; label and UUID are read by libblkid, which
 * only this file includes.
 */
#include "probe/fs.h"

#include "base/dlopen_table.h"
#include "base/fd.h"
#include "probe/layer_resolve.h"
#include "probe/layer_visibility.h"
#include "probe/mount_table.h"
#include "probe/overlay_options.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <blkid/blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LIBBLKID "libblkid.so.1"

static const DLOPEN_NOTE(blkid_note, LIBBLKID, "filesystems", "Label and UUID of filesystems");

struct blkid_functions {
	__typeof__(&blkid_new_probe) blkid_new_probe;
	__typeof__(&blkid_free_probe) blkid_free_probe;
	__typeof__(&blkid_probe_set_device) blkid_probe_set_device;
	__typeof__(&blkid_do_safeprobe) blkid_do_safeprobe;
	__typeof__(&blkid_probe_lookup_value) blkid_probe_lookup_value;
};

static const struct dlopen_symbol blkid_symbols[] = {
	DLOPEN_SYMBOL(struct blkid_functions, blkid_new_probe),
	DLOPEN_SYMBOL(struct blkid_functions, blkid_free_probe),
	DLOPEN_SYMBOL(struct blkid_functions, blkid_probe_set_device),
	DLOPEN_SYMBOL(struct blkid_functions, blkid_do_safeprobe),
	DLOPEN_SYMBOL(struct blkid_functions, blkid_probe_lookup_value),
};

/*
 * Whether @device is where the filesystem @fs lies. The source of a mount is a text, which the user
 * who mounts a FUSE filesystem chooses, and may lead to another device by now. A filesystem on a
 * device has its number, but for those that may lie on several.
 */
static bool is_device_of(const struct mount_table_fs *fs, dev_t device)
{
	return fs->device == device || strcmp(fs->type, "btrfs") == 0 ||
	       strcmp(fs->type, "bcachefs") == 0;
}

/* Open the block device of @fs. A descriptor; or -errno, -ENOTBLK if it has none. */
static int open_device(const struct mount_table_fs *fs)
{
	const char *path = fs->source;
	struct stat st;

	if (!path || path[0] != '/' || sys_stat(AT_FDCWD, path, true, &st) < 0 ||
	    !S_ISBLK(st.st_mode) || !is_device_of(fs, st.st_rdev))
		return -ENOTBLK;
	return sys_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0);
}

/* The value of @name, to be freed; NULL if there is none. */
static char *copy_value(const struct blkid_functions *blk, blkid_probe probe, const char *name)
{
	const char *value = NULL;

	if (blk->blkid_probe_lookup_value(probe, name, &value, NULL) < 0 || !value)
		return NULL;
	return strdup(value);
}

struct fs_label_uuid fs_label_uuid(const struct mount_table_fs *fs)
{
	struct fs_label_uuid found = { 0 };
	struct blkid_functions blk;
	blkid_probe probe = NULL;
	void *library = NULL;
	CLEANUP_FD int fd = open_device(fs);

	if (fd >= 0)
		library = dlopen_table_load(LIBBLKID, blkid_symbols,
					    sizeof(blkid_symbols) / sizeof(*blkid_symbols), &blk);
	if (library)
		probe = blk.blkid_new_probe();
	if (probe) {
		if (blk.blkid_probe_set_device(probe, fd, 0, 0) == 0 &&
		    blk.blkid_do_safeprobe(probe) == 0) {
			found.label = copy_value(&blk, probe, "LABEL");
			found.uuid = copy_value(&blk, probe, "UUID");
		}
		blk.blkid_free_probe(probe);
	}
	dlopen_table_unload(library);
	return found;
}

/* The filesystem of the upper layer of the overlay mount @id. 0, or -errno. */
static int find_upper_fs(const struct mount_table *table, int fd, uint64_t id,
			 struct mount_table_fs *ret_fs)
{
	struct overlay_options o;
	int r = overlay_options_parse(mount_table_overlay_options(table, id), &o);

	if (r < 0)
		return r;
	r = layer_resolve(table, id, &o);
	if (r == 0)
		r = o.upper ? layers_top_fs(table, &o, fd, id, ret_fs) : -ENOENT;
	overlay_options_done(&o);
	return r;
}

/*
 * Replace every byte that is not printable ASCII. A label is from a disk, and what follows "fuse."
 * in a type from the user who mounted it: it must not control a terminal, or end a line of a log.
 */
static void make_printable(char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			*text = '?';
}

char *fs_name(const struct mount_table *table, int fd, bool upper)
{
	struct fs_label_uuid found;
	struct mount_table_fs fs = { 0 };
	char *name = NULL;
	uint64_t magic;
	uint64_t id;

	if (!table || sys_mount_id(fd, &id) < 0 || sys_fs_magic(fd, &magic) < 0)
		return NULL;
	if (upper && magic == OVERLAYFS_SUPER_MAGIC && find_upper_fs(table, fd, id, &fs) < 0)
		return NULL;
	if (!fs.type && mount_table_fs(table, id, &fs) < 0)
		return NULL;
	found = fs_label_uuid(&fs);
	if (asprintf(&name, found.label ? "%s (label %s)" : "%s", fs.type, found.label) < 0)
		name = NULL;
	if (name)
		make_printable(name);
	free(found.label);
	free(found.uuid);
	return name;
}
