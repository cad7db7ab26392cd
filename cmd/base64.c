/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each group of three bytes becomes four letters; the last group is padded with '='.
 *
 * glibc has a function for it (b64_ntop), other C libraries do not.
 */
#include "base64.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Encode a group of @n bytes, 1 to 3. */
static void encode(char to[4], const unsigned char *from, size_t n)
{
	unsigned int bits = (unsigned int)from[0] << 16;

	if (n > 1)
		bits |= (unsigned int)from[1] << 8;
	if (n > 2)
		bits |= from[2];
	to[0] = letters[bits >> 18];
	to[1] = letters[bits >> 12 & 63];
	to[2] = n > 1 ? letters[bits >> 6 & 63] : '=';
	to[3] = n > 2 ? letters[bits & 63] : '=';
}

char *base64(const char *bytes)
{
	const unsigned char *from = (const unsigned char *)bytes;
	size_t len = strlen(bytes);
	char *text = calloc(len / 3 + 2, 4);

	for (size_t i = 0; text && i < len; i += 3)
		encode(text + i / 3 * 4, from + i, len - i < 3 ? len - i : 3);
	return text;
}
