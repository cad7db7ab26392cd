/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One reading of a source, written to several destinations.
 *
 * How a source is read, with its holes and its end, is in data.c: a pass is such a copy with
 * another sink. Each destination keeps its own place, so that one that is late by a full disk is
 * given the rest of the same piece.
 */
#include "exec/tee.h"

#include "exec/data.h"
#include "sys/descriptor.h"

#include <errno.h>

/* The copy that reads; it comes first, so that the sink finds the rest. */
struct pass {
	struct exec_copy reader;
	struct exec_part *parts;
	size_t n;
};

static bool is_full(int r)
{
	return r == -ENOSPC || r == -EDQUOT;
}

/* The last part that goes on on the filesystem of @part, which may be itself; NULL if no other
   does. */
static struct exec_part *last_beside(const struct pass *p, const struct exec_part *part)
{
	struct exec_part *last = NULL;
	size_t count = 0;

	for (size_t i = 0; i < p->n; i++) {
		struct exec_part *other = &p->parts[i];

		if (other->outcome != 0 || other->copy->dst_dev != part->copy->dst_dev)
			continue;
		last = other;
		count++;
	}
	return count > 1 ? last : NULL;
}

/* Empty a part. Whether there may be room now. */
static bool put_off(struct exec_part *part)
{
	if (!part || sys_truncate(part->copy->dst_fd, 0) < 0)
		return false;
	part->copy->done = 0;
	part->copy->written = 0;
	part->copy->failed_op = OVLCP_OP_NONE;
	part->outcome = EXEC_DEFERRED;
	return true;
}

static void put_one(struct pass *p, struct exec_part *part, const char *data, size_t len)
{
	uint64_t start = p->reader.done;
	int r;

	do {
		size_t had = (size_t)(part->copy->done - start);

		r = exec_write(part->copy, data + had, len - had);
	} while (is_full(r) && put_off(last_beside(p, part)) && part->outcome == 0);
	if (part->outcome == 0)
		part->outcome = r;
}

/* Nobody is left to read for: the outcomes say why. */
static int go_on(const struct pass *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->parts[i].outcome == 0)
			return 0;
	return -ECANCELED;
}

static int put(struct exec_copy *x, const char *data, size_t len)
{
	struct pass *p = (struct pass *)x;

	for (size_t i = 0; i < p->n; i++) {
		struct exec_part *part = &p->parts[i];

		if (part->outcome != 0)
			continue;
		part->copy->done = x->done; /* a hole may lie before */
		put_one(p, part, data, len);
	}
	x->done += len;
	return go_on(p);
}

static int set_length(struct exec_copy *x, uint64_t size)
{
	struct pass *p = (struct pass *)x;

	for (size_t i = 0; i < p->n; i++) {
		struct exec_part *part = &p->parts[i];

		if (part->outcome != 0)
			continue;
		part->outcome = sys_truncate(part->copy->dst_fd, size);
		part->copy->failed_op = part->outcome < 0 ? OVLCP_OP_WRITE : OVLCP_OP_NONE;
	}
	return go_on(p);
}

void exec_tee(struct exec_part *parts, size_t n, void *buffer)
{
	static const struct exec_sink sink = { put, set_length };
	struct pass p = { .reader = *parts->copy, .parts = parts, .n = n };
	int r;

	p.reader.dst_fd = -EBADF;
	p.reader.sink = &sink;
	p.reader.buffer = buffer;
	for (size_t i = 0; i < n; i++)
		parts[i].outcome = 0;
	r = exec_read_write(&p.reader);
	for (size_t i = 0; i < n; i++) {
		struct exec_part *part = &parts[i];

		part->copy->done = part->outcome == 0 ? p.reader.done : part->copy->done;
		if (part->outcome != 0 || r >= 0)
			continue;
		part->outcome = r;
		part->copy->failed_op = p.reader.failed_op;
	}
}
