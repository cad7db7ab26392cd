/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Root's part: copies again and again, and compares from time to time.
 */
#ifndef ATTACK_ROUNDS_H
#define ATTACK_ROUNDS_H

#include "attack.h"

/* Attacks for as long as was asked for, and longer until something was exchanged under a copy. Ends
   the @hostiles processes. */
void rounds_run(const struct attack *a, int hostiles);

#endif
