/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The tables in /proc: a number that is in none of their ranges stands for somebody from outside.
 * An overlay does not copy up a file of such an owner (EOVERFLOW, measured on Linux 6.18).
 */
#include "probe/idmap.h"

#include <inttypes.h>
#include <stdio.h>

static bool is_in(const char *table, uintmax_t id)
{
	FILE *f = fopen(table, "re");
	uintmax_t first;
	uintmax_t count;
	bool found = !f;

	while (f && !found && fscanf(f, "%ju %*u %ju", &first, &count) == 2)
		found = id >= first && id - first < count;
	if (f)
		(void)fclose(f); /* only read */
	return found;
}

bool owner_is_mapped(const struct stat *st)
{
	return is_in("/proc/self/uid_map", st->st_uid) && is_in("/proc/self/gid_map", st->st_gid);
}
