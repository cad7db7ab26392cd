/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One source to its destinations: open, transfer, dress, close, tell.
 *
 * A copy to a single destination is a fan-out of one.
 */
#include "job/copy.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "job/report.h"
#include "job/transfer.h"
#include "probe/fs.h"
#include "sys/sys.h"

#include <errno.h>
#include <string.h>

/* A copy while it goes on. */
struct copy {
	struct ovlcp *o;
	const struct copy_request *q;
	struct source src;
	struct donors donors;
	/** Complete destinations, to notice one that is named twice. */
	struct inodeset finished;
};

static int tell_error(const struct copy *c, const char *dst, const struct err *err)
{
	return report_error(c->o, OVLCP_EVENT_FAILED, c->q->src, dst, err);
}

/* What becomes an event once it is known how the destination ends; owns the names. */
struct news {
	struct ovlcp_event event;
	char *src_fs;
	char *dst_fs;
};

/* Gather the news while the files are open: the names of filesystems where they are asked for. */
static struct news gather(struct copy *c, const struct target *dst,
			  const struct transfer_result *res)
{
	struct news n = {
		.event = {
			.type = res->err.code ? OVLCP_EVENT_FAILED : OVLCP_EVENT_COPIED,
			.src = c->q->src,
			.dst = dst->path,
			.error = res->err.code,
			.op = res->err.op,
			.method = res->method,
			.row = res->row,
			.why = res->why,
			.written = res->written,
			.shared = res->shared,
			.copied_up = c->src.copied_up_unreported,
		},
	};

	c->src.copied_up_unreported = 0;
	if ((c->q->opt->flags & OVLCP_EXPLAIN) || res->err.op == OVLCP_OP_CLONE) {
		const struct layout *l = session_layout(c->o);

		n.event.src_fs = n.src_fs = fs_name(l, c->src.fd, false);
		n.event.dst_fs = n.dst_fs = fs_name(l, dst->fd, true);
	}
	return n;
}

static void news_done(struct news *n)
{
	free(n->src_fs);
	free(n->dst_fs);
}

/* Attributes. A failure is told; the data stays, as with cp. */
static int dress(const struct copy *c, struct target *dst)
{
	struct err err = { 0 };
	struct attr_job a = {
		.src_fd = c->src.fd,
		.fd = dst->fd,
		.src = &c->src.st,
		.dst = &dst->st,
		.created = dst->created,
		.preserve = c->q->opt->preserve,
	};
	int r = attr_apply(&a, &err);

	return r < 0 ? tell_error(c, dst->path, &err) : 0;
}

/* Remember a complete destination by its identity, where that matters. */
static int enlist(struct copy *c, const struct target *dst)
{
	bool protect = c->q->opt->flags & OVLCP_PROTECT_CREATED;
	int r = c->q->n > 1 ? inodeset_add(&c->finished, &dst->st) : 0;

	if (r == 0 && protect)
		r = inodeset_add(&c->o->created, &dst->st);
	if (r == 0 && protect)
		r = inodeset_add(&c->o->copied, &c->src.st);
	return r < 0 ? tell_error(c, dst->path, &(struct err){ -r, OVLCP_OP_NONE }) : 0;
}

/* Keep the destination open as a donor, or close it. */
static int hand_over(struct copy *c, struct target *dst, bool donor)
{
	char *path = donor && donors_have_room(&c->donors) ? strdup(dst->path) : NULL;
	int r = path ? donors_take(&c->donors, TAKE_FD(dst->fd), path) : target_close(dst);

	return r < 0 ? tell_error(c, dst->path, &(struct err){ -r, OVLCP_OP_CLOSE }) : 0;
}

/* Everything after the data: attributes, a place in the lists, the close. Failures are told. */
static int complete(struct copy *c, struct target *dst, bool donor, bool more_follow)
{
	int dressed = dress(c, dst);
	int listed = dressed == 0 ? enlist(c, dst) : dressed;
	int closed;

	if (c->src.spent && more_follow)
		(void)source_stand_in(&c->src, dst->fd); /* if not, the others are refused */
	closed = hand_over(c, dst, donor);
	return listed < 0 ? listed : closed;
}

static int one(struct copy *c, const char *path, bool more_follow)
{
	const struct target_request where = { &c->src, c->q->dst_fd, path, c->q->opt,
					      &c->finished };
	struct transfer_result res;
	struct target dst;
	struct news news;
	int r;

	if (c->src.spent)
		return tell_error(c, path, &(struct err){ ESPIPE, OVLCP_OP_SOURCE_SPENT });
	r = target_open(c->o, &where, &dst);
	if (r != TARGET_OPEN)
		return r < 0 ? r : 0;
	report(c->o, &(struct ovlcp_event){
			     .type = OVLCP_EVENT_BEGIN, .src = c->q->src, .dst = dst.path });
	r = transfer(c->o,
		     &(struct transfer_request){ &c->src, &dst, c->q->opt, &c->donors, c->q->n,
						 more_follow },
		     &res);
	news = gather(c, &dst, &res);
	if (r == 0)
		r = complete(c, &dst, res.donor, more_follow);
	/* a failure after the data was told by who noticed it */
	if (r == 0 || res.err.code)
		report(c->o, &news.event);
	if (res.err.code)
		target_undo(&dst);
	else
		target_done(&dst);
	news_done(&news);
	return r;
}

static int close_donors(struct copy *c)
{
	int first = 0;

	while (c->donors.count > 0) {
		CLEANUP_FREE char *path = NULL;
		int r = donors_close_last(&c->donors, &path);

		if (r < 0) {
			(void)tell_error(c, path, &(struct err){ -r, OVLCP_OP_CLOSE });
			first = r;
		}
	}
	return first;
}

int copy_run(struct ovlcp *o, const struct copy_request *q)
{
	struct copy c = { .o = o, .q = q };
	struct err err;
	int first = 0;
	int r;

	if (atomic_load(&o->cancelled))
		return -ECANCELED; /* a FIFO would be waited for */
	r = source_open(o, &c.src, q->src_fd, q->src, &err);
	if (r < 0)
		return tell_error(&c, "", &err);
	for (size_t i = 0; i < q->n; i++) {
		r = atomic_load(&o->cancelled) ? -ECANCELED : one(&c, q->dst[i], i + 1 < q->n);
		first = first ? first : r;
		if (r == -ECANCELED && atomic_load(&o->cancelled))
			break;
	}
	r = close_donors(&c);
	inodeset_done(&c.finished);
	source_close(&c.src);
	return first ? first : r;
}
