/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_SAID_H
#define ORACLE_SAID_H

#include "text.h"

/* Adds the messages @said of the program @name as those of a program "cp". */
void said_as_cp(struct text *t, const char *said, const char *name);

/* Adds each quoted word of @said, as GNU programs quote for a shell, as a line. */
void said_names(struct text *t, const char *said);

#endif
