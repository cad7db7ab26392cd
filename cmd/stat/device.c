/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An overlay hides most of the devices below it. What st_dev means there (fs/overlayfs,
 * ovl_map_dev_ino): a directory has the number of the overlay itself; a file on a lower layer has a
 * pseudo number for the filesystem of that layer, which for the filesystem of the upper layer is
 * the number of the overlay; a file that was copied up keeps the number from before; and with xino
 * all have the number of the overlay.
 */
#include "device.h"

#include <string.h>

/* The filesystem of the upper layer, or of all lower layers. */
struct layer_fs {
	size_t count;
	const char *type;
	const char *uuid; /* "" if they are on several filesystems, or one is unknown */
};

static struct layer_fs layer_fs_of(const struct ovlcp_info *i, bool upper)
{
	struct layer_fs l = { 0, "", "" };

	for (size_t n = 0; n < ovlcp_info_layers(i); n++) {
		const struct ovlcp_layer_info *layer = ovlcp_info_layer_at(i, n);

		if (layer->role == OVLCP_ROLE_WORK || (layer->role == OVLCP_ROLE_UPPER) != upper)
			continue;
		if (l.count++ == 0) {
			l.type = layer->fs_type;
			l.uuid = layer->fs_uuid;
		} else if (strcmp(l.uuid, layer->fs_uuid) != 0) {
			l.type = l.uuid = "";
		}
	}
	if (ovlcp_info_layers_cut(i))
		return (struct layer_fs){ 0, "", "" };
	return l;
}

static bool xino_is_off(const struct ovlcp_info *i)
{
	return strcmp(ovlcp_info_option(i, "xino", NULL), "off") == 0;
}

static struct device device_of_lower(const struct ovlcp_info *i, dev_t file, dev_t overlay)
{
	struct layer_fs l = layer_fs_of(i, false);
	struct device p = { .overlay = ovlcp_info_mount_id(i), .fs_type = "", .fs_uuid = "" };
	bool metadata = ovlcp_info_layer(i) == OVLCP_LAYER_METADATA;

	p.on_only_lower = l.count == 1 || (l.count > 1 && *l.uuid);
	if (p.on_only_lower) {
		p.fs_type = l.type;
		p.fs_uuid = l.uuid;
	}
	/* a metacopy file has not the number of the layer of its data; with xino no file has */
	if (!metadata && overlay && (file != overlay || xino_is_off(i)))
		p.number = file;
	return p;
}

struct device device_of(const struct ovlcp_info *i, dev_t file_device, dev_t directory_device)
{
	struct device p = { .fs_type = "", .fs_uuid = "" };
	struct layer_fs l;

	switch (ovlcp_info_layer(i)) {
	case OVLCP_LAYER_NONE:
		return (struct device){ file_device, 0, false, ovlcp_info_fs_type(i),
					ovlcp_info_fs_uuid(i) };
	case OVLCP_LAYER_UPPER:
		l = layer_fs_of(i, true);
		return (struct device){ directory_device, ovlcp_info_mount_id(i), false, l.type,
					l.uuid };
	case OVLCP_LAYER_LOWER:
	case OVLCP_LAYER_METADATA:
		return device_of_lower(i, file_device, directory_device);
	case OVLCP_LAYER_UNKNOWN:
	case OVLCP_LAYER_COUNT:
		break;
	}
	p.overlay = ovlcp_info_mount_id(i);
	return p;
}

enum device_relation device_compare(const struct device *a, const struct device *b)
{
	bool one_overlay = a->overlay && a->overlay == b->overlay;

	if (a->number && a->number == b->number)
		return DEVICE_SAME;
	if (one_overlay && a->on_only_lower && b->on_only_lower)
		return DEVICE_SAME;
	/* outside of overlays the numbers decide: a copy of a block device has the same UUID */
	if (!a->overlay && !b->overlay && strcmp(a->fs_type, "btrfs") != 0)
		return DEVICE_DIFFERENT;
	/* subvolumes of one btrfs have different numbers, and physical offsets in common */
	if (*a->fs_uuid && *b->fs_uuid)
		return strcmp(a->fs_uuid, b->fs_uuid) == 0 ? DEVICE_SAME : DEVICE_DIFFERENT;
	if (a->number && b->number && (one_overlay || (!a->overlay && !b->overlay)))
		return DEVICE_DIFFERENT;
	return DEVICE_UNKNOWN;
}
