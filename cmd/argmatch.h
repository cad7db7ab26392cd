/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words that stand for values: arguments such as "auto" and sizes such as "16M".
 */
#ifndef OVL_CMD_ARGMATCH_H
#define OVL_CMD_ARGMATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A word and its value; a list ends with a NULL word. */
struct keyword {
	const char *name;
	unsigned int value;
};

/** What came of looking up a word. */
enum argmatch_result {
	ARGMATCH_OK,
	ARGMATCH_UNKNOWN,
	ARGMATCH_AMBIGUOUS,
};

/** Look up the first @len bytes of @text in @list; a unique beginning of a word will do. */
enum argmatch_result argmatch_find(const struct keyword *list, const char *text, size_t len,
				   unsigned int *ret_value);

/**
 * Read a size in bytes: digits and optionally K, M, G, T, P, E (or KiB ...: powers of 1024)
 * or kB, MB ... (powers of 1000). Returns whether it is one and fits.
 */
bool argmatch_size(const char *text, uint64_t *ret_size);

#endif
