/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The leading directories of a source, made in the destination directory.
 *
 * Each is made and opened from the one before, and all stay open: they get their attributes
 * when the copy below them is done.
 */
#include "copy/parents.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "base/path.h"
#include "exec/create.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One leading directory. */
struct parent_dir {
	/* At the destination; its fd is owned here. */
	struct target target;
	/* At the source. */
	struct stat src;
	/* Lengths of both paths up to here. */
	size_t src_len;
	size_t dst_len;
};

struct parents {
	/* The destination directory. */
	int top_fd;
	struct parent_dir *dirs;
	size_t count;
	/* The paths of source and destination, whole. */
	char *src;
	char *dst;
	/* Where the last name begins in dst. */
	const char *name;
	/* Whether all of them exist: then, as with cp, none gets other attributes. */
	bool exist;
	/* Dry run: how many of them are not there. */
	size_t would_exist;
};

int parents_directory(const struct parents *p)
{
	size_t there = p->count - p->would_exist;

	return there ? p->dirs[there - 1].target.fd : p->top_fd;
}

bool parents_would_exist(const struct parents *p)
{
	return p->would_exist > 0;
}

const char *parents_name(const struct parents *p)
{
	return p->name;
}

const char *parents_path(const struct parents *p)
{
	return p->dst;
}

static int refuse(struct copy *c, const struct parents *p, const struct parent_dir *d, int r,
		  enum ovlcp_op op)
{
	CLEANUP_FREE char *src = strndup(p->src, d->src_len);
	CLEANUP_FREE char *dst = strndup(p->dst, d->dst_len);

	return event_emit_error(c->events, OVLCP_EVENT_FAILED, src, dst, &(struct err){ -r, op });
}

static void emit_created(struct copy *c, const struct parents *p, const struct parent_dir *d)
{
	CLEANUP_FREE char *src = strndup(p->src, d->src_len);
	CLEANUP_FREE char *dst = strndup(p->dst, d->dst_len);

	(void)event_emit(c->events, &(struct ovlcp_event){ .type = OVLCP_EVENT_PARENT_CREATED,
							   .src = src,
							   .dst = dst });
}

/* Look at the directory of the source: links on the way are followed, as the path was named. */
static int look_at_source(struct copy *c, const struct parents *p, struct parent_dir *d)
{
	CLEANUP_FREE char *path = strndup(p->src, d->src_len);
	int r = path ? sys_stat(c->q->src_fd, path, true, &d->src) : -ENOMEM;

	if (r == 0 && !S_ISDIR(d->src.st_mode))
		r = -ENOTDIR;
	return r < 0 ? refuse(c, p, d, r, OVLCP_OP_STAT_PARENT) : 0;
}

/* As cp: made whole, unless its owner or mode is yet to come. */
static mode_t create_mode(const struct stat *src, const struct ovlcp_options *opt)
{
	mode_t whole = opt->flags & OVLCP_DEFAULT_MODE ? S_IRWXU | S_IRWXG | S_IRWXO : src->st_mode;
	mode_t first = opt->preserve & (OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_OWNERSHIP)
			       ? attr_create_mode(src, KIND_DIRECTORY, opt, false)
			       : src->st_mode;

	return whole & ~(src->st_mode & ~first);
}

/* Make the directory @name if it is missing, and open it. */
static int make_one(struct copy *c, const struct parents *p, struct parent_dir *d, const char *name)
{
	struct target *t = &d->target;
	struct exec_create_args m = { .kind = KIND_DIRECTORY };
	mode_t missing;
	int r;

	t->kind = KIND_DIRECTORY;
	t->leading = true;
	t->fd = p->would_exist ? -ENOENT : exec_open_directory(t->dir_fd, name, true);
	if (t->fd == -ENOTDIR)
		return refuse(c, p, d, t->fd, OVLCP_OP_PARENT_NOT_DIRECTORY);
	if (t->fd < 0 && t->fd != -ENOENT)
		return refuse(c, p, d, t->fd, OVLCP_OP_CREATE_PARENT);
	if (t->fd < 0 || (c->opt->preserve && !p->exist)) {
		r = look_at_source(c, p, d);
		if (r < 0)
			return r;
	}
	if (t->fd >= 0)
		return sys_fstat(t->fd, &t->st);
	if (c->is_dry) {
		t->would_exist = true;
		emit_created(c, p, d);
		return 0;
	}
	m.mode = create_mode(&d->src, c->opt);
	r = exec_create(t->dir_fd, name, &m, &t->fd);
	if (r == 0)
		r = sys_fstat(t->fd, &t->st);
	missing = r == 0 ? S_IRWXU & ~t->st.st_mode : 0;
	if (missing)
		r = sys_chmod(t->fd, (t->st.st_mode & 07777) | S_IRWXU);
	if (r < 0)
		return refuse(c, p, d, r, OVLCP_OP_CREATE_PARENT);
	t->created = true;
	t->st.st_mode |= S_IRWXU;
	t->temporary = missing;
	emit_created(c, p, d);
	return 0;
}

/* Add the directory that ends at @end in the source's path. */
static int add(struct copy *c, struct parents *p, const char *begin, const char *end, size_t shift)
{
	CLEANUP_FREE char *name = strndup(begin, (size_t)(end - begin));
	struct parent_dir *dirs = reallocarray(p->dirs, p->count + 1, sizeof(*dirs));
	struct parent_dir *d;

	if (dirs)
		p->dirs = dirs;
	if (!dirs || !name)
		return copy_emit_error(c, p->dst, &(struct err){ ENOMEM, OVLCP_OP_CREATE_PARENT });
	d = &dirs[p->count];
	*d = (struct parent_dir){
		.target = { .events = c->events,
			    .is_dry = c->is_dry,
			    .fd = -EBADF,
			    .dir_fd = parents_directory(p) },
		.src_len = (size_t)(end - p->src),
		.dst_len = (size_t)(end - p->src) + shift,
	};
	if (make_one(c, p, d, name) < 0)
		return -ENOTDIR;
	p->count++;
	p->would_exist += d->target.would_exist;
	return 0;
}

/* "dir" and "/a/b//" give "dir/a/b"; @ret_shift: how much further a name is right there. */
static int join(struct parents *p, const char *dir, const char *src, size_t *ret_shift)
{
	size_t dir_len = strlen(dir);
	size_t src_len = strlen(src);
	size_t skip = 0;

	while (dir_len > 0 && dir[dir_len - 1] == '/')
		dir_len--;

	while (src_len > 1 && src[src_len - 1] == '/')
		src_len--;
	while (src[skip] == '/' && skip + 1 < src_len)
		skip++;
	p->src = strndup(src, src_len);
	if (!p->src || asprintf(&p->dst, "%.*s/%s", (int)dir_len, dir, p->src + skip) < 0) {
		p->dst = NULL;
		return -ENOMEM;
	}
	*ret_shift = dir_len + 1 - skip;
	return 0;
}

/* Whether there is nothing to be made; @first: where the first name begins in p->dst. */
static bool all_exist(const struct parents *p, size_t first)
{
	struct path_parts parts = path_split(p->dst);
	CLEANUP_FREE char *dir = strndup(p->dst + first, parts.dir_len - first);
	struct stat st;

	return dir && (!*dir || sys_stat(p->top_fd, dir, true, &st) == 0);
}

int parents_make(struct copy *c, const char *given, struct parents **ret_parents)
{
	struct parents *p = calloc(1, sizeof(*p));
	size_t shift = 0;
	int r = p ? join(p, given, c->q->src, &shift) : -ENOMEM;
	const char *begin;

	*ret_parents = p;
	if (p)
		p->top_fd = r < 0 ? r : sys_open(c->q->dst_fd, given, O_PATH | O_DIRECTORY, 0);
	if (r == 0 && p->top_fd < 0)
		r = p->top_fd;
	if (r < 0)
		return copy_emit_error(c, given, &(struct err){ -r, OVLCP_OP_CREATE_PARENT });
	begin = p->src + strspn(p->src, "/");
	p->exist = all_exist(p, shift + (size_t)(begin - p->src));
	for (const char *end; (end = strchr(begin, '/')); begin = end + strspn(end, "/")) {
		r = add(c, p, begin, end, shift);
		if (r < 0)
			return r;
	}
	p->name = p->dst + (begin - p->src) + shift;
	return 0;
}

/* Give one directory its attributes. 0, or -errno. */
static int finish_one(struct copy *c, const struct parents *p, struct parent_dir *d)
{
	CLEANUP_FREE char *src = strndup(p->src, d->src_len);
	CLEANUP_FREE char *dst = strndup(p->dst, d->dst_len);
	CLEANUP_FD int src_fd =
		src ? sys_open(c->q->src_fd, src, O_PATH | O_DIRECTORY, 0) : -ENOMEM;

	/* where nothing is going to be copied, nothing else changes */
	if (src_fd < 0 || !dst || p->exist || (!p->name && !d->target.created))
		return 0;
	return copy_set_attrs(c, &d->target, dst, src_fd, &d->src);
}

int parents_finish(struct copy *c, struct parents *p)
{
	int first = 0;

	/* the deepest first, as cp: a model directory may be one of the new parents */
	for (size_t i = p->count; i-- > 0;) {
		int r = finish_one(c, p, &p->dirs[i]);

		first = first ? first : r;
		target_done(&p->dirs[i].target);
	}
	fd_drop(&p->top_fd);
	free(p->dirs);
	free(p->src);
	free(p->dst);
	free(p);
	return first;
}
