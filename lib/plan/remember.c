/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The ctime of a file cannot be set: only the clock can. So a file is unchanged if its numbers, its
 * size and both times are, as long as the clock has gone forward, and had gone on since the last
 * change when the record was made. What is recorded within a tick of the clock is not trusted on
 * that alone: git calls that "racy" (Documentation/technical/racy-git.txt).
 */
#include "plan/remember.h"

#include "plan/same_time.h"

#include <stddef.h>

/* Days that a record is used. */
#define DAYS_MAX 7

/* Seconds that a filesystem without fractions of a second may round down: two on FAT. */
#define COARSE_SECONDS 2

/* Magic numbers of statfs(2); the headers of the kernel do not have all of them. */
static const struct {
	uint64_t magic;
	enum change_trail trail;
} trails[] = {
	{ 0xef53, TRAIL_CTIME },       /* ext2, ext3, ext4 */
	{ 0x58465342, TRAIL_CTIME },   /* xfs */
	{ 0x9123683e, TRAIL_CTIME },   /* btrfs */
	{ 0xf2f52010, TRAIL_CTIME },   /* f2fs */
	{ 0xe0f5e1e2, TRAIL_FIXED },   /* erofs */
	{ 0x73717368, TRAIL_FIXED },   /* squashfs */
	{ 0x9660, TRAIL_FIXED },       /* ISO 9660 */
	{ 0x794c7630, TRAIL_OVERLAY }, /* overlayfs */
};

enum change_trail plan_change_trail(uint64_t magic)
{
	for (size_t i = 0; i < sizeof(trails) / sizeof(*trails); i++)
		if (trails[i].magic == magic)
			return trails[i].trail;
	return TRAIL_NONE;
}

bool plan_is_memorable(uint64_t size, const struct ovlcp_options *opt)
{
	return size > 0 && opt->remember != OVLCP_REMEMBER_NO &&
	       opt->reflink != OVLCP_REFLINK_NEVER && opt->sparse == OVLCP_SPARSE_AUTO;
}

static bool is_after(struct timespec a, struct timespec b)
{
	return a.tv_sec > b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec > b.tv_nsec);
}

bool plan_is_settled(struct timespec ctime, struct timespec now)
{
	if (ctime.tv_nsec == 0)
		return now.tv_sec >= ctime.tv_sec + COARSE_SECONDS;
	return is_after(now, ctime);
}

struct file_look plan_look(const struct stat *st, uint64_t mount)
{
	return (struct file_look){
		.mount = mount,
		.dev = st->st_dev,
		.ino = st->st_ino,
		.size = (uint64_t)st->st_size,
		.mtime = st->st_mtim,
		.ctime = st->st_ctim,
	};
}

bool plan_looks_equal(const struct file_look *a, const struct file_look *b)
{
	return a->mount == b->mount && a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       plan_same_time(a->mtime, b->mtime) && plan_same_time(a->ctime, b->ctime);
}

bool plan_was_clock_set(const struct copy_record *record, int64_t clock_offset, int64_t time)
{
	return time < record->time || clock_offset != record->clock_offset;
}

uint64_t plan_making(const struct ovlcp_options *opt, mode_t umask, gid_t gid)
{
	/* these depend on the directory, or on the policy of the system */
	if (opt->context || (opt->flags & OVLCP_DEFAULT_CONTEXT))
		return 0;
	return UINT64_C(1) << 63 | (uint64_t)opt->preserve << 48 |
	       (uint64_t) !!(opt->flags & OVLCP_DEFAULT_MODE) << 47 |
	       (uint64_t)(umask & 0777) << 32 | gid;
}

bool plan_is_expired(const struct copy_record *record, int64_t time)
{
	return time - record->time > (int64_t)DAYS_MAX * 24 * 60 * 60;
}

bool plan_needs_comparison(const struct copy_record *record, const struct ovlcp_options *opt)
{
	return opt->remember == OVLCP_REMEMBER_VERIFY || !record->is_settled ||
	       record->may_be_cut || record->src.mount == 0 || record->copy.mount == 0;
}
