/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An overlay hides most of the devices below it. Where the library knows the filesystem of the
 * data, its number is compared. Otherwise the numbers that overlayfs makes up are compared
 * (measured on Linux 6.18, fs/overlayfs, ovl_map_dev_ino): with xino=off a file has a number for
 * the filesystem of its layer; a file that was copied up keeps the number from before; and with
 * xino all have the number of the overlay. UUIDs are not compared: copies of a disk have the same.
 */
#include "device.h"

#include <string.h>

/* Whether the overlay has one lower layer, and no other that may hold data. */
static bool has_one_lower(const struct ovlcp_info *i)
{
	size_t lowers = 0;

	for (size_t n = 0; n < ovlcp_info_layers(i); n++) {
		enum ovlcp_role role = ovlcp_info_layer_at(i, n)->role;

		lowers += role == OVLCP_ROLE_LOWER || role == OVLCP_ROLE_DATA;
	}
	return lowers == 1 && !ovlcp_info_layers_cut(i);
}

static bool xino_is_off(const struct ovlcp_info *i)
{
	return strcmp(ovlcp_info_option(i, "xino", NULL), "off") == 0;
}

struct device device_of(const struct ovlcp_info *i, dev_t file_device)
{
	enum ovlcp_layer layer = ovlcp_info_layer(i);
	bool is_lower = layer == OVLCP_LAYER_LOWER || layer == OVLCP_LAYER_METADATA;
	struct device d = { .number = ovlcp_info_data_device(i), .pseudo = file_device };

	if (layer == OVLCP_LAYER_NONE)
		return d;
	d.overlay = ovlcp_info_mount_id(i);
	d.on_upper_fs = ovlcp_info_on_upper_fs(i);
	d.is_only_lower = is_lower && has_one_lower(i);
	/* a metacopy file has not the number of the layer of its data */
	if (layer != OVLCP_LAYER_LOWER || !xino_is_off(i))
		d.pseudo = 0;
	return d;
}

enum device_relation device_compare(const struct device *a, const struct device *b)
{
	bool one_overlay = a->overlay && a->overlay == b->overlay;

	/* without the table of mounts; different numbers may be subvolumes of one btrfs */
	if (!a->overlay && !b->overlay && a->pseudo == b->pseudo)
		return DEVICE_SAME;
	if (a->number && b->number)
		return a->number == b->number ? DEVICE_SAME : DEVICE_DIFFERENT;
	if (one_overlay && a->on_upper_fs + b->on_upper_fs == 1) /* 1 and 0 */
		return DEVICE_DIFFERENT;
	if (one_overlay && ((a->on_upper_fs == 1 && b->on_upper_fs == 1) ||
			    (a->is_only_lower && b->is_only_lower)))
		return DEVICE_SAME;
	if (one_overlay && a->pseudo && b->pseudo)
		return a->pseudo == b->pseudo ? DEVICE_SAME : DEVICE_DIFFERENT;
	return DEVICE_UNKNOWN;
}
