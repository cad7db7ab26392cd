/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The clock that timestamps of files are taken from, and whether it was set; time that passes.
 */
#ifndef OVL_SYS_CLOCK_H
#define OVL_SYS_CLOCK_H

#include <stdint.h>
#include <time.h>

/**
 * CLOCK_REALTIME_COARSE: the time at the last tick, which the kernel gives to a file that is
 * changed now (ktime_get_coarse_real_ts64(); a finer one since Linux 6.13, if the file's time was
 * looked at before).
 */
void sys_coarse_time(struct timespec *ret_t);

/** Length of a tick of that clock in nanoseconds: 1 to 10 ms. */
int64_t sys_coarse_tick(void);

/**
 * CLOCK_REALTIME less CLOCK_MONOTONIC, in nanoseconds: it changes when the clock is set, and while
 * the system is suspended, and is otherwise the same to the nanosecond: a slew makes both run
 * faster or slower (clock_gettime(2); wall_to_monotonic in kernel/time/timekeeping.c).
 */
int64_t sys_clock_offset(void);

/**
 * A number for this start of the system, from /proc/sys/kernel/random/boot_id: what is counted from
 * its start on, such as the ids of mounts, means something else after the next one. 0, or -errno.
 */
int sys_boot_number(uint64_t *ret_number);

/** CLOCK_MONOTONIC in nanoseconds. */
uint64_t sys_monotonic_ns(void);

/** CPU time of all threads of the process so far, in nanoseconds. */
uint64_t sys_cpu_ns(void);

/** Sleep for @ns nanoseconds, or until a signal comes. */
void sys_sleep(int64_t ns);

#endif
