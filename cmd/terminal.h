/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a terminal can show.
 */
#ifndef OVL_CMD_TERMINAL_H
#define OVL_CMD_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/** Width of a line: COLUMNS if that is set, otherwise that of the terminal, otherwise 80. */
size_t terminal_width(void);

/** Width of the terminal @fd as it is now, otherwise that of COLUMNS, otherwise 80. */
size_t terminal_width_now(int fd);

/** Columns that lines on @fd are folded to: those of the terminal, but not fewer than 40;
   WRAP_NEVER if it is none. */
size_t terminal_fold_width(int fd);

/** The same for text on standard output that COLUMNS folds also where that is no terminal. */
size_t terminal_text_width(void);

/** Whether a line on the terminal @fd can be erased: TERM is set, and is not "dumb". */
bool terminal_can_erase(int fd);

/** Whether @fd takes a line at once: a full pipe, or a terminal after Ctrl-S, does not. */
bool terminal_takes_output(int fd);

/** Whether the program is in the foreground of the terminal @fd; also if @fd is none. */
bool terminal_is_foreground(int fd);

/** Whether the user's locale is one with UTF-8; sets the locale. */
bool terminal_is_utf8(void);

#endif
