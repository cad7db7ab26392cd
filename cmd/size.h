/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers of bytes for people.
 */
#ifndef OVL_CMD_SIZE_H
#define OVL_CMD_SIZE_H

#include <stdint.h>

/** Bytes that the longest text of size_text takes. */
#define SIZE_TEXT_MAX 24

/** Write @bytes as "512 bytes", "3.0 MiB" into @text. Returns @text. */
const char *size_text(uint64_t bytes, char text[SIZE_TEXT_MAX]);

#endif
