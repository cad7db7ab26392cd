/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs the program.
 */
#ifndef ATTACK_COPY_H
#define ATTACK_COPY_H

#include "attack.h"
#include "modes.h"

/* A command line that is run again and again. */
struct copier {
	const char *program;
	/* The arguments, ended by NULL; owned. */
	char *args[MODE_ARGS + 2];
	/* Where messages and the rest go. */
	int err_fd;
	int null_fd;
};

/* Prepares the command line of the mode. */
void copier_init(struct copier *c, const struct attack *a);

/* Runs it once, and counts the result. It is stopped if it does not end: the hostile user can
   make it open a FIFO. */
void copy_once(struct copier *c, const struct attack *a);

/* Whether the program has the option. */
bool copy_has_option(const char *program, const char *option);

#endif
