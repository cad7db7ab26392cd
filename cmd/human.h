/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sizes for people, as gnulib's human.h.
 */
#ifndef OVL_CMD_HUMAN_H
#define OVL_CMD_HUMAN_H

#include <stdint.h>

/** Size of a buffer for the longest text of human_size, in bytes. */
#define HUMAN_SIZE_MAX 24

/** Write @bytes into @text in the form "512 bytes" or "3.0 MiB". Returns @text. */
const char *human_size(uint64_t bytes, char text[HUMAN_SIZE_MAX]);

#endif
