/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Threads that take the pieces of a file in order, so that at any time all is complete up to the
 * first piece that one of them is at.
 *
 * The threads live as long as the call. What was written beyond the first error is cut off, because
 * the step that comes after this one begins at x->done and leaves out the holes.
 */
#include "exec/split.h"

#include "base/minmax.h"
#include "exec/data_segments.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

/* Bytes of a piece, and what its offset is a multiple of. 1 to 128 MiB take the same time. */
#define PIECE (UINT64_C(4) << 20)

/* What the threads have in common. */
struct split {
	/* where the first piece begins and the last one ends, in bytes */
	uint64_t start, end;
	/* the piece that is taken next: its number from the beginning of the file */
	_Atomic uint64_t next;
	/* done in all pieces, and before them */
	_Atomic uint64_t sum_done;
	/* a thread has failed, or the source has ended */
	atomic_bool stopped;
};

/* A thread, which may be the caller's. */
struct worker {
	struct split *split;
	/* its copy: done is where it is in its piece */
	struct exec_copy copy;
	/* of exec_read_write_part */
	int result;
	pthread_t thread;
};

/* Let the piece that is taken next be that of the next data at or after @off, if it is before. */
static void skip_hole(struct split *s, int src_fd, uint64_t off)
{
	struct data_segment seg;
	uint64_t seen = atomic_load(&s->next);
	uint64_t next = seen;
	int follows = data_segment_next(src_fd, off, &seg);

	if (follows >= 0) /* an error is told of the next piece */
		next = (follows > 0 ? min_u64(seg.start, s->end) : s->end) / PIECE;
	while (seen < next && !atomic_compare_exchange_weak(&s->next, &seen, next))
		;
}

/* Copy pieces until there are none left, or a thread has stopped. */
static void *copy_pieces(void *arg)
{
	struct worker *w = arg;
	struct split *s = w->split;

	while (w->result == 0 && !atomic_load(&s->stopped)) {
		const uint64_t at = atomic_fetch_add(&s->next, 1) * PIECE;
		const uint64_t begin = max_u64(at, s->start);
		const uint64_t end = min_u64(at + PIECE, s->end);

		if (at >= s->end)
			break;
		w->copy.done = w->copy.counted.done = begin;
		w->result = exec_read_write_part(&w->copy, end);
		if (w->result == 0 && w->copy.data_end <= begin)
			skip_hole(s, w->copy.src_fd, end);
	}
	if (w->result != 0)
		atomic_store(&s->stopped, true);
	return NULL;
}

/* A worker for a part of @x, which counts from 0 what it writes. */
static struct worker new_worker(struct split *s, const struct exec_copy *x, void *buffer)
{
	struct worker w = { .split = s, .copy = *x };

	w.copy.buffer = buffer;
	w.copy.stopped = &s->stopped;
	w.copy.sum_done = &s->sum_done;
	w.copy.written = w.copy.counted.written = 0;
	return w;
}

/* Start a thread for @w, which blocks all signals: they are for the threads of the caller. Whether
   it was started. */
static bool start(struct worker *w)
{
	sigset_t all;
	sigset_t old;
	int r;

	sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old); /* cannot fail with SIG_SETMASK */
	r = pthread_create(&w->thread, NULL, copy_pieces, w);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	return r == 0;
}

/* Start @n other threads, or as many as there is memory for. Their number. */
static unsigned int start_others(struct worker *list, unsigned int n, struct split *s,
				 const struct exec_copy *x)
{
	for (unsigned int i = 0; i < n; i++) {
		void *buffer;

		if (posix_memalign(&buffer, 4096, EXEC_BUFFER_SIZE) != 0)
			return i;
		list[i] = new_worker(s, x, buffer);
		if (!start(&list[i])) {
			free(buffer);
			return i;
		}
	}
	return n;
}

/* The end of what is complete: where the first piece that is not has come to. */
static uint64_t complete_to(const struct split *s, const struct worker *list, unsigned int n)
{
	uint64_t end = min_u64(atomic_load(&s->next) * PIECE, s->end);

	for (unsigned int i = 0; i < n; i++)
		if (list[i].result != 0)
			end = min_u64(end, list[i].copy.done);
	return end;
}

/* Why the copy cannot go on at x->done: the first error in the order of @list. That a thread has
   stopped because of another one is none. 0, or -errno; sets x->failed_op. */
static int choose_error(struct exec_copy *x, const struct worker *list, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		if (list[i].result < 0 && list[i].result != -ECANCELED) {
			x->failed_op = list[i].copy.failed_op;
			return list[i].result;
		}
	return atomic_load(x->cancelled) ? -ECANCELED : 0;
}

/* Bytes of the source without holes, of what @s has copied up to @end. */
static uint64_t data_between(const struct exec_copy *x, const struct split *s, uint64_t end)
{
	if (!x->sparse)
		return end - s->start;
	return data_segments_sum(x->src_fd, end) - data_segments_sum(x->src_fd, s->start);
}

/* Cut off what was written beyond @end. 0, or -errno. */
static int cut_at(struct exec_copy *x, const struct split *s, uint64_t end)
{
	int r = sys_truncate(x->dst_fd, end);

	x->data_end = min_u64(x->data_end, end);
	x->written = data_between(x, s, end);
	if (r < 0 && !x->failed_op)
		x->failed_op = OVLCP_OP_WRITE;
	return r;
}

/* Add to @x what the workers of @list have done. 0, or -errno. */
static int add_up(struct exec_copy *x, const struct split *s, const struct worker *list,
		  unsigned int n)
{
	const uint64_t before = x->written;
	int error;
	int cut;

	x->counted.done = atomic_load(&s->sum_done);
	x->done = complete_to(s, list, n);
	x->written = 0;
	for (unsigned int i = 0; i < n; i++) {
		x->data_end = max_u64(x->data_end, list[i].copy.data_end);
		x->written += list[i].copy.written;
		x->counted.written += list[i].copy.counted.written;
	}
	error = x->done < s->end ? choose_error(x, list, n) : 0;
	cut = x->done < s->end ? cut_at(x, s, x->done) : 0;
	x->written += before;
	return error ? error : cut;
}

int exec_split(struct exec_copy *x, unsigned int workers)
{
	struct worker list[EXEC_SPLIT_MAX] = { 0 };
	const uint64_t rest = x->size > 0 ? (x->size - 1) % EXEC_SPLIT_REST + 1 : 0;
	struct split s = { .start = x->done, .end = x->size - rest };
	unsigned int others;
	int r;

	if (workers < 2 || s.start >= s.end)
		return 0;
	exec_step_begin(&x->step, x->progress, OVLCP_STEP_COPY, x->size, -EBADF);
	atomic_init(&s.next, s.start / PIECE);
	atomic_init(&s.sum_done, s.start);
	atomic_init(&s.stopped, false);
	list[0] = new_worker(&s, x, x->buffer);
	others = start_others(&list[1], (workers < EXEC_SPLIT_MAX ? workers : EXEC_SPLIT_MAX) - 1,
			      &s, x);
	copy_pieces(&list[0]);
	for (unsigned int i = 1; i <= others; i++) {
		(void)pthread_join(list[i].thread, NULL); /* fails only for a wrong id */
		free(list[i].copy.buffer);
	}
	r = add_up(x, &s, list, 1 + others);
	exec_count(x);
	exec_step_end(&x->step);
	return r;
}
