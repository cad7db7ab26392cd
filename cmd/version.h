/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --version.
 */
#ifndef OVL_CMD_VERSION_H
#define OVL_CMD_VERSION_H

/** Print --version of @program to standard output. */
void version_print(const char *program);

#endif
