/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which faults a scenario is run with.
 */
#ifndef TORTURE_PLAN_H
#define TORTURE_PLAN_H

#include "torture.h"

#include <stddef.h>

/** A fault. */
struct planned {
	char function[NAME_ROOM];
	char failure[NAME_ROOM];
	/** The number of the call. */
	long at;
	/** Whether all later calls fail, too. */
	bool for_ever;
};

/** The faults of a scenario, in an order that depends on nothing but what is counted. */
struct plan {
	struct planned *list;
	size_t count;
	size_t room;
};

/** Plan the faults for @counts, lines "count FUNCTION N". @name: of the scenario. @r: of all
    scenarios so far. */
void plan_make(struct plan *p, const char *counts, const struct settings *s, const char *name,
	       const struct results *r);

/** Plan the one fault @text, "FUNCTION:FAILURE@N" with "+" after it or not. */
void plan_one(struct plan *p, const char *text);

/**
 * Which of the @workers tries @one, from 0. By the fault alone: each worker plans all, and their
 * plans differ a little, as the program walks in the order of inodes, and asks more or less then.
 */
int plan_worker(const struct planned *one, int workers);

void plan_done(struct plan *p);

#endif
