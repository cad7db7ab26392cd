/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads the data of a regular file, without its holes.
 */
#ifndef OVL_EXEC_READ_DATA_H
#define OVL_EXEC_READ_DATA_H

#include <stddef.h>
#include <stdint.h>

/** The offset of the next data of @fd at @off or after it; UINT64_MAX if there is none, @off if
    that is unknown. */
uint64_t exec_next_data(int fd, uint64_t off);

/** Read @len bytes of @fd at @off. Returns their number, less only at the end of the file; or
    -errno. */
int64_t exec_read_full(int fd, char *buffer, size_t len, uint64_t off);

#endif
