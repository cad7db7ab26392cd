/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Octal escapes, as seq_escape and mangle_path in the kernel (fs/seq_file.c) write them.
 *
 * Not for backslashes that mean anything else: overlayfs has escapes of its own, see
 * probe/overlay_options.c.
 */
#include "base/octal.h"

#include <stdbool.h>
#include <string.h>

#define ESCAPE_LENGTH ((size_t)4)

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

size_t octal_escape_length(const char *s, size_t len)
{
	bool is_byte = len >= ESCAPE_LENGTH && s[0] == '\\' && s[1] >= '0' && s[1] <= '3' &&
		       is_octal(s[2]) && is_octal(s[3]);

	return is_byte && memcmp(s + 1, "000", 3) != 0 ? ESCAPE_LENGTH : 0;
}

size_t octal_unescape(char *s, size_t len)
{
	size_t to = 0;

	for (size_t i = 0; i < len; to++) {
		const char *c = s + i;

		if (octal_escape_length(c, len - i)) {
			s[to] = (char)((c[1] - '0') << 6 | (c[2] - '0') << 3 | (c[3] - '0'));
			i += ESCAPE_LENGTH;
		} else {
			s[to] = *c;
			i++;
		}
	}
	return to;
}
