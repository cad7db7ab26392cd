/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a command is.
 */
#ifndef OVL_RUN_FIND_COMMAND_H
#define OVL_RUN_FIND_COMMAND_H

/** The path of the file that execvp(3) would execute as @name, to be freed. NULL and errno: there
 * is none (ENOENT), it cannot be executed (EACCES and others), or ENOMEM. Of interpreters nothing
 * is known. */
char *find_command(const char *name);

#endif
