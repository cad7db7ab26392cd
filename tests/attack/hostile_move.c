/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Moves directories while root is in them: into each other, up, and to other parents.
 */
#include "hostile.h"
#include "lab.h"

#include <fcntl.h>
#include <stdio.h>

static const struct move {
	const char *from;
	const char *to;
	unsigned int flags;
} moves[] = {
	{ "d0", "d1", RENAME_EXCHANGE },
	{ "d0/d1", "d1/n", RENAME_EXCHANGE },
	{ "d0/d0", "d0/d1/d0", RENAME_EXCHANGE },
	{ "d1/n/n/n/n", "m", RENAME_NOREPLACE },
	{ "m", "d1/n/n/n/n", RENAME_NOREPLACE },
	{ "d1/n/n/n/n/n/n/n/n/n/n/n/n", "d0/x-dir/d0", RENAME_EXCHANGE },
	{ "d0/x-dir/d0", "d1/n/n/n/n/n/n/n/n/n/n/n/n", RENAME_EXCHANGE },
	{ "d0/d1", "d0/m", RENAME_NOREPLACE },
	{ "d0/m", "d0/d1", RENAME_NOREPLACE },
	{ "d0/f0", "d0/d1/f0", RENAME_EXCHANGE },
	{ "d1/n", "x-dir/d1", RENAME_EXCHANGE },
};

#define MOVES ((unsigned int)(sizeof(moves) / sizeof(*moves)))

void hostile_move(const struct attack *a, unsigned int seed)
{
	unsigned int state = seed;

	while (hostile_may_go_on(a)) {
		const struct move *m = &moves[hostile_random(&state, MOVES)];
		char from[256];
		char to[256];

		(void)snprintf(from, sizeof(from), "%s/%s", lab_tree(a), m->from);
		(void)snprintf(to, sizeof(to), "%s/%s", lab_tree(a), m->to);
		if (renameat2(AT_FDCWD, from, AT_FDCWD, to, m->flags) == 0)
			atomic_fetch_add(&a->shared->moves, 1);
	}
}
