/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of errors, for programs: their numbers and texts differ between machines and languages.
 */
#ifndef OVL_CMD_ERRNAME_H
#define OVL_CMD_ERRNAME_H

/** The name of @error (an errno, positive), such as "EXDEV"; NULL if it has none. */
const char *errname(int error);

#endif
