/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads a source once and writes it to several destinations.
 *
 * How the source is read, with its holes and its end, is in data.c: the tee is such a copy with a
 * writer of its own. Each destination counts its own progress, so that one that stopped at a full
 * disk can continue with the rest of the same piece.
 */
#include "exec/tee.h"

#include "exec/data.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

/* The copy that reads is the first member, so that the writer's functions find the rest. */
struct tee {
	struct exec_copy reader;
	struct exec_part *parts;
	size_t n;
};

static bool is_disk_full(int r)
{
	return r == -ENOSPC || r == -EDQUOT;
}

/* The last active destination on the filesystem of @part, which may be @part itself; NULL if @part
   is the only one. */
static struct exec_part *last_on_same_fs(const struct tee *tee, const struct exec_part *part)
{
	struct exec_part *last = NULL;
	size_t count = 0;

	for (size_t i = 0; i < tee->n; i++) {
		struct exec_part *other = &tee->parts[i];

		if (other->outcome != 0 || other->copy->dst_dev != part->copy->dst_dev)
			continue;
		last = other;
		count++;
	}
	return count > 1 ? last : NULL;
}

/* Begin @part again later, when the source is read for it alone. */
static void defer_part(struct exec_part *part)
{
	part->copy->done = part->copy->written_end = 0;
	part->copy->written = 0;
	part->copy->failed_op = OVLCP_OP_NONE;
	exec_count(part->copy);
	part->outcome = EXEC_DEFERRED;
}

/* Empty a destination to free its space. Whether that worked; @part may be NULL. */
static bool make_room(const struct tee *tee, struct exec_part *part)
{
	if (!part || !tee->reader.src_seekable || sys_truncate(part->copy->dst_fd, 0) < 0)
		return false;
	defer_part(part);
	return true;
}

static void write_part(struct tee *tee, struct exec_part *part, const char *data, size_t len)
{
	uint64_t start = tee->reader.done;
	int r;

	do {
		size_t had = (size_t)(part->copy->done - start);

		r = exec_write(part->copy, data + had, len - had);
	} while (is_disk_full(r) && make_room(tee, last_on_same_fs(tee, part)) &&
		 part->outcome == 0);
	exec_count(part->copy);
	/* a destination without offsets is written as a stream, by exec_read_write */
	if (r == -ESPIPE && part->copy->written == 0 && tee->reader.src_seekable)
		defer_part(part);
	else if (part->outcome == 0)
		part->outcome = r;
}

/* 0 while a destination is active; otherwise an error that stops the reader. */
static int check_active(const struct tee *tee)
{
	for (size_t i = 0; i < tee->n; i++)
		if (tee->parts[i].outcome == 0)
			return 0;
	return -ECANCELED;
}

static int tee_write_data(struct exec_copy *x, const char *data, size_t len)
{
	struct tee *tee = (struct tee *)x;

	for (size_t i = 0; i < tee->n; i++) {
		struct exec_part *part = &tee->parts[i];

		if (part->outcome != 0)
			continue;
		part->copy->done = x->done; /* the reader may have skipped a hole */
		part->copy->sparse = x->sparse;
		part->copy->punch = x->punch && part->copy->dst_seekable;
		write_part(tee, part, data, len);
	}
	x->done += len;
	return check_active(tee);
}

static int tee_set_length(struct exec_copy *x, uint64_t size)
{
	struct tee *tee = (struct tee *)x;

	for (size_t i = 0; i < tee->n; i++) {
		struct exec_part *part = &tee->parts[i];

		if (part->outcome != 0)
			continue;
		part->outcome = sys_truncate(part->copy->dst_fd, size);
		if (part->outcome == 0)
			exec_free_hole(part->copy, size);
		part->copy->failed_op = part->outcome < 0 ? OVLCP_OP_WRITE : OVLCP_OP_NONE;
	}
	return check_active(tee);
}

void exec_tee(struct exec_part *parts, size_t n, void *buffer)
{
	static const struct exec_writer writer = { tee_write_data, tee_set_length };
	struct tee tee = { .reader = *parts->copy, .parts = parts, .n = n };
	int r;

	tee.reader.dst_fd = -EBADF;
	tee.reader.writer = &writer;
	tee.reader.buffer = buffer;
	for (size_t i = 0; i < n; i++) {
		parts[i].outcome = 0;
		parts[i].copy->written_end = parts[i].copy->done;
	}
	r = exec_read_write(&tee.reader);
	for (size_t i = 0; i < n; i++) {
		struct exec_part *part = &parts[i];

		part->copy->done = part->outcome == 0 ? tee.reader.done : part->copy->done;
		part->copy->src_seekable = tee.reader.src_seekable;
		part->copy->consumed = tee.reader.consumed;
		exec_count(part->copy);
		if (part->outcome != 0 || r >= 0)
			continue;
		part->outcome = r;
		part->copy->failed_op = tee.reader.failed_op;
	}
}
