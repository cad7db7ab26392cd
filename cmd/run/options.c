/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Parses the options with popt, which gets a number instead of each value, as it would change some
 * (docs/decisions/0004-popt-sees-numbers.md), and nothing of COMMAND. popt's own configuration
 * files are never read: an alias there would change the meaning of an option.
 */
#include "options.h"

#include "argmatch.h"
#include "copy_up.h"
#include "diag.h"
#include "help_option.h"
#include "keywords.h"
#include "popt_error.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The column of the descriptions in --help. */
#define HELP_COLUMN 28

enum run_option {
	OPTION_NONE, /* 0 is not an option in popt */
#define RUN_OPTION(id, long_name, short_name, value, bare, help) OPTION_##id,
#include "options.def"
#undef RUN_OPTION
};

static const struct poptOption table[] = {
#define RUN_OPTION(id, long_name, short_name, value, bare, help)                                   \
	{ long_name, short_name, (value) ? POPT_ARG_INT : POPT_ARG_NONE, NULL, OPTION_##id,        \
	  help,	     value },
#include "options.def"
#undef RUN_OPTION
	POPT_TABLEEND,
};

/* The values of bare options, in the order of the table; NULL: the next argument is the value. */
static const char *const bare_values[] = {
#define RUN_OPTION(id, long_name, short_name, value, bare, help) bare,
#include "options.def"
#undef RUN_OPTION
};

static const struct keyword method_keywords[] = {
	{ "auto", RUN_METHOD_AUTO },
	{ "seccomp", RUN_METHOD_SECCOMP },
	{ "preload", RUN_METHOD_PRELOAD },
	{ NULL, 0 },
};

void run_options_help(void)
{
	printf("Usage: %s [OPTION]... [--] COMMAND [ARG]...\n"
	       "  or:  %s [OPTION]... --agent=SOCKET\n"
	       "  or:  %s [--agent=SOCKET] --print-profile[=BASE]\n",
	       diag_program(), diag_program(), diag_program());
	fputs("Run COMMAND, and copy up what it and its descendants clone or copy from a lower\n"
	      "layer of an overlay on another filesystem, so that they share it: FICLONE,\n"
	      "FICLONERANGE, copy_file_range and sendfile.\n"
	      "\n",
	      stdout);
	for (const struct poptOption *o = table; o->longName; o++) {
		const struct help_option line = {
			.short_name = o->shortName,
			.long_name = o->longName,
			.arg = o->argDescrip,
			.is_optional = bare_values[o - table],
			.text = o->descrip,
		};

		help_option_print(&line, HELP_COLUMN);
	}
	printf("\nExamples:\n"
	       "  %s make install\n      what it copies is copied up, and shared\n"
	       "  %s --check make install\n      would it be helped here, and if not, why\n",
	       diag_program(), diag_program());
	fputs("\nThe exit status is that of COMMAND; 125 if ovl-run fails, 126 if COMMAND cannot\n"
	      "be executed, 127 if it is not found.\n",
	      stdout);
	help_print_sources("ovl-run");
}

/* Look up the @value of the option @name in @list. 0, or DIAG_FAILURE after a message. */
static int find_keyword(const struct keyword *list, const char *name, const char *value,
			unsigned int *ret)
{
	enum argmatch_result r = argmatch_find(list, value, strlen(value), ret);

	return r == ARGMATCH_OK ? 0
				: diag_bad_keyword(name, list, value, strlen(value),
						   r == ARGMATCH_AMBIGUOUS);
}

static int set_copy_up(struct run_options *o, const char *name, const char *value)
{
	unsigned int when = OVLCP_COPY_UP_AUTO;
	int r = find_keyword(copy_up_keywords, name, value, &when);

	o->copy.copy_up = (enum ovlcp_copy_up)when;
	return r;
}

static int set_method(struct run_options *o, const char *value)
{
	unsigned int method = RUN_METHOD_AUTO;
	int r = find_keyword(method_keywords, "--method", value, &method);

	o->method = (enum run_method)method;
	return r;
}

static int set_copy_up_min(struct run_options *o, const char *name, const char *value)
{
	return argmatch_size(value, &o->copy.copy_up_min) ? 0 : diag_bad_size("", name, value);
}

static int set_report(struct run_options *o, const char *name, const char *value)
{
	(void)name;
	if (strcmp(value, "-") == 0)
		return diag_usage("--report=- is not possible, as standard output is that of "
				  "COMMAND; give a file");
	o->report = value;
	return 0;
}

static int store(struct run_options *o, enum run_option option, const char *value)
{
	switch (option) {
	case OPTION_NONE:
		break;
	case OPTION_COPY_UP:
		return set_copy_up(o, "--copy-up", value);
	case OPTION_COPY_UP_MIN:
		return set_copy_up_min(o, "--copy-up-min", value);
	case OPTION_METHOD:
		return set_method(o, value);
	case OPTION_REPORT:
		return set_report(o, "--report", value);
	case OPTION_REQUIRE:
		o->require = true;
		break;
	case OPTION_AGENT:
		o->agent = value;
		break;
	case OPTION_PRINT_PROFILE:
		o->profile = value;
		break;
	case OPTION_CHECK:
		o->check = true;
		break;
	case OPTION_HELP:
		o->help = true;
		break;
	case OPTION_VERSION:
		o->version = true;
		break;
	}
	return 0;
}

/* Store what the environment says, before the options. */
static int read_environment(struct run_options *o)
{
	static const struct {
		const char *name;
		int (*set)(struct run_options *o, const char *name, const char *value);
	} variables[] = {
		{ "OVL_CP_COPY_UP", set_copy_up },
		{ "OVL_CP_COPY_UP_MIN", set_copy_up_min },
	};
	const char *report = secure_getenv("OVL_CP_REPORT");

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *value = secure_getenv(variables[i].name);
		int r = value && *value ? variables[i].set(o, variables[i].name, value) : 0;

		if (r)
			return r;
	}
	o->report_append = report && *report;
	o->report = o->report_append ? report : NULL;
	return 0;
}

/* The arguments for popt, and the values that their numbers stand for. */
struct arguments {
	const char **list;
	const char **values;
	int count;
	int value_count;
	/* where COMMAND begins in argv */
	int end;
};

/* The row of the whole option @arg, if it takes a value; NULL if not. */
static const struct poptOption *row_with_value(const char *arg)
{
	for (const struct poptOption *o = table; o->longName; o++)
		if (o->argInfo == POPT_ARG_INT && strncmp(arg, "--", 2) == 0 &&
		    strcmp(arg + 2, o->longName) == 0)
			return o;
	return NULL;
}

/* Append the option @name, of @len bytes, with the number of its @value. 0, or -ENOMEM as -1. */
static int put_value(struct arguments *a, const char *name, int len, const char *value)
{
	char *text;

	if (asprintf(&text, "%.*s=%d", len, name, a->value_count) < 0)
		return -1;
	a->list[a->count++] = text;
	a->values[a->value_count++] = value;
	return 0;
}

static int put_plain(struct arguments *a, const char *arg)
{
	char *text = strdup(arg);

	if (!text)
		return -1;
	a->list[a->count++] = text;
	return 0;
}

/* Split @argv into options for popt and COMMAND. 0, or -1 without memory. */
static int split_arguments(int argc, char *const argv[], struct arguments *a)
{
	int r = a->list && a->values ? put_plain(a, "ovl-run") : -1;

	for (a->end = 1; r == 0 && a->end < argc; a->end++) {
		const char *arg = argv[a->end];
		const char *value = strchr(arg, '=');
		const struct poptOption *row = row_with_value(arg);

		if (arg[0] != '-' || !arg[1])
			return 0;
		if (strcmp(arg, "--") == 0) {
			a->end++;
			return 0;
		}
		if (value)
			r = put_value(a, arg, (int)(value - arg), value + 1);
		else if (row && bare_values[row - table])
			r = put_value(a, arg, (int)strlen(arg), bare_values[row - table]);
		else if (row && a->end + 1 < argc)
			r = put_value(a, arg, (int)strlen(arg), argv[++a->end]);
		else
			r = put_plain(a, arg);
	}
	return r;
}

static int read_options(poptContext popt, const struct arguments *a, struct run_options *o)
{
	int option;
	int status = 0;

	while (status == 0 && (option = poptGetNextOpt(popt)) > 0) {
		char *number = poptGetOptArg(popt);

		status = store(o, (enum run_option)option, number ? a->values[atoi(number)] : "");
		if (status == 0 && option == OPTION_REPORT)
			o->report_append = false;
		free(number);
		if (o->help || o->version)
			return 0; /* later arguments are not checked */
	}
	return status ? status : option < -1 ? popt_error_print(popt, table, option) : 0;
}

static void arguments_done(struct arguments *a)
{
	for (int i = 0; i < a->count; i++)
		free((char *)(uintptr_t)a->list[i]); /* allocated here, const for popt */
	free(a->list);
	free(a->values);
}

/* Check what runs no command. 0, or DIAG_FAILURE after a message. */
static int check_other_modes(const struct run_options *o)
{
	const char *mode = o->profile ? "--print-profile" : "--agent";

	if (o->check)
		return diag_usage("cannot combine %s and --check", mode);
	if (o->require)
		return diag_usage("cannot combine %s and --require", mode);
	if (o->method != RUN_METHOD_AUTO)
		return diag_usage("cannot combine %s and --method", mode);
	if (o->profile && o->report && !o->report_append)
		return diag_usage("cannot combine --print-profile and --report");
	/* an empty one would be a socket that has no file, and that all users may connect to */
	if (o->agent && !*o->agent)
		return diag_usage("--agent needs the path of a socket");
	if (o->profile && o->agent && *o->agent != '/')
		return diag_usage("the path of the socket in a profile must begin with a slash");
	return *o->command ? diag_usage("no command can be run with %s", mode) : 0;
}

static int check_command(const struct run_options *o)
{
	if (o->agent || o->profile)
		return check_other_modes(o);
	return *o->command ? 0 : diag_usage("missing command");
}

int run_options_parse(int argc, char *const argv[], struct run_options *ret_o)
{
	struct arguments a = { .list = calloc((size_t)argc + 2, sizeof(*a.list)),
			       .values = calloc((size_t)argc + 2, sizeof(*a.values)) };
	poptContext popt = NULL;
	int status;

	*ret_o = (struct run_options){ .copy = { .size = sizeof(ret_o->copy),
						 .copy_up_min = COPY_UP_MIN } };
	status = read_environment(ret_o);
	if (status == 0 && split_arguments(argc, argv, &a) == 0)
		popt = poptGetContext("ovl-run", a.count, a.list, table, 0);
	if (status == 0)
		status = popt ? read_options(popt, &a, ret_o) : diag_no_memory();
	if (popt)
		poptFreeContext(popt);
	ret_o->command = argv + a.end;
	if (ret_o->copy.copy_up == OVLCP_COPY_UP_ALWAYS)
		ret_o->copy.copy_up_min = 1;
	arguments_done(&a);
	return status || ret_o->help || ret_o->version ? status : check_command(ret_o);
}
