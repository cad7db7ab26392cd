/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The library gets its options by the variables of the environment that ovl-cp knows, too. It is
 * the one that was installed with this program; another one, not installed yet, can be named by
 * OVL_RUN_PRELOAD, but not where this program has more rights than its caller (secure_getenv(3)).
 */
#include "preload.h"

#include "find_command.h"
#include "keywords.h"
#include "loadable.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --enable-static-program builds no shared library, and the loader of a static ovl-run, which must
   be that of COMMAND, is not known. */
#ifdef LINKED_LIBRARIES
#define IS_STATIC true
#else
#define IS_STATIC false
#endif

static const char *library(void)
{
	const char *path = secure_getenv("OVL_RUN_PRELOAD");

	return path && *path ? path : PRELOAD_LIBRARY;
}

const char *preload_obstacle(const char *name)
{
	static const char *const texts[] = {
		[LOADABLE] = NULL,
		[LOADABLE_STATIC] = "it is statically linked, so no library can be preloaded",
		[LOADABLE_OTHER_LOADER] = "no library can be preloaded, as it is of another C "
					  "library or architecture than ovl-run",
		[LOADABLE_SECURE] = "no library can be preloaded, as it runs with other rights "
				    "than ovl-run",
		[LOADABLE_UNKNOWN] =
			"no library can be preloaded, as it cannot be read, or is not a "
			"program",
	};
	const char *path = library();
	char *file;
	enum loadable result;

	if (IS_STATIC)
		return "a static ovl-run has no library to preload";
	/* the loader takes both for separators, and ignores what it does not find */
	if (path[0] != '/' || path[strcspn(path, ": ")])
		return "the path of libovlcp-preload.so is relative, or has a colon or a space";
	if (access(path, R_OK) < 0)
		return "libovlcp-preload.so cannot be read; is ovl-run installed completely?";
	file = find_command(name);
	result = file ? loadable_look(file) : LOADABLE_UNKNOWN;
	free(file);
	return texts[result];
}

static const char *keyword_of(const struct keyword *list, unsigned int value)
{
	while (list->name && list->value != value)
		list++;
	return list->name;
}

/* Whether @path is one of the @list, which the loader separates by these. */
static bool is_listed(const char *list, const char *path)
{
	static const char separators[] = ": ";
	const size_t len = strlen(path);

	for (; *list; list += strspn(list, separators)) {
		const size_t n = strcspn(list, separators);

		if (n == len && memcmp(list, path, len) == 0)
			return true;
		list += n;
	}
	return false;
}

/* Put the library before those that are preloaded already. 0, or -ENOMEM. */
static int set_library(void)
{
	const char *path = library();
	const char *others = getenv("LD_PRELOAD");
	char *both = NULL;
	int r;

	if (!others || !*others)
		return setenv("LD_PRELOAD", path, 1) < 0 ? -ENOMEM : 0;
	if (is_listed(others, path)) /* by another ovl-run */
		return 0;
	if (asprintf(&both, "%s:%s", path, others) < 0)
		return -ENOMEM;
	r = setenv("LD_PRELOAD", both, 1) < 0 ? -ENOMEM : 0;
	free(both);
	return r;
}

/* Set the variable of the report, as a name that is the same in every directory. 0, or -ENOMEM. */
static int set_report_variable(const char *report)
{
	char *whole = realpath(report, NULL); /* it exists; NULL for a pipe in /dev/fd */
	int r = setenv("OVL_CP_REPORT", whole ? whole : report, 1) < 0 ? -ENOMEM : 0;

	free(whole);
	return r;
}

int preload_prepare(const struct run_options *o)
{
	char size[sizeof("18446744073709551615")];
	int r = set_library();

	(void)snprintf(size, sizeof(size), "%" PRIu64, o->copy.copy_up_min);
	if (r == 0 &&
	    setenv("OVL_CP_COPY_UP", keyword_of(copy_up_keywords, o->copy.copy_up), 1) < 0)
		r = -ENOMEM;
	if (r == 0 && setenv("OVL_CP_COPY_UP_MIN", size, 1) < 0)
		r = -ENOMEM;
	return r == 0 && o->report ? set_report_variable(o->report) : r;
}
