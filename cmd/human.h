/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers of bytes for people.
 */
#ifndef OVL_CMD_HUMAN_H
#define OVL_CMD_HUMAN_H

#include <stdint.h>

/** Bytes that the longest text of human_size takes. */
#define HUMAN_SIZE_MAX 24

/** Write @bytes as "512 bytes", "3.0 MiB" into @text. Returns @text. */
const char *human_size(uint64_t bytes, char text[HUMAN_SIZE_MAX]);

#endif
