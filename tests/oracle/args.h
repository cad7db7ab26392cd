/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Command lines of cp.
 */
#ifndef ORACLE_ARGS_H
#define ORACLE_ARGS_H

#include "tree.h"

/* Most arguments of a command. */
#define ARGS_MAX 20u
/* Size of the longest word, with the NUL. */
#define ARGS_WORD 128u

/* A unit of test-case reduction: an operand, an option, or an option with its value. */
struct arg {
	/* The words. */
	char words[2][ARGS_WORD];
	/* The number of words, 1 or 2. */
	unsigned int count;
};

/* The arguments of a program. */
struct args {
	/* The arguments, in their order. */
	struct arg list[ARGS_MAX];
	/* The number of arguments. */
	size_t count;
	/* Whether directories are copied, in an order that the command line does not determine. */
	bool recurses;
	/* Whether directories are copied, and symlinks to directories are followed. */
	bool follows;
};

/* Generates a command line that copies files of @tree. */
void args_random(struct args *args, struct random *r, const struct tree *tree);

/* Appends an argument; does nothing if there are ARGS_MAX. */
void args_add(struct args *args, const struct arg *arg);

/* True if the long option @name was given unabbreviated, with or without a value. */
bool args_has_long(const struct args *args, const char *name);

#endif
