/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --version.
 */
#ifndef OVL_CMD_VERSION_H
#define OVL_CMD_VERSION_H

/** The commands, by the libraries that they load. */
enum version_command {
	/** ovl-cp. */
	VERSION_OVL_CP = 1u << 0,
	/** ovl-stat. */
	VERSION_OVL_STAT = 1u << 1,
	/** ovl-run. */
	VERSION_OVL_RUN = 1u << 2,
};

/** Print --version of @command, called @name, to standard output. */
void version_print(const char *name, enum version_command command);

#endif
