/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What must be true while nothing hostile runs.
 */
#ifndef ATTACK_CHECKS_H
#define ATTACK_CHECKS_H

#include "attack.h"

/* What was before the attack. */
struct before {
	/* Dumps of "outside" and, unless the hostile user owns the source, of "src". */
	char *outside;
	char *src;
	/* outside/fifo, open for reading and writing. */
	int fifo;
};

/* Takes the dumps; those taken before are freed. */
void checks_begin(const struct attack *a, struct before *b);

/* Reports breaches. */
void checks_end(const struct attack *a, struct before *b);

#endif
