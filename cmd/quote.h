/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quoting of file names in messages.
 */
#ifndef OVL_CMD_QUOTE_H
#define OVL_CMD_QUOTE_H

#include <stdbool.h>

/** Stands for a name that could not be quoted because memory is short. */
#define QUOTE_NO_MEMORY "(memory exhausted)"

/**
 * Quote @name for a shell: in single quotes, with control characters and invalid bytes in the form
 * $'\n' and $'\377'. The result can be pasted into a shell, and a name cannot forge lines.
 * Returns a string to be freed; NULL if memory is short.
 */
char *quote(const char *name);

/** Whether all characters of @name are printable in the current locale: none would be escaped. */
bool quote_is_printable(const char *name);

#endif
