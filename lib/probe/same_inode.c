/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The proof, from what is cheap to what is certain.
 *
 * Two filesystems made in the same way put their files at the same places with the same inode
 * numbers, and a size and an mtime are copied easily. The ctime is not: nobody can set it, and
 * overlayfs passes it on. Only a device that was copied and then changed beneath its filesystem
 * could fool that much. The page cache cannot be fooled at all: both files are mapped, and one
 * page of memory belongs to one inode. The kernel tells that to root only.
 */
#include "probe/same_inode.h"

#include "base/array.h"
#include "base/fd.h"
#include "probe/layer.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/pages.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* Whether nothing was changed between the two looks. */
static bool same_state(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && same_time(a->st_mtim, b->st_mtim) &&
	       same_time(a->st_ctim, b->st_ctim);
}

bool same_inode_stat(const struct stat *src, const struct stat *shown, bool has_origin)
{
	/* xino=on keeps the number of the layer in the upper bits */
	const ino_t lower_bits = UINT32_MAX;

	return same_state(src, shown) && src->st_mode == shown->st_mode &&
	       src->st_uid == shown->st_uid && src->st_gid == shown->st_gid &&
	       (has_origin || ((src->st_ino ^ shown->st_ino) & lower_bits) == 0);
}

bool same_inode_extents(const struct sys_extent *a, size_t a_count, const struct sys_extent *b,
			size_t b_count)
{
	if (a_count == 0 || a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (!a[i].known || !b[i].known || a[i].logical != b[i].logical ||
		    a[i].physical != b[i].physical || a[i].length != b[i].length)
			return false;
	return true;
}

/* Extents, one after the other. */
struct list {
	struct sys_extent *at;
	size_t count;
	size_t room;
};

static int append(const struct sys_extent *e, void *payload)
{
	struct list *l = payload;

	if (array_grow(&l->at, &l->room, l->count, sizeof(*l->at)) < 0)
		return -ENOMEM;
	l->at[l->count++] = *e;
	return 0;
}

/* Whether all extents have a known place, so that they can be compared. */
static bool are_comparable(const struct list *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (!l->at[i].known)
			return false;
	return l->count > 0;
}

/* 0: the extents are the same, and the first begins at *ret_off of the file; -ENOENT: they are not;
   other -errno: they cannot be compared, -ENODATA if some have no place. */
static int same_places(int a_fd, int b_fd, uint64_t *ret_off)
{
	struct list a = { 0 };
	struct list b = { 0 };
	int r = sys_write_out(a_fd);

	if (r == 0)
		r = sys_extents(a_fd, append, &a);
	if (r == 0)
		r = sys_extents(b_fd, append, &b);
	if (r == 0 && !(are_comparable(&a) && are_comparable(&b)))
		r = -ENODATA;
	if (r == 0 && !same_inode_extents(a.at, a.count, b.at, b.count))
		r = -ENOENT;
	if (r == 0)
		*ret_off = a.at[0].logical;
	free(a.at);
	free(b.at);
	return r;
}

/* 1: both are one inode; 0: they are not; -ENODATA: not told. */
static int same_page(int a_fd, int b_fd, uint64_t off)
{
	/* as the overlay shows it now, and without a new atime */
	CLEANUP_FD int fd = sys_reopen(a_fd, O_RDONLY | O_NONBLOCK | O_NOATIME);

	return sys_same_page(fd >= 0 ? fd : a_fd, b_fd, off);
}

int same_inode_prove(const struct same_inode_question *q)
{
	struct stat data;
	struct stat after;
	uint64_t off = 0;
	int r;

	if (!same_inode_stat(q->src, q->shown, q->has_origin) || sys_fstat(q->data_fd, &data) < 0 ||
	    data.st_size != q->src->st_size)
		return -ENOENT;
	r = same_places(q->src_fd, q->data_fd, &off);
	if (r < 0)
		return r == -ENOMEM ? r : -ENOENT;
	r = same_page(q->src_fd, q->data_fd, off);
	/* of data that lies apart the overlay shows neither times nor a number */
	if (r == 0 || (r < 0 && q->metadata_apart))
		return -ENOENT;
	if (sys_fstat(q->src_fd, &after) < 0 || !same_state(&after, q->src))
		return -ENOENT;
	return 0;
}

/* Whether a file can have other numbers elsewhere: only these show files of other filesystems. */
static bool shows_others(int fd)
{
	return layer_is_overlay(fd) || layer_is_fuse(fd);
}

int same_inode_is_view(int a_fd, const struct stat *a, int b_fd, const struct stat *b)
{
	uint64_t off = 0;
	int page;
	int r;

	if (a->st_dev == b->st_dev || a->st_size != b->st_size || a->st_size == 0 ||
	    !(shows_others(a_fd) || shows_others(b_fd)))
		return 0;
	r = same_places(a_fd, b_fd, &off);
	if (r == -ENOENT || r == -ENOMEM)
		return r == -ENOENT ? 0 : r;
	/* without extents there is no more than what nobody can set: the ctime */
	if (r < 0)
		return same_state(a, b);
	page = same_page(a_fd, b_fd, off);
	return page >= 0 ? page : same_time(a->st_mtim, b->st_mtim);
}
