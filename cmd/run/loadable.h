/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a library can be preloaded into a program.
 */
#ifndef OVL_RUN_LOADABLE_H
#define OVL_RUN_LOADABLE_H

/** What the loader would do with LD_PRELOAD. */
enum loadable {
	/** It loads the library. */
	LOADABLE,
	/** There is no loader: the program is statically linked. */
	LOADABLE_STATIC,
	/** It is one of another C library or architecture, for which the library is not made. */
	LOADABLE_OTHER_LOADER,
	/** It ignores it, as the program gets other rights by being executed (AT_SECURE). */
	LOADABLE_SECURE,
	/** The program cannot be read. */
	LOADABLE_UNKNOWN,
};

/** Look at the program @path, of a script at its interpreter. */
enum loadable loadable_look(const char *path);

#endif
