/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A variable is a default: what contradicts an option that was given does not count. Only
 * OVL_CP_COPY_UP=never forbids --copy-up-only, too: who sets it wants no copy-up in a layer.
 */
#include "environment.h"

#include "diag.h"
#include "quote.h"

#include <stdio.h>
#include <stdlib.h>

/* A required way, or holes of the copy's own, say more than a default. */
static bool reflink_counts(const struct options *o)
{
	return o->copy.sparse == OVLCP_SPARSE_AUTO && o->copy.require == OVLCP_REQUIRE_ANY;
}

const struct environment_variable environment_variables[] = {
	{ "OVL_CP_COPY_UP", OPT_COPY_UP, NULL },
	{ "OVL_CP_COPY_UP_MIN", OPT_COPY_UP_MIN, NULL },
	{ "OVL_CP_REFLINK", OPT_REFLINK, reflink_counts },
	{ "OVL_CP_REMEMBER", OPT_REMEMBER, NULL },
	{ "OVL_CP_REPORT", OPT_REPORT, NULL },
	{ "OVL_CP_SHARE", OPT_SHARE, NULL },
	{ NULL, OPT_NONE, NULL },
};

const char *environment_value(const struct environment_variable *v, const struct options *o)
{
	const char *value = secure_getenv(v->name);

	if (!value || !*value || o->given[v->id] || (v->counts && !v->counts(o)))
		return NULL;
	return value;
}

void environment_print(const struct options *o, const char *label)
{
	const char *before = label;

	for (const struct environment_variable *v = environment_variables; v->name; v++) {
		const char *value = environment_value(v, o);
		char *quoted = value ? diag_quote(value) : NULL;

		if (value) {
			printf("%s%s=%s", before, v->name, quoted ? quoted : QUOTE_NO_MEMORY);
			before = " ";
		}
		free(quoted);
	}
	if (before != label)
		putchar('\n');
	diag_note_stdout();
}
