/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads libmount and calls nothing of it: a copy is right without it, so libovlcp reports no
 * failure, but --explain and ovl-stat leave out what they are asked for.
 */
#include "mount_library.h"

#include "base/dlopen_table.h"
#include "diag.h"

#define LIBRARY "libmount.so.1"

void mount_library_check(void)
{
	void *library = dlopen_table_load(LIBRARY, NULL, 0, NULL);

	if (!library)
		(void)diag_failure(0, "warning: mounts and their filesystems cannot be named: that "
				      "needs " LIBRARY ", which cannot be loaded; install "
				      "libmount1 (Debian, Ubuntu) or libmount (Fedora, Alpine)");
	dlopen_table_unload(library);
}
