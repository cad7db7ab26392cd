/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Accessors of a struct ovlcp_info: one function for each field, so that the structure can grow
 * without a change of the ABI. ovlcp.h documents them.
 */
#include "model/info.h"

#include <stdlib.h>
#include <string.h>

struct ovlcp_info *ovlcp_info_free(struct ovlcp_info *i)
{
	if (!i)
		return NULL;
	for (size_t n = 0; n < i->string_count; n++)
		free(i->strings[n]);
	free(i->strings);
	free(i->layers);
	free(i);
	return NULL;
}

mode_t ovlcp_info_mode(const struct ovlcp_info *i)
{
	return i->mode;
}

uint64_t ovlcp_info_size(const struct ovlcp_info *i)
{
	return i->size;
}

uint64_t ovlcp_info_ino(const struct ovlcp_info *i)
{
	return i->ino;
}

uint64_t ovlcp_info_hard_links(const struct ovlcp_info *i)
{
	return i->hard_links;
}

enum ovlcp_layer ovlcp_info_layer(const struct ovlcp_info *i)
{
	return i->layer;
}

uint64_t ovlcp_info_extents(const struct ovlcp_info *i)
{
	return i->extents;
}

bool ovlcp_info_has_extents(const struct ovlcp_info *i)
{
	return i->has_extents;
}

uint64_t ovlcp_info_bytes_shared(const struct ovlcp_info *i)
{
	return i->shared;
}

uint64_t ovlcp_info_bytes_data(const struct ovlcp_info *i)
{
	return i->data;
}

uint64_t ovlcp_info_bytes_copy_up(const struct ovlcp_info *i)
{
	const bool is_below = i->layer != OVLCP_LAYER_UPPER && i->layer != OVLCP_LAYER_NONE;

	return is_below ? i->copy_up_bytes : 0;
}

int ovlcp_info_on_upper_fs(const struct ovlcp_info *i)
{
	return i->on_upper_fs;
}

dev_t ovlcp_info_data_device(const struct ovlcp_info *i)
{
	return i->data_device;
}

bool ovlcp_info_work_dir_apart(const struct ovlcp_info *i)
{
	return i->work_dir_apart;
}

int ovlcp_info_copy_up_splits_links(const struct ovlcp_info *i)
{
	return i->splits_links;
}

bool ovlcp_info_owner_unmapped(const struct ovlcp_info *i)
{
	return i->owner_unmapped;
}

int ovlcp_info_copy_up_changes_ino(const struct ovlcp_info *i)
{
	return i->changes_ino;
}

const char *ovlcp_info_fs_type(const struct ovlcp_info *i)
{
	return i->fs_type;
}

const char *ovlcp_info_fs_label(const struct ovlcp_info *i)
{
	return i->fs_label;
}

const char *ovlcp_info_fs_uuid(const struct ovlcp_info *i)
{
	return i->fs_uuid;
}

const char *ovlcp_info_fs_source(const struct ovlcp_info *i)
{
	return i->fs_source;
}

const char *ovlcp_info_mount_point(const struct ovlcp_info *i)
{
	return i->mount_point;
}

uint64_t ovlcp_info_mount_id(const struct ovlcp_info *i)
{
	return i->mount_id;
}

bool ovlcp_info_read_only(const struct ovlcp_info *i)
{
	return i->read_only;
}

size_t ovlcp_info_layers(const struct ovlcp_info *i)
{
	return i->layer_count;
}

bool ovlcp_info_layers_cut(const struct ovlcp_info *i)
{
	return i->layers_cut;
}

const char *ovlcp_info_option(const struct ovlcp_info *i, const char *name, bool *ret_listed)
{
	const struct info_option *found = NULL;

	for (size_t n = 0; n < INFO_OPTIONS; n++)
		if (strcmp(i->options[n].name, name) == 0)
			found = &i->options[n];
	if (ret_listed)
		*ret_listed = found && found->listed;
	return found ? found->value : "";
}

const struct ovlcp_layer_info *ovlcp_info_layer_at(const struct ovlcp_info *i, size_t n)
{
	return n < i->layer_count ? &i->layers[n] : NULL;
}
