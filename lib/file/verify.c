/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A clone has the blocks of the file that it was cloned from, so there is nothing to read. A donor
 * was compared with the source when it was complete.
 */
#include "file/verify.h"

#include "exec/progress.h"
#include "exec/same_data.h"
#include "session/session.h"

#include <errno.h>
#include <sys/stat.h>

static int fail(struct ovlcp_event *e, int r, enum ovlcp_op op)
{
	e->err = (struct err){ op == OVLCP_OP_VERIFY ? 0 : -r, op };
	return r;
}

/* Read both. 1 if they are equal, 0 if not, or -errno. */
static int compare_bytes(const struct transfer *t, uint64_t *ret_offset)
{
	void *buffer = session_buffer(t->o);
	struct exec_step step;
	int r = -ENOMEM;

	/* a stream is gone, and a device does not give back what it was given */
	if (!t->q->src->regular || !S_ISREG(t->q->dst->st.st_mode))
		return -ESPIPE;
	exec_step_begin(&step, t->o->progress, OVLCP_STEP_VERIFY, t->q->src->size, -EBADF);
	if (buffer)
		r = exec_same_stored_data(t->q->src->fd, t->q->dst->fd, buffer, t->o->cancelled,
					  ret_offset);
	exec_step_end(&step);
	return r;
}

int verify_copy(const struct transfer *t, struct ovlcp_event *e)
{
	/* the copy of an earlier call was not compared with the source */
	const bool is_remembered = t->outcome.method == OVLCP_METHOD_CLONE_REMEMBERED;
	int from = is_remembered ? -EBADF : transfer_cloned_from(t);
	int r = from < 0 ? 0 : exec_same_extents(from, t->q->dst->fd);

	if (r > 0) {
		e->verified = OVLCP_VERIFIED_EXTENTS;
		return 0;
	}
	if (r == 0)
		r = compare_bytes(t, &e->offset);
	if (r <= 0)
		return r < 0 ? fail(e, r, OVLCP_OP_COMPARE) : fail(e, -EBADMSG, OVLCP_OP_VERIFY);
	e->verified = OVLCP_VERIFIED_BYTES;
	return 0;
}

/* Return whether the extents of the clone would tell that it is one: not, for example, where the
   source is stored inside metadata. Of what is copied up before, or is cloned from another copy,
   the extents are not there yet. */
static bool has_telling_extents(const struct transfer *t)
{
	const int fd = t->q->src->fd;

	if (t->outcome.method == OVLCP_METHOD_CLONE)
		return exec_same_extents(fd, fd) > 0;
	return t->outcome.shared > 0 && t->outcome.method != OVLCP_METHOD_COPY_RANGE &&
	       t->outcome.method != OVLCP_METHOD_CLONE_REMEMBERED;
}

enum ovlcp_verified verify_prediction(const struct transfer *t)
{
	return has_telling_extents(t) ? OVLCP_VERIFIED_EXTENTS : OVLCP_VERIFIED_BYTES;
}
