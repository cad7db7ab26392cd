/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether two files have the same contents.
 */
#ifndef OVL_EXEC_SAME_DATA_H
#define OVL_EXEC_SAME_DATA_H

/**
 * Compare two regular files, open for reading, from their beginnings to their ends.
 *
 * @buffer: EXEC_BUFFER_SIZE bytes, whose contents are lost.
 * Returns 1 if they are equal, 0 if not; or -errno.
 */
int exec_same_data(int a_fd, int b_fd, void *buffer);

#endif
