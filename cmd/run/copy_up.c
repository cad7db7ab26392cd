/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks the library for the copy-up. The file has the name in the report that /proc has for it.
 */
#include "run/copy_up.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

bool copy_up_is_wanted(const struct files_facts *f, const struct ovlcp_options *o)
{
	return f->is_one_overlay && f->is_apart && !f->is_leased &&
	       o->copy_up != OVLCP_COPY_UP_NEVER && f->size > 0 &&
	       (o->copy_up == OVLCP_COPY_UP_ALWAYS || f->size >= o->copy_up_min);
}

bool copy_up_helps_range(const struct files_facts *f, const struct files_range *r)
{
	const uint64_t block = f->block_size;

	if (block == 0)
		return true; /* not known */
	return r->src_off % block == 0 && r->dst_off % block == 0 && r->src_off < f->size &&
	       (r->len >= block || r->len >= f->size - r->src_off);
}

void copy_up_source(int src_fd, int dst_fd, const struct ovlcp_options *o,
		    struct run_report *report)
{
	char link[sizeof("/proc/self/fd/") + 3 * sizeof(int)];
	char path[PATH_MAX];
	struct ovlcp *session = NULL;
	ssize_t len;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", src_fd);
	len = readlink(link, path, sizeof(path) - 1);
	path[len < 0 ? 0 : len] = '\0';
	if (ovlcp_new(&session) < 0)
		return;
	if (report)
		ovlcp_on_event(session, run_report_event, report);
	(void)ovlcp_copy_up_fd(session, src_fd, dst_fd, path, o); /* see above */
	ovlcp_free(session);
}
