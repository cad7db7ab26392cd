/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Starts and stops the hostile processes, which have no rights but those of their user.
 */
#include "hostile.h"

#include "modes.h"

#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef void behaviour_fn(const struct attack *a, unsigned int seed);

static behaviour_fn *const owner_does[] = { hostile_swap,  hostile_swap, hostile_move,
					    hostile_touch, hostile_read, NULL };
static behaviour_fn *const watcher_does[] = { hostile_rights, NULL };

void hostile_become(void)
{
	if (setgroups(0, NULL) < 0 || setresgid(HOSTILE_ID, HOSTILE_ID, HOSTILE_ID) < 0 ||
	    setresuid(HOSTILE_ID, HOSTILE_ID, HOSTILE_ID) < 0)
		die("setresuid");
}

bool hostile_may_go_on(const struct attack *a)
{
	static const struct timespec moment = { 0, 200000 };
	struct shared *s = a->shared;

	if (atomic_load(&s->phase) == PHASE_PAUSE) {
		atomic_fetch_add(&s->waiting, 1);
		while (atomic_load(&s->phase) == PHASE_PAUSE)
			(void)nanosleep(&moment, NULL);
		atomic_fetch_sub(&s->waiting, 1);
	}
	return atomic_load(&s->phase) != PHASE_END;
}

unsigned int hostile_random(unsigned int *state, unsigned int n)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state % n;
}

int hostile_start(const struct attack *a)
{
	behaviour_fn *const *does = a->mode->role == WATCHES ? watcher_does : owner_does;
	int n = 0;

	for (; does[n]; n++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (pid > 0)
			continue;
		hostile_become(); /* would clear the signal */
		if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
			die("prctl");
		(void)umask(0);
		does[n](a, a->seed * 1000003u + (unsigned int)n + 1);
		_exit(0);
	}
	return n;
}
