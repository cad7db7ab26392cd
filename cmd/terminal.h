/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What can be shown where standard output goes.
 */
#ifndef OVL_CMD_TERMINAL_H
#define OVL_CMD_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/** Columns: of COLUMNS if that is set, of the terminal if it is one, otherwise 80. */
size_t terminal_width(void);

/** Whether the locale has the characters of UTF-8. */
bool terminal_is_utf8(void);

#endif
