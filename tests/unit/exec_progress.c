/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a session has done so far (lib/exec/progress.c, ovlcp_progress): its sums, and the step that
 * is shown while threads begin and end others.
 */
#include "cases.h"

#include "exec/progress.h"
#include "ovlcp.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MIB (UINT64_C(1) << 20)

static struct ovlcp_progress read_progress(const struct exec_progress *p)
{
	struct ovlcp_progress now = { .size = sizeof(now) };

	exec_progress_read(p, &now);
	return now;
}

static void test_sums(void **state)
{
	struct exec_progress p = { 0 };
	struct ovlcp_progress now;

	(void)state;
	exec_progress_add(&p, (struct exec_bytes){ 10, 7, 0, 5 });
	exec_progress_add(&p, (struct exec_bytes){ 20, 20, 0, 0 });
	exec_progress_add(&p, (struct exec_bytes){ 0, -(uint64_t)20, 20, 0 });
	now = read_progress(&p);
	assert_int_equal(now.bytes_done, 30);
	assert_int_equal(now.bytes_written, 7);
	assert_int_equal(now.bytes_shared, 20);
	assert_int_equal(now.bytes_copied_up, 5);
	assert_int_equal(now.step, OVLCP_STEP_NONE);
}

static void test_which_step(void **state)
{
	struct exec_progress p = { 0 };
	struct exec_step big;
	struct exec_step small;
	struct exec_step kernel;

	(void)state;
	exec_step_begin(&small, &p, OVLCP_STEP_COPY, 10, -1);
	exec_step_begin(&big, &p, OVLCP_STEP_COPY, 1000, -1);
	exec_step_advance(&big, 100);
	assert_int_equal(read_progress(&p).step_size, 10);
	exec_step_end(&small);
	assert_int_equal(read_progress(&p).step, OVLCP_STEP_NONE);
	exec_step_advance(&big, 200);
	assert_int_equal(read_progress(&p).step_size, 1000);
	assert_int_equal(read_progress(&p).step_done, 200);
	exec_step_begin(&kernel, &p, OVLCP_STEP_COPY_UP, 5, -1);
	exec_step_advance(&big, 300);
	assert_int_equal(read_progress(&p).step, OVLCP_STEP_COPY_UP);
	exec_step_end(&kernel);
	exec_step_advance(&big, 400);
	assert_int_equal(read_progress(&p).step_done, 400);
	exec_step_end(&big);
	exec_step_advance(&big, 500); /* too late */
	assert_int_equal(read_progress(&p).step, OVLCP_STEP_NONE);
}

static void test_no_progress(void **state)
{
	struct exec_step s;

	(void)state;
	exec_step_begin(&s, NULL, OVLCP_STEP_SYNC, 0, -1);
	exec_step_advance(&s, 1);
	exec_step_end(&s);
	assert_int_equal(s.number, 0);
}

/* A system call that has not returned is seen by the size of its file. */
static void test_growing_file(void **state)
{
	char name[] = "/tmp/exec_progress-XXXXXX";
	int fd = mkstemp(name);
	struct exec_progress p = { 0 };
	struct ovlcp_progress now;
	struct exec_step s;

	(void)state;
	assert_true(fd >= 0);
	unlink(name);
	exec_step_begin(&s, &p, OVLCP_STEP_COPY, 5000, fd);
	exec_progress_add(&p, (struct exec_bytes){ .done = 600, .written = 600 });
	exec_step_advance(&s, 600);
	assert_int_equal(ftruncate(fd, 1000), 0);
	now = read_progress(&p);
	assert_int_equal(now.step_done, 1000);
	assert_int_equal(now.bytes_done, 1000);
	assert_int_equal(now.bytes_written, 1000);
	assert_int_equal(ftruncate(fd, 9000), 0); /* allocated beforehand */
	assert_int_equal(read_progress(&p).step_done, 5000);
	exec_step_end(&s);
	assert_int_equal(read_progress(&p).bytes_done, 600);
	close(fd);
}

/* Threads that take steps until they are to stop. */
struct steppers {
	struct exec_progress p;
	atomic_bool stop;
};

/* Steps of two kinds, each with a size and multiples of its own. */
static void *take_steps(void *payload)
{
	struct steppers *t = payload;

	for (bool is_copy = false; !atomic_load(&t->stop); is_copy = !is_copy) {
		struct exec_step s;

		exec_step_begin(&s, &t->p, is_copy ? OVLCP_STEP_COPY : OVLCP_STEP_VERIFY,
				is_copy ? 1000 : 7000, -1);
		for (uint64_t done = 0; done < 100; done++)
			exec_step_advance(&s, is_copy ? done * 10 : done * 70);
		exec_step_end(&s);
	}
	return NULL;
}

/* The values are never those of two steps, whatever the threads do meanwhile. */
static void test_values_of_one_step(void **state)
{
	struct steppers t = { .stop = false };
	pthread_t threads[2];
	int seen = 0;

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, take_steps, &t), 0);
	while (seen < 10000) {
		struct ovlcp_progress now = read_progress(&t.p);
		const bool is_copy = now.step == OVLCP_STEP_COPY;

		if (now.step == OVLCP_STEP_NONE)
			continue;
		seen++;
		assert_int_equal(now.step_size, is_copy ? 1000 : 7000);
		assert_int_equal(now.step_done % (is_copy ? 10 : 70), 0);
		assert_true(now.step_done < now.step_size);
	}
	atomic_store(&t.stop, true);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(read_progress(&t.p).step, OVLCP_STEP_NONE);
}

/* A copy of 3 MiB of data and a hole of 1 MiB. */
static void test_copy(void **state)
{
	char dir[] = "/tmp/exec_progress-XXXXXX";
	const struct ovlcp_options opt = { .size = sizeof(opt), .reflink = OVLCP_REFLINK_NEVER };
	struct ovlcp_progress now = { .size = sizeof(now) };
	struct {
		struct ovlcp_progress known;
		uint64_t more;
	} newer = { .known.size = sizeof(newer), .more = 1 };
	struct ovlcp_progress older = { .size = offsetof(struct ovlcp_progress, bytes_written),
					.bytes_written = 1 };
	static char data[3 * MIB];
	struct ovlcp *o;
	int dir_fd;
	int fd;

	(void)state;
	assert_non_null(mkdtemp(dir));
	dir_fd = open(dir, O_RDONLY | O_DIRECTORY);
	fd = openat(dir_fd, "src", O_CREAT | O_WRONLY, 0600);
	assert_int_equal(write(fd, memset(data, 'x', sizeof(data)), sizeof(data)), sizeof(data));
	assert_int_equal(ftruncate(fd, 4 * MIB), 0);
	close(fd);
	assert_int_equal(ovlcp_new(&o), 0);
	ovlcp_progress(o, &now);
	assert_int_equal(now.bytes_done, 0);
	assert_int_equal(ovlcp_copy(o, dir_fd, "src", dir_fd, "dst", &opt), 0);
	ovlcp_progress(o, &now);
	assert_int_equal(now.bytes_done, 4 * MIB);
	assert_int_equal(now.bytes_written, 3 * MIB);
	assert_int_equal(now.bytes_shared, 0);
	assert_int_equal(now.step, OVLCP_STEP_NONE);
	ovlcp_progress(o, &newer.known);
	assert_int_equal(newer.known.bytes_written, 3 * MIB);
	assert_int_equal(newer.more, 0);
	ovlcp_progress(o, &older);
	assert_int_equal(older.bytes_done, 4 * MIB);
	assert_int_equal(older.bytes_written, 1);
	assert_null(ovlcp_free(o));
	assert_int_equal(unlinkat(dir_fd, "src", 0) + unlinkat(dir_fd, "dst", 0), 0);
	close(dir_fd);
	assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_which_step),
		cmocka_unit_test(test_no_progress),
		cmocka_unit_test(test_growing_file),
		cmocka_unit_test(test_values_of_one_step),
		cmocka_unit_test(test_copy),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("exec_progress", tests, NULL, NULL);
}
