/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_SCENE_H
#define ORACLE_SCENE_H

#include "args.h"
#include "text.h"
#include "tree.h"

/* Variables of the environment that a scene may set. */
enum scene_variable {
	/* POSIXLY_CORRECT */
	VARIABLE_POSIX,
	/* VERSION_CONTROL */
	VARIABLE_VERSION,
	/* SIMPLE_BACKUP_SUFFIX */
	VARIABLE_SUFFIX,
	/* How many there are. */
	VARIABLES,
};

/* All that a seed decides; it can be assigned. */
struct scene {
	/* The files. */
	struct tree tree;
	/* The command. */
	struct args args;
	/* The umask. */
	mode_t mask;
	/* The environment, "NAME=VALUE", NULL if not set. */
	const char *variables[VARIABLES];
	/* What can be read from standard input. */
	char answers[64];
};

/* Invents the scene of @seed. */
void scene_random(struct scene *scene, uint64_t seed, const struct people *people);

/* Adds the command as a line of shell. */
void scene_command(struct text *t, const struct scene *scene, const char *program);

/* Adds a shell script that makes the tree in the current directory and runs @program. */
void scene_script(struct text *t, const struct scene *scene, const char *program,
		  const struct people *people);

/* Whether an option that begins like @name was given. */
bool scene_has_option(const struct scene *scene, const char *name);

/* Whether a short option, alone or among others, was given. */
bool scene_has_letter(const struct scene *scene, char letter);

#endif
