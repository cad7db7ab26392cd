/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_ARGS_H
#define ORACLE_ARGS_H

#include "tree.h"

/* How many arguments there can be. */
#define ARGS_MAX 20u
/* Longest word, with the NUL. */
#define ARGS_WORD 128u

/* What is left out or kept as a whole: an operand, an option, an option with its value. */
struct arg {
	/* The words. */
	char words[2][ARGS_WORD];
	/* How many of them. */
	unsigned int count;
};

/* The arguments of a program. */
struct args {
	/* In their order. */
	struct arg list[ARGS_MAX];
	/* How many. */
	size_t count;
	/* Whether directories are copied, in an order that the command line does not tell. */
	bool recurses;
	/* Whether directories are copied, and links to directories like them. */
	bool follows;
};

/* Invents arguments for a copy of what is in @tree. */
void args_random(struct args *args, struct random *r, const struct tree *tree);

/* Adds one at the end. */
void args_add(struct args *args, const struct arg *arg);

/* Whether an option of the long name @name was given in this spelling or with a value. */
bool args_has_long(const struct args *args, const char *name);

#endif
