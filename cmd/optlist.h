/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of options as data, from options.def.
 */
#ifndef OVL_CMD_OPTLIST_H
#define OVL_CMD_OPTLIST_H

#include <stdbool.h>
#include <stddef.h>

/** One number per option, from 1 on: popt uses 0 for itself. */
enum opt_id {
	OPT_NONE,
#define OVL_OPTION(id, long_name, short_name, kind, arg, bare, help) OPT_##id,
#include "options.def"
#undef OVL_OPTION
	OPT_END,
};

/** Whether an option takes an argument. */
enum opt_kind {
	OPT_KIND_NONE,
	OPT_KIND_REQUIRED,
	OPT_KIND_OPTIONAL,
};

/** One row of options.def. */
struct opt {
	enum opt_id id;
	/** Long name, "" if there is none. */
	const char *long_name;
	/** Short name, 0 if there is none. */
	char short_name;
	enum opt_kind kind;
	/** Name of the argument for people, NULL if there is none. */
	const char *arg;
	/** For OPT_KIND_OPTIONAL: what the bare option means. */
	const char *bare;
	/** Help text; lines end in a newline but for the last. */
	const char *help;
	/** Whether cp does not have it, so that no abbreviation that cp knows means it. */
	bool extra;
};

/** All options in the order of --help; ends with a row whose id is OPT_NONE. */
extern const struct opt opt_list[];

/** The row of @id. */
const struct opt *opt_of(enum opt_id id);

#endif
