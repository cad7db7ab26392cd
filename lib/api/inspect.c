/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Looking at one file: what stat, the extents, the table of mounts and libblkid say of it.
 *
 * Nothing of it is needed for a copy. The file is opened for reading if it is a regular one, and
 * not read; the mount points that may hold a layer are opened by O_PATH, layers never.
 */
#include "base/fd.h"
#include "model/info.h"
#include "probe/fs.h"
#include "probe/idmap.h"
#include "probe/layer.h"
#include "probe/layer_visibility.h"
#include "probe/mount_table.h"
#include "probe/overlay_defaults.h"
#include "probe/overlay_options.h"
#include "session/session.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const option_names[INFO_OPTIONS] = {
	"metacopy", "index",  "xino",	  "redirect_dir", "nfs_export",
	"uuid",	    "verity", "volatile", "userxattr",
};

/* A filesystem that holds a layer; the strings belong to the info. */
struct holder {
	const char *target;
	const char *type;
	const char *label;
	const char *uuid;
};

/* One look. */
struct looking {
	struct ovlcp *o;
	struct ovlcp_info *i;
	int fd;
	struct stat st;
	/* Filesystems met so far: hundreds of layers lie on few of them. */
	struct holder *holders;
	size_t holder_count;
	/* Whether memory was short. */
	bool failed;
};

/* Let the info own @text, which was allocated, or NULL. Returns it, or "" instead of NULL. */
static const char *take_text(struct looking *x, char *text)
{
	struct ovlcp_info *i = x->i;

	if (!text)
		return "";
	if (i->string_count == i->string_room) {
		size_t room = i->string_room ? i->string_room * 2 : 16;
		char **strings = reallocarray(i->strings, room, sizeof(*strings));

		if (!strings) {
			free(text);
			x->failed = true;
			return "";
		}
		i->strings = strings;
		i->string_room = room;
	}
	i->strings[i->string_count++] = text;
	return text;
}

/* A copy of @text that the info owns; "" for NULL. */
static const char *keep(struct looking *x, const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	x->failed = x->failed || (text && !copy);
	return take_text(x, copy);
}

static int count_extent(const struct sys_extent *e, void *payload)
{
	struct ovlcp_info *i = payload;

	i->extents++;
	i->shared += e->shared ? e->length : 0;
	return 0;
}

/* Bytes of @fd that are no holes. */
static uint64_t data_bytes(int fd, uint64_t size)
{
	uint64_t at = 0;
	uint64_t sum = 0;

	while (at < size) {
		int64_t data = sys_seek(fd, at, SEEK_DATA);
		int64_t hole = data < 0 ? data : sys_seek(fd, (uint64_t)data, SEEK_HOLE);

		if (data == -ENXIO)
			break;
		if (data < 0 || hole <= data)
			return size;
		sum += (uint64_t)(hole - data);
		at = (uint64_t)hole;
	}
	return sum;
}

/* What lies in a regular file. */
static void look_at_data(struct looking *x)
{
	struct ovlcp_info *i = x->i;

	i->data = data_bytes(x->fd, i->size);
	i->has_extents = sys_extents(x->fd, count_extent, i) == 0;
	if (!i->has_extents)
		i->extents = i->shared = 0;
}

/* Which filesystem it is on, by the table of mounts. */
static void look_at_mount(struct looking *x, const struct mount_table *l)
{
	struct ovlcp_info *i = x->i;
	struct mount_table_fs fs;
	struct fs_label_uuid words;

	if (!l || mount_table_fs(l, i->mount_id, &fs) < 0)
		return;
	words = fs_label_uuid(fs.source);
	i->fs_type = keep(x, fs.type);
	i->fs_source = keep(x, fs.source);
	i->mount_point = keep(x, fs.target);
	i->fs_label = take_text(x, words.label);
	i->fs_uuid = take_text(x, words.uuid);
}

static void look_at_options(struct looking *x, const struct overlay_options *o)
{
	for (size_t n = 0; n < INFO_OPTIONS; n++) {
		struct info_option *it = &x->i->options[n];
		const char *listed = overlay_option_listed(o, it->name);

		it->listed = listed;
		it->value = keep(x, listed ? listed : overlay_default(it->name));
	}
}

/* What is known about the filesystem @fs; NULL if memory is short. */
static const struct holder *ask_holder(struct looking *x, const struct mount_table_fs *fs)
{
	struct holder *holders;
	struct fs_label_uuid words;

	for (size_t n = 0; n < x->holder_count; n++)
		if (x->holders[n].target == fs->target)
			return &x->holders[n];
	holders = reallocarray(x->holders, x->holder_count + 1, sizeof(*holders));
	if (!holders) {
		x->failed = true;
		return NULL;
	}
	words = fs_label_uuid(fs->source);
	x->holders = holders;
	holders[x->holder_count] = (struct holder){
		.target = fs->target,
		.type = keep(x, fs->type),
		.label = take_text(x, words.label),
		.uuid = take_text(x, words.uuid),
	};
	return &holders[x->holder_count++];
}

/* Add the layer @path; @l: the table of mounts, or NULL if layers cannot be seen from here. */
static void add_layer(struct looking *x, const struct mount_table *l, enum ovlcp_role role,
		      const char *path)
{
	struct ovlcp_layer_info it = {
		.role = role, .path = keep(x, path), .fs_type = "", .fs_label = "", .fs_uuid = ""
	};
	const struct holder *h = NULL;
	struct mount_table_fs fs;

	if (l && layer_visible_fs(l, x->i->mount_id, path, &fs) == 0)
		h = ask_holder(x, &fs);
	if (h) {
		it.visible = true;
		it.fs_type = h->type;
		it.fs_label = h->label;
		it.fs_uuid = h->uuid;
	}
	x->i->layers[x->i->layer_count++] = it;
}

static void look_at_layers(struct looking *x, const struct mount_table *l,
			   const struct overlay_options *o)
{
	const struct mount_table *seen = layers_are_local(l, o, x->fd, x->i->mount_id) ? l : NULL;

	x->i->layers_cut = o->cut;
	x->i->layers = calloc(o->lowers + 2, sizeof(*x->i->layers));
	if (!x->i->layers) {
		x->failed = true;
		return;
	}
	if (o->upper)
		add_layer(x, seen, OVLCP_ROLE_UPPER, o->upper);
	if (o->work)
		add_layer(x, seen, OVLCP_ROLE_WORK, o->work);
	for (size_t n = 0; n < o->lowers; n++)
		add_layer(x, seen, o->lower[n].data_only ? OVLCP_ROLE_DATA : OVLCP_ROLE_LOWER,
			  o->lower[n].path);
}

/* Whether a lower layer is seen to be a squashfs. */
static bool has_squashfs(const struct ovlcp_info *i)
{
	for (size_t n = 0; n < i->layer_count; n++)
		if (i->layers[n].role == OVLCP_ROLE_LOWER &&
		    strcmp(i->layers[n].fs_type, "squashfs") == 0)
			return true;
	return false;
}

/* What a copy-up would do to the file; measured on Linux 6.18. */
static void look_at_copy_up(struct ovlcp_info *i)
{
	bool lower = i->layer == OVLCP_LAYER_LOWER;

	i->splits_links = lower && i->hard_links > 1 && !S_ISDIR(i->mode) &&
			  strcmp(ovlcp_info_option(i, "index", NULL), "on") != 0;
	i->changes_ino = i->splits_links || (lower && has_squashfs(i) &&
					     strcmp(ovlcp_info_option(i, "xino", NULL), "on") != 0);
}

static void look_at_overlay(struct looking *x, const struct mount_table *l)
{
	struct overlay_options o;
	int r = l ? overlay_options_parse(mount_table_overlay_options(l, x->i->mount_id), &o)
		  : -EINVAL;

	x->failed = x->failed || r == -ENOMEM;
	if (r < 0)
		return;
	look_at_options(x, &o);
	look_at_layers(x, l, &o);
	overlay_options_done(&o);
}

/*
 * Open the file: for reading if it is a regular one and that is allowed, else by O_PATH.
 * O_NONBLOCK: something else may have taken its name meanwhile, and must not hold us up.
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

static void describe(struct ovlcp_info *i, const struct stat *st)
{
	i->mode = st->st_mode;
	i->size = (uint64_t)st->st_size;
	i->ino = st->st_ino;
	i->owner_unmapped = !owner_is_mapped(st);
	i->hard_links = st->st_nlink;
	i->data = S_ISREG(st->st_mode) ? i->size : 0;
	i->fs_type = i->fs_label = i->fs_uuid = i->fs_source = i->mount_point = "";
	for (size_t n = 0; n < INFO_OPTIONS; n++)
		i->options[n] = (struct info_option){ .name = option_names[n], .value = "" };
}

int ovlcp_inspect(struct ovlcp *o, int dir_fd, const char *path, struct ovlcp_info **ret_i)
{
	bool readable;
	const struct mount_table *l = session_mount_table(o);
	struct looking x = { .o = o };
	CLEANUP_FD int fd = open_file(dir_fd, path, &readable, &x.st);

	if (fd < 0)
		return fd;
	x.fd = fd;
	x.i = calloc(1, sizeof(*x.i));
	if (!x.i)
		return -ENOMEM;
	describe(x.i, &x.st);
	x.i->read_only = sys_is_read_only(fd);
	if (sys_mount_id(fd, &x.i->mount_id) < 0)
		l = NULL;
	look_at_mount(&x, l);
	look_at_overlay(&x, l);
	x.i->layer = layer_of(fd, &x.st, session_mount_table, o);
	if (readable && S_ISREG(x.st.st_mode))
		look_at_data(&x);
	look_at_copy_up(x.i);
	free(x.holders);
	if (x.failed) {
		ovlcp_info_free(x.i);
		return -ENOMEM;
	}
	*ret_i = x.i;
	return 0;
}

/* A list of extents that grows. */
struct extent_list {
	struct ovlcp_extent *list;
	size_t count;
	size_t room;
};

static int add_extent(const struct sys_extent *e, void *payload)
{
	struct extent_list *x = payload;

	if (x->count == x->room) {
		size_t room = x->room ? x->room * 2 : 64;
		struct ovlcp_extent *list = reallocarray(x->list, room, sizeof(*list));

		if (!list)
			return -ENOMEM;
		x->list = list;
		x->room = room;
	}
	x->list[x->count++] = (struct ovlcp_extent){
		.logical = e->logical,
		.physical = e->physical,
		.length = e->length,
		.shared = e->shared,
		.known = e->known,
		.encoded = e->encoded,
	};
	return 0;
}

int64_t ovlcp_extents(int fd, struct ovlcp_extent **ret_list)
{
	struct extent_list x = { 0 };
	int r = sys_extents(fd, add_extent, &x);

	if (r < 0) {
		free(x.list);
		return r;
	}
	*ret_list = x.list;
	return (int64_t)x.count;
}
