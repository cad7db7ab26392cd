/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads back what the product made of a name: words quoted for a shell, and base64.
 */
#ifndef OVL_TESTS_FUZZ_NAMES_H
#define OVL_TESTS_FUZZ_NAMES_H

#include <stddef.h>

/**
 * The name that a shell reads from @word: '...', "..." , $'...' and backslashes, one after the
 * other up to a blank or the end. Aborts if the shell would read anything but one word, or would
 * expand it.
 * @ret_end: the byte behind the word. Returns a string to be freed.
 */
char *unquote(const char *word, const char **ret_end);

/** The bytes that @text is the base64 of (RFC 4648), to be freed. Aborts if it is none. */
char *unbase64(const char *text);

#endif
