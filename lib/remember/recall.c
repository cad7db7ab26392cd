/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The path in a record is a hint: it may lead to another file by now, or to a device that another
 * user put there. So the copy is looked at by O_PATH, which does nothing to it, and only what looks
 * as recorded is opened.
 */
#include "remember/recall.h"

#include "base/fd.h"
#include "base/hash.h"
#include "exec/same_data.h"
#include "sys/clock.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/openers.h"
#include "sys/pages.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* A clone writes out the data of the file that is cloned, and waits for it. Of many files that were
   made not long ago this takes several times as long as to write all at once. */
#define RECENT_SECONDS 35
#define RECENT_MAX     32

/* Extents of smaller files are not asked for: that takes as long as to clone them. */
#define EXTENTS_MIN (UINT64_C(1) << 20)

#define OTHERS_WRITE (S_IWGRP | S_IWOTH)

static const char *copy_path(const struct remembered *r)
{
	return r->paths + strlen(r->paths) + 1;
}

/* Whether the @len bytes of @r are a record and two paths. */
static bool is_complete(const struct remembered *r, size_t len)
{
	const size_t begin = offsetof(struct remembered, paths);
	size_t zeros = 0;

	for (size_t i = begin; i < len; i++)
		zeros += ((const char *)r)[i] == '\0';
	return len > begin && zeros == 2 && ((const char *)r)[len - 1] == '\0';
}

/* Read the record of the source @path. Whether there is one, with that path. */
static bool find_record(const struct memory *m, uint64_t mount, const char *path, dev_t dir_dev,
			struct remembered *r)
{
	int64_t len = store_get(&m->store, memory_key(mount, path, dir_dev), r);

	return len > 0 && is_complete(r, (size_t)len) && strcmp(r->paths, path) == 0;
}

/* Whether @r is a record of the source as it is now. */
static bool is_of_source(const struct remembered *r, const struct stat *src, uint64_t mount,
			 uint64_t boot)
{
	const struct file_look look = plan_look(src, mount);
	struct timespec now;

	sys_coarse_time(&now);
	return r->record.boot == boot && plan_looks_equal(&look, &r->record.src) &&
	       !plan_is_expired(&r->record, now.tv_sec) &&
	       !plan_was_clock_set(&r->record, sys_clock_offset(), now.tv_sec);
}

/* Whether the file behind @fd is the copy, as it was recorded, and no other user may write to it.
 */
static bool is_copy(struct memory *m, const struct copy_record *r, int fd)
{
	const struct memory_fs *fs;
	struct file_look look;
	struct stat st;

	if (sys_fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_uid != m->uid ||
	    (st.st_mode & OTHERS_WRITE))
		return false;
	fs = memory_fs(m, fd, st.st_dev);
	if (!fs)
		return false;
	look = plan_look(&st, fs->mount);
	return plan_looks_equal(&look, &r->copy);
}

/* Open the copy of @r. A descriptor, or -errno. */
static int open_copy(struct memory *m, const struct remembered *r)
{
	CLEANUP_FD int path_fd = sys_open(AT_FDCWD, copy_path(r), O_PATH | O_NOFOLLOW, 0);

	if (path_fd < 0)
		return path_fd;
	return is_copy(m, &r->record, path_fd) ? sys_reopen(path_fd, O_RDONLY) : -ENOENT;
}

/* Add the extent @e to the hash @payload. */
static int add_extent(const struct sys_extent *e, void *payload)
{
	uint64_t *hash = payload;
	const uint64_t numbers[] = { e->logical, e->physical };

	/* not its length: what was allocated beyond the end of the file is given back some time */
	*hash = hash_add(*hash, numbers, sizeof(numbers));
	return e->known ? 0 : -ENODATA;
}

/* A number for the extents of @fd; 0 if they are not known, or the file is small. */
static uint64_t extents_of(const struct copy_record *r, int fd)
{
	uint64_t hash = HASH_START;

	if (r->copy.size < EXTENTS_MIN || sys_extents(fd, add_extent, &hash) < 0)
		return 0;
	return hash;
}

/* Whether the extents are as recorded, if they were. Those of a clone change with every write, also
   where the clock was set so that the ctime does not. */
static bool has_its_extents(const struct copy_record *r, int fd)
{
	return r->extents == 0 || extents_of(r, fd) == r->extents;
}

/* Compare both files, if that is needed. 1: they are equal; 0: no need; or -errno. A page of a
   mapping that was written to within the tick of the ctime can be written again without another
   one until it is on the disk, so no process may have the copy open for writing. */
static int compare(const struct recall_question *q, const struct copy_record *r, int fd)
{
	struct timespec now;
	int same;

	if (!plan_needs_comparison(r, q->opt))
		return 0;
	/* what is changed behind the comparison must get another ctime */
	sys_coarse_time(&now);
	if ((!r->is_settled && !plan_is_settled(r->copy.ctime, now)) ||
	    sys_is_only_opener(fd, false) < 0)
		return -ENOENT;
	/* a dry run reads nothing: it says what would be tried */
	if (q->opt->flags & OVLCP_DRY_RUN)
		return 0;
	same = q->buffer ? exec_same_data(q->src_fd, fd, q->buffer, q->cancelled, NULL) : -ENOMEM;
	/* a copy that cannot be read is none; the source may be read all the same */
	return same > 0 || same == -ECANCELED ? same : -ENOENT;
}

/* Write the path of the source to @buf. Its length, or -errno. */
static int64_t source_path(struct memory *m, const struct recall_question *q, char *buf)
{
	return q->src_name ? memory_path_in(m, MEMORY_SOURCE, q->src_dir_fd, q->src_name, buf)
			   : memory_path_of(q->src_fd, buf, PATH_MAX);
}

/* Find the record of the source, and its copy. A descriptor of the copy, or -errno. */
static int open_recorded(struct memory *m, const struct recall_question *q, struct remembered *r)
{
	const struct memory_fs *fs = memory_fs(m, q->src_fd, q->src->st_dev);
	const uint64_t mount = fs ? fs->mount : 0;
	const struct known_dir *dir;
	char path[PATH_MAX];
	int fd = -ENOENT;

	r->paths[0] = '\0';
	if (!fs || fs->trail == TRAIL_NONE || source_path(m, q, path) < 0)
		return -ENOENT;
	dir = memory_dir(m, MEMORY_COPY, q->dst_dir_fd);
	if (dir && find_record(m, mount, path, dir->dev, r) &&
	    is_of_source(r, q->src, mount, m->boot))
		fd = open_copy(m, r);
	memcpy(r->paths, path, strlen(path) + 1); /* whatever record was read */
	return fd;
}

/* Whether the data of the copy may wait in memory to be written (vm.dirty_expire_centisecs). */
static bool is_recent(const struct copy_record *r)
{
	struct timespec now;

	sys_coarse_time(&now);
	return now.tv_sec - r->time < RECENT_SECONDS;
}

int recall_open(struct memory *m, const struct recall_question *q, struct recalled *ret_r)
{
	CLEANUP_FD int fd = -EBADF;
	int compared;

	*ret_r = RECALLED_NONE;
	if (m->opened != 0)
		return -ENOENT;
	ret_r->remembered = malloc(STORE_RECORD_MAX);
	if (!ret_r->remembered)
		return -ENOMEM;
	fd = open_recorded(m, q, ret_r->remembered);
	if (fd < 0 || !has_its_extents(&ret_r->remembered->record, fd))
		return -ENOENT;
	compared = compare(q, &ret_r->remembered->record, fd);
	if (compared < 0)
		return compared;
	if (is_recent(&ret_r->remembered->record) && ++m->recent == RECENT_MAX)
		(void)sys_sync_fs(fd); /* for speed only */
	ret_r->fd = TAKE_FD(fd);
	ret_r->is_compared = compared > 0;
	return 0;
}

/* Record what is known of the copy now that it was cloned: its data has blocks, and it may have
   been compared. Whether that is more than before. */
static bool learn(struct copy_record *record, const struct recalled *r)
{
	const uint64_t extents = record->extents ? 0 : extents_of(record, r->fd);
	const bool is_proved = r->is_compared && (!record->is_settled || record->may_be_cut);

	if (extents)
		record->extents = extents;
	record->is_settled = record->is_settled || is_proved;
	record->may_be_cut = record->may_be_cut && !is_proved;
	return extents || is_proved;
}

bool recall_confirm(struct memory *m, const struct recalled *r)
{
	struct copy_record *record = &r->remembered->record;
	struct timespec now;

	if (!is_copy(m, record, r->fd))
		return false;
	if (learn(record, r)) {
		sys_coarse_time(&now);
		record->time = now.tv_sec;
		(void)memory_put(m, r->remembered); /* it is compared once more */
	}
	return true;
}

const char *recall_path(const struct recalled *r)
{
	return r->fd >= 0 ? copy_path(r->remembered) : "";
}

void recall_done(struct recalled *r)
{
	fd_drop(&r->fd);
	free(r->remembered);
	*r = RECALLED_NONE;
}
