/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Of the copy it must be known that no other process had it open before it was recorded: inotify
 * says so of every later open, a lease of those before; that it was not cut by its name, which
 * needs no open, is only likely if it has no holes. Later changes show in the ctime.
 */
#include "remember/keep.h"

#include "base/fd.h"
#include "plan/same_time.h"
#include "remember/pending.h"
#include "remember/trail.h"
#include "sys/attrs.h"
#include "sys/clock.h"
#include "sys/descriptor.h"
#include "sys/openers.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Watch who opens the destination, by @path, or without a name by its descriptor ("").
   A number, or -errno. */
static int add_watch(struct memory *m, const struct keep_question *q, const char *path)
{
	if (m->watch_fd < 0)
		m->watch_fd = sys_watch_new();
	if (m->watch_fd < 0)
		return m->watch_fd;
	return *path ? sys_watch_opens_of(m->watch_fd, path)
		     : sys_watch_opens(m->watch_fd, q->dst_fd);
}

/* Whether the watched @path leads to the destination with @st: another process may have moved a
   directory, or mounted something over it, and put another file there. */
static bool leads_to(const char *path, const struct stat *st)
{
	struct stat named;

	return !*path || (sys_stat(AT_FDCWD, path, false, &named) == 0 &&
			  named.st_dev == st->st_dev && named.st_ino == st->st_ino);
}

/* Whether the destination, watched by @path, is empty, and no other process has it open. 0, or
   -errno. */
static int check_watched(const struct keep_question *q, const char *path)
{
	struct stat st;
	int r = sys_fstat(q->dst_fd, &st);

	if (r == 0 && (st.st_size != 0 || st.st_nlink > 1 || !leads_to(path, &st)))
		r = -EAGAIN;
	return r < 0 ? r : sys_is_only_opener(q->dst_fd, true);
}

/* Watch the destination. A number; or -errno, -EAGAIN if another process has opened it before, or
   has written to it. */
static int watch_copy(struct memory *m, const struct keep_question *q)
{
	char path[PATH_MAX];
	int64_t len = 0;
	int number;
	int r;

	path[0] = '\0';
	/* by its name, as the way through /proc takes longer than to copy a small file */
	if (q->dst_name)
		len = memory_path_in(m, MEMORY_COPY, q->dst_dir_fd, q->dst_name, path);
	if (len < 0)
		return (int)len;
	number = add_watch(m, q, path);
	r = number < 0 ? number : check_watched(q, path);
	if (number >= 0 && r < 0)
		sys_watch_end(m->watch_fd, number);
	return r < 0 ? r : number;
}

void keep_begin(struct memory *m, const struct keep_question *q, struct kept_copy *ret_k)
{
	*ret_k = (struct kept_copy){ .clock_offset = sys_clock_offset() };
	if (m->opened != 0 || !trail_shows_changes(m, q) ||
	    !trail_look_at_source(m, q, &ret_k->src))
		return;
	ret_k->making = q->making;
	ret_k->number = watch_copy(m, q);
	ret_k->watch = m->watch_count;
	ret_k->is_active = ret_k->number >= 0;
}

/* Set the mode of @fd to what it is, @st, which gives it a ctime of this moment. 0, or -errno. */
static int touch(int fd, struct stat *st)
{
	int r = sys_chmod(fd, st->st_mode & 07777);

	return r < 0 ? r : sys_fstat(fd, st);
}

/* Whether two changes of @fd within a tick of the clock get two ctimes ("multigrain timestamps",
   Linux 6.13). Both are made here: the one that is there may be of an earlier tick. */
static bool is_fine(int fd)
{
	struct timespec before;
	struct timespec after;
	struct stat first;
	struct stat second;

	sys_coarse_time(&before);
	if (sys_fstat(fd, &first) < 0 || touch(fd, &first) < 0)
		return false;
	second = first;
	if (touch(fd, &second) < 0)
		return false;
	sys_coarse_time(&after);
	return plan_same_time(before, after) && !plan_same_time(first.st_ctim, second.st_ctim);
}

/* Look at the complete copy. 0, or -errno. */
static int look_at_copy(struct memory *m, int fd, struct copy_record *ret_r)
{
	struct memory_fs *fs;
	struct stat st;
	int r = sys_fstat(fd, &st);

	fs = r < 0 ? NULL : memory_fs(m, fd, st.st_dev);
	if (!fs)
		return r < 0 ? r : -ENOMEM;
	if (fs->is_fine == ANSWER_NOT_ASKED) {
		fs->is_fine = is_fine(fd) ? ANSWER_YES : ANSWER_NO;
		r = sys_fstat(fd, &st);
	}
	ret_r->copy = plan_look(&st, fs->mount);
	ret_r->is_settled = fs->is_fine == ANSWER_YES;
	return r;
}

/* Write both paths to @r, which may have that of the source. 0, or -errno. */
static int fill_paths(struct memory *m, struct remembered *r, int src_fd, int dir_fd,
		      const char *name)
{
	int64_t len = r->paths[0] ? (int64_t)strlen(r->paths)
				  : memory_path_of(src_fd, r->paths, PATH_MAX);

	if (len >= 0)
		len = memory_path_in(m, MEMORY_COPY, dir_fd, name, r->paths + len + 1);
	return len < 0 ? (int)len : 0;
}

/* Make the record of a complete copy. 0, or -errno. */
static int make_record(struct memory *m, const struct kept_copy *k, int src_fd, int dst_fd,
		       dev_t dir_dev, struct remembered *r)
{
	struct file_look src;
	struct stat st;
	int error = sys_fstat(src_fd, &st);

	if (error < 0)
		return error;
	src = plan_look(&st, k->src.mount);
	r->record.src = k->src;
	r->record.making = k->making;
	r->record.dir_dev = dir_dev;
	r->record.boot = m->boot;
	r->record.clock_offset = k->clock_offset;
	error = plan_looks_equal(&src, &k->src) ? look_at_copy(m, dst_fd, &r->record) : -ESTALE;
	r->record.may_be_cut = sys_seek(dst_fd, 0, SEEK_HOLE) < (int64_t)k->src.size;
	return error == 0 && r->record.copy.size != k->src.size ? -ESTALE : error;
}

/* Make @r as small as its paths allow; it is as good as it is, if memory is short. */
static struct remembered *shrink(struct remembered *r)
{
	const size_t src = strlen(r->paths) + 1;
	const size_t size = offsetof(struct remembered, paths) + src + strlen(r->paths + src) + 1;
	struct remembered *small = realloc(r, size);

	if (!small)
		return r;
	return small;
}

/* Do not record the copy @k, which is watched. @r: freed; may be NULL. */
static void drop_kept(struct memory *m, const struct kept_copy *k, struct remembered *r)
{
	free(r);
	if (k->watch == m->watch_count)
		sys_watch_end(m->watch_fd, k->number);
}

/* Record @r, of which ownership is taken, for the copy @k, when its time has come. Not if its watch
   has ended with that of others. */
static void take_kept(struct memory *m, const struct kept_copy *k, struct remembered *r)
{
	if (k->watch != m->watch_count || pending_add(m, k->number, r) < 0)
		drop_kept(m, k, r);
}

/* An empty record: that of @recalled, which has the path of the source, or a new one. To be freed.
   NULL without memory. */
static struct remembered *take_empty(struct recalled *recalled)
{
	struct remembered *r = TAKE_PTR(recalled->remembered);

	if (!r)
		return calloc(1, sizeof(*r));
	memset(&r->record, 0, sizeof(r->record));
	return r;
}

void keep_complete(struct memory *m, const struct kept_copy *k, struct recalled *recalled,
		   int src_fd, int dst_fd, int dir_fd, const char *name)
{
	struct remembered *r = take_empty(recalled);

	/* fill_paths has looked at the directory */
	if (r && fill_paths(m, r, src_fd, dir_fd, name) == 0 &&
	    make_record(m, k, src_fd, dst_fd, m->dirs[MEMORY_COPY].dev, r) == 0)
		take_kept(m, k, shrink(r));
	else
		drop_kept(m, k, r);
}

void keep_begin_link(struct memory *m, const struct recalled *r, struct kept_copy *ret_k)
{
	*ret_k = (struct kept_copy){ 0 };
	if (m->watch_fd < 0)
		m->watch_fd = sys_watch_new();
	if (m->watch_fd < 0)
		return;
	ret_k->watch = m->watch_count;
	ret_k->number = sys_watch_opens(m->watch_fd, r->fd);
	if (ret_k->number < 0)
		return;
	/* no process has it open for writing, it is as recorded, and every later open is seen */
	ret_k->is_active = sys_is_only_opener(r->fd, false) == 0 && recall_confirm(m, r);
	if (!ret_k->is_active)
		sys_watch_end(m->watch_fd, ret_k->number);
}

void keep_complete_link(struct memory *m, const struct kept_copy *k, struct recalled *r)
{
	struct file_look was = r->remembered->record.copy;
	struct copy_record *now = &r->remembered->record;

	if (look_at_copy(m, r->fd, now) < 0)
		now->copy.size = UINT64_MAX;
	was.ctime = now->copy.ctime;
	if (plan_looks_equal(&was, &now->copy))
		take_kept(m, k, TAKE_PTR(r->remembered));
	else
		drop_kept(m, k, NULL);
}
