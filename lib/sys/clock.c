/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The clocks are older than any kernel that has overlayfs: reading them cannot fail.
 */
#include "sys/clock.h"

#include "base/fd.h"
#include "base/hash.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <fcntl.h>

#define SECOND INT64_C(1000000000)

static int64_t to_ns(struct timespec t)
{
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

void sys_coarse_time(struct timespec *ret_t)
{
	*ret_t = (struct timespec){ 0 };
	(void)clock_gettime(CLOCK_REALTIME_COARSE, ret_t);
}

int64_t sys_coarse_tick(void)
{
	struct timespec t = { 0, 10000000 };

	(void)clock_getres(CLOCK_REALTIME_COARSE, &t);
	return to_ns(t);
}

int64_t sys_clock_offset(void)
{
	struct timespec before = { 0 };
	struct timespec after = { 0 };
	struct timespec steady = { 0 };

	/* both are of one tick, if none has passed in between */
	do {
		(void)clock_gettime(CLOCK_REALTIME_COARSE, &before);
		(void)clock_gettime(CLOCK_MONOTONIC_COARSE, &steady);
		(void)clock_gettime(CLOCK_REALTIME_COARSE, &after);
	} while (to_ns(before) != to_ns(after));
	return to_ns(before) - to_ns(steady);
}

int sys_boot_number(uint64_t *ret_number)
{
	char id[36]; /* a UUID in hexadecimal */
	CLEANUP_FD int fd = sys_open(AT_FDCWD, "/proc/sys/kernel/random/boot_id", O_RDONLY, 0);
	int64_t n = fd < 0 ? fd : sys_read(fd, id, sizeof(id), -1);

	if (n != sizeof(id))
		return n < 0 ? (int)n : -ENODATA;
	*ret_number = hash_add(HASH_START, id, sizeof(id));
	return 0;
}

uint64_t sys_monotonic_ns(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)to_ns(t);
}

uint64_t sys_cpu_ns(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (uint64_t)to_ns(t);
}

void sys_sleep(int64_t ns)
{
	const struct timespec t = { (time_t)(ns / SECOND), (long)(ns % SECOND) };

	(void)nanosleep(&t, NULL);
}
