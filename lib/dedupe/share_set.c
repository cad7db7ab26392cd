/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Tries the leaders one after the other: one for each set of blocks that the files can become.
 *
 * There are several if equal files are on several filesystems, in btrfs with and without checksums,
 * or if the hash was wrong.
 */
#include "dedupe/share_set.h"

#include <errno.h>
#include <stdlib.h>

/* Leaders that are held open; equal files of more sets than this stay as they are. */
#define LEADERS 8

/* The leaders. */
struct leaders {
	struct opened list[LEADERS];
	size_t n;
};

static int compare_names(const void *a, const void *b)
{
	return candidate_compare_names(a, b);
}

/* Whether the two cannot be one set of blocks, which is no failure. */
static bool are_apart(const struct pair *p)
{
	return p->err.op == OVLCP_OP_DEDUPE_DIFFERS || p->err.op == OVLCP_OP_DEDUPE_CHANGED ||
	       (p->err.op == OVLCP_OP_DEDUPE && (p->err.code == EXDEV || p->err.code == EINVAL));
}

/* Let @f share the data of a leader. Whether that was settled, and told. */
static bool follow(struct dedupe_run *d, const struct leaders *l, const struct opened *f)
{
	bool is_settled = false;

	for (size_t i = 0; i < l->n && !is_settled; i++) {
		struct pair p = { .o = d->o,
				  .src = &l->list[i],
				  .dst = f,
				  .is_dry = (d->flags & OVLCP_DRY_RUN) != 0 };
		int r = pair_share(&p);

		is_settled = r == 0 || !are_apart(&p);
		if (is_settled)
			dedupe_run_result(d, &p, r);
		pair_done(&p);
	}
	return is_settled;
}

void share_set(struct dedupe_run *d, const struct candidates *files, struct candidate *list,
	       size_t n)
{
	struct leaders l = { .n = 0 };

	qsort(list, n, sizeof(*list), compare_names);
	for (size_t i = 0; i < n && !session_is_cancelled(d->o); i++) {
		struct opened f;

		if (candidate_open(d, files, &list[i], &f) && !follow(d, &l, &f) && l.n < LEADERS)
			l.list[l.n++] = f; /* it belongs to the leaders now */
		else
			candidate_close(&f);
	}
	while (l.n > 0)
		candidate_close(&l.list[--l.n]);
}
