/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The input of one comparison.
 */
#ifndef ORACLE_SETUP_H
#define ORACLE_SETUP_H

#include "args.h"
#include "text.h"
#include "tree.h"

/* Environment variables that a setup may set. */
enum setup_variable {
	/* POSIXLY_CORRECT */
	VARIABLE_POSIX,
	/* VERSION_CONTROL */
	VARIABLE_VERSION,
	/* SIMPLE_BACKUP_SUFFIX */
	VARIABLE_SUFFIX,
	/* The number of variables. */
	VARIABLES,
};

/* Everything that a seed decides. It owns no memory and may be assigned. */
struct setup {
	/* The files. */
	struct tree tree;
	/* The command line. */
	struct args args;
	/* The umask. */
	mode_t mask;
	/* The environment, "NAME=VALUE" each; NULL if not set. */
	const char *variables[VARIABLES];
	/* The content of standard input. */
	char answers[64];
};

/* Generates the setup of @seed. */
void setup_random(struct setup *setup, uint64_t seed, const struct people *people);

/* Appends the command as a line of shell. */
void setup_command(struct text *t, const struct setup *setup, const char *program);

/* Appends a shell script that makes the tree in the current directory and runs @program. */
void setup_script(struct text *t, const struct setup *setup, const char *program,
		  const struct people *people);

/* True if an option was given that begins with @name. */
bool setup_has_option(const struct setup *setup, const char *name);

/* True if the short option was given, alone or in a cluster of several. */
bool setup_has_short(const struct setup *setup, char letter);

#endif
