/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line of a report that could be written in part only.
 */
#ifndef OVL_CMD_TORN_LINE_H
#define OVL_CMD_TORN_LINE_H

#include <stddef.h>

/**
 * Remove the @len bytes that the last write to @fd has added to the end of a regular file, so that
 * the next line that is added is not a part of this one. Not if others have added to it since.
 */
void torn_line_remove(int fd, size_t len);

#endif
