/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words are those of getopt_long. A value is not repeated: popt may know a number in its place.
 */
#include "popt_error.h"

#include "diag.h"
#include "quote.h"
#include "similar.h"

#include <stdlib.h>
#include <string.h>

/* The long name of the option of @table that @name, with its one or two dashes, may mean; NULL if
   none. */
static const char *similar_long_name(const struct poptOption *table, const char *name)
{
	const char *word = name + (strncmp(name, "--", 2) == 0 ? 2 : 1);
	const size_t len = strlen(word);
	const char *best = NULL;
	size_t edits = similar_limit(len);

	for (const struct poptOption *o = table; o->longName; o++)
		if (similar_is_closer(o->longName, word, len, &edits))
			best = o->longName;
	return best;
}

static int print_unknown(const struct poptOption *table, const char *name, const char *quoted)
{
	const char *similar = similar_long_name(table, name);

	if (similar)
		return diag_usage("unrecognized option %s; did you mean '--%s'?", quoted, similar);
	return diag_usage("unrecognized option %s", quoted);
}

static int print_error(const struct poptOption *table, const char *name, const char *quoted,
		       int error)
{
	if (error == POPT_ERROR_BADOPT)
		return print_unknown(table, name, quoted);
	if (error == POPT_ERROR_UNWANTEDARG)
		return diag_usage("option %s doesn't allow an argument", quoted);
	if (error == POPT_ERROR_NOARG)
		return diag_usage("option %s requires an argument", quoted);
	return diag_usage("option %s: %s", quoted, poptStrerror(error));
}

int popt_error_print(poptContext popt, const struct poptOption *table, int error)
{
	const char *option;
	char *name;
	char *quoted;
	int status;

	if (error == POPT_ERROR_MALLOC)
		return diag_no_memory(); /* poptBadOption would need some */
	option = poptBadOption(popt, 0);
	name = strndup(option, strcspn(option, "="));
	quoted = name ? diag_quote(name) : NULL;
	status = quoted ? print_error(table, name, quoted, error) : diag_no_memory();
	free(quoted);
	free(name);
	return status;
}
