/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --version. Both commands show the version of the library that they run with.
 */
#include "version.h"

#include "ovlcp.h"

#include <stdio.h>

void version_print(const char *program)
{
	printf("%s %s\n"
	       "License GPL-2.0-or-later; the library is LGPL-2.1-or-later.\n"
	       "There is NO WARRANTY, to the extent permitted by law.\n",
	       program, ovlcp_version());
}
