/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A command line made of the bytes of a fuzzer.
 */
#ifndef OVL_TESTS_FUZZ_ARGUMENTS_H
#define OVL_TESTS_FUZZ_ARGUMENTS_H

#include "input.h"

/** Most arguments of a command line, with the name of the program. */
#define ARGUMENTS_MAX 32

/** The arguments, as main() gets them. */
struct arguments {
	/** Owned strings, and NULL. */
	char *argv[ARGUMENTS_MAX + 1];
	/** Number of strings. */
	int argc;
};

/** Take all bytes of @in as arguments that end with NUL bytes, after the name of the program. */
static inline struct arguments arguments_read(struct input *in)
{
	struct arguments a = { .argc = 1 };

	a.argv[0] = strdup("ovl-cp");
	must(a.argv[0]);
	while (in->left && a.argc < ARGUMENTS_MAX)
		a.argv[a.argc++] = input_text(in);
	return a;
}

/** Free the strings. */
static inline void arguments_done(struct arguments *a)
{
	for (int i = 0; i < a->argc; i++)
		free(a->argv[i]);
}

#endif
