/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hostile processes.
 */
#ifndef ATTACK_HOSTILE_H
#define ATTACK_HOSTILE_H

#include "attack.h"

/* Starts them; they end with the phase. Returns their number. */
int hostile_start(const struct attack *a);

/* Gives up the rights of root for good. */
void hostile_become(void);

/* In a hostile process: waits while the phase is to pause. False when the attack ends. */
bool hostile_may_go_on(const struct attack *a);

/* A number below @n, from the generator with the state @state. */
unsigned int hostile_random(unsigned int *state, unsigned int n);

/* What each of them does for ever. */
void hostile_swap(const struct attack *a, unsigned int seed);
void hostile_move(const struct attack *a, unsigned int seed);
void hostile_touch(const struct attack *a, unsigned int seed);
void hostile_read(const struct attack *a, unsigned int seed);
void hostile_rights(const struct attack *a, unsigned int seed);

#endif
