/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Searches the layers from the top to the bottom, each from its root directory, name by name.
 *
 * A whiteout, a file where a lower layer has a directory, and an opaque directory hide all layers
 * below, so the search ends in the first layer that has the file or hides it. Two overlay xattrs
 * make it go on: a redirect changes the layer path for the layers below, and a metacopy file has
 * its data in one of them. The order is that of ovl_lookup in the kernel (fs/overlayfs/namei.c).
 *
 * The xattrs are trusted.*: a caller without CAP_SYS_ADMIN cannot tell whether there are any. For
 * such a caller the search fails where an xattr that it cannot see could change the result.
 */
#include "probe/layer_lookup.h"

#include "base/fd.h"
#include "probe/layer_path.h"
#include "probe/overlay_options.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The state of the search. */
struct lookup {
	const struct overlay_options *overlay;
	struct layer_file *file;
	/* Whether the overlay xattrs cannot be seen. */
	bool is_blind;
	/* The layer path in the current layer, and in the layers below it. */
	char *path;
	char *path_below;
	/* Id of the mount that the current layer is on. */
	uint64_t mount_id;
	/* Whether the current layer is the upper one. */
	bool is_upper;
	/* Whether it is a data-only one, whose xattrs mean nothing. */
	bool is_data_only;
	/* Whether the layers below are hidden, except data-only ones. */
	bool is_hidden;
	/* Whether a metacopy file has an absolute redirect, as data-only layers need. */
	bool has_data_path;
};

/* A name of a layer path. */
struct path_name {
	const char *text;
	/* Bytes of the layer path after it. */
	size_t rest_len;
};

/*
 * Read the overlay xattr @name of @fd. Length of its value, which may be 0; -ENODATA if there is
 * none; -ENOENT on any other error.
 */
static int64_t get_overlay_xattr(const struct lookup *s, int fd, const char *name, char *value,
				 size_t size)
{
	char full[64];
	int64_t n;

	if (s->is_blind || s->is_data_only)
		return -ENODATA;
	(void)snprintf(full, sizeof(full), "%s.overlay.%s",
		       s->overlay->userxattr ? "user" : "trusted", name); /* fits */
	n = sys_get_xattr(fd, full, value, size);
	if (n == -ENODATA || n == -EOPNOTSUPP)
		return -ENODATA;
	return n < 0 ? -ENOENT : n;
}

/* Whether the kernel follows the redirect @value of the name @at: it does not show a file at all
   whose redirect it does not follow. */
static bool is_followed(const struct lookup *s, const struct path_name *at, const char *value)
{
	const struct overlay_options *o = s->overlay;
	const char *mode = o->redirect_dir;

	/* from a file to a data-only layer without any option (measured on Linux 6.18) */
	if (at->rest_len == 0 && value[0] == '/' && overlay_options_have_data_only(o))
		return true;
	return !o->userxattr &&
	       !(mode && (strcmp(mode, "off") == 0 || strcmp(mode, "nofollow") == 0));
}

/* Apply the redirect of @fd, which has the name @at. 1: it is absolute; 0; or -errno. */
static int follow_redirect(struct lookup *s, int fd, const struct path_name *at)
{
	char value[PATH_MAX];
	int64_t len = get_overlay_xattr(s, fd, "redirect", value, sizeof(value) - 1);
	char *moved = NULL;
	int r;

	if (len == -ENODATA)
		return 0;
	if (len <= 0 || memchr(value, '\0', (size_t)len) || !is_followed(s, at, value))
		return -ENOENT;
	value[len] = '\0';
	r = layer_path_redirect(s->path_below, strlen(at->text), at->rest_len, value, &moved);
	if (r < 0)
		return r;
	free(s->path_below);
	s->path_below = moved;
	if (value[0] == '/')
		s->is_hidden = false; /* an opaque directory above is not on the new path */
	return value[0] == '/';
}

/* Read the xattrs of the directory @fd on the layer path. 0, or -errno. */
static int enter_directory(struct lookup *s, int fd, const struct path_name *at)
{
	char opaque;
	int64_t len = get_overlay_xattr(s, fd, "opaque", &opaque, 1);
	int r;

	/* "x" only says that whiteouts in it may be xattrs, of files without data */
	if (len == 1 && opaque == 'y') {
		s->is_hidden = true;
		return 0; /* a redirect has no meaning then */
	}
	if (len < 0 && len != -ENODATA)
		return (int)len;
	r = follow_redirect(s, fd, at);
	return r < 0 ? r : 0;
}

/*
 * Read the xattrs of the file @fd at the end of the layer path. 1: it has the data; 0: a layer
 * below has it; or -errno.
 *
 * Whiteouts that are xattrs of an empty file are not looked for: an empty file has no data to
 * share either.
 */
static int enter_file(struct lookup *s, int fd, const struct stat *st, const struct path_name *at)
{
	char value[256];
	int64_t len = get_overlay_xattr(s, fd, "metacopy", value, sizeof(value));
	int r;

	if (len < 0 && len != -ENODATA)
		return (int)len;
	if (!s->file->is_metacopy) {
		int64_t origin =
			s->is_upper ? get_overlay_xattr(s, fd, "origin", NULL, 0) : -ENODATA;

		if (origin < 0 && origin != -ENODATA)
			return (int)origin;
		s->file->metadata = *st;
		s->file->has_origin = origin >= 0;
	}
	if (len == -ENODATA)
		return 1;
	s->file->is_metacopy = true;
	r = follow_redirect(s, fd, at);
	if (r > 0)
		s->has_data_path = true;
	return r < 0 ? r : 0;
}

/* Replace *@fd by the name @at in it. 1: it is the file; 0: it is a directory; or -errno. */
static int open_name(struct lookup *s, int *fd, const struct path_name *at, struct stat *ret_st)
{
	CLEANUP_FD int next = sys_open(*fd, at->text, O_PATH | O_NOFOLLOW, 0);
	uint64_t mount_id = 0;
	int r = next < 0 ? next : sys_fstat(next, ret_st);

	if (r == 0)
		r = sys_mount_id(next, &mount_id);
	/* the overlay ignores mounts in its layers, and this process cannot see below them */
	if (r < 0 || mount_id != s->mount_id)
		return r < 0 ? r : -EXDEV;
	fd_drop(fd);
	*fd = TAKE_FD(next);
	if (S_ISDIR(ret_st->st_mode) && at->rest_len > 0)
		return enter_directory(s, *fd, at);
	if (S_ISREG(ret_st->st_mode) && at->rest_len == 0)
		return 1;
	return -ENOTDIR; /* a whiteout, or another file that hides the layers below */
}

/*
 * Search the layer whose root directory is *@fd. 1: *@fd is the layer file; 0: the layer neither
 * has it nor hides it; or -errno.
 */
static int search_from_root(struct lookup *s, int *fd)
{
	CLEANUP_FREE char *names = strdup(s->path);
	size_t depth = 0;
	char *rest = names;
	int r = 0;

	if (!names)
		return -ENOMEM;
	while (r == 0) {
		struct path_name at = { .text = strsep(&rest, "/") };
		struct stat st;

		at.rest_len = rest ? strlen(rest) + 1 : 0;
		r = open_name(s, fd, &at, &st);
		/* a directory that has not the name may be opaque, or have a redirect */
		if (r == -ENOENT || r == -ENAMETOOLONG)
			return s->is_blind && depth > 0 ? -ENOENT : 0;
		if (r == 1) {
			s->file->st = st;
			return enter_file(s, *fd, &st, &at);
		}
		depth++;
	}
	return r;
}

/* Search the layer @root. 1: found; 0: go on with the next layer; or -errno. */
static int search_layer(struct lookup *s, const char *root)
{
	CLEANUP_FD int fd = -EBADF;
	int r;

	if (root[0] != '/')
		return -ENOENT; /* relative to the working directory of the mount, which is unknown
				 */
	fd = sys_open(AT_FDCWD, root, O_PATH | O_DIRECTORY, 0);
	r = fd < 0 ? fd : sys_mount_id(fd, &s->mount_id);
	if (r < 0)
		return r;
	free(s->path_below);
	s->path_below = strdup(s->path);
	r = s->path_below ? search_from_root(s, &fd) : -ENOMEM;
	if (r == 1)
		s->file->fd = TAKE_FD(fd);
	free(s->path);
	s->path = TAKE_PTR(s->path_below);
	return r;
}

/* Search all layers. 1: found; 0: not found; or -errno. */
static int search_all_layers(struct lookup *s)
{
	const struct overlay_options *o = s->overlay;
	int r = 0;

	s->is_upper = o->upper;
	if (o->upper)
		r = search_layer(s, o->upper);
	s->is_upper = false;
	for (size_t i = 0; i < o->lowers && r == 0; i++) {
		s->is_data_only = o->lower[i].data_only;
		/* only the absolute redirect of a metacopy file leads to a data-only layer */
		if (s->is_data_only ? s->has_data_path : !s->is_hidden)
			r = search_layer(s, o->lower[i].path);
	}
	return r;
}

int layer_lookup(const struct overlay_options *o, const char *path, struct layer_file *ret_file)
{
	struct layer_file file = { .fd = -EBADF };
	struct lookup s = {
		.overlay = o,
		.file = &file,
		.is_blind = !o->userxattr && !sys_sees_trusted(),
		.path = strdup(path),
	};
	int r = s.path ? search_all_layers(&s) : -ENOMEM;

	free(s.path);
	free(s.path_below);
	if (r == 1)
		*ret_file = file;
	else if (r != -ENOMEM && r != -EMFILE && r != -ENFILE)
		r = -ENOENT;
	return r == 1 ? 0 : r;
}
