/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lays out --help as cp does.
 */
#include "help_option.h"

#include "wrap.h"

#include <stdio.h>

/* Columns of the longest line, as in the help of cp: a terminal of 80 need not fold it. */
#define HELP_WIDTH 79

void help_option_print(const struct help_option *o, size_t column)
{
	int width = printf(o->short_name ? "  -%c" : "    ", o->short_name);

	if (*o->long_name)
		width += printf("%s--%s", o->short_name ? ", " : "  ", o->long_name);
	if (o->arg)
		width += printf(o->is_optional ? "[=%s]" : "=%s", o->arg);
	wrap_after(stdout, o->text, (size_t)width, column, HELP_WIDTH);
}

void help_print_sources(const char *page)
{
	printf("\n"
	       "Manual: man %s\n"
	       "Home page: <%s>\n",
	       page, PACKAGE_URL);
}
