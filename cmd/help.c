/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints --help from options.def, with the headings of its groups.
 */
#include "help.h"

#include "diag.h"
#include "help_option.h"
#include "optlist.h"

#include <stdio.h>

/* The column of the descriptions, as in the help of cp. */
#define HELP_COLUMN 31

/* The lines of options.def: the heading of a group, or an option, which has none. */
static const struct {
	const char *heading;
	enum opt_id id;
} lines[] = {
#define OVL_GROUP(title)					     { title, OPT_NONE },
#define OVL_OPTION(id, long_name, short_name, kind, arg, bare, help) { NULL, OPT_##id },
#include "options.def"
#undef OVL_OPTION
};

static void print_usage(void)
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
	      "clonable. It has all options of cp, and those that come first below.\n"
	      "\n"
	      "Arguments that are required for long options are required for short ones too.\n",
	      stdout);
}

static void print_option(const struct opt *o)
{
	const struct help_option line = {
		.short_name = o->short_name,
		.long_name = o->long_name,
		.arg = o->kind == OPT_KIND_NONE ? NULL : o->arg,
		.is_optional = o->kind == OPT_KIND_OPTIONAL,
		.text = o->help,
	};

	help_option_print(&line, HELP_COLUMN);
}

/* The words that the options above take, and their values. */
static void print_values(void)
{
	fputs("\n"
	      "CONTROL is one of these words, also in VERSION_CONTROL (the suffix may be in\n"
	      "SIMPLE_BACKUP_SUFFIX):\n"
	      "  none, off       make no backups, even if --backup was given\n"
	      "  simple, never   make simple backups\n"
	      "  numbered, t     make numbered backups\n"
	      "  existing, nil   numbered where there are numbered ones, otherwise simple\n"
	      "SIZE is a number of bytes, with K, M, G ... for powers of 1024, or KB, MB, ...\n"
	      "for powers of 1000.\n",
	      stdout);
}

static void print_examples(void)
{
	static const struct {
		const char *arguments;
		const char *purpose;
	} examples[] = {
		{ "base.img copy.img", "one copy, which shares its data if it can" },
		{ "--fan-out base.img vm1.img vm2.img vm3.img",
		  "three copies, which share one set of data if they can" },
		{ "-a --require=share tree copy", "a tree; what cannot be shared is an error" },
		{ "--explain base.img copy.img",
		  "what this would do, why, and what it would cost" },
	};

	puts("\nExamples:");
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++)
		printf("  %s %s\n      %s\n", diag_program(), examples[i].arguments,
		       examples[i].purpose);
}

void help_print(void)
{
	print_usage();
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (lines[i].heading)
			printf("\n%s:\n", lines[i].heading);
		else
			print_option(opt_of(lines[i].id));
	print_values();
	print_examples();
	help_print_sources("ovl-cp");
}
