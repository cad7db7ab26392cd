/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The comparisons, from the cheap ones to the certain one.
 *
 * Inode numbers and extents are equal on two filesystems that were filled in the same way; size
 * and mtime can be set. The ctime cannot be set, and overlayfs passes it on: only a copy of the
 * whole device, changed without its filesystem, has the same ctime and other data. The page cache
 * is certain: both files are mapped, and a page belongs to one inode. That two pages differ the
 * kernel tells root only. See docs/decisions/0012-layer-bypass.md.
 */
#include "probe/same_inode.h"

#include "base/array.h"
#include "base/fd.h"
#include "probe/identity.h"
#include "probe/inode_match.h"
#include "probe/layer.h"
#include "probe/metacopy.h"
#include "sys/descriptor.h"
#include "sys/extents.h"
#include "sys/openers.h"
#include "sys/pages.h"
#include "sys/status.h"
#include "sys/statx.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

struct extent_list {
	struct sys_extent *extents;
	size_t count;
	size_t room;
};

static int append_extent(const struct sys_extent *e, void *payload)
{
	struct extent_list *list = payload;

	if (array_grow(&list->extents, &list->room, list->count, sizeof(*list->extents)) < 0)
		return -ENOMEM;
	list->extents[list->count++] = *e;
	return 0;
}

/* Whether the place of every extent is known, so that they can be compared. */
static bool are_comparable(const struct extent_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (!l->extents[i].known)
			return false;
	return l->count > 0;
}

/* What two files with equal extents have in common. */
struct common_extents {
	/* Offset in the file of the first one. */
	uint64_t off;
	/* Whether the blocks of one of them belong to one file only. */
	bool has_unshared;
};

static bool any_is_unshared(const struct extent_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (!l->extents[i].shared)
			return true;
	return false;
}

/* 0: the extents are equal; -ENOENT: they are not; other -errno: they cannot be compared, -ENODATA
   if the place of one is not known. */
static int compare_extents(int a_fd, int b_fd, struct common_extents *ret_common)
{
	struct extent_list a = { 0 };
	struct extent_list b = { 0 };
	int r = sys_write_out(a_fd);

	if (r == 0)
		r = sys_extents(a_fd, append_extent, &a);
	if (r == 0)
		r = sys_extents(b_fd, append_extent, &b);
	if (r == 0 && !(are_comparable(&a) && are_comparable(&b)))
		r = -ENODATA;
	if (r == 0 && !inode_match_extents(a.extents, a.count, b.extents, b.count))
		r = -ENOENT;
	if (r == 0)
		*ret_common = (struct common_extents){ a.extents[0].logical, any_is_unshared(&a) };
	free(a.extents);
	free(b.extents);
	return r;
}

/* 1: both files have the same page in memory; 0: they have not; -ENODATA: unknown. */
static int compare_page(int a_fd, int b_fd, uint64_t off)
{
	/* opened again: the file may have been copied up meanwhile; O_NOATIME: no new atime */
	CLEANUP_FD int fd = sys_reopen(a_fd, O_RDONLY | O_NONBLOCK | O_NOATIME);

	return sys_same_page(fd >= 0 ? fd : a_fd, b_fd, off);
}

/* The same for every user, of the first page. It sets the atime of @b_fd, so it is asked only where
   the careful answer would be a guess. */
static int compare_counted_page(int a_fd, int b_fd)
{
	CLEANUP_FD int fd = sys_reopen(a_fd, O_RDONLY | O_NONBLOCK | O_NOATIME);

	return sys_same_page_by_count(fd >= 0 ? fd : a_fd, b_fd);
}

int same_inode_prove(const struct same_inode_question *q)
{
	struct common_extents common;
	struct stat data;
	struct stat after;
	int r;

	if (!inode_match_stat(q->src, q->metadata, q->has_origin) ||
	    sys_fstat(q->data_fd, &data) < 0 || data.st_size != q->src->st_size)
		return -ENOENT;
	r = compare_extents(q->src_fd, q->data_fd, &common);
	if (r < 0)
		return r == -ENOMEM ? r : -ENOENT;
	r = compare_page(q->src_fd, q->data_fd, common.off);
	/* of the data of a metacopy file the overlay shows neither times nor inode number */
	if (r == 0 || (r < 0 && q->is_metacopy))
		return -ENOENT;
	if (sys_fstat(q->src_fd, &after) < 0 || !inode_match_state(&after, q->src))
		return -ENOENT;
	return 0;
}

/* Whether files of other filesystems can be seen there, under other device and inode numbers; true
   where that cannot be told. */
static bool may_show_others(int fd)
{
	uint64_t type;

	return sys_fs_magic(fd, &type) < 0 || type == OVERLAYFS_SUPER_MAGIC ||
	       type == FUSE_SUPER_MAGIC;
}

/* fstat as the server of the filesystem has it now, not as it was cached. 0, or -errno. */
static int stat_anew(int fd, struct stat *ret_st)
{
	struct sys_statx unused;
	int r = sys_statx(fd, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, SYS_STATX_BASIC, &unused);

	/* a filter refuses the call by EPERM, as no filesystem does */
	return r < 0 && r != -EOPNOTSUPP && r != -EPERM ? r : sys_fstat(fd, ret_st);
}

/* The same of two files. 0, or -errno. */
static int stat_both_anew(int a_fd, struct stat *ret_a, int b_fd, struct stat *ret_b)
{
	int r = stat_anew(a_fd, ret_a);

	return r < 0 ? r : stat_anew(b_fd, ret_b);
}

/* Whether @fd is known to be a metacopy file. */
static bool is_metacopy(const struct same_inode_view *q, int fd, const struct stat *st)
{
	return layer_of(fd, st, q->mounts, q->payload) == OVLCP_LAYER_METADATA;
}

/*
 * The same of two files with equal extents, of which the kernel shows no page: one inode has one
 * state, unless the one file is a metacopy file. Then blocks that are not shared have one owner, if
 * both files are on one filesystem; the careful answer where that is unknown is 1.
 *
 * @a, @b: their stat.
 */
static int is_view_by_state(const struct same_inode_view *q, const struct stat *a,
			    const struct stat *b, bool has_unshared)
{
	struct stat again;
	int page;
	int r;

	if (inode_match_state(a, b))
		return 1;
	r = stat_anew(q->a_fd, &again);
	if (r < 0)
		return r;
	if (!inode_match_state(a, &again)) /* changed between the two looks */
		return 1;
	if (!metacopy_is_possible(q->a_fd, q->mounts, q->payload) &&
	    !metacopy_is_possible(q->b_fd, q->mounts, q->payload))
		return 0;
	page = compare_counted_page(q->a_fd, q->b_fd);
	if (page >= 0)
		return page;
	return has_unshared || inode_match_time(a->st_mtim, b->st_mtim) ||
	       is_metacopy(q, q->a_fd, a) || is_metacopy(q, q->b_fd, b);
}

static void note_open(int number, void *payload)
{
	(void)number;
	*(bool *)payload = true;
}

/* Whether to open @fd once more opens the file that @watch watches. */
static bool is_opened_with(int watch, int fd)
{
	CLEANUP_FD int again = sys_reopen(fd, O_RDONLY | O_NONBLOCK);
	bool is_opened = false;

	return again >= 0 && sys_watch_read(watch, note_open, &is_opened) == 0 && is_opened;
}

/* Whether to open @fd is to open the file @shown: a server of FUSE opens the file that it shows. 1,
   0, or -errno: that cannot be watched. */
static int opens(int fd, int shown)
{
	CLEANUP_FD int watch = layer_is_fuse(fd) ? sys_watch_new() : -EOPNOTSUPP;
	int times = 3; /* other processes open it by chance, but hardly each time */
	int r = watch < 0 ? watch : sys_watch_opens(watch, shown);

	if (r < 0)
		return r == -EOPNOTSUPP ? 0 : r;
	while (times > 0 && is_opened_with(watch, fd))
		times--;
	return times == 0;
}

/* The same of two files without extents: there is the ctime, which nothing can set, but of which
   FUSE may have its own (its cache for writing); and a page, as the state may be that of a metacopy
   file, which has its data on the filesystem of a layer. */
static int is_view_without_extents(const struct same_inode_view *q, const struct stat *a,
				   const struct stat *b)
{
	int page;
	int r = inode_match_state(a, b);

	if (r == 0)
		r = opens(q->a_fd, q->b_fd);
	if (r == 0)
		r = opens(q->b_fd, q->a_fd);
	if (r != 0)
		return r;
	page = compare_page(q->a_fd, q->b_fd, 0);
	if (page < 0)
		page = compare_counted_page(q->a_fd, q->b_fd);
	if (page >= 0)
		return page;
	return (is_metacopy(q, q->a_fd, a) &&
		metacopy_has_layer_with(q->a_fd, q->b_fd, q->mounts, q->payload)) ||
	       (is_metacopy(q, q->b_fd, b) &&
		metacopy_has_layer_with(q->b_fd, q->a_fd, q->mounts, q->payload));
}

int same_inode_is_view(const struct same_inode_view *q)
{
	struct common_extents common;
	struct stat a;
	struct stat b;
	int page;
	int r;

	if (!(may_show_others(q->a_fd) || may_show_others(q->b_fd)))
		return 0;
	r = stat_both_anew(q->a_fd, &a, q->b_fd, &b);
	if (r < 0)
		return r;
	if (a.st_dev == b.st_dev || a.st_size != b.st_size || a.st_size == 0)
		return 0;
	r = compare_extents(q->a_fd, q->b_fd, &common);
	/* what was not written out yet has no place; the times alone may be equal where the clock
	   of the filesystem is coarse */
	if (r == -ENODATA && inode_match_state(&a, &b) && sys_write_out(q->b_fd) == 0)
		r = compare_extents(q->a_fd, q->b_fd, &common);
	if (r == -ENOENT || r == -ENOMEM)
		return r == -ENOENT ? 0 : r;
	if (r < 0)
		return is_view_without_extents(q, &a, &b);
	page = compare_page(q->a_fd, q->b_fd, common.off);
	return page >= 0 ? page : is_view_by_state(q, &a, &b, common.has_unshared);
}

int same_inode_may_be_link(int a_fd, int b_fd)
{
	struct stat a;
	struct stat b;
	int r;

	if (identity_is_certain(&(struct identity_file){ .fd = b_fd }))
		return 0;
	r = stat_both_anew(a_fd, &a, b_fd, &b);
	return r < 0 ? r : a.st_nlink > 1 && identity_looks_equal(&a, &b);
}
