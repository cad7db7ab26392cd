/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Not a lock: a thread that copies never waits for one that reads.
 *
 * The step that is shown is like a sequence lock whose number is that of the step. A thread takes
 * the place of the values by a number of its own (BUSY), stores them, and then stores the number of
 * its step; a reader that finds the same number before and after has values of one step. Every
 * store releases and every load acquires, which costs nothing on x86.
 */
#include "exec/progress.h"

#include "sys/clock.h"
#include "sys/status.h"

#include <errno.h>
#include <stdbool.h>

/* The number while values are stored. */
#define BUSY UINT64_MAX

static void add(_Atomic uint64_t *sum, uint64_t n)
{
	if (n)
		atomic_fetch_add_explicit(sum, n, memory_order_relaxed);
}

static uint64_t load(const _Atomic uint64_t *value)
{
	return atomic_load_explicit(value, memory_order_acquire);
}

static void store(_Atomic uint64_t *value, uint64_t n)
{
	atomic_store_explicit(value, n, memory_order_release);
}

void exec_progress_add(struct exec_progress *p, struct exec_bytes n)
{
	add(&p->done, n.done);
	add(&p->written, n.written);
	add(&p->shared, n.shared);
	add(&p->copied_up, n.copied_up);
}

/* Show @s instead of the step with the number @instead. Whether that was shown. */
static bool show(const struct exec_step *s, uint64_t done, uint64_t instead)
{
	struct exec_progress *p = s->progress;

	if (instead == BUSY || !atomic_compare_exchange_strong(&p->shown, &instead, BUSY))
		return false;
	atomic_store_explicit(&p->kind, s->kind, memory_order_release);
	atomic_store_explicit(&p->fd, s->fd, memory_order_release);
	store(&p->step_done, done);
	store(&p->step_size, s->size);
	store(&p->begin_ns, s->begin_ns);
	store(&p->shown, s->number);
	return true;
}

/* Whether a step of this kind calls exec_step_advance. */
static bool has_parts(enum ovlcp_step kind)
{
	return kind == OVLCP_STEP_COPY || kind == OVLCP_STEP_DEDUPE;
}

void exec_step_begin(struct exec_step *s, struct exec_progress *p, enum ovlcp_step kind,
		     uint64_t size, int fd)
{
	*s = (struct exec_step){ .progress = p, .kind = kind, .fd = fd, .size = size };
	if (!p)
		return;
	s->number = atomic_fetch_add_explicit(&p->last_number, 1, memory_order_relaxed) + 1;
	s->begin_ns = sys_monotonic_ns();
	if (has_parts(kind)) {
		(void)show(s, 0, 0); /* otherwise by exec_step_advance */
		return;
	}
	while (!show(s, 0, load(&p->shown)))
		; /* the other thread has a few numbers to store */
}

void exec_step_advance(struct exec_step *s, uint64_t done)
{
	if (!s->number)
		return;
	if (load(&s->progress->shown) == s->number)
		store(&s->progress->step_done, done);
	else
		(void)show(s, done, 0);
}

void exec_step_end(struct exec_step *s)
{
	uint64_t number = s->number;

	if (number)
		(void)atomic_compare_exchange_strong(&s->progress->shown, &number, 0);
	s->number = 0;
}

/* The size of @fd; 0 if it has none. */
static uint64_t size_of(int fd)
{
	struct stat st;

	return fd >= 0 && sys_fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

/* Read the step that is shown. Whether the values are those of one step. */
static bool read_step(const struct exec_progress *p, struct ovlcp_progress *ret_p)
{
	const uint64_t number = load(&p->shown);
	uint64_t done;
	uint64_t grown;

	if (number == 0 || number == BUSY)
		return false;
	ret_p->step = (enum ovlcp_step)atomic_load_explicit(&p->kind, memory_order_acquire);
	ret_p->step_size = load(&p->step_size);
	ret_p->step_time_ns = sys_monotonic_ns() - load(&p->begin_ns);
	done = load(&p->step_done);
	/* the descriptor is open while the step lasts, so this is its file if the step is the same
	   afterwards */
	grown = size_of(atomic_load_explicit(&p->fd, memory_order_acquire));
	grown = grown < ret_p->step_size ? grown : ret_p->step_size;
	ret_p->step_done = done > grown ? done : grown;
	if (load(&p->shown) != number)
		return false;
	/* what a system call has done, which has not returned yet, is not in the sums */
	ret_p->bytes_done += ret_p->step_done - done;
	ret_p->bytes_written += ret_p->step_done - done;
	return true;
}

void exec_progress_read(const struct exec_progress *p, struct ovlcp_progress *ret_p)
{
	const struct ovlcp_progress sums = {
		.size = ret_p->size,
		.bytes_done = load(&p->done),
		.bytes_written = load(&p->written),
		.bytes_shared = load(&p->shared),
		.bytes_copied_up = load(&p->copied_up),
	};

	*ret_p = sums;
	if (!read_step(p, ret_p))
		*ret_p = sums;
}
