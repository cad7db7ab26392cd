/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the terminal on standard output can show.
 */
#ifndef OVL_CMD_TERMINAL_H
#define OVL_CMD_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/** Width of a line: COLUMNS if that is set, otherwise that of the terminal, otherwise 80. */
size_t terminal_width(void);

/** Whether the user's locale is one with UTF-8; sets the locale. */
bool terminal_is_utf8(void);

#endif
