/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Walks, and keeps the name, size and number of each file. It is opened only if another one has its
 * size.
 *
 * Device and inode number are a hint, not an identity: if two files are taken for hard links of one
 * another, one of them is left as it is.
 */
#include "dedupe/candidates.h"

#include "base/array.h"
#include "base/fd.h"
#include "dedupe/walk.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

int candidate_compare_names(const struct candidate *a, const struct candidate *b)
{
	if (a->top != b->top)
		return a->top < b->top ? -1 : 1;
	return strcmp(a->below, b->below);
}

static int compare_numbers(const void *x, const void *y)
{
	const struct candidate *a = x;
	const struct candidate *b = y;

	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	if (a->dev != b->dev)
		return a->dev < b->dev ? -1 : 1;
	if (a->ino != b->ino)
		return a->ino < b->ino ? -1 : 1;
	return candidate_compare_names(a, b);
}

static int add(struct candidates *list, size_t top, const struct walk_entry *e)
{
	struct candidate c = { .top = top,
			       .size = (uint64_t)e->st.st_size,
			       .dev = e->st.st_dev,
			       .ino = e->st.st_ino };
	int r = array_grow(&list->list, &list->room, list->count, sizeof(*list->list));

	if (r == 0 && !(c.below = strdup(e->below)))
		r = -ENOMEM;
	if (r == 0)
		list->list[list->count++] = c;
	return r;
}

/* Look at one entry. 0, or -errno. */
static int collect_entry(struct candidates *list, size_t top, struct walk *w,
			 const struct walk_entry *e)
{
	if (S_ISDIR(e->st.st_mode))
		return walk_enter(w, e);
	return S_ISREG(e->st.st_mode) && e->st.st_size > 0 ? add(list, top, e) : 0;
}

/* Collect what is below the directory number @top, through which @w walks. */
static void collect(struct dedupe_run *d, struct candidates *list, size_t top, struct walk *w)
{
	struct walk_entry e;
	int r = 1;

	while (r != 0 && !session_is_cancelled(d->o)) {
		int failed;

		r = walk_next(w, &e);
		failed = r > 0 ? collect_entry(list, top, w, &e) : r;
		if (failed < 0 && failed != -ENOENT) /* removed meanwhile */
			dedupe_run_fail(d, w->path.text, "", failed,
					&(struct err){ -failed, OVLCP_OP_READ_DIRECTORY });
	}
}

/* Fill @top of the directory @fd. 0, or -errno. */
static int fill_top(struct candidate_top *top, int fd)
{
	struct stat st;
	int r = sys_fstat(fd, &st);

	if (r < 0)
		return r;
	top->dev = st.st_dev;
	top->ino = st.st_ino;
	top->fd = sys_dup(fd);
	if (top->fd >= 0 && (size_t)top->fd >= sys_fd_limit() / 2) {
		fd_drop(&top->fd);
		top->fd = -EBADF;
	}
	return 0;
}

static void collect_top(struct dedupe_run *d, const char *dir, struct candidates *list)
{
	struct candidate_top *top = &list->tops[list->top_count];
	struct walk w = { .one_mount = true };
	int r = walk_begin(&w, list->dir_fd, dir, dir);

	*top = (struct candidate_top){ .fd = -EBADF, .path = dir };
	if (r == 0)
		r = fill_top(top, walk_top(&w));
	if (r < 0)
		dedupe_run_fail(d, dir, "", r, &(struct err){ -r, OVLCP_OP_READ_DIRECTORY });
	else
		collect(d, list, list->top_count, &w);
	list->top_count++;
	walk_done(&w);
}

/* Take out all but the first of the names of one file. */
static void drop_hard_links(struct candidates *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct candidate *last = kept ? &list->list[kept - 1] : NULL;
		const struct candidate *c = &list->list[i];

		if (last && last->size == c->size && last->dev == c->dev && last->ino == c->ino)
			free(c->below);
		else
			list->list[kept++] = *c;
	}
	list->count = kept;
}

void candidates_collect(struct dedupe_run *d, int dir_fd, const char *const *dir, size_t n,
			struct candidates *list)
{
	list->dir_fd = dir_fd;
	list->tops = calloc(n ? n : 1, sizeof(*list->tops));
	if (!list->tops)
		dedupe_run_fail(d, "", "", -ENOMEM, &(struct err){ ENOMEM, OVLCP_OP_NONE });
	for (size_t i = 0; list->tops && i < n && !session_is_cancelled(d->o); i++)
		collect_top(d, dir[i], list);
	if (list->count)
		qsort(list->list, list->count, sizeof(*list->list), compare_numbers);
	drop_hard_links(list);
}

/* Whether @f is what was found when the directory was read. */
static bool is_unchanged(const struct candidate *c, const struct opened *f)
{
	return f->st.st_dev == c->dev && f->st.st_ino == c->ino &&
	       (uint64_t)f->st.st_size == c->size;
}

/* Open the directory @top; by its path, if it is still there. A descriptor, or -errno. */
static int open_top(const struct candidates *list, const struct candidate_top *top)
{
	CLEANUP_FD int fd = -EBADF;
	struct stat st;
	int r;

	if (top->fd >= 0)
		return sys_dup(top->fd);
	fd = sys_open(list->dir_fd, top->path, O_PATH | O_DIRECTORY, 0);
	r = fd < 0 ? fd : sys_fstat(fd, &st);
	if (r < 0)
		return r;
	return st.st_dev == top->dev && st.st_ino == top->ino ? TAKE_FD(fd) : -ENOENT;
}

bool candidate_open(struct dedupe_run *d, const struct candidates *list, struct candidate *c,
		    struct opened *f)
{
	const struct candidate_top *top = &list->tops[c->top];
	const size_t len = strlen(top->path);
	CLEANUP_FD int top_fd = open_top(list, top);
	struct err err = { ENOMEM, OVLCP_OP_NONE };
	char *path;
	int r = -ENOMEM;

	*f = (struct opened){ .fd = -EBADF };
	if (asprintf(&path, "%s%s%s", top->path, len && top->path[len - 1] == '/' ? "" : "/",
		     c->below) >= 0) {
		f->path = path;
		r = top_fd;
		err = (struct err){ -r, OVLCP_OP_OPEN_SOURCE };
	}
	if (r >= 0)
		r = opened_open_below(f, OVLCP_SIDE_SOURCE, top_fd, c->below, &err);
	if (r == -ENOENT || r == -ENOTDIR || r == -ELOOP || err.op == OVLCP_OP_DEDUPE_KIND)
		c->is_out = true; /* another process was here */
	else if (r < 0)
		dedupe_run_fail(d, f->path ? f->path : c->below, "", r, &err);
	c->is_out = c->is_out || r < 0 || !is_unchanged(c, f);
	return !c->is_out;
}

void candidate_close(struct opened *f)
{
	opened_close(f);
	free((char *)(uintptr_t)f->path); /* of candidate_open */
	f->path = NULL;
}

void candidates_done(struct candidates *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->list[i].below);
	for (size_t i = 0; i < list->top_count; i++)
		fd_drop(&list->tops[i].fd);
	free(list->list);
	free(list->tops);
	*list = (struct candidates){ 0 };
}
