/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many columns of a terminal text takes, in the user's locale.
 */
#ifndef OVL_CMD_COLUMNS_H
#define OVL_CMD_COLUMNS_H

#include <stddef.h>

/** Columns of the character at @at, which is not the end of a text. @ret_len: its bytes. */
size_t columns_of_character(const char *at, size_t *ret_len);

/** Columns of the first @len bytes of @text. */
size_t columns_of(const char *text, size_t len);

#endif
