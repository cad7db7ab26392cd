/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The file in a layer that is proved to be the source tells its filesystem for certain. Without it
 * the numbers that overlayfs makes up for the file tell whether that is the one of the upper layer
 * (ovl_map_dev_ino in fs/overlayfs/inode.c; measured on Linux 6.18):
 *
 *   all layers on one filesystem   the device number of the overlay
 *   xino=off                       a device number for each filesystem, also for that of the upper
 *                                  layer; none is the number of the overlay
 *   xino=on or auto                the device number of the overlay; the upper bits of the inode
 *                                  number are for the filesystem, 0 for that of the upper layer
 */
#include "api/data_place.h"

#include "base/fd.h"
#include "probe/layer_bypass.h"
#include "probe/mount_table.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <string.h>

/* Bits of inode numbers that filesystems use; those above are free for xino. */
#define INO_BITS 50

/* The number of layers below the upper one; 0 if it is unknown. */
static size_t count_layers(const struct ovlcp_info *i)
{
	size_t count = 0;

	for (size_t n = 0; n < i->layer_count; n++)
		count += i->layers[n].role == OVLCP_ROLE_LOWER ||
			 i->layers[n].role == OVLCP_ROLE_DATA;
	return i->layers_cut ? 0 : count;
}

/* The visible layer of the role @role, the first one; NULL if there is none. */
static const struct ovlcp_layer_info *find_layer(const struct ovlcp_info *i, enum ovlcp_role role)
{
	for (size_t n = 0; n < i->layer_count; n++)
		if (i->layers[n].role == role && i->layers[n].visible)
			return &i->layers[n];
	return NULL;
}

/* The device of the file in a layer that is proved to be the source; 0 if none is. */
static dev_t prove_device(struct ovlcp *o, int fd, const struct stat *st)
{
	const struct layer_bypass_question q = { .src_fd = fd,
						 .src = st,
						 .any_dev = true,
						 .mounts = session_mount_table,
						 .payload = o };
	CLEANUP_FD int file = layer_bypass_open(&q);
	const struct mount_table *mounts = session_mount_table(o);
	dev_t dev = 0;
	uint64_t id;

	if (file < 0 || !mounts || sys_mount_id(file, &id) < 0 ||
	    mount_table_device(mounts, id, &dev) < 0)
		return 0;
	return dev;
}

static bool is_option(const struct ovlcp_info *i, const char *name, const char *value)
{
	return strcmp(ovlcp_info_option(i, name, NULL), value) == 0;
}

/* Whether the numbers of the file are those of the layer that has its data: with metacopy they may
   be those of a layer that has the metadata alone. */
static bool shows_numbers_of_data(const struct ovlcp_info *i)
{
	if (count_layers(i) == 1)
		return true;
	return i->layer == OVLCP_LAYER_LOWER && is_option(i, "metacopy", "off");
}

/* Whether the data is on the filesystem of the upper layer, by the numbers of the file: 1, 0, or -1
   if they do not tell. @overlay: device number of the overlay. */
static int compare_numbers(const struct ovlcp_info *i, const struct stat *st, dev_t overlay)
{
	if (i->layer == OVLCP_LAYER_UNKNOWN || !shows_numbers_of_data(i))
		return -1;
	if (st->st_dev != overlay)
		return count_layers(i) == 1 ? 0 : -1;
	return st->st_ino >> INO_BITS ? 0 : 1;
}

/* Whether a lower layer agrees with what is known about the filesystem of the data. */
static bool agrees(const struct ovlcp_info *i, const struct ovlcp_layer_info *lower,
		   const struct ovlcp_layer_info *upper)
{
	return (lower->device == upper->device) == i->on_upper_fs;
}

/* Hide the lower layers if none of them is where the data is: their paths lead elsewhere by now. */
static void hide_wrong_layers(struct ovlcp_info *i)
{
	const struct ovlcp_layer_info *upper = find_layer(i, OVLCP_ROLE_UPPER);

	if (!upper || i->on_upper_fs < 0 || i->layer != OVLCP_LAYER_LOWER)
		return;
	for (size_t n = 0; n < i->layer_count; n++)
		if (i->layers[n].role == OVLCP_ROLE_LOWER &&
		    (!i->layers[n].visible || agrees(i, &i->layers[n], upper)))
			return;
	for (size_t n = 0; n < i->layer_count; n++) {
		struct ovlcp_layer_info *it = &i->layers[n];

		if (it->role != OVLCP_ROLE_LOWER)
			continue;
		it->visible = false;
		it->device = 0;
		it->fs_type = it->fs_label = it->fs_uuid = "";
	}
}

void place_data(struct ovlcp *o, struct ovlcp_info *i, int fd, const struct stat *st)
{
	const struct mount_table *mounts = session_mount_table(o);
	const struct ovlcp_layer_info *upper = find_layer(i, OVLCP_ROLE_UPPER);
	dev_t here;

	if (!mounts || mount_table_device(mounts, i->mount_id, &here) < 0)
		return;
	if (i->layer == OVLCP_LAYER_NONE) {
		i->data_device = here;
		return;
	}
	if (i->layer == OVLCP_LAYER_UPPER)
		i->data_device = upper ? upper->device : 0;
	else if (i->layer != OVLCP_LAYER_UNKNOWN)
		i->data_device = prove_device(o, fd, st);
	i->on_upper_fs = i->layer == OVLCP_LAYER_UPPER ? 1
			 : i->data_device && upper     ? i->data_device == upper->device
						       : compare_numbers(i, st, here);
	hide_wrong_layers(i);
}

/* How overlayfs finds a lower file again after its copy-up, whose inode number it goes on showing:
   by a file handle with the UUID of the filesystem. */
enum handle_kind {
	/* The type is not in the table. */
	HANDLE_UNKNOWN,
	/* It has both. */
	HANDLE_WITH_UUID,
	/* It has no UUID, for which overlayfs makes do where certain options are on. */
	HANDLE_WITHOUT_UUID,
	/* It has no handles. */
	HANDLE_NONE,
};

static enum handle_kind handle_kind_of(const char *type)
{
	static const struct {
		const char *type;
		enum handle_kind kind;
	} known[] = {
		{ "ext4", HANDLE_WITH_UUID },	     { "xfs", HANDLE_WITH_UUID },
		{ "btrfs", HANDLE_WITH_UUID },	     { "tmpfs", HANDLE_WITH_UUID },
		{ "erofs", HANDLE_WITH_UUID },	     { "overlay", HANDLE_NONE },
		{ "squashfs", HANDLE_WITHOUT_UUID },
	};

	for (size_t n = 0; n < sizeof(known) / sizeof(*known); n++)
		if (strcmp(known[n].type, type) == 0)
			return known[n].kind;
	return strncmp(type, "fuse", strlen("fuse")) == 0 ? HANDLE_WITHOUT_UUID : HANDLE_UNKNOWN;
}

/* Whether another filesystem of a lower layer has the UUID of @layer, or likewise none: overlayfs
   cannot tell them apart then (ovl_lower_uuid_ok). */
static bool has_twin(const struct ovlcp_info *i, const struct ovlcp_layer_info *layer)
{
	const bool without = handle_kind_of(layer->fs_type) == HANDLE_WITHOUT_UUID;

	for (size_t n = 0; n < i->layer_count; n++) {
		const struct ovlcp_layer_info *it = &i->layers[n];

		if (it->role != OVLCP_ROLE_LOWER || !it->visible || it->device == layer->device)
			continue;
		if (without ? handle_kind_of(it->fs_type) == HANDLE_WITHOUT_UUID
			    : *layer->fs_uuid && strcmp(it->fs_uuid, layer->fs_uuid) == 0)
			return true;
	}
	return false;
}

/* Whether an option is on with which overlayfs trusts the handles of one filesystem without UUID:
   1, 0, or -1 if one is unknown (ovl_allow_offline_changes; measured on Linux 6.18). */
static int trusts_handles(const struct ovlcp_info *i)
{
	static const char *const names[] = { "index", "metacopy", "redirect_dir", "xino" };
	int trusts = 0;

	for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++) {
		const char *value = ovlcp_info_option(i, names[n], NULL);

		if (strcmp(value, "on") == 0)
			return 1;
		if (!*value)
			trusts = -1;
	}
	return trusts;
}

/* Whether the inode number stays that of the lower file: 1, 0 or -1. */
static int keeps_ino(const struct ovlcp_info *i, const struct ovlcp_layer_info *layer)
{
	enum handle_kind kind = layer->visible ? handle_kind_of(layer->fs_type) : HANDLE_UNKNOWN;

	if (kind == HANDLE_UNKNOWN)
		return -1;
	if (kind == HANDLE_NONE || has_twin(i, layer))
		return 0;
	return kind == HANDLE_WITH_UUID ? 1 : trusts_handles(i);
}

/* The same for the layer that the data is on, or for all that may be it. */
static int layer_keeps_ino(const struct ovlcp_info *i)
{
	int keeps = -1;
	bool is_first = true;

	for (size_t n = 0; n < i->layer_count; n++) {
		const struct ovlcp_layer_info *it = &i->layers[n];
		int this_one;

		if (it->role != OVLCP_ROLE_LOWER ||
		    (i->data_device && it->visible && it->device != i->data_device))
			continue;
		this_one = keeps_ino(i, it);
		keeps = is_first || keeps == this_one ? this_one : -1;
		is_first = false;
	}
	return keeps;
}

int place_changes_ino(const struct ovlcp_info *i)
{
	int keeps;

	if (i->layer != OVLCP_LAYER_LOWER || i->splits_links != 0)
		return i->splits_links;
	keeps = layer_keeps_ino(i);
	return keeps < 0 ? -1 : !keeps;
}
