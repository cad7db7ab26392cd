/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Who is mapped in a user namespace, by the maps in /proc: stat(2) has one number for all who are
 * not.
 */
#include "job/mapped.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

/* The default of the kernel for who is not mapped. */
#define NOBODY 65534

/* Whether a map, such as "0 0 4294967295", has all numbers; it does outside of all namespaces. */
static bool has_all(const char *path)
{
	FILE *map = fopen(path, "re");
	uint64_t count = UINT32_MAX;

	if (!map)
		return true;
	if (fscanf(map, "%*u %*u %" SCNu64, &count) != 1)
		count = 0;
	(void)fclose(map); /* only read */
	return count >= UINT32_MAX;
}

bool mapped_owner(const struct stat *st)
{
	return (st->st_uid != NOBODY || has_all("/proc/self/uid_map")) &&
	       (st->st_gid != NOBODY || has_all("/proc/self/gid_map"));
}
