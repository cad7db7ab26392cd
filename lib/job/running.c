/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Running programs, by the links in /proc: no call asks for them without changing something.
 */
#include "job/running.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "sys/sys.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>

bool running_is(const struct stat *st)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	bool found = false;

	while (proc && !found && (entry = readdir(proc))) {
		char name[sizeof(entry->d_name) + sizeof("/exe")];
		struct stat exe;

		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		(void)snprintf(name, sizeof(name), "%s/exe", entry->d_name); /* fits */
		found = sys_stat(dirfd(proc), name, true, &exe) == 0 && inode_same(&exe, st);
	}
	if (proc)
		(void)closedir(proc); /* only read */
	return found;
}
