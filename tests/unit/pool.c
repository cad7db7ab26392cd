/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Threads and order (lib/pool/pool.c): tasks of every length end in the order in which they came,
 * and what is said between them stays there.
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

/* What was told, in order: numbers of tasks, and of the walk's own events as -1, -2 ... */
static struct {
	int list[4 * TASKS];
	int count;
} heard;

static atomic_int alive;
static atomic_int most;

struct number {
	struct pool_task task;
	int number;
	int result;
	struct ovlcp *o;
};

static void hear(const struct ovlcp_event *e, void *payload)
{
	(void)payload;
	heard.list[heard.count++] = atoi(ovlcp_event_source(e));
}

static void say(struct ovlcp *o, int number)
{
	char text[16];

	(void)snprintf(text, sizeof(text), "%d", number);
	report(o, &(struct ovlcp_event){ .type = OVLCP_EVENT_BEGIN, .src = text });
}

static void work(struct pool_task *t, struct ovlcp *o)
{
	struct number *n = (struct number *)t;
	const struct timespec nap = { 0, (n->number % 5) * 300000 };

	assert_true(o->cancelled == n->o->cancelled); /* the wish to stop reaches every thread */
	(void)nanosleep(&nap, NULL);
}

static int end(struct pool_task *t)
{
	struct number *n = (struct number *)t;
	int r = n->result;

	say(n->o, n->number);
	alive--;
	free(n);
	return r;
}

static void put(struct pool *pool, struct ovlcp *o, int number, int result)
{
	struct number *n = calloc(1, sizeof(*n));
	int now = ++alive;

	assert_non_null(n);
	if (now > most)
		most = now;
	*n = (struct number){ .task = { .work = number % 7 ? work : NULL, .end = end },
			      .number = number,
			      .result = result,
			      .o = o };
	pool_submit(pool, &n->task);
}

static struct ovlcp *session(void)
{
	struct ovlcp *o = NULL;

	assert_int_equal(ovlcp_new(&o), 0);
	ovlcp_on_event(o, hear, NULL);
	heard.count = 0;
	alive = most = 0;
	return o;
}

static void in_order(unsigned int jobs)
{
	struct ovlcp *o = session();
	struct pool *pool;

	assert_int_equal(pool_new(o, jobs, CAPACITY, &pool), 0);
	for (int i = 1; i <= TASKS; i++) {
		say(o, -i);
		pool_flush_ready(pool);
		put(pool, o, i, 0);
	}
	assert_int_equal(pool_free(pool), 0);
	assert_int_equal(heard.count, 2 * TASKS);
	for (int i = 1; i <= TASKS; i++) {
		assert_int_equal(heard.list[2 * i - 2], -i);
		assert_int_equal(heard.list[2 * i - 1], i);
	}
	assert_int_equal(alive, 0);
	assert_true(most <= CAPACITY + 2); /* one is being put in, one is at its end */
	say(o, 7);			   /* told at once again */
	assert_int_equal(heard.count, 2 * TASKS + 1);
	assert_null(ovlcp_free(o));
}

static void test_in_order(void **state)
{
	(void)state;
	for (unsigned int jobs = 1; jobs <= 9; jobs += 2)
		in_order(jobs);
}

static void test_first_failure(void **state)
{
	struct ovlcp *o = session();
	struct pool *pool;

	(void)state;
	assert_int_equal(pool_new(o, 4, CAPACITY, &pool), 0);
	for (int i = 1; i <= 20; i++) {
		/* the walk's own comes before that of the task that ends first */
		pool_set_error(pool, i == 8 ? -ELOOP : 0);
		put(pool, o, i, i == 9 || i == 10 ? -EIO : 0);
	}
	assert_int_equal(pool_free(pool), -ELOOP);
	assert_null(ovlcp_free(o));
}

static void test_drain(void **state)
{
	struct ovlcp *o = session();
	struct pool *pool;

	(void)state;
	assert_int_equal(pool_new(o, 3, CAPACITY, &pool), 0);
	assert_true(pool_is_empty(pool));
	for (int i = 1; i <= 5; i++)
		put(pool, o, i, -EPERM);
	pool_wait(pool);
	assert_true(pool_is_empty(pool));
	assert_int_equal(heard.count, 5);
	assert_int_equal(pool_free(pool), -EPERM);
	assert_null(ovlcp_free(o));
}

static void test_unused(void **state)
{
	struct ovlcp *o = session();
	struct pool *pool;

	(void)state;
	assert_int_equal(pool_new(o, 8, CAPACITY, &pool), 0);
	assert_int_equal(pool_free(pool), 0);
	assert_null(ovlcp_free(o));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_order),
		cmocka_unit_test(test_first_failure),
		cmocka_unit_test(test_drain),
		cmocka_unit_test(test_unused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
