/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads values from the bytes of a fuzzer, from the first to the last; after the last they are 0
 * and "", so that every input is a complete one.
 */
#ifndef OVL_TESTS_FUZZ_INPUT_H
#define OVL_TESTS_FUZZ_INPUT_H

#include "fuzz.h"

#include <string.h>

/** The bytes that are left. */
struct input {
	/** The next byte. */
	const uint8_t *at;
	/** Number of bytes. */
	size_t left;
};

/** The next byte. */
static inline uint8_t input_byte(struct input *in)
{
	if (in->left == 0)
		return 0;
	in->left--;
	return *in->at++;
}

/** A number below @limit, which is 1 to 256. */
static inline unsigned int input_below(struct input *in, unsigned int limit)
{
	return input_byte(in) % limit;
}

/** True or false. */
static inline bool input_flag(struct input *in)
{
	return input_byte(in) & 1;
}

/** A number of 64 bits: a length from 0 to 8, and so many bytes, the lowest first. */
static inline uint64_t input_number(struct input *in)
{
	unsigned int bytes = input_below(in, 9);
	uint64_t number = 0;

	for (unsigned int i = 0; i < bytes; i++)
		number |= (uint64_t)input_byte(in) << (8 * i);
	return number;
}

/** The bytes up to the next NUL byte or the last byte, as a string; to be freed. */
static inline char *input_text(struct input *in)
{
	const uint8_t *end = in->left ? memchr(in->at, 0, in->left) : NULL;
	size_t len = end ? (size_t)(end - in->at) : in->left;
	char *text = malloc(len + 1);

	must(text);
	if (len)
		memcpy(text, in->at, len);
	text[len] = '\0';
	in->at += len + (end != NULL);
	in->left -= len + (end != NULL);
	return text;
}

#endif
