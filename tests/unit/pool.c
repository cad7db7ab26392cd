/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads and order (lib/pool/pool.c): tasks of every length are completed in the order in which
 * they were submitted, and what the caller emits between them keeps its place.
 */
#include "cases.h"

#include "pool/pool.h"
#include "session/emit.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TASKS	 60
#define CAPACITY 7

/* Events in order: numbers of tasks, and of the caller's own events as -1, -2 ... */
static struct {
	int list[4 * TASKS];
	int count;
} received;

static atomic_int alive;
static atomic_int most;

struct number {
	struct pool_task task;
	int number;
	int result;
	struct ovlcp *o;
};

static void receive(const struct ovlcp_event *e, void *payload)
{
	(void)payload;
	received.list[received.count++] = atoi(ovlcp_event_source(e));
}

static void emit(struct event_sink *sink, int number)
{
	char text[16];

	(void)snprintf(text, sizeof(text), "%d", number);
	(void)event_emit(sink, &(struct ovlcp_event){ .type = OVLCP_EVENT_BEGIN, .src = text });
}

static void run_number(struct pool_task *t, struct ovlcp *o)
{
	struct number *n = (struct number *)t;
	const struct timespec nap = { 0, (n->number % 5) * 300000 };

	assert_true(o->cancelled == n->o->cancelled); /* cancelling reaches every thread */
	(void)nanosleep(&nap, NULL);
}

static int complete_number(struct pool_task *t, struct event_sink *events)
{
	struct number *n = (struct number *)t;
	int r = n->result;

	emit(events, n->number);
	alive--;
	free(n);
	return r;
}

static void submit(struct pool *pool, struct ovlcp *o, int number, int result)
{
	struct number *n = calloc(1, sizeof(*n));
	int now = ++alive;

	assert_non_null(n);
	if (now > most)
		most = now;
	*n = (struct number){ .task = { .run = number % 7 ? run_number : NULL,
					.complete = complete_number },
			      .number = number,
			      .result = result,
			      .o = o };
	pool_submit(pool, &n->task);
}

static struct ovlcp *session(void)
{
	struct ovlcp *o = NULL;

	assert_int_equal(ovlcp_new(&o), 0);
	ovlcp_on_event(o, receive, NULL);
	received.count = 0;
	alive = most = 0;
	return o;
}

static void in_order(unsigned int jobs, bool adapts)
{
	struct ovlcp *o = session();
	struct pool pool;

	pool_init(&pool, o, &o->caller.sink);
	assert_int_equal(pool_start(&pool, jobs, CAPACITY), 0);
	if (adapts)
		pool_adapt(&pool, 1, 2);
	for (int i = 1; i <= TASKS; i++) {
		emit(&pool.sink, -i);
		pool_flush_ready(&pool);
		submit(&pool, o, i, 0);
	}
	assert_int_equal(pool_done(&pool), 0);
	assert_int_equal(received.count, 2 * TASKS);
	for (int i = 1; i <= TASKS; i++) {
		assert_int_equal(received.list[2 * i - 2], -i);
		assert_int_equal(received.list[2 * i - 1], i);
	}
	assert_int_equal(alive, 0);
	assert_true(most <= CAPACITY + 2); /* one is being submitted, one completed */
	emit(&pool.sink, 7);		   /* passed on at once again */
	assert_int_equal(received.count, 2 * TASKS + 1);
	assert_null(ovlcp_free(o));
}

static void test_in_order(void **state)
{
	(void)state;
	for (unsigned int jobs = 1; jobs <= 9; jobs += 2)
		in_order(jobs, false);
}

static void test_in_order_adapting(void **state)
{
	(void)state;
	for (unsigned int jobs = 1; jobs <= 9; jobs += 2)
		in_order(jobs, true);
}

/* A task that takes a millisecond of CPU time. */
static void run_long(struct pool_task *t, struct ovlcp *o)
{
	struct timespec now;
	int64_t end = 0;
	int64_t ns;

	(void)t;
	(void)o;
	do {
		(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
		ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
		end = end ? end : ns + 1000000;
	} while (ns < end);
}

/* After the first window a second thread is tried, and whatever comes of it, the order remains. */
static void test_adapts(void **state)
{
	struct ovlcp *o = session();
	struct pool pool;

	(void)state;
	pool_init(&pool, o, &o->caller.sink);
	assert_int_equal(pool_start(&pool, 4, CAPACITY), 0);
	pool_adapt(&pool, 1, 2);
	for (int i = 1; i <= 2 * TASKS; i++) {
		struct number *n = calloc(1, sizeof(*n));

		assert_non_null(n);
		alive++;
		*n = (struct number){
			.task = { .files = 1, .run = run_long, .complete = complete_number },
			.number = i,
			.o = o
		};
		pool_submit(&pool, &n->task);
		assert_true(i > CAPACITY || pool.started == 0);
	}
	assert_in_range(pool.started, 1, 3);
	assert_int_equal(pool_done(&pool), 0);
	assert_int_equal(received.count, 2 * TASKS);
	for (int i = 0; i < 2 * TASKS; i++)
		assert_int_equal(received.list[i], i + 1);
	assert_null(ovlcp_free(o));
}

/* Where the number is fixed, threads are started as there is work. */
static void test_fixed(void **state)
{
	struct ovlcp *o = session();
	struct pool pool;

	(void)state;
	pool_init(&pool, o, &o->caller.sink);
	assert_int_equal(pool_start(&pool, 3, CAPACITY), 0);
	for (int i = 1; i <= 20; i++)
		submit(&pool, o, i, 0);
	assert_int_equal(pool.started, 2);
	assert_int_equal(pool_done(&pool), 0);
	assert_null(ovlcp_free(o));
}

/* What is found out is kept for the same devices, and for no others. */
static void test_remembers(void **state)
{
	struct ovlcp *o = session();

	(void)state;
	for (dev_t dst = 2; dst <= 3; dst++) {
		struct pool pool;

		for (int again = 0; again < 2; again++) {
			pool_init(&pool, o, &o->caller.sink);
			assert_int_equal(pool_start(&pool, 2, CAPACITY), 0);
			pool_adapt(&pool, 1, dst);
			assert_int_equal(pool.wanted, again ? 2 : 1);
			o->threads.threads = 2;
			assert_int_equal(pool_done(&pool), 0);
		}
	}
	assert_null(ovlcp_free(o));
}

static void test_first_failure(void **state)
{
	struct ovlcp *o = session();
	struct pool pool;

	(void)state;
	pool_init(&pool, o, &o->caller.sink);
	assert_int_equal(pool_start(&pool, 4, CAPACITY), 0);
	for (int i = 1; i <= 20; i++) {
		/* the caller's own comes before that of the task that is completed first */
		pool_set_error(&pool, i == 8 ? -ELOOP : 0);
		submit(&pool, o, i, i == 9 || i == 10 ? -EIO : 0);
	}
	assert_int_equal(pool_done(&pool), -ELOOP);
	assert_null(ovlcp_free(o));
}

static void test_drain(void **state)
{
	struct ovlcp *o = session();
	struct pool pool;

	(void)state;
	pool_init(&pool, o, &o->caller.sink);
	assert_int_equal(pool_start(&pool, 3, CAPACITY), 0);
	assert_true(pool_is_empty(&pool));
	for (int i = 1; i <= 5; i++)
		submit(&pool, o, i, -EPERM);
	pool_wait(&pool);
	assert_true(pool_is_empty(&pool));
	assert_int_equal(received.count, 5);
	assert_int_equal(pool_done(&pool), -EPERM);
	assert_null(ovlcp_free(o));
}

static void test_unused(void **state)
{
	struct ovlcp *o = session();
	struct pool pool;

	(void)state;
	pool_init(&pool, o, &o->caller.sink);
	assert_int_equal(pool_start(&pool, 8, CAPACITY), 0);
	assert_int_equal(pool_done(&pool), 0);
	assert_null(ovlcp_free(o));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),  cmocka_unit_test(test_in_order_adapting),
		cmocka_unit_test(test_adapts),	  cmocka_unit_test(test_fixed),
		cmocka_unit_test(test_remembers), cmocka_unit_test(test_first_failure),
		cmocka_unit_test(test_drain),	  cmocka_unit_test(test_unused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
