/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of options, made from options.def.
 */
#ifndef OVL_CMD_OPTLIST_H
#define OVL_CMD_OPTLIST_H

#include <stdbool.h>
#include <stddef.h>

/** A number for each option. 0 is none, as in popt. */
enum opt_id {
	/** No option. */
	OPT_NONE,
#define OVL_OPTION(id, long_name, short_name, kind, arg, bare, help) OPT_##id,
#include "options.def"
#undef OVL_OPTION
	/** One more than the last option. */
	OPT_END,
};

/** Whether an option takes an argument. */
enum opt_kind {
	/** It takes none. */
	OPT_KIND_NONE,
	/** It needs one. */
	OPT_KIND_REQUIRED,
	/** It takes one after an equals sign only. */
	OPT_KIND_OPTIONAL,
};

/** One row of options.def. */
struct opt {
	/** Its number. */
	enum opt_id id;
	/** Long name, "" if there is none. */
	const char *long_name;
	/** Short name, 0 if there is none. */
	char short_name;
	/** Whether it takes an argument. */
	enum opt_kind kind;
	/** Name of the argument in --help, NULL if there is none. */
	const char *arg;
	/** For OPT_KIND_OPTIONAL: the value of the bare option. */
	const char *bare;
	/** Help text, which --help folds. */
	const char *help;
	/** Whether cp lacks it: an abbreviation that cp accepts never means it. */
	bool extra;
	/** Whether long_name is the name of an environment variable that stands for it
	 * (environment.h). */
	bool is_variable;
};

/** All options in the order of --help; a row with the id OPT_NONE ends it. */
extern const struct opt opt_list[];

/** The row of @id, which is neither OPT_NONE nor OPT_END. */
const struct opt *opt_of(enum opt_id id);

/** Bytes of the longest spelling, with room to spare. */
#define OPT_SPELLING_MAX 48

/** Write @o to @buf, of OPT_SPELLING_MAX bytes, as it is typed: "--name", or "-n" if it has no long
    name. Without stdio, whose pages of code few calls touch (normalize.c). Returns @buf. */
const char *opt_spelling(const struct opt *o, char *buf);

#endif
