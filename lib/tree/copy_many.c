/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies one source after the other. The data of big ones is deferred (file/deferred.h): the
 * caller's thread creates the new file and goes on.
 *
 * A source that may depend on a deferred file waits for it, so that the result is the same as
 * without threads.
 */
#include "tree/copy_many.h"

#include "base/fd.h"
#include "base/path.h"
#include "file/deferred.h"
#include "plan/file_kind.h"
#include "sys/status.h"
#include "tree/traverse.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Return whether the result for @src may depend on a deferred file. */
static bool must_wait(const struct copy_many_request *q, const char *src, const struct deferred *d)
{
	CLEANUP_FREE char *path = path_join_name(q->dst, src);
	struct stat st;

	if (!path || sys_stat(q->src_fd, src, plan_follows(q->opt, true), &st) < 0)
		return true;
	return !S_ISREG(st.st_mode) || deferred_contains(d, &st) ||
	       sys_stat(q->dst_fd, path, false, &st) != -ENOENT;
}

/* Return @dir with a slash at its end, so that it must be a directory. The caller frees it; NULL if
   memory is short. */
static char *with_slash(const char *dir)
{
	size_t len = strlen(dir);
	char *text;

	return asprintf(&text, "%s%s", dir, len == 0 || dir[len - 1] == '/' ? "" : "/") < 0 ? NULL
											    : text;
}

int copy_many_run(struct ovlcp *o, struct event_sink *events, const struct copy_many_request *q)
{
	CLEANUP_FREE char *dir = with_slash(q->dst);
	const char *const dst = dir;
	struct deferred deferred;

	if (!dir)
		return event_emit_error(events, OVLCP_EVENT_FAILED, "", q->dst,
					&(struct err){ ENOMEM, OVLCP_OP_NONE });
	deferred_init(&deferred, o, events, q->opt);
	deferred.is_off |= q->n < 2;
	for (size_t i = 0; i < q->n; i++) {
		const struct copy_request one = { .src_fd = q->src_fd,
						  .src = q->src[i],
						  .dst_fd = q->dst_fd,
						  .dst = &dst,
						  .n = 1,
						  .opt = q->opt,
						  .deferred = &deferred };

		if (deferred_is_busy(&deferred) && must_wait(q, q->src[i], &deferred))
			deferred_wait(&deferred);
		deferred_set_error(&deferred, traverse_run(o, &deferred.pool.sink, &one));
	}
	return deferred_done(&deferred);
}
