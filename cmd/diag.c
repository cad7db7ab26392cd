/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints messages. The texts about events are in messages.c.
 *
 * The locale is set by the first message or quoted name and not at the start: most runs print
 * nothing and need none.
 */
#include "diag.h"

#include "columns.h"
#include "messages.h"
#include "quote.h"
#include "similar.h"
#include "terminal.h"
#include "wrap.h"

#include "base/errno_text.h"

#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The columns that later lines of a folded message are indented by. */
#define INDENT	  4
#define NO_MEMORY "memory exhausted"

static const char *program = "ovl-cp";
static void (*before_message)(void);
/* errno of the first write to standard output that failed; 0: none. */
static int stdout_error;

void diag_set_program(const char *called_by, const char *name)
{
	const char *slash = called_by ? strrchr(called_by, '/') : NULL;
	const char *last = slash ? slash + 1 : called_by;

	program = last && *last ? last : name;
#ifndef __GLIBC__
	/* musl writes a first line at once, and only then knows whether it goes to a terminal:
	   before the copy that it is about */
	static char buffer[16384];

	if (!isatty(STDOUT_FILENO))
		(void)setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
#endif
}

const char *diag_program(void)
{
	return program;
}

void diag_use_locale(void)
{
	static bool used;

	if (!used)
		setlocale(LC_ALL, "");
	used = true;
}

char *diag_quote(const char *name)
{
	diag_use_locale();
	return quote(name);
}

void diag_before_message(void (*fn)(void))
{
	before_message = fn;
}

void diag_note_stdout(void)
{
	if (!stdout_error && ferror(stdout))
		stdout_error = errno;
}

static void prepare_message(void)
{
	if (before_message)
		before_message();
	fflush(stdout); /* keep the order of both streams */
	diag_note_stdout();
	diag_use_locale();
}

static void start_message(void)
{
	prepare_message();
	fprintf(stderr, "%s: ", program);
}

void diag_message(const char *before, const char *text)
{
	const size_t width = terminal_fold_width(STDERR_FILENO);
	const char *words = text ? text : NO_MEMORY;
	size_t at;

	prepare_message();
	if (width == WRAP_NEVER) { /* by one write: messages of several calls do not mix in a log */
		fprintf(stderr, "%s: %s%s\n", program, before, words);
		return;
	}
	fprintf(stderr, "%s: %s", program, before);
	at = columns_of(program, strlen(program)) + strlen(": ") + strlen(before);
	wrap_from(stderr, words, at, INDENT, width);
}

/* Print a message that ends with the text of @error, unless that is 0. */
static void print_message(int error, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void print_message(int error, const char *format, va_list args)
{
	char *text = NULL;
	size_t len;
	/* what is not folded needs no memory */
	FILE *out = terminal_fold_width(STDERR_FILENO) == WRAP_NEVER ? stderr
								     : open_memstream(&text, &len);

	diag_use_locale(); /* the text of errno depends on it */
	if (out == stderr)
		start_message();
	if (out)
		vfprintf(out, format, args);
	if (out && error)
		fprintf(out, ": %s", errno_text(error));
	if (out == stderr) {
		fputc('\n', stderr);
		return;
	}
	diag_message("", out && fclose(out) == 0 ? text : NULL);
	free(text);
}

static void print_try_help(void)
{
	fprintf(stderr, "Try '%s --help' for more information.\n", program);
}

void diag_event(const struct ovlcp_event *e)
{
	char *text;

	diag_use_locale(); /* names are quoted in it */
	text = message_of_event(e);
	if (text) {
		diag_message("", text);
	} else { /* not folded, but it names the file */
		start_message();
		message_write_event(stderr, e);
		fputc('\n', stderr);
	}
	free(text);
}

int diag_usage(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_message(0, format, args);
	va_end(args);
	print_try_help();
	return DIAG_FAILURE;
}

int diag_failure(int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_message(error, format, args);
	va_end(args);
	return DIAG_FAILURE;
}

/* As getopt_long prints it, but only with the options of cp or only with ours. */
static int ambiguous_option(const struct normalize_problem *p)
{
	char *quoted = diag_quote(p->name);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (out)
		fprintf(out,
			"option '--%s is ambiguous; possibilities:", quoted ? quoted + 1 : "'");
	for (const struct opt *o = opt_list; out && o->id; o++)
		if (*o->long_name && o->extra == p->opt->extra &&
		    strncmp(o->long_name, p->name, (size_t)p->name_len) == 0)
			fprintf(out, " '--%s'", o->long_name);
	diag_message("", out && fclose(out) == 0 ? text : NULL);
	print_try_help();
	free(quoted);
	free(text);
	return DIAG_FAILURE;
}

int diag_usage_about(const char *what, const char *name)
{
	char *quoted = diag_quote(name);
	int r = diag_usage("%s %s", what, quoted ? quoted : QUOTE_NO_MEMORY);

	free(quoted);
	return r;
}

int diag_failure_about(int error, const char *what, const char *name)
{
	char *quoted = diag_quote(name);
	int r = diag_failure(error, "%s %s", what, quoted ? quoted : QUOTE_NO_MEMORY);

	free(quoted);
	return r;
}

/* The option that the user may mean, or NULL. */
static const struct opt *similar_option(const struct normalize_problem *p)
{
	const size_t len = (size_t)p->name_len;
	const struct opt *best = NULL;
	size_t edits = similar_limit(len);

	for (const struct opt *o = opt_list; o->id; o++)
		if (similar_is_closer(o->long_name, p->name, len, &edits))
			best = o;
	return best;
}

/* As getopt_long says it; and the option that may be meant. */
static int unknown_long_option(const struct normalize_problem *p)
{
	const struct opt *similar = similar_option(p);
	char *option = NULL;
	char *quoted = NULL;

	if (asprintf(&option, "--%s", p->name) < 0)
		return diag_no_memory();
	quoted = diag_quote(option);
	(void)diag_usage(similar ? "unrecognized option %s; did you mean '--%s'?"
				 : "unrecognized option %s",
			 quoted ? quoted : QUOTE_NO_MEMORY, similar ? similar->long_name : "");
	free(quoted);
	free(option);
	return DIAG_FAILURE;
}

/* The option whose long name a cluster of short options is, as a whole, or NULL. One that is only
   similar is not meant: any letters may stand in a cluster. */
static const struct opt *option_of_cluster(const struct normalize_problem *p)
{
	const size_t len = (size_t)p->name_len;

	for (const struct opt *o = opt_list; o->id; o++)
		if (strlen(o->long_name) == len && strncmp(o->long_name, p->name, len) == 0)
			return o;
	return NULL;
}

/* As getopt says it; and the option that is meant if the name of a long one follows one dash. */
static int unknown_short_option(const struct normalize_problem *p)
{
	const char letter[] = { p->letter, '\0' };
	const struct opt *meant = option_of_cluster(p);
	char *quoted = NULL;

	if (!meant)
		return diag_usage_about("invalid option --", letter);
	quoted = diag_quote(letter);
	(void)diag_usage("invalid option -- %s; did you mean '--%s'?",
			 quoted ? quoted : QUOTE_NO_MEMORY, meant->long_name);
	free(quoted);
	return DIAG_FAILURE;
}

int diag_bad_option(enum normalize_error e, const struct normalize_problem *p)
{
	const char letter[] = { p->letter, '\0' };

	switch (e) {
	case NORMALIZE_OK:
		return 0;
	case NORMALIZE_NO_MEMORY:
		return diag_no_memory();
	case NORMALIZE_UNKNOWN:
		return p->letter ? unknown_short_option(p) : unknown_long_option(p);
	case NORMALIZE_AMBIGUOUS:
		return ambiguous_option(p);
	case NORMALIZE_NEEDS_VALUE:
		if (p->letter)
			return diag_usage_about("option requires an argument --", letter);
		return diag_usage("option '--%s' requires an argument", p->opt->long_name);
	case NORMALIZE_TAKES_NO_VALUE:
		return diag_usage("option '--%s' doesn't allow an argument", p->opt->long_name);
	}
	return DIAG_FAILURE;
}

int diag_bad_keyword(const char *what, const struct keyword *list, const char *text, size_t len,
		     bool ambiguous)
{
	char *copy = strndup(text, len);
	char *quoted = copy ? diag_quote(copy) : NULL;

	start_message();
	fprintf(stderr, "%s argument %s for '%s'\nValid arguments are:\n",
		ambiguous ? "ambiguous" : "invalid", quoted ? quoted : QUOTE_NO_MEMORY, what);
	for (const struct keyword *k = list; k->name; k++) {
		/* keywords of one value share a line */
		bool first = k == list || k[-1].value != k->value;

		fprintf(stderr, "%s'%s'%s", first ? "  - " : ", ", k->name,
			k[1].name && k[1].value == k->value ? "" : "\n");
	}
	print_try_help();
	free(quoted);
	free(copy);
	return DIAG_FAILURE;
}

int diag_bad_size(const char *dashes, const char *name, const char *text)
{
	char *quoted = diag_quote(text);
	int r = diag_usage("invalid argument %s for '%s%s': give a number of bytes, such as "
			   "65536, 64K or 1M",
			   quoted ? quoted : QUOTE_NO_MEMORY, dashes, name);

	free(quoted);
	return r;
}

int diag_bad_number(const struct opt *opt, const char *text, unsigned int most)
{
	char *quoted = diag_quote(text);
	int r = diag_usage("invalid argument %s for '--%s': give a number from 1 to %u, or auto",
			   quoted ? quoted : QUOTE_NO_MEMORY, opt->long_name, most);

	free(quoted);
	return r;
}

int diag_no_memory(void)
{
	diag_message("", NO_MEMORY);
	return DIAG_FAILURE;
}

int diag_output_status(int status)
{
	(void)fflush(stdout); /* a failure is noted */
	diag_note_stdout();
	return status == 0 && (stdout_error || ferror(stderr)) ? DIAG_FAILURE : status;
}

int diag_close_output(int status)
{
	status = diag_output_status(status);
	/* some filesystems tell at last that there is no room; after another error the stream has a
	   rest, which must not get to a file that takes the number */
	if (!stdout_error && close(STDOUT_FILENO) < 0 && errno != EBADF)
		stdout_error = errno;
	if (stdout_error)
		(void)diag_failure(stdout_error, "write error");
	return status == 0 && stdout_error ? DIAG_FAILURE : status;
}
