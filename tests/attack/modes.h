/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of modes: a way to copy, and what is promised for it.
 */
#ifndef ATTACK_MODES_H
#define ATTACK_MODES_H

#include <stddef.h>

/* What the hostile user owns. */
enum role {
	/* The source tree: "his" is copied to "dst". */
	OWNS_SOURCE,
	/* The destination tree: "src" is copied to "his". */
	OWNS_DESTINATION,
	/* Nothing: he watches "src" being copied to "dst". */
	WATCHES,
};

enum mode_flag {
	/* The command line lets links in the source lead anywhere: what every user may read once
	   its name is known may be copied from anywhere. */
	MODE_FOLLOWS = 1u << 0,
	/* "dst" is emptied before each copy, otherwise in every second round. */
	MODE_FRESH = 1u << 1,
	/* Every file that is written is a new one, so that secrets stay secret even in a directory
	   of the hostile user. */
	MODE_NEW_FILES = 1u << 2,
	/* No data of the hostile user may be in "dst". */
	MODE_CLEAN = 1u << 3,
	/* Hard links are made, to canaries too: their numbers of links are not compared. */
	MODE_LINKS = 1u << 4,
	/* Files with several names are not written to: he makes hard links to canaries, too, if the
	   kernel lets him (fs.protected_hardlinks). So it is in a source that he owns. */
	MODE_UNLINKS = 1u << 6,
	/* The copy goes to "his/src", not to "his". */
	MODE_INTO = 1u << 5,
};

#define MODE_ARGS 12

/* A way to copy. */
struct mode {
	const char *name;
	enum role role;
	/* Set of enum mode_flag. */
	unsigned int flags;
	/* An option that the program must have, otherwise the mode is left out; or NULL. */
	const char *needs;
	/* The arguments of the program, ended by NULL; "@" stands for the laboratory and a slash.
	 */
	const char *args[MODE_ARGS];
};

/* All modes, ended by one without a name. */
extern const struct mode modes[];

/* The mode of that name, or NULL. */
const struct mode *mode_find(const char *name);

#endif
