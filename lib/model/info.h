/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The inside of what is known about a file: what api/info.c reads and api/inspect.c fills.
 */
#ifndef OVL_MODEL_INFO_H
#define OVL_MODEL_INFO_H

#include "ovlcp.h"

/** An option of an overlay. */
struct info_option {
	/** Its name, of static text. */
	const char *name;
	/** Its value, "" if it cannot be told; of the info. */
	const char *value;
	/** Whether the mount lists it. */
	bool listed;
};

/** Number of options that are looked at. */
#define INFO_OPTIONS 9

/** See the accessors in ovlcp.h for each field. No string is NULL; all belong to strings. */
struct ovlcp_info {
	mode_t mode;
	/** Bytes. */
	uint64_t size;
	uint64_t ino;
	uint64_t hard_links;
	enum ovlcp_layer layer;
	uint64_t extents;
	bool has_extents;
	/** Bytes. */
	uint64_t shared;
	/** Bytes. */
	uint64_t data;
	bool splits_links;
	bool changes_ino;
	bool owner_unmapped;
	const char *fs_type;
	const char *fs_label;
	const char *fs_uuid;
	const char *fs_source;
	const char *mount_point;
	/** 0 if it is not known. */
	uint64_t mount_id;
	bool read_only;
	/** All, in any order; values are "" on what is no overlay. */
	struct info_option options[INFO_OPTIONS];
	/** From the top to the bottom; NULL if there are none. */
	struct ovlcp_layer_info *layers;
	/** Number of them. */
	size_t layer_count;
	bool layers_cut;
	/** Every string there is, to be freed. */
	char **strings;
	/** Number of them. */
	size_t string_count;
	/** Strings that there is room for. */
	size_t string_room;
};

#endif
