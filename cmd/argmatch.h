/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Matching arguments of options: keywords such as "auto", and sizes such as "16M".
 */
#ifndef OVL_CMD_ARGMATCH_H
#define OVL_CMD_ARGMATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A keyword and its value; a list ends with a row whose name is NULL. */
struct keyword {
	/** The keyword in full. */
	const char *name;
	/** What it stands for; several keywords may have one value. */
	unsigned int value;
};

/** The result of looking up a keyword. */
enum argmatch_result {
	/** Found. */
	ARGMATCH_OK,
	/** No keyword begins like this. */
	ARGMATCH_UNKNOWN,
	/** Keywords with different values begin like this. */
	ARGMATCH_AMBIGUOUS,
};

/**
 * Look up the first @len bytes of @text in @list; an unambiguous abbreviation matches, too.
 * @ret_value: set if it was found.
 */
enum argmatch_result argmatch_find(const struct keyword *list, const char *text, size_t len,
				   unsigned int *ret_value);

/**
 * Read a size in bytes: digits, and optionally K, M, G, T, P, E (or KiB, MiB ...: powers of 1024)
 * or kB, MB ... (powers of 1000). @ret_size: set on success. Returns whether @text is a size that
 * fits 64 bits.
 */
bool argmatch_size(const char *text, uint64_t *ret_size);

#endif
