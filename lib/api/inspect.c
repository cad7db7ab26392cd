/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Inspects one file: collects what stat, its extents, the mount table and libblkid say about it.
 *
 * A copy needs nothing of this. A regular file is opened for reading but not read; a mount point
 * that may hold a layer is opened with O_PATH; a layer only where its path is proved to be right,
 * to find out which filesystem the data is on (api/data_place.c).
 */
#include "api/data_place.h"
#include "base/array.h"
#include "base/fd.h"
#include "exec/data_segments.h"
#include "model/info.h"
#include "probe/fs.h"
#include "probe/idmap.h"
#include "probe/layer.h"
#include "probe/layer_resolve.h"
#include "probe/layer_visibility.h"
#include "probe/mount_table.h"
#include "probe/overlay_defaults.h"
#include "probe/overlay_options.h"
#include "probe/work_dir.h"
#include "session/session.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Overlay mount options in struct ovlcp_info, in this order. */
static const char *const option_names[INFO_OPTIONS] = {
	"metacopy", "index",  "xino",	  "redirect_dir", "nfs_export",
	"uuid",	    "verity", "volatile", "userxattr",
};

/* A filesystem that holds a layer. Strings are owned by the info. */
struct layer_fs {
	dev_t device;
	const char *type;
	const char *label;
	const char *uuid;
};

/* The state of an inspection. */
struct inspection {
	/* the session; borrowed */
	struct ovlcp *o;
	/* the result; owned until it is returned */
	struct ovlcp_info *i;
	/* the file, open for reading or O_PATH */
	int fd;
	/* its fstat */
	struct stat st;
	/* cache of filesystems, because hundreds of layers are on few of them; owned */
	struct layer_fs *layer_fs;
	size_t layer_fs_count;
	size_t layer_fs_room;
	/* true if memory was short */
	bool failed;
};

/* Make the info own @text, which was allocated, or is NULL. Returns @text; "" for NULL or if memory
   is short. */
static const char *take_text(struct inspection *x, char *text)
{
	struct ovlcp_info *i = x->i;

	if (!text)
		return "";
	if (array_grow(&i->strings, &i->string_room, i->string_count, sizeof(*i->strings)) < 0) {
		free(text);
		x->failed = true;
		return "";
	}
	i->strings[i->string_count++] = text;
	return text;
}

/* Copy @text. The info owns the copy; "" for NULL or if memory is short. */
static const char *copy_text(struct inspection *x, const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	x->failed = x->failed || (text && !copy);
	return take_text(x, copy);
}

/* Count an extent; a callback of sys_extents. */
static int count_extent(const struct sys_extent *e, void *payload)
{
	struct ovlcp_info *i = payload;

	i->extents++;
	i->shared += e->shared ? e->length : 0;
	return 0;
}

/* Fill the fields about the data of a regular file. */
static void inspect_data(struct inspection *x)
{
	struct ovlcp_info *i = x->i;

	i->data = data_segments_sum(x->fd, i->size);
	i->copy_up_bytes = data_segments_copied_up(x->fd, i->size);
	i->has_extents = sys_extents(x->fd, count_extent, i) == 0;
	if (!i->has_extents)
		i->extents = i->shared = 0;
}

/* Fill the fields about the filesystem, from the mount table and libblkid. */
static void inspect_mount(struct inspection *x, const struct mount_table *mounts)
{
	struct ovlcp_info *i = x->i;
	struct mount_table_fs fs;
	struct fs_label_uuid ids;

	if (!mounts || mount_table_fs(mounts, i->mount_id, &fs) < 0)
		return;
	ids = fs_label_uuid(&fs);
	i->fs_type = copy_text(x, fs.type);
	i->fs_source = copy_text(x, fs.source);
	i->mount_point = copy_text(x, fs.target);
	i->fs_label = take_text(x, ids.label);
	i->fs_uuid = take_text(x, ids.uuid);
}

/* Fill the mount options of the overlay: those that are listed, otherwise the defaults. */
static void inspect_options(struct inspection *x, const struct overlay_options *o)
{
	for (size_t n = 0; n < INFO_OPTIONS; n++) {
		struct info_option *it = &x->i->options[n];
		const char *listed = overlay_option_listed(o, it->name);

		it->listed = listed;
		it->value = copy_text(x, listed ? listed : overlay_default(it->name));
	}
}

/* Return the cached description of the filesystem @fs; NULL if memory is short. */
static const struct layer_fs *find_layer_fs(struct inspection *x, const struct mount_table_fs *fs)
{
	struct fs_label_uuid ids;

	for (size_t n = 0; n < x->layer_fs_count; n++)
		if (x->layer_fs[n].device == fs->device)
			return &x->layer_fs[n];
	if (array_grow(&x->layer_fs, &x->layer_fs_room, x->layer_fs_count, sizeof(*x->layer_fs)) <
	    0) {
		x->failed = true;
		return NULL;
	}
	ids = fs_label_uuid(fs);
	x->layer_fs[x->layer_fs_count] = (struct layer_fs){
		.device = fs->device,
		.type = copy_text(x, fs->type),
		.label = take_text(x, ids.label),
		.uuid = take_text(x, ids.uuid),
	};
	return &x->layer_fs[x->layer_fs_count++];
}

/* The layers of an overlay as they are added to the info. */
struct layer_list {
	/* the table of mounts, if the layers are in this mount namespace; otherwise NULL */
	const struct mount_table *mounts;
	/* the paths as the kernel lists them */
	const struct overlay_options *listed;
	/* the same with relative ones made absolute */
	const struct overlay_options *resolved;
};

/* Add the layer @path, which is listed as @listed. */
static void add_layer(struct inspection *x, const struct layer_list *list, enum ovlcp_role role,
		      const char *listed, const char *path)
{
	struct ovlcp_layer_info *it = &x->i->layers[x->i->layer_count];
	const struct layer_fs *h = NULL;
	struct mount_table_fs fs;

	*it = (struct ovlcp_layer_info){ .role = role,
					 .path = copy_text(x, listed),
					 .fs_type = "",
					 .fs_label = "",
					 .fs_uuid = "" };
	if (list->mounts && layer_visible_fs(list->mounts, x->i->mount_id, path, &fs) == 0)
		h = find_layer_fs(x, &fs);
	if (h) {
		it->visible = true;
		it->device = h->device;
		it->fs_type = h->type;
		it->fs_label = h->label;
		it->fs_uuid = h->uuid;
	}
	x->i->layer_count++;
}

/* Fill the list of layers. */
static void add_layers(struct inspection *x, const struct layer_list *list)
{
	const struct overlay_options *o = list->listed;

	x->i->layers_cut = o->cut;
	x->i->layers = calloc(o->lowers + 2, sizeof(*x->i->layers));
	if (!x->i->layers) {
		x->failed = true;
		return;
	}
	if (o->upper)
		add_layer(x, list, OVLCP_ROLE_UPPER, o->upper, list->resolved->upper);
	if (o->work)
		add_layer(x, list, OVLCP_ROLE_WORK, o->work, list->resolved->work);
	for (size_t n = 0; n < o->lowers; n++)
		add_layer(x, list, o->lower[n].data_only ? OVLCP_ROLE_DATA : OVLCP_ROLE_LOWER,
			  o->lower[n].path, list->resolved->lower[n].path);
}

/* Fill the list of layers of the overlay with the listed options @listed, and what follows from
   it. */
static void inspect_layers(struct inspection *x, const struct mount_table *mounts,
			   const struct overlay_options *listed)
{
	const uint64_t id = x->i->mount_id;
	struct layer_list list = { .listed = listed };
	struct overlay_options resolved;
	int r = overlay_options_parse(mount_table_overlay_options(mounts, id), &resolved);

	if (r == 0)
		r = layer_resolve(mounts, id, &resolved);
	x->failed = x->failed || r < 0;
	if (r == 0) {
		list.resolved = &resolved;
		list.mounts = layers_are_local(mounts, &resolved, x->fd, id) ? mounts : NULL;
		add_layers(x, &list);
		x->i->work_dir_apart = list.mounts && work_dir_is_apart(&resolved);
	}
	overlay_options_done(&resolved);
}

/* 1 or 0 for a value that is @wanted or not, -1 if it is unknown. */
static int is_value(const struct ovlcp_info *i, const char *name, const char *wanted)
{
	const char *value = ovlcp_info_option(i, name, NULL);

	return *value ? strcmp(value, wanted) == 0 : -1;
}

/* Whether a copy-up splits the hard links of the file; measured on Linux 6.18. */
static int splits_links(const struct ovlcp_info *i)
{
	int index = is_value(i, "index", "on");

	if ((i->layer != OVLCP_LAYER_LOWER) || i->hard_links < 2 || S_ISDIR(i->mode))
		return 0;
	return index < 0 ? -1 : !index;
}

/* Fill the fields about the overlay, if the file is on one. */
static void inspect_overlay(struct inspection *x, const struct mount_table *mounts)
{
	struct overlay_options o;
	int r = mounts ? overlay_options_parse(mount_table_overlay_options(mounts, x->i->mount_id),
					       &o)
		       : -EINVAL;

	x->failed = x->failed || r == -ENOMEM;
	if (r < 0)
		return;
	inspect_options(x, &o);
	inspect_layers(x, mounts, &o);
	overlay_options_done(&o);
}

/*
 * Open a regular file for reading if that is permitted, otherwise with O_PATH. O_NONBLOCK: another
 * kind of file may have taken the name. Returns a descriptor that the caller owns, or -errno.
 */
static int open_file(int dir_fd, const char *path, bool *ret_readable, struct stat *ret_st)
{
	CLEANUP_FD int fd = -EBADF;
	int r = sys_stat(dir_fd, path, true, ret_st);

	if (r < 0)
		return r;
	*ret_readable = false;
	if (S_ISREG(ret_st->st_mode))
		fd = sys_open(dir_fd, path, O_RDONLY | O_NONBLOCK, 0);
	*ret_readable = fd >= 0;
	if (fd < 0)
		fd = sys_open(dir_fd, path, O_PATH, 0);
	r = fd < 0 ? fd : sys_fstat(fd, ret_st);
	return r < 0 ? r : TAKE_FD(fd);
}

/* Fill the fields from stat, and all others with defaults. */
static void init_info(struct ovlcp_info *i, const struct stat *st)
{
	i->mode = st->st_mode;
	i->size = (uint64_t)st->st_size;
	i->ino = st->st_ino;
	i->owner_unmapped = !owner_is_mapped(st);
	i->hard_links = st->st_nlink;
	i->data = i->copy_up_bytes = S_ISREG(st->st_mode) ? i->size : 0;
	i->on_upper_fs = -1;
	i->fs_type = i->fs_label = i->fs_uuid = i->fs_source = i->mount_point = "";
	for (size_t n = 0; n < INFO_OPTIONS; n++)
		i->options[n] = (struct info_option){ .name = option_names[n], .value = "" };
}

int ovlcp_inspect(struct ovlcp *o, int dir_fd, const char *path, struct ovlcp_info **ret_i)
{
	bool readable;
	const struct mount_table *mounts = session_mount_table(o);
	struct inspection x = { .o = o };
	CLEANUP_FD int fd = open_file(dir_fd, path, &readable, &x.st);

	if (fd < 0)
		return fd;
	x.fd = fd;
	x.i = calloc(1, sizeof(*x.i));
	if (!x.i)
		return -ENOMEM;
	init_info(x.i, &x.st);
	x.i->read_only = sys_get_read_only(fd) > 0;
	if (sys_mount_id(fd, &x.i->mount_id) < 0)
		mounts = NULL;
	inspect_mount(&x, mounts);
	inspect_overlay(&x, mounts);
	x.i->layer = layer_of(fd, &x.st, session_mount_table, o);
	if (readable && S_ISREG(x.st.st_mode))
		inspect_data(&x);
	place_data(o, x.i, fd, &x.st);
	x.i->splits_links = splits_links(x.i);
	x.i->changes_ino = place_changes_ino(x.i);
	free(x.layer_fs);
	if (x.failed) {
		ovlcp_info_free(x.i);
		return -ENOMEM;
	}
	*ret_i = x.i;
	return 0;
}

/* Size of struct ovlcp_extent in the first version, and a maximum that no version will reach. */
#define EXTENT_SIZE_0	(offsetof(struct ovlcp_extent, encoded) + sizeof(bool))
#define EXTENT_SIZE_MAX ((size_t)4096)

/* A growable list of extents. */
struct extent_list {
	/* each has size bytes */
	char *list;
	size_t size;
	size_t count;
	size_t room;
};

/* Append an extent; a callback of sys_extents. 0, or -ENOMEM. */
static int add_extent(const struct sys_extent *e, void *payload)
{
	const struct ovlcp_extent extent = {
		.logical = e->logical,
		.physical = e->physical,
		.length = e->length,
		.shared = e->shared,
		.known = e->known,
		.encoded = e->encoded,
	};
	struct extent_list *x = payload;
	char *end;

	if (array_grow(&x->list, &x->room, x->count, x->size) < 0)
		return -ENOMEM;
	end = x->list + x->size * x->count++;
	memset(end, 0, x->size);
	memcpy(end, &extent, x->size < sizeof(extent) ? x->size : sizeof(extent));
	return 0;
}

int64_t ovlcp_extents(int fd, size_t size, struct ovlcp_extent **ret_list)
{
	struct extent_list x = { .size = size };
	int r;

	if (size < EXTENT_SIZE_0 || size > EXTENT_SIZE_MAX)
		return -EINVAL;
	r = sys_extents(fd, add_extent, &x);
	if (r < 0) {
		free(x.list);
		return r;
	}
	*ret_list = (struct ovlcp_extent *)(void *)x.list;
	return (int64_t)x.count;
}
