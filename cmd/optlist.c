/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes an array of options.def.
 */
#include "optlist.h"

#include <assert.h>
#include <string.h>

const struct opt opt_list[] = {
#define OVL_OPTION(id, long_name, short_name, kind, arg, bare, help)                               \
	{ OPT_##id, long_name, short_name, OPT_KIND_##kind, arg, bare, help, false, false },
#define OVL_EXTRA(id, long_name, short_name, kind, arg, bare, help)                                \
	{ OPT_##id, long_name, short_name, OPT_KIND_##kind, arg, bare, help, true, false },
#include "options.def"
#undef OVL_OPTION
	{ OPT_NONE, NULL, 0, OPT_KIND_NONE, NULL, NULL, NULL, false, false },
};

const struct opt *opt_of(enum opt_id id)
{
	return &opt_list[id - 1];
}

const char *opt_spelling(const struct opt *o, char *buf)
{
	const char letter[] = { o->short_name, '\0' };
	const char *name = *o->long_name ? o->long_name : letter;

	assert(strlen(name) + sizeof("--") <= OPT_SPELLING_MAX);
	return strcat(strcpy(buf, *o->long_name ? "--" : "-"), name);
}
