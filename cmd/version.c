/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --version. All commands show the version of the library that they run with.
 *
 * Each library that is loaded on demand is loaded here, once, to see whether it is there: nothing
 * but --version pays for that.
 */
#include "version.h"

#include "base/dlopen_table.h"
#include "ovlcp.h"

#include <stdio.h>

/* What configure has decided. */
static const char features[] =
#ifdef HAVE_SELINUX_LABEL_H
	" +selinux"
#else
	" -selinux"
#endif
#ifdef WITH_RUN
	" +seccomp"
#else
	" -seccomp"
#endif
#ifdef WITH_PRELOAD
	" +preload"
#else
	" -preload"
#endif
#ifdef LINKED_LIBRARIES
	" +static-program"
#else
	" -static-program"
#endif
#ifdef WITH_SANITIZERS
	" +sanitizers"
#endif
	;

#ifdef LINKED_LIBRARIES
#define HEADING "Libraries, linked in:"
#else
#define HEADING "Libraries, loaded when they are needed:"
#endif

/* The libraries, the commands that load them, and what for. */
static const struct {
	const char *name;
	unsigned int commands;
	const char *purpose;
} libraries[] = {
	{ "libacl.so.1", VERSION_OVL_CP, "access control lists" },
	{ "libattr.so.1", VERSION_OVL_CP, "attributes that /etc/xattr.conf excludes" },
	{ "libblkid.so.1", VERSION_OVL_CP | VERSION_OVL_STAT, "label and UUID of filesystems" },
	{ "libjansson.so.4", VERSION_OVL_CP | VERSION_OVL_STAT | VERSION_OVL_RUN, "JSON" },
	{ "libmount.so.1", VERSION_OVL_CP | VERSION_OVL_STAT | VERSION_OVL_RUN,
	  "mounts of overlays" },
#ifdef HAVE_SELINUX_LABEL_H
	{ "libselinux.so.1", VERSION_OVL_CP, "security contexts of the policy" },
#endif
};

static void print_library(const char *name, const char *purpose)
{
	void *library = dlopen_table_load(name, NULL, 0, NULL);

	printf("  %-15s  %-7s  %s\n", name, library ? "found" : "missing", purpose);
	dlopen_table_unload(library);
}

void version_print(const char *name, enum version_command command)
{
	printf("%s %s\n"
	       "License GPL-2.0-or-later; the library is LGPL-2.1-or-later.\n"
	       "There is NO WARRANTY, to the extent permitted by law.\n"
	       "Home page: <%s>\n"
	       "\n"
	       "Features:%s\n"
	       "%s\n",
	       name, ovlcp_version(), PACKAGE_URL, features, HEADING);
	for (size_t i = 0; i < sizeof(libraries) / sizeof(*libraries); i++)
		if (libraries[i].commands & command)
			print_library(libraries[i].name, libraries[i].purpose);
}
