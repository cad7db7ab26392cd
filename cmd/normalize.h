/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rewrites arguments, as getopt_long accepts them, for popt.
 *
 * popt is not getopt_long: it has no abbreviations, takes the next operand as an optional argument,
 * and expands "!#:+" in values. So it gets every option in full, and instead of a value its index
 * in a list: "--name=N". docs/decisions/0004-popt-sees-numbers.md has the reasons.
 */
#ifndef OVL_CMD_NORMALIZE_H
#define OVL_CMD_NORMALIZE_H

#include "optlist.h"

#include <stdbool.h>

/** Options for popt, the values that their numbers refer to, and the operands. */
struct normalized {
	/** The name of the program and options in full; NULL-terminated. Strings are owned. */
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

/** The result: success, or what is wrong with an argument. */
enum normalize_error {
	/** All arguments were rewritten. */
	NORMALIZE_OK,
	/** An allocation failed. */
	NORMALIZE_NO_MEMORY,
	/** There is no such option. */
	NORMALIZE_UNKNOWN,
	/** An abbreviation of more than one option. */
	NORMALIZE_AMBIGUOUS,
	/** A value is missing. */
	NORMALIZE_NEEDS_VALUE,
	/** A value for an option that takes none. */
	NORMALIZE_TAKES_NO_VALUE,
};

/** The argument that an error is about, for a message. */
struct normalize_problem {
	/** Long option, or cluster of short ones, as given, without dashes; a value may follow. */
	const char *name;
	/** Length of name up to "=", in bytes. */
	int name_len;
	/** The option that matched, or NULL. */
	const struct opt *opt;
	/** Short option; 0 for a long one. */
	char letter;
};

/**
 * Rewrite the @argc arguments of @argv. @posix: the first operand ends the options
 * (POSIXLY_CORRECT).
 *
 * @ret_n: set in every case, on failure to the arguments before the bad one; to be freed with
 * normalize_done. @argv must live as long.
 * @ret_p: set on failure; borrows from @argv.
 */
enum normalize_error normalize(int argc, char *const argv[], bool posix, struct normalized *ret_n,
			       struct normalize_problem *ret_p);

/** Free what normalize allocated. */
void normalize_done(struct normalized *n);

#endif
