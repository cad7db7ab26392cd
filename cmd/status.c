/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sums are those of the library. The number of files is that of the events, which come in
 * order: with several threads it may be behind the bytes.
 */
#include "status.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#define NS_PER_SECOND UINT64_C(1000000000)

static uint64_t clock_ns(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* every Linux has this clock */
	return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

void status_begin(struct status *s, const struct ovlcp *session)
{
	s->session = session;
	s->begin_ns = clock_ns();
}

uint64_t status_time_ns(const struct status *s)
{
	return clock_ns() - s->begin_ns;
}

/* Whether @e is the end of a file. */
static bool ends_file(const struct ovlcp_event *e)
{
	static const bool is_end[] = {
		[OVLCP_EVENT_COPIED] = true,	[OVLCP_EVENT_SKIPPED] = true,
		[OVLCP_EVENT_FAILED] = true,	[OVLCP_EVENT_PLANNED] = true,
		[OVLCP_EVENT_COPIED_UP] = true, [OVLCP_EVENT_DEDUPED] = true,
	};
	const size_t type = ovlcp_event_type(e);

	return type < sizeof(is_end) / sizeof(*is_end) && is_end[type] &&
	       ovlcp_event_method(e) != OVLCP_METHOD_DIRECTORY;
}

void status_event(struct status *s, const struct ovlcp_event *e)
{
	const uint64_t id = ovlcp_event_id(e);

	if (!ends_file(e) || (id && id == s->last_id))
		return;
	s->last_id = id;
	atomic_fetch_add_explicit(&s->files, 1, memory_order_relaxed);
}

void status_read(const struct status *s, struct progress_state *ret_p)
{
	*ret_p = (struct progress_state){ .bytes.size = sizeof(ret_p->bytes) };
	ovlcp_progress(s->session, &ret_p->bytes);
	ret_p->time_ns = status_time_ns(s);
	ret_p->files = atomic_load_explicit(&s->files, memory_order_relaxed);
	ret_p->rate = (uint64_t)((double)ret_p->bytes.bytes_done * (double)NS_PER_SECOND /
				 (double)(ret_p->time_ns + 1));
}

/* Whether the bytes of the sources are what is copied. */
static bool copies_bytes(const struct options *o)
{
	return !o->hard_link && !o->symbolic_link && !o->copy_up_only && !o->dedupe_within &&
	       !(o->copy.flags & OVLCP_ATTRIBUTES_ONLY);
}

void status_totals(const struct options *o, const struct operands *p, struct progress_state *ret_p)
{
	const int flags =
		o->copy.follow == OVLCP_FOLLOW_NONE && !o->dedupe ? AT_SYMLINK_NOFOLLOW : 0;
	const size_t dests = p->dests.count ? p->dests.count : 1;
	uint64_t bytes = 0;
	bool is_known = copies_bytes(o);

	ret_p->files_total = ret_p->bytes_total = 0;
	for (size_t i = 0; i < p->source_count; i++) {
		struct stat st;

		if (fstatat(AT_FDCWD, p->sources[i], &st, flags) < 0)
			continue; /* the copy fails, and so do others that are not counted */
		if (S_ISDIR(st.st_mode) && (o->dedupe_within || (o->copy.flags & OVLCP_RECURSIVE)))
			return;
		is_known = is_known &&
			   (S_ISREG(st.st_mode) || S_ISLNK(st.st_mode) || S_ISDIR(st.st_mode));
		bytes += S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
	}
	ret_p->files_total = p->source_count * dests;
	ret_p->bytes_total = is_known ? bytes * dests : 0;
}
