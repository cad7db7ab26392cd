/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads /proc/PID/exe, /proc/swaps and /proc/locks: no system call answers these questions without
 * a side effect.
 */
#include "probe/in_use.h"

#include "base/inodeset.h"
#include "base/octal.h"
#include "sys/status.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

bool is_executing(const struct stat *st)
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

bool is_active_swap(const struct stat *st)
{
	FILE *list = fopen("/proc/swaps", "re");
	char *line = NULL;
	size_t room = 0;
	bool found = false;

	/* "/dir/my\040swap  file  1048572  0  -2", after a header line */
	while (list && !found && getline(&line, &room, list) > 0) {
		struct stat swap;

		line[octal_unescape(line, strcspn(line, " \t\n"))] = '\0';
		found = sys_stat(AT_FDCWD, line, true, &swap) == 0 && S_ISREG(swap.st_mode) &&
			inode_same(&swap, st);
	}
	free(line);
	if (list)
		(void)fclose(list); /* only read */
	return found;
}

bool is_leased(dev_t dev, ino_t ino)
{
	FILE *list = fopen("/proc/locks", "re");
	char line[256];
	bool found = false;

	/* "1: LEASE  ACTIVE    READ  1234 00:2f:133 0 EOF"; the device is hexadecimal */
	while (list && !found && fgets(line, sizeof(line), list)) {
		unsigned int major;
		unsigned int minor;
		uintmax_t number;

		found = sscanf(line, "%*u: LEASE %*s %*s %*d %x:%x:%ju", &major, &minor, &number) ==
				3 &&
			makedev(major, minor) == dev && number == ino;
	}
	if (list)
		(void)fclose(list); /* only read */
	return found;
}
