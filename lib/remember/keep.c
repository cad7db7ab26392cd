/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Of the source it must be known that no write is under way: a write gives the ctime when it
 * begins. Of the copy it must be known that no other process had it open before it was recorded:
 * inotify says so of every later open, a lease of those before; that it was not cut by its name,
 * which needs no open, is only likely if it has no holes. Later changes of either show in the
 * ctime.
 */
#include "remember/keep.h"

#include "base/array.h"
#include "base/fd.h"
#include "plan/same_time.h"
#include "remember/kept.h"
#include "sys/attrs.h"
#include "sys/clock.h"
#include "sys/descriptor.h"
#include "sys/openers.h"
#include "sys/pages.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Copies that wait for their record. */
#define KEPT_MAX 512

/* Bytes of copies for which it is worth to wait for the next tick of the clock: fewer are sooner
   compared with their source when they are used. */
#define WORTH_A_TICK (UINT64_C(16) << 20)

/* Whether the source, on an overlay, is on a lower layer, which does not change: where the upper
   layer can clone, a file of it is not on another filesystem (EXDEV). */
static bool is_on_lower(const struct keep_question *q)
{
	return q->is_one_overlay && sys_clone_range_probe(q->dst_fd, q->src_fd) == -EXDEV;
}

/* Whether the ctime of @fd, on the upper layer of the overlay @fs, tells of changes. It does not on
   tmpfs, which has no FIEMAP. Asked once for all of them. */
static bool has_trail_on_upper(struct memory_fs *fs, int fd)
{
	if (fs->upper_tells == ANSWER_NOT_ASKED)
		fs->upper_tells = sys_write_out(fd) == 0 ? ANSWER_YES : ANSWER_NO;
	return fs->upper_tells == ANSWER_YES;
}

/* The same for a source on the overlay @fs, not on a lower layer of the one that the copy is on. */
static bool has_source_trail(struct memory_fs *fs, const struct keep_question *q)
{
	return q->is_one_overlay ? has_trail_on_upper(fs, q->src_fd)
				 : sys_write_out(q->src_fd) == 0;
}

/* Whether no write to the source is under way, and none begins without a new ctime. */
static bool is_source_quiet(struct memory_fs *fs, const struct keep_question *q)
{
	const bool is_overlay = fs->trail == TRAIL_OVERLAY;

	if (fs->trail == TRAIL_NONE)
		return false;
	if (fs->trail == TRAIL_FIXED || (is_overlay && is_on_lower(q)))
		return true;
	return (!is_overlay || has_source_trail(fs, q)) &&
	       sys_is_only_opener(q->src_fd, false) == 0;
}

/* Whether every change of the destination, a new file, shows in its ctime. */
static bool shows_changes(struct memory *m, const struct keep_question *q)
{
	struct memory_fs *fs = memory_fs(m, q->dst_fd, q->dst_dev);

	if (!fs || fs->trail != TRAIL_OVERLAY)
		return fs && fs->trail != TRAIL_NONE;
	return has_trail_on_upper(fs, q->dst_fd);
}

/* Look at the source. Whether every change after the look shows in another one. */
static bool look_at_source(struct memory *m, const struct keep_question *q, struct file_look *ret)
{
	struct memory_fs *fs = memory_fs(m, q->src_fd, q->src_dev);
	struct timespec now;
	struct stat st;

	if (!fs || !is_source_quiet(fs, q))
		return false;
	sys_coarse_time(&now); /* before the look: what is changed in between is seen */
	if (sys_fstat(q->src_fd, &st) < 0 || st.st_dev != q->src_dev ||
	    (uint64_t)st.st_size != q->size)
		return false;
	*ret = plan_look(&st, fs->mount);
	return plan_is_settled(st.st_ctim, now);
}

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
	if (m->opened != 0 || !shows_changes(m, q) || !look_at_source(m, q, &ret_k->src))
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

/* Record @r, of which ownership is taken, for the copy @k, when its time has come. */
static void take_kept(struct memory *m, const struct kept_copy *k, struct remembered *r)
{
	/* its watch may have ended with that of others */
	if (k->watch != m->watch_count ||
	    array_grow(&m->kept, &m->kept_room, m->kept_count, sizeof(*m->kept)) < 0) {
		drop_kept(m, k, r);
		return;
	}
	m->kept[m->kept_count++] = (struct kept){ .number = k->number, .remembered = r };
	if (m->kept_count >= KEPT_MAX)
		keep_settle(m);
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

/* Give @r the ctime of @st, if that is all that changed of the copy. */
static void take_ctime(struct memory *m, struct copy_record *r, const struct stat *st)
{
	const struct file_look now = plan_look(st, r->copy.mount);
	struct file_look was = r->copy;

	was.ctime = now.ctime;
	if (!plan_looks_equal(&was, &now))
		return;
	r->copy = now;
	r->is_settled = false;
	for (size_t i = 0; i < m->fs_count; i++)
		if (m->fs[i].dev == st->st_dev)
			r->is_settled = m->fs[i].is_fine == ANSWER_YES;
}

void keep_note_link(struct memory *m, int dir_fd, const char *name)
{
	struct stat st;

	if (m->kept_count == 0 || sys_stat(dir_fd, name, false, &st) < 0)
		return;
	for (size_t i = 0; i < m->kept_count; i++) {
		struct copy_record *r = &m->kept[i].remembered->record;

		if (r->copy.dev == st.st_dev && r->copy.ino == st.st_ino)
			take_ctime(m, r, &st);
	}
}

static void note_opened(int number, void *payload)
{
	struct memory *m = payload;

	for (size_t i = 0; i < m->kept_count; i++)
		if (m->kept[i].number == number || number < 0)
			m->kept[i].was_opened = true;
}

/* Settle those for which the clock has gone on. */
static void settle_by_clock(struct memory *m)
{
	struct timespec now;

	sys_coarse_time(&now);
	for (size_t i = 0; i < m->kept_count; i++) {
		struct copy_record *r = &m->kept[i].remembered->record;

		r->is_settled = r->is_settled || plan_is_settled(r->copy.ctime, now);
	}
}

/* Bytes of those that are not settled. */
static uint64_t unsettled_bytes(const struct memory *m)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < m->kept_count; i++)
		if (!m->kept[i].remembered->record.is_settled)
			sum += m->kept[i].remembered->record.copy.size;
	return sum;
}

/* End all watches with one call, which costs less than to end each. */
static void end_watches(struct memory *m)
{
	fd_drop(&m->watch_fd);
	m->watch_fd = -EBADF;
	m->watch_count++;
}

void keep_settle(struct memory *m)
{
	struct timespec now;
	bool is_unknown;

	if (m->kept_count == 0)
		return;
	settle_by_clock(m);
	if (unsettled_bytes(m) >= WORTH_A_TICK) {
		sys_sleep(sys_coarse_tick());
		settle_by_clock(m);
	}
	/* after the look at the clock: a process that opened the file before is seen */
	is_unknown = sys_watch_read(m->watch_fd, note_opened, m) < 0;
	end_watches(m);
	sys_coarse_time(&now);
	for (size_t i = 0; i < m->kept_count; i++) {
		struct kept *k = &m->kept[i];

		k->remembered->record.time = now.tv_sec;
		/* if the clock was set meanwhile, the record is void */
		if (!is_unknown && !k->was_opened)
			(void)memory_put(m, k->remembered); /* it is not remembered */
		free(k->remembered);
	}
	m->kept_count = 0;
}
