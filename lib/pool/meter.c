/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The unit of work is a file, or as many bytes as are written in the time that a small file takes.
 */
#include "pool/meter.h"

#include "sys/clock.h"

/* A window takes as much time and CPU time as this at least: tasks of half a millisecond, which may
   begin in one window and end in the next, and slices of 3 ms that the scheduler gives to others
   are not to rule it. */
#define WINDOW_NS UINT64_C(4000000)

/* It ends after this time, whatever the CPU time, where threads wait for a disk. */
#define WINDOW_MAX_NS UINT64_C(40000000)

/* To write so many bytes takes about as long as to create a small file: 20 to 40 microseconds. */
#define BYTES_PER_WORK (64 * 1024)

void meter_start(struct pool_meter *m, const struct ovlcp *o)
{
	*m = (struct pool_meter){ .start_ns = sys_monotonic_ns(),
				  .start_cpu_ns = sys_cpu_ns(),
				  .start_written = session_bytes_written(o) };
}

void meter_stop(struct pool_meter *m)
{
	*m = (struct pool_meter){ 0 };
}

bool meter_is_started(const struct pool_meter *m)
{
	return m->start_ns > 0;
}

bool meter_add(struct pool_meter *m, const struct ovlcp *o, uint64_t work,
	       struct plan_window *ret_w)
{
	uint64_t wall_ns = sys_monotonic_ns() - m->start_ns;
	uint64_t cpu_ns;

	m->work += work;
	if (wall_ns < WINDOW_NS)
		return false;
	cpu_ns = sys_cpu_ns() - m->start_cpu_ns;
	if (cpu_ns < WINDOW_NS && wall_ns < WINDOW_MAX_NS)
		return false;
	*ret_w = (struct plan_window){
		.work = m->work + (session_bytes_written(o) - m->start_written) / BYTES_PER_WORK,
		.wall_ns = wall_ns,
		.cpu_ns = cpu_ns,
	};
	return true;
}
