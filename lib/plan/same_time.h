/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether two timestamps are equal to the nanosecond.
 */
#ifndef OVL_PLAN_SAME_TIME_H
#define OVL_PLAN_SAME_TIME_H

#include <stdbool.h>
#include <sys/stat.h>

/** Whether @a and @b are one point in time. */
static inline bool plan_same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

#endif
