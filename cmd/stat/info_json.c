/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints an info as JSON. An unknown value is null, or its key is missing; never "" or 0.
 */
#include "info_json.h"

#include <sys/stat.h>

static const char *const json_options[] = { "metacopy",	  "index",    "xino",	  "redirect_dir",
					    "nfs_export", "volatile", "userxattr" };

/* Put @bytes, which need not be text, unless they are "". */
static void put_known(struct json *j, struct json_t *object, const char *key, const char *bytes)
{
	if (*bytes)
		json_put_bytes(j, object, key, bytes);
}

static struct json_t *filesystem_object(struct json *j, const char *type, const char *label,
					const char *uuid)
{
	struct json_t *fs = json_new_object(j);

	put_known(j, fs, "type", type);
	put_known(j, fs, "label", label);
	put_known(j, fs, "uuid", uuid);
	return fs;
}

static struct json_t *layer_object(struct json *j, const struct ovlcp_layer_info *l)
{
	struct json_t *object = json_new_object(j);

	json_put_text(j, object, "role", ovlcp_role_name(l->role));
	json_put_bytes(j, object, "path", l->path);
	json_put_bool(j, object, "visible", l->visible);
	if (l->visible)
		json_put(j, object, "filesystem",
			 filesystem_object(j, l->fs_type, l->fs_label, l->fs_uuid));
	return object;
}

static struct json_t *options_object(struct json *j, const struct ovlcp_info *i)
{
	struct json_t *object = json_new_object(j);

	for (size_t n = 0; n < sizeof(json_options) / sizeof(*json_options); n++) {
		const char *value = ovlcp_info_option(i, json_options[n], NULL);

		if (*value)
			json_put_bytes(j, object, json_options[n], value);
		else
			json_put_null(j, object, json_options[n]);
	}
	return object;
}

static struct json_t *overlay_object(struct json *j, const struct ovlcp_info *i)
{
	struct json_t *object = json_new_object(j);
	struct json_t *layers = json_new_array(j);

	json_put(j, object, "options", options_object(j, i));
	for (size_t n = 0; n < ovlcp_info_layers(i); n++)
		json_append(j, layers, layer_object(j, ovlcp_info_layer_at(i, n)));
	json_put(j, object, "layers", layers);
	json_put_bool(j, object, "layers_cut", ovlcp_info_layers_cut(i));
	return object;
}

static void put_data(struct json *j, struct json_t *object, const struct ovlcp_info *i)
{
	json_put_number(j, object, "bytes_data", ovlcp_info_bytes_data(i));
	if (ovlcp_info_has_extents(i)) {
		json_put_number(j, object, "extents", ovlcp_info_extents(i));
		json_put_number(j, object, "bytes_shared", ovlcp_info_bytes_shared(i));
	} else {
		json_put_null(j, object, "extents");
		json_put_null(j, object, "bytes_shared");
	}
}

/* @value: 1, 0, or -1 for null. */
static void put_answer(struct json *j, struct json_t *object, const char *key, int value)
{
	if (value < 0)
		json_put_null(j, object, key);
	else
		json_put_bool(j, object, key, value);
}

static struct json_t *copy_up_object(struct json *j, const struct ovlcp_info *i)
{
	struct json_t *object = json_new_object(j);

	json_put_number(j, object, "bytes", ovlcp_info_bytes_copy_up(i));
	put_answer(j, object, "splits_links", ovlcp_info_copy_up_splits_links(i));
	put_answer(j, object, "changes_inode", ovlcp_info_copy_up_changes_ino(i));
	json_put_bool(j, object, "owner_unmapped", ovlcp_info_owner_unmapped(i));
	json_put_bool(j, object, "work_dir_apart", ovlcp_info_work_dir_apart(i));
	return object;
}

static struct json_t *mount_object(struct json *j, const struct ovlcp_info *i)
{
	struct json_t *object = json_new_object(j);

	put_known(j, object, "point", ovlcp_info_mount_point(i));
	put_known(j, object, "source", ovlcp_info_fs_source(i));
	json_put_number(j, object, "id", ovlcp_info_mount_id(i));
	json_put_bool(j, object, "read_only", ovlcp_info_read_only(i));
	return object;
}

int info_json(struct json *j, const struct ovlcp_info *i, const char *path)
{
	struct json_t *object = json_new_object(j);
	bool on_overlay = ovlcp_info_layer(i) != OVLCP_LAYER_NONE;

	json_put_number(j, object, "schema", 1);
	json_put_bytes(j, object, "path", path);
	json_put_number(j, object, "size", ovlcp_info_size(i));
	json_put_number(j, object, "mode", ovlcp_info_mode(i));
	json_put_inode(j, object, "inode", ovlcp_info_ino(i));
	json_put_number(j, object, "hard_links", ovlcp_info_hard_links(i));
	json_put_text(j, object, "layer", ovlcp_layer_name(ovlcp_info_layer(i)));
	if (S_ISREG(ovlcp_info_mode(i)))
		put_data(j, object, i);
	json_put(j, object, "filesystem",
		 filesystem_object(j, ovlcp_info_fs_type(i), ovlcp_info_fs_label(i),
				   ovlcp_info_fs_uuid(i)));
	json_put(j, object, "mount", mount_object(j, i));
	if (on_overlay) {
		put_answer(j, object, "on_upper_filesystem", ovlcp_info_on_upper_fs(i));
		json_put(j, object, "overlay", overlay_object(j, i));
		json_put(j, object, "copy_up", copy_up_object(j, i));
	}
	return json_print(j, object, stdout);
}
