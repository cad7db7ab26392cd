/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A comparison measures two numbers of threads in turns, the present one and twice or half of it,
 * until one of them is clearly better; the longer it takes, the smaller a difference is clear.
 * Then a rest, which grows as long as comparisons change nothing.
 */
#include "plan/threads.h"

/* Windows between comparisons. */
#define REST_MIN 24
#define REST_MAX 256

void plan_threads_init(struct plan_threads *t, unsigned int max)
{
	*t = (struct plan_threads){ .max = max, .threads = 1, .interval = REST_MIN, .rest = 1 };
}

static void add(struct plan_window *sum, const struct plan_window *w)
{
	sum->work += w->work;
	sum->wall_ns += w->wall_ns;
	sum->cpu_ns += w->cpu_ns;
}

/* Begin a comparison with more threads, or with fewer, in turns as far as there are such numbers.
   The window @w is the first of it. */
static void begin(struct plan_threads *t, const struct plan_window *w)
{
	unsigned int up = t->threads * 2 < t->max ? t->threads * 2 : t->max;
	unsigned int down = (t->threads + 1) / 2;
	bool is_up = up > t->threads && (down == t->threads || !t->last_was_up);

	t->last_was_up = is_up;
	t->other = is_up ? up : down;
	t->few = t->many = (struct plan_window){ 0 };
	add(is_up ? &t->few : &t->many, w);
	t->windows = 1;
}

/* End the comparison: go on with @threads. */
static void end(struct plan_threads *t, unsigned int threads)
{
	bool changed = threads != t->threads;

	t->interval = changed ? REST_MIN : t->interval * 3 / 2;
	if (t->interval > REST_MAX)
		t->interval = REST_MAX;
	/* twice as many have gained: so may twice as many again */
	t->rest = changed && threads > t->threads && threads < t->max ? 1 : t->interval;
	if (changed) /* further in the same direction */
		t->last_was_up = threads < t->threads;
	t->threads = threads;
	t->other = 0;
}

/* Take the next window of a comparison into account. */
static void compare(struct plan_threads *t, const struct plan_window *w)
{
	bool is_up = t->other > t->threads;
	bool is_other = t->windows % 2;
	enum plan_verdict verdict = PLAN_VERDICT_NONE;

	add(is_other == is_up ? &t->many : &t->few, w);
	t->windows++;
	if (t->windows % 2 == 0)
		verdict = plan_threads_compare(&t->few, &t->many, t->windows / 2);
	if (verdict != PLAN_VERDICT_NONE)
		end(t, (verdict == PLAN_VERDICT_MANY) == is_up ? t->other : t->threads);
}

unsigned int plan_threads_next(struct plan_threads *t, const struct plan_window *w)
{
	if (t->max < 2)
		return 1;
	if (t->other)
		compare(t, w);
	else if (--t->rest == 0)
		begin(t, w);
	return t->other && t->windows % 2 ? t->other : t->threads;
}
