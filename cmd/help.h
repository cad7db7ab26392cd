/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --help.
 */
#ifndef OVL_CMD_HELP_H
#define OVL_CMD_HELP_H

/** Print --help to standard output. */
void help_print(void);

#endif
