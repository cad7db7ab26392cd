/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The loop of FIDEDUPERANGE over two files of one size.
 *
 * The kernel compares what it shares, under its locks. What is not given to it, because there is
 * nothing to gain, is compared by reading: a hole of the destination would otherwise become blocks
 * of zeros, if the source has such.
 */
#include "dedupe/pair.h"

#include "base/unsupported.h"
#include "dedupe/parts.h"
#include "exec/same_data.h"
#include "probe/identity.h"
#include "probe/layer.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <stdlib.h>

/* Bytes of one call: btrfs takes no more (BTRFS_MAX_DEDUPE_LEN), and a cancellation waits for the
   end of one. A multiple of every block size. */
#define PIECE ((uint64_t)16 << 20)

static int fail(struct pair *p, int r, enum ovlcp_op op)
{
	p->err = (struct err){ r == -EBADMSG ? 0 : -r, op };
	return r;
}

/* Whether one of the files has another size than in the beginning. 1, 0 or -errno. */
static int is_resized(const struct pair *p)
{
	struct stat src;
	struct stat dst;
	int r = sys_fstat(p->src->fd, &src);

	if (r == 0)
		r = sys_fstat(p->dst->fd, &dst);
	return r < 0 ? r : src.st_size != p->src->st.st_size || dst.st_size != p->src->st.st_size;
}

/* Compare a part by reading. 0 if it is equal, otherwise -errno. @differed: whether the kernel has
   just found a difference. */
static int compare(struct pair *p, struct exec_part part, bool differed)
{
	void *buffer = session_buffer(p->o);
	int r = buffer ? exec_same_part(p->src->fd, p->dst->fd, part, buffer, p->o->cancelled,
					&p->offset)
		       : -ENOMEM;

	if (r == 0)
		return fail(p, -EBADMSG,
			    is_resized(p) > 0 ? OVLCP_OP_DEDUPE_CHANGED : OVLCP_OP_DEDUPE_DIFFERS);
	if (r > 0 && differed)
		return fail(p, -EBADMSG, OVLCP_OP_DEDUPE_CHANGED);
	return r < 0 ? fail(p, r, OVLCP_OP_COMPARE) : 0;
}

/* The kernel has refused the part with @r. */
static int refused(struct pair *p, struct exec_part part, int r)
{
	if (r == -EBADE)
		return compare(p, part, true);
	if (r == -EINVAL && is_resized(p) > 0) /* the part is beyond an end */
		return fail(p, -EBADMSG, OVLCP_OP_DEDUPE_CHANGED);
	return fail(p, r, OVLCP_OP_DEDUPE);
}

/* Share one piece. The number of bytes, or -errno. */
static int64_t share_piece(struct pair *p, struct exec_part piece)
{
	int64_t n = p->is_dry ? compare(p, piece, false)
			      : sys_dedupe(p->src->fd, p->dst->fd, piece.begin,
					   piece.end - piece.begin);

	if (p->is_dry)
		return n < 0 ? n : (int64_t)(piece.end - piece.begin);
	if (n == 0)
		n = -EIO; /* it would be tried for ever */
	return n < 0 ? refused(p, piece, (int)n) : n;
}

static int share_part(struct pair *p, struct exec_part part)
{
	while (part.begin < part.end) {
		const uint64_t len = part.end - part.begin;
		int64_t n;

		if (session_is_cancelled(p->o))
			return fail(p, -ECANCELED, OVLCP_OP_DEDUPE);
		n = share_piece(p, (struct exec_part){ part.begin,
						       part.begin + (len < PIECE ? len : PIECE) });
		if (n < 0)
			return (int)n;
		p->shared += (uint64_t)n;
		part.begin += (uint64_t)n;
		if (!p->is_dry)
			exec_progress_add(p->o->progress,
					  (struct exec_bytes){ .shared = (uint64_t)n });
		exec_step_advance(&p->step, part.begin);
	}
	return 0;
}

/* Whether both have kept their size: the kernel says that all of a part is shared, also where it
   left out the last bytes because a file goes on behind them. 0, or -errno. */
static int check_sizes(struct pair *p)
{
	const int r = is_resized(p);

	if (r > 0)
		return fail(p, -EBADMSG, OVLCP_OP_DEDUPE_CHANGED);
	return r < 0 ? fail(p, r, OVLCP_OP_DEDUPE) : 0;
}

static int share_all(struct pair *p)
{
	struct parts parts = { .src = &p->src_extents,
			       .dst = &p->dst_extents,
			       .size = (uint64_t)p->src->st.st_size };
	struct exec_part part;
	enum part_kind kind;
	int r = 0;

	exec_step_begin(&p->step, p->o->progress, OVLCP_STEP_DEDUPE, parts.size, -EBADF);
	while (r == 0 && parts_next(&parts, &part, &kind)) {
		if (kind == PART_BLOCKS)
			r = share_part(p, part);
		else if (kind == PART_NO_BLOCKS)
			r = compare(p, part, false);
	}
	exec_step_end(&p->step);
	if (r == 0)
		r = check_sizes(p);
	if (r == 0 && !p->is_dry)
		exec_progress_add(p->o->progress, (struct exec_bytes){ .done = parts.size });
	return r;
}

/* List the extents of @fd up to @size. Without FIEMAP: one, of which nothing is known. */
static int read_extents(int fd, uint64_t size, struct extent_list *l)
{
	int r = extent_list_read(fd, size, l);

	if (!is_unsupported(r))
		return r;
	extent_list_done(l);
	l->list = malloc(sizeof(*l->list));
	if (!l->list)
		return -ENOMEM;
	l->list[0] = (struct sys_extent){ .length = size, .has_data = true };
	l->count = l->room = 1;
	return 0;
}

/*
 * Whether places on the device mean the same for both, so that equal ones are shared. Not in an
 * overlay, whose files may be on several filesystems, nor where st_dev differs, as that of two
 * subvolumes of a btrfs: there the kernel is asked whether it would share at all. A dry run asks
 * that always. 0, or -errno.
 */
static int check_filesystem(struct pair *p)
{
	const bool is_plain =
		p->src->st.st_dev == p->dst->st.st_dev &&
		layer_on_overlay(p->dst->fd, session_mount_table, p->o) == ANSWER_NO &&
		layer_on_overlay(p->src->fd, session_mount_table, p->o) == ANSWER_NO;
	int64_t r;

	/* the byte of a file of one byte would be shared, not asked about */
	if ((is_plain && !p->is_dry) || p->src->st.st_size < 2)
		return 0;
	r = sys_dedupe(p->src->fd, p->dst->fd, 0, 1);
	return r < 0 && r != -EBADE ? refused(p, (struct exec_part){ 0, 1 }, (int)r) : 0;
}

/* Find out what is shared already. 0, or -errno. */
static int list_extents(struct pair *p)
{
	const uint64_t size = (uint64_t)p->src->st.st_size;
	int r = read_extents(p->dst->fd, size, &p->dst_extents);

	if (r == 0)
		r = read_extents(p->src->fd, size, &p->src_extents);
	return r < 0 ? fail(p, r, OVLCP_OP_DEDUPE) : 0;
}

int pair_share(struct pair *p)
{
	const struct identity_file src = { .fd = p->src->fd };
	const struct identity_file dst = { .fd = p->dst->fd };
	int r = identity_same(&src, &dst);

	if (r != 0)
		return r < 0 ? fail(p, r, OVLCP_OP_STAT_DESTINATION) : 0;
	if (p->src->st.st_size != p->dst->st.st_size) {
		p->offset =
			(uint64_t)(p->src->st.st_size < p->dst->st.st_size ? p->src->st.st_size
									   : p->dst->st.st_size);
		return fail(p, -EBADMSG, OVLCP_OP_DEDUPE_DIFFERS);
	}
	r = check_filesystem(p);
	if (r == 0)
		r = list_extents(p);
	return r < 0 ? r : share_all(p);
}

void pair_done(struct pair *p)
{
	extent_list_done(&p->src_extents);
	extent_list_done(&p->dst_extents);
}
