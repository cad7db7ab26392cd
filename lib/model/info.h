/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The fields of ovlcp_info, which api/inspect.c fills and api/info.c reads for the caller.
 */
#ifndef OVL_MODEL_INFO_H
#define OVL_MODEL_INFO_H

#include "ovlcp.h"

/** An option of an overlay. */
struct info_option {
	/** Its name; a string literal. */
	const char *name;
	/** Its value, "" if it is unknown; owned by the info. */
	const char *value;
	/** Whether it is among the mount options that the kernel lists. */
	bool listed;
};

/** Number of options in ovlcp_info.options. */
#define INFO_OPTIONS 9

/** What is known about a file. No string is NULL; all are in strings, which owns them. */
struct ovlcp_info {
	/** st_mode of the file. */
	mode_t mode;
	/** Size in bytes. */
	uint64_t size;
	/** Inode number. */
	uint64_t ino;
	/** Number of hard links. */
	uint64_t hard_links;
	/** Layer of its overlay that its data is on. */
	enum ovlcp_layer layer;
	/** Number of extents. */
	uint64_t extents;
	/** Whether the extents are known. */
	bool has_extents;
	/** Bytes in shared extents. */
	uint64_t shared;
	/** Bytes that are not holes. */
	uint64_t data;
	/** Bytes that a copy-up of it writes. */
	uint64_t copy_up_bytes;
	/** Whether a copy-up would break its hard links: 1, 0, or -1 if it is unknown. */
	int splits_links;
	/** Whether its inode number changes after a copy-up: 1, 0 or -1. */
	int changes_ino;
	/** Whether its data is on the filesystem of the upper layer: 1, 0 or -1. */
	int on_upper_fs;
	/** Device number of the superblock that holds its data; 0 if it is unknown. */
	dev_t data_device;
	/** Whether nothing can be moved from the work directory to the upper layer. */
	bool work_dir_apart;
	/** Whether its owner or group is not mapped in this user namespace. */
	bool owner_unmapped;
	/** Type of its filesystem. */
	const char *fs_type;
	/** Label of its filesystem. */
	const char *fs_label;
	/** UUID of its filesystem. */
	const char *fs_uuid;
	/** Source of its mount, such as a device. */
	const char *fs_source;
	/** Mount point. */
	const char *mount_point;
	/** Mount id; 0 if it is unknown. */
	uint64_t mount_id;
	/** Whether the mount is read-only. */
	bool read_only;
	/** Options of the overlay, in any order; all values are "" if it is not an overlay. */
	struct info_option options[INFO_OPTIONS];
	/** Layers of the overlay, from top to bottom; NULL if there are none. */
	struct ovlcp_layer_info *layers;
	/** Number of layers. */
	size_t layer_count;
	/** Whether the list of layers is incomplete. */
	bool layers_cut;
	/** Every string of the info; owned. */
	char **strings;
	/** Number of strings. */
	size_t string_count;
	/** Number of strings that fit before strings must grow. */
	size_t string_room;
};

#endif
