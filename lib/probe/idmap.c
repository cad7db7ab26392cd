/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads /proc/self/uid_map and gid_map: an id in none of their ranges is not mapped. An overlay
 * does not copy up a file of such an owner (EOVERFLOW, measured on Linux 6.18).
 */
#include "probe/idmap.h"

#include <inttypes.h>
#include <stdio.h>

/* Whether @id is in a range of @map, or @map cannot be read. */
static bool is_in_map(const char *map, uintmax_t id)
{
	FILE *f = fopen(map, "re");
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
	return is_in_map("/proc/self/uid_map", st->st_uid) &&
	       is_in_map("/proc/self/gid_map", st->st_gid);
}
