/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The attack goes on in rounds of a second: then the hostile processes wait, everything is
 * compared, and the trees are made anew.
 */
#include "rounds.h"

#include "checks.h"
#include "copy.h"
#include "lab.h"
#include "modes.h"
#include "plant.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

/* How much longer a mode may take, on a busy machine, until something was exchanged under a copy.
 */
#define PATIENCE 60

static double now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void pause_hostiles(const struct attack *a, int hostiles)
{
	static const struct timespec moment = { 0, 200000 };

	atomic_store(&a->shared->phase, PHASE_PAUSE);
	while (atomic_load(&a->shared->waiting) < hostiles) {
		if (waitpid(-1, NULL, WNOHANG) > 0)
			die("a hostile process has ended");
		(void)nanosleep(&moment, NULL);
	}
}

static void resume_hostiles(const struct attack *a)
{
	static const struct timespec moment = { 0, 200000 };

	atomic_store(&a->shared->phase, PHASE_RUN);
	while (atomic_load(&a->shared->waiting) > 0)
		(void)nanosleep(&moment, NULL);
}

static void empty_destination(void)
{
	lab_remove(AT_FDCWD, "dst");
	plant_dir(AT_FDCWD, "dst", 0755, 0);
}

/* Watching a copy: with each umask, and with a list that new files inherit. */
static void vary_rights(unsigned int round)
{
	(void)umask(round & 1 ? 0 : 022);
	if (round & 2)
		plant_acl(AT_FDCWD, "dst", true, 7);
}

static void one_round(const struct attack *a, struct copier *c)
{
	const bool watches = a->mode->role == WATCHES;
	const double end = now() + 1;

	do {
		if (a->shared->is_fresh && !watches)
			empty_destination();
		copy_once(c, a);
	} while (!watches && now() < end);
}

/* Whether the attack has met a copy: otherwise nothing was proved. */
static bool has_bitten(const struct attack *a)
{
	const struct shared *s = a->shared;

	if (a->mode->role == WATCHES)
		return s->reads > 0 && s->copies > 0;
	return s->messages > 0 && s->swaps > 0 && s->copies > 0;
}

void rounds_run(const struct attack *a, int hostiles)
{
	const double begin = now();
	struct before before = { 0 };
	struct copier copier;

	copier_init(&copier, a);
	for (unsigned int round = 0;; round++) {
		const double passed = now() - begin;

		pause_hostiles(a, hostiles);
		if (round > 0)
			checks_end(a, &before);
		if (passed >= a->seconds && (has_bitten(a) || passed > a->seconds + PATIENCE))
			break;
		lab_make_trees(a);
		a->shared->is_fresh = a->mode->flags & MODE_FRESH || round & 1;
		if (a->mode->role == WATCHES)
			vary_rights(round);
		checks_begin(a, &before);
		resume_hostiles(a);
		one_round(a, &copier);
	}
	atomic_store(&a->shared->phase, PHASE_END);
	while (wait(NULL) > 0)
		;
}
