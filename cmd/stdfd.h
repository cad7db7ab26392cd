/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The descriptors of standard input, output and error.
 */
#ifndef OVL_CMD_STDFD_H
#define OVL_CMD_STDFD_H

/**
 * Occupy those of the descriptors 0 to 2 that the program was started without, before anything is
 * opened: otherwise a file would get the number, and messages would be written into it, or answers
 * read from it. Reading and writing them fails, as if they were closed.
 * Returns 0, or the exit status after a message.
 */
int stdfd_reserve(void);

#endif
