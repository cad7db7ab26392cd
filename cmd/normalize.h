/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arguments as getopt_long users write them, made plain for popt.
 *
 * popt is not getopt_long: it knows no abbreviations, lets an optional argument swallow the
 * next operand, and expands "!#:+" in values. So it gets options spelled out, each value as
 * "--name=N" where N is the value's place in a list of our own.
 */
#ifndef OVL_CMD_NORMALIZE_H
#define OVL_CMD_NORMALIZE_H

#include "optlist.h"

#include <stdbool.h>

/** Options for popt, the values that they stand for, and the operands. */
struct normalized {
	/** The program's name and plain options; NULL-terminated. */
	const char **argv;
	/** Number of strings in argv. */
	int argc;
	/** Operands; borrowed from the caller's argv. */
	const char **operands;
	/** Number of operands. */
	int operand_count;
	/** Values of options, in order; borrowed from argv or from options.def. */
	const char **values;
	/** Number of values. */
	int value_count;
};

/** What is wrong with an argument. */
enum normalize_error {
	NORMALIZE_OK,
	NORMALIZE_NO_MEMORY,
	/** No option is called that. */
	NORMALIZE_UNKNOWN,
	/** An abbreviation of more than one option. */
	NORMALIZE_AMBIGUOUS,
	/** A value is missing. */
	NORMALIZE_NEEDS_VALUE,
	/** A value for an option that takes none. */
	NORMALIZE_TAKES_NO_VALUE,
};

/** The offender, for a message. */
struct normalize_problem {
	/** Long option as it was written, without its value; or NULL. */
	const char *name;
	/** Bytes of name. */
	int name_len;
	/** The option it was taken for, or NULL. */
	const struct opt *opt;
	/** Short option; 0 if it was a long one. */
	char letter;
};

/**
 * Make @argv plain. @posix: options end at the first operand (POSIXLY_CORRECT).
 * @ret_n: filled in every case, on failure with what came before; to be freed with
 * normalize_done.
 * @ret_p: filled on failure.
 */
enum normalize_error normalize(int argc, char *const argv[], bool posix, struct normalized *ret_n,
			       struct normalize_problem *ret_p);

/** Free the lists. */
void normalize_done(struct normalized *n);

#endif
