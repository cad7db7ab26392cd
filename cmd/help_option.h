/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What --help of all commands has in common: the line of an option, and the end.
 */
#ifndef OVL_CMD_HELP_OPTION_H
#define OVL_CMD_HELP_OPTION_H

#include <stdbool.h>
#include <stddef.h>

/** An option, as --help shows it. */
struct help_option {
	/** Its letter; 0 if it has none. */
	char short_name;
	/** Its long name; "" if it has none. */
	const char *long_name;
	/** Name of its value; NULL if it takes none. */
	const char *arg;
	/** Whether it can do without the value. */
	bool is_optional;
	/** What it does. */
	const char *text;
};

/** Print @o, with its text folded from @column on, to standard output. */
void help_option_print(const struct help_option *o, size_t column);

/** Print where there is more to know: the manual page @page, and the home page. */
void help_print_sources(const char *page);

#endif
