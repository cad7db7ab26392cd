/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The octal escapes in tables of the kernel, such as "\040" for a space in /proc/self/mountinfo.
 */
#ifndef OVL_BASE_OCTAL_H
#define OVL_BASE_OCTAL_H

#include <stddef.h>

/**
 * Length in bytes of the escape that @s begins with: 4 for a backslash and three octal digits that
 * name a byte; 0 if @s begins with anything else. "\000" is no escape: no path holds a NUL byte.
 *
 * @len: bytes that may be read at @s.
 */
size_t octal_escape_length(const char *s, size_t len);

/** Replace the escapes in the @len bytes at @s by their bytes, in place. Returns the new length. */
size_t octal_unescape(char *s, size_t len);

#endif
