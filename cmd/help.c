/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints --help from the table of options.def.
 */
#include "help.h"

#include "diag.h"
#include "optlist.h"
#include "wrap.h"

#include <stdio.h>

/* The column of the descriptions, as in the help of cp. */
#define HELP_COLUMN 31
/* Columns of the longest line, as in the help of cp: a terminal of 80 need not fold it. */
#define HELP_WIDTH 79

static void help_option(const struct opt *o)
{
	const char *equals = o->kind == OPT_KIND_OPTIONAL ? "[=" : "=";
	int width = printf(o->short_name ? "  -%c" : "    ", o->short_name);

	if (*o->long_name)
		width += printf("%s--%s", o->short_name ? ", " : "  ", o->long_name);
	if (o->kind != OPT_KIND_NONE)
		width += printf("%s%s%s", equals, o->arg, o->kind == OPT_KIND_OPTIONAL ? "]" : "");
	wrap_after(stdout, o->help, (size_t)width, HELP_COLUMN, HELP_WIDTH);
}

void help_print(void)
{
	static const char *const forms[] = {
		"[-T] SOURCE DEST",
		"SOURCE... DIRECTORY",
		"-t DIRECTORY SOURCE...",
		"--fan-out SOURCE DEST...",
		"--fan-out --dests-from=FILE SOURCE",
		"--copy-up-only SOURCE...",
		"--dedupe SOURCE DEST...",
		"--dedupe-within DIRECTORY...",
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		printf("%s %s [OPTION]... %s\n", i ? "  or: " : "Usage:", diag_program(), forms[i]);
	fputs("Copy files so that they share their data wherever the kernel allows it, also\n"
	      "from the lower layers of an overlay: there one copy-up of SOURCE makes it\n"
	      "clonable.\n"
	      "\n"
	      "Arguments that are required for long options are required for short ones too.\n",
	      stdout);
	for (const struct opt *o = opt_list; o->id; o++)
		help_option(o);
	fputs("\n"
	      "CONTROL is one of these words, also in VERSION_CONTROL (the suffix may be in\n"
	      "SIMPLE_BACKUP_SUFFIX):\n"
	      "  none, off       make no backups, even if --backup was given\n"
	      "  simple, never   make simple backups\n"
	      "  numbered, t     make numbered backups\n"
	      "  existing, nil   numbered where there are numbered ones, otherwise simple\n"
	      "SIZE is a number of bytes, with K, M, G ... for powers of 1024, or KB, MB, ...\n"
	      "for powers of 1000.\n"
	      "The manual says when a copy can share its data and what a copy-up costs:\n"
	      "man ovl-cp\n",
	      stdout);
}
