/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names in messages, as the shell would need them.
 */
#ifndef OVL_CMD_QUOTE_H
#define OVL_CMD_QUOTE_H

/**
 * @name between single quotes, control characters and bytes that are no text written as
 * $'\n' and $'\377': what is shown can be pasted into a shell, and cannot forge lines.
 * Returns a string to be freed; NULL when memory is short.
 */
char *quote(const char *name);

#endif
