/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * All are recorded together: one wait for the clock, one look at who has opened them, and one call
 * that ends their watches.
 */
#include "remember/pending.h"

#include "base/array.h"
#include "base/fd.h"
#include "plan/remember.h"
#include "sys/clock.h"
#include "sys/openers.h"
#include "sys/status.h"

#include <errno.h>
#include <stdlib.h>

/* Copies that wait for their record. */
#define PENDING_MAX 512

/* Bytes of copies for which it is worth to wait for the next tick of the clock: fewer are sooner
   compared with their source when they are used. */
#define WORTH_A_TICK (UINT64_C(16) << 20)

int pending_add(struct memory *m, int number, struct remembered *r)
{
	int error =
		array_grow(&m->pending, &m->pending_room, m->pending_count, sizeof(*m->pending));

	if (error < 0)
		return error;
	m->pending[m->pending_count++] = (struct pending){ .number = number, .remembered = r };
	if (m->pending_count >= PENDING_MAX)
		pending_settle(m);
	return 0;
}

/* Give @r the ctime of @st, if that is all that changed of the copy. */
static void take_ctime(struct memory *m, struct copy_record *r, const struct stat *st)
{
	const struct file_look now = plan_look(st, r->copy.mount);
	struct file_look was = r->copy;

	was.ctime = now.ctime;
	if (!plan_looks_equal(&was, &now))
		return;
	r->copy = now;
	r->is_settled = false;
	for (size_t i = 0; i < m->fs_count; i++)
		if (m->fs[i].dev == st->st_dev)
			r->is_settled = m->fs[i].is_fine == ANSWER_YES;
}

void pending_note_link(struct memory *m, int dir_fd, const char *name)
{
	struct stat st;

	if (m->pending_count == 0 || sys_stat(dir_fd, name, false, &st) < 0)
		return;
	for (size_t i = 0; i < m->pending_count; i++) {
		struct copy_record *r = &m->pending[i].remembered->record;

		if (r->copy.dev == st.st_dev && r->copy.ino == st.st_ino)
			take_ctime(m, r, &st);
	}
}

static void note_opened(int number, void *payload)
{
	struct memory *m = payload;

	for (size_t i = 0; i < m->pending_count; i++)
		if (m->pending[i].number == number || number < 0)
			m->pending[i].was_opened = true;
}

/* Settle those for which the clock has gone on. */
static void settle_by_clock(struct memory *m)
{
	struct timespec now;

	sys_coarse_time(&now);
	for (size_t i = 0; i < m->pending_count; i++) {
		struct copy_record *r = &m->pending[i].remembered->record;

		r->is_settled = r->is_settled || plan_is_settled(r->copy.ctime, now);
	}
}

/* Bytes of those that are not settled. */
static uint64_t unsettled_bytes(const struct memory *m)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < m->pending_count; i++)
		if (!m->pending[i].remembered->record.is_settled)
			sum += m->pending[i].remembered->record.copy.size;
	return sum;
}

/* End all watches with one call, which costs less than to end each. */
static void end_watches(struct memory *m)
{
	fd_drop(&m->watch_fd);
	m->watch_fd = -EBADF;
	m->watch_count++;
}

void pending_settle(struct memory *m)
{
	struct timespec now;
	bool is_unknown;

	if (m->pending_count == 0)
		return;
	settle_by_clock(m);
	if (unsettled_bytes(m) >= WORTH_A_TICK) {
		sys_sleep(sys_coarse_tick());
		settle_by_clock(m);
	}
	/* after the look at the clock: a process that opened the file before is seen */
	is_unknown = sys_watch_read(m->watch_fd, note_opened, m) < 0;
	end_watches(m);
	sys_coarse_time(&now);
	for (size_t i = 0; i < m->pending_count; i++) {
		struct pending *p = &m->pending[i];

		p->remembered->record.time = now.tv_sec;
		/* if the clock was set meanwhile, the record is void */
		if (!is_unknown && !p->was_opened)
			(void)memory_put(m, p->remembered); /* it is not remembered */
		free(p->remembered);
	}
	m->pending_count = 0;
}
