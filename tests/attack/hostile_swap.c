/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exchanges names, by RENAME_EXCHANGE: at each moment there is one of the two.
 */
#include "baits.h"
#include "hostile.h"
#include "lab.h"
#include "modes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Exchanges per directory and look at the phase. */
#define BURST 64

static unsigned int count(const char *const *list)
{
	unsigned int n = 0;

	while (list[n])
		n++;
	return n;
}

static bool exchange(int fd, const char *slot, const char *bait)
{
	if (renameat2(fd, slot, fd, bait, RENAME_EXCHANGE) == 0)
		return true;
	if (errno != ENOENT)
		return false;
	/* root has removed one of them */
	return renameat2(fd, bait, fd, slot, RENAME_NOREPLACE) == 0 ||
	       renameat2(fd, slot, fd, bait, RENAME_NOREPLACE) == 0;
}

/* Exchanges and exchanges back, with a random time in between. The number of exchanges. */
static unsigned long swap_burst(int fd, unsigned int *state)
{
	const unsigned int slots = count(lab_slots);
	const unsigned int baits = count(lab_baits);
	unsigned long n = 0;

	for (int i = 0; i < BURST; i++) {
		const char *slot = lab_slots[hostile_random(state, slots)];
		const char *bait = lab_baits[hostile_random(state, baits)];

		n += exchange(fd, slot, bait);
		for (volatile unsigned int spin = hostile_random(state, 4000); spin > 0; spin--)
			;
		if (hostile_random(state, 8))
			n += exchange(fd, slot, bait);
	}
	return n;
}

void hostile_swap(const struct attack *a, unsigned int seed)
{
	const unsigned int dirs = count(lab_dirs);
	unsigned int state = seed;
	char path[256];

	while (hostile_may_go_on(a)) {
		int fd;

		(void)snprintf(path, sizeof(path), "%s/%s", lab_tree(a),
			       lab_dirs[hostile_random(&state, dirs)]);
		fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			continue;
		if (a->mode->role == OWNS_SOURCE || a->mode->flags & MODE_UNLINKS)
			(void)baits_hard_link(fd); /* EPERM where the kernel protects them */
		atomic_fetch_add(&a->shared->swaps, swap_burst(fd, &state));
		(void)close(fd);
	}
}
