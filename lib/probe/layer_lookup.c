/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From the top layer to the bottom, in each one down from its root, name by name.
 *
 * Whatever hides the layers below (a whiteout, a file where another layer has a directory, an
 * opaque directory) hides them for all that follows, so the first layer that has the file, or
 * hides it, ends the search. Two marks lead on: a redirect gives the layers below another way,
 * and a file with metadata only (metacopy) leaves its data to them. The order of things is that
 * of ovl_lookup in the kernel (fs/overlayfs/namei.c).
 *
 * The marks are trusted.* attributes, of which a caller without the right to see them is told
 * that there are none. Such a caller is not told what an unseen mark could make wrong.
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
#include <string.h>
#include <sys/sysmacros.h>

/* The search, as far as it has come. */
struct seek {
	const struct overlay_options *overlay;
	struct layer_file *found;
	/* Whether the marks cannot be seen. */
	bool is_blind;
	/* The way in the layer at hand, and in those below it. */
	char *here;
	char *below;
	/* Mount on which the layer at hand lies. */
	uint64_t mount_id;
	/* Whether it is the upper one, or one of data only, where marks mean nothing. */
	bool is_upper;
	bool is_data_only;
	/* Whether the layers below do not show through. */
	bool is_hidden;
	/* Whether a file with metadata only leads to an absolute place for its data. */
	bool names_data;
};

/* One name of a way. */
struct name {
	const char *text;
	/* Bytes of the way after it. */
	size_t rest_len;
};

/*
 * The mark @name of @fd. Length of its value, which may be 0; -ENODATA if there is none;
 * -ENOENT if that cannot be told.
 */
static int64_t mark(const struct seek *s, int fd, const char *name, char *value, size_t size)
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

/* Where @fd, which is @at, was moved away from in the layers below. */
static int follow_redirect(struct seek *s, int fd, const struct name *at)
{
	char value[PATH_MAX];
	int64_t len = mark(s, fd, "redirect", value, sizeof(value) - 1);
	const char *mode = s->overlay->redirect_dir;
	char *moved = NULL;
	int r;

	if (len == -ENODATA)
		return 0;
	/* where it is not followed the kernel does not show the file at all */
	if (len <= 0 || memchr(value, '\0', (size_t)len) || s->overlay->userxattr ||
	    (mode && (strcmp(mode, "off") == 0 || strcmp(mode, "nofollow") == 0)))
		return -ENOENT;
	value[len] = '\0';
	r = layer_path_redirect(s->below, strlen(at->text), at->rest_len, value, &moved);
	if (r < 0)
		return r;
	free(s->below);
	s->below = moved;
	if (value[0] == '/')
		s->is_hidden = false; /* from the root of the layers: what was above is left */
	return value[0] == '/';
}

/* A directory on the way. */
static int pass(struct seek *s, int fd, const struct name *at)
{
	char opaque;
	int64_t len = mark(s, fd, "opaque", &opaque, 1);
	int r;

	/* "x" says that whiteouts in it may be attributes; those are files without data */
	if (len == 1 && opaque == 'y') {
		s->is_hidden = true;
		return 0; /* and a redirect means nothing */
	}
	if (len < 0 && len != -ENODATA)
		return (int)len;
	r = follow_redirect(s, fd, at);
	return r < 0 ? r : 0;
}

/*
 * The file at the end of the way, whose inode is @st. 1: it has the data; 0: a layer below has.
 *
 * A whiteout may be a file without data, with a mark; it needs no look at that, as an empty file
 * has nothing to share either.
 */
static int arrive(struct seek *s, int fd, const struct stat *st, const struct name *at)
{
	char value[256];
	int64_t len = mark(s, fd, "metacopy", value, sizeof(value));
	int r;

	if (len < 0 && len != -ENODATA)
		return (int)len;
	if (!s->found->metadata_apart) {
		int64_t origin = s->is_upper ? mark(s, fd, "origin", NULL, 0) : -ENODATA;

		if (origin < 0 && origin != -ENODATA)
			return (int)origin;
		s->found->shown = *st;
		s->found->has_origin = origin >= 0;
	}
	if (len == -ENODATA)
		return 1;
	s->found->metadata_apart = true;
	r = follow_redirect(s, fd, at);
	if (r > 0)
		s->names_data = true;
	return r < 0 ? r : 0;
}

/* Go from *@fd to @at in it. 1: it is the file; 0: it is a directory; else -errno. */
static int step(struct seek *s, int *fd, const struct name *at, struct stat *ret_st)
{
	CLEANUP_FD int next = sys_open(*fd, at->text, O_PATH | O_NOFOLLOW, 0);
	uint64_t mount_id = 0;
	int r = next < 0 ? next : sys_fstat(next, ret_st);

	if (r == 0)
		r = sys_mount_id(next, &mount_id);
	/* the overlay sees no mounts in its layers, and we do not see what is below them */
	if (r < 0 || mount_id != s->mount_id)
		return r < 0 ? r : -EXDEV;
	fd_drop(fd);
	*fd = TAKE_FD(next);
	if (S_ISDIR(ret_st->st_mode) && at->rest_len > 0)
		return pass(s, *fd, at);
	if (S_ISREG(ret_st->st_mode) && at->rest_len == 0)
		return 1;
	return -ENOTDIR; /* a whiteout, or something else that hides what is below */
}

/*
 * Go down the layer whose root directory is *@fd. 1: *@fd is the file with the data; 0: nothing
 * here, and nothing that hides; else -errno.
 */
static int descend(struct seek *s, int *fd)
{
	CLEANUP_FREE char *names = strdup(s->here);
	size_t depth = 0;
	char *rest = names;
	int r = 0;

	if (!names)
		return -ENOMEM;
	while (r == 0) {
		struct name at = { .text = strsep(&rest, "/") };
		struct stat st;

		at.rest_len = rest ? strlen(rest) + 1 : 0;
		r = step(s, fd, &at, &st);
		/* a directory that lacks the name may have been moved here, or be opaque */
		if (r == -ENOENT || r == -ENAMETOOLONG)
			return s->is_blind && depth > 0 ? -ENOENT : 0;
		if (r == 1) {
			s->found->st = st;
			return arrive(s, *fd, &st, &at);
		}
		depth++;
	}
	return r;
}

/* Look in the layer @root. 1, 0 or -errno as descend. */
static int look(struct seek *s, const char *root)
{
	CLEANUP_FD int fd = -EBADF;
	int r;

	if (root[0] != '/')
		return -ENOENT; /* relative to a directory that nobody knows any more */
	fd = sys_open(AT_FDCWD, root, O_PATH | O_DIRECTORY, 0);
	r = fd < 0 ? fd : sys_mount_id(fd, &s->mount_id);
	if (r < 0)
		return r;
	free(s->below);
	s->below = strdup(s->here);
	r = s->below ? descend(s, &fd) : -ENOMEM;
	if (r == 1)
		s->found->fd = TAKE_FD(fd);
	free(s->here);
	s->here = TAKE_PTR(s->below);
	return r;
}

static int look_everywhere(struct seek *s)
{
	const struct overlay_options *o = s->overlay;
	int r = 0;

	s->is_upper = o->upper;
	if (o->upper)
		r = look(s, o->upper);
	s->is_upper = false;
	for (size_t i = 0; i < o->lowers && r == 0; i++) {
		s->is_data_only = o->lower[i].data_only;
		/* data only: reached from a file with metadata only that names the place */
		if (s->is_data_only ? s->names_data : !s->is_hidden)
			r = look(s, o->lower[i].path);
	}
	return r;
}

int layer_lookup(const struct overlay_options *o, const char *way, struct layer_file *ret_found)
{
	struct layer_file found = { .fd = -EBADF };
	struct seek s = {
		.overlay = o,
		.found = &found,
		.is_blind = !o->userxattr && !sys_sees_trusted(),
		.here = strdup(way),
	};
	int r = s.here ? look_everywhere(&s) : -ENOMEM;

	free(s.here);
	free(s.below);
	if (r == 1)
		*ret_found = found;
	else if (r != -ENOMEM && r != -EMFILE && r != -ENFILE)
		r = -ENOENT;
	return r == 1 ? 0 : r;
}
