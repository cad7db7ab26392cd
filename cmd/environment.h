/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Environment variables that stand for options, so that one setting reaches every copy of a build.
 */
#ifndef OVL_CMD_ENVIRONMENT_H
#define OVL_CMD_ENVIRONMENT_H

#include "options.h"
#include "optlist.h"

/** A variable, and the option that it stands for. */
struct environment_variable {
	/** Name of the variable. */
	const char *name;
	/** The option, which overrides it. */
	enum opt_id id;
	/** Whether it counts beside the other options; NULL: always. */
	bool (*counts)(const struct options *o);
};

/** All variables; a row without a name ends it. */
extern const struct environment_variable environment_variables[];

/**
 * The value of @v, if it is set and counts: not where its option was given, and never in a program
 * that has more rights than its caller (secure_getenv(3)). NULL if not.
 */
const char *environment_value(const struct environment_variable *v, const struct options *o);

/** Print the variables that count, after @label, on one line; nothing if there are none. */
void environment_print(const struct options *o, const char *label);

#endif
