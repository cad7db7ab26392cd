/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Symbolic names of errors, for programs: numbers differ between architectures, texts between
 * locales.
 */
#ifndef OVL_CMD_ERRNAME_H
#define OVL_CMD_ERRNAME_H

/** The name of @error (an errno, positive), such as "EXDEV"; NULL if it has none. */
const char *errname(int error);

#endif
