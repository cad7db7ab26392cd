/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The names of the program and of files in what a program wrote to standard error.
 */
#ifndef ORACLE_STDERR_NAMES_H
#define ORACLE_STDERR_NAMES_H

#include "text.h"

/* Appends the messages @err of the program @name, with "cp" in place of its name. */
void stderr_as_cp(struct text *t, const char *err, const char *name);

/* Appends each word of @err that is quoted for a shell, as GNU programs quote, as a line. */
void stderr_add_names(struct text *t, const char *err);

#endif
