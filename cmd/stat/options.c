/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parses the options with popt. They take no values, which popt would change
 * (docs/decisions/0004-popt-sees-numbers.md). popt's own configuration files are never read: an
 * alias there would change the meaning of an option.
 */
#include "options.h"

#include "diag.h"
#include "help_option.h"
#include "popt_error.h"
#include "stat/extent_overlap.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The column of the descriptions in --help. */
#define HELP_COLUMN 19

enum stat_option {
	OPTION_NONE, /* 0 is not an option in popt */
#define STAT_OPTION(id, long_name, short_name, help) OPTION_##id,
#include "options.def"
#undef STAT_OPTION
};

static const struct poptOption table[] = {
#define STAT_OPTION(id, long_name, short_name, help)                                               \
	{ long_name, short_name, POPT_ARG_NONE, NULL, OPTION_##id, help, NULL },
#include "options.def"
#undef STAT_OPTION
	POPT_TABLEEND,
};

void stat_options_help(void)
{
	const char *name = diag_program();

	printf("Usage: %s [OPTION]... FILE...\n"
	       "  or:  %s --map FILE...\n"
	       "  or:  %s --matrix SOURCE DIRECTORY\n",
	       name, name, name);
	fputs("Show on which layer of an overlay each FILE is, what it shares with other\n"
	      "files, whether it can be cloned, and what a copy-up would do. Nothing is\n"
	      "changed.\n"
	      "\n",
	      stdout);
	for (const struct poptOption *o = table; o->longName; o++) {
		const struct help_option line = {
			.short_name = o->shortName,
			.long_name = o->longName,
			.text = o->descrip,
		};

		help_option_print(&line, HELP_COLUMN);
	}
	printf("\nExamples:\n"
	       "  %s big.iso\n      why a copy of it takes so much space\n"
	       "  %s --matrix big.iso /srv/copies\n      how it could be copied to there\n"
	       "  %s --map base.img vm1.img vm2.img\n      what these have in common\n",
	       name, name, name);
	help_print_sources("ovl-stat");
}

static int set_mode(struct stat_options *o, enum stat_mode mode)
{
	if (o->mode != STAT_FILES && o->mode != mode)
		return diag_usage("cannot combine --map and --matrix");
	o->mode = mode;
	return 0;
}

static int store(struct stat_options *o, enum stat_option option)
{
	switch (option) {
	case OPTION_NONE:
		break;
	case OPTION_JSON:
		o->json = true;
		break;
	case OPTION_MAP:
		return set_mode(o, STAT_MAP);
	case OPTION_MATRIX:
		return set_mode(o, STAT_MATRIX);
	case OPTION_HELP:
		o->help = true;
		break;
	case OPTION_VERSION:
		o->version = true;
		break;
	}
	return 0;
}

static int read_options(poptContext popt, struct stat_options *o)
{
	int option;
	int status = 0;

	while (status == 0 && (option = poptGetNextOpt(popt)) > 0) {
		status = store(o, (enum stat_option)option);
		if (o->help || o->version)
			return 0; /* later arguments are not checked */
	}
	return status ? status : option < -1 ? popt_error_print(popt, table, option) : 0;
}

/* Copy the operands: those of popt live only as long as its context. */
static int copy_operands(poptContext popt, struct stat_options *o)
{
	const char **list = poptGetArgs(popt);
	size_t n = 0;

	while (list && list[n])
		n++;
	o->operands = calloc(n + 1, sizeof(*o->operands));
	if (!o->operands)
		return diag_no_memory();
	for (; o->operand_count < n; o->operand_count++) {
		o->operands[o->operand_count] = strdup(list[o->operand_count]);
		if (!o->operands[o->operand_count])
			return diag_no_memory();
	}
	return 0;
}

static int check_operands(const struct stat_options *o)
{
	if (o->json && o->mode != STAT_FILES)
		return diag_usage("cannot combine --json and --%s",
				  o->mode == STAT_MAP ? "map" : "matrix");
	if (o->operand_count == 0)
		return diag_usage("missing file operand");
	if (o->mode == STAT_MATRIX && o->operand_count == 1)
		return diag_usage_about("missing directory operand after", o->operands[0]);
	if (o->mode == STAT_MATRIX && o->operand_count > 2)
		return diag_usage_about("extra operand", o->operands[2]);
	if (o->mode == STAT_MAP && o->operand_count > OVERLAP_FILES_MAX)
		return diag_usage("--map compares at most %d files", OVERLAP_FILES_MAX);
	return 0;
}

int stat_options_parse(int argc, char *argv[], struct stat_options *ret_o)
{
	const char **list = calloc((size_t)argc + 1, sizeof(*list));
	poptContext popt;
	int status;

	*ret_o = (struct stat_options){ .mode = STAT_FILES };
	for (int i = 0; list && i < argc; i++)
		list[i] = argv[i];
	popt = list ? poptGetContext("ovl-stat", argc, list, table, 0) : NULL;
	status = popt ? read_options(popt, ret_o) : diag_no_memory();
	if (status == 0)
		status = copy_operands(popt, ret_o);
	if (popt)
		poptFreeContext(popt);
	free(list);
	return status || ret_o->help || ret_o->version ? status : check_operands(ret_o);
}

void stat_options_done(struct stat_options *o)
{
	for (size_t i = 0; o->operands && i < o->operand_count; i++)
		free(o->operands[i]);
	free(o->operands);
}
