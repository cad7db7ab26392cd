/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * XDG_RUNTIME_DIR is a directory of the user alone (XDG Base Directory Specification); in a
 * container it is mostly missing. /dev/shm is a tmpfs there, and not part of the image.
 */
#include "remember_dir.h"

#include "diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_own_directory(const char *path)
{
	struct stat st;

	return path && *path == '/' && stat(path, &st) == 0 && S_ISDIR(st.st_mode) &&
	       st.st_uid == geteuid();
}

/*
 * The number of the caller outside of its user namespace (user_namespaces(7)), or inside, if that
 * cannot be read: a build that is isolated by chroot alone has the /dev/shm of the host, where the
 * root of each rootless build would be the same user 0 as root. Only a name: the owner of the
 * directory is checked. Test: tests/bats/real/rootless.bats
 */
static unsigned long outer_uid(void)
{
	unsigned long first, outer, count, uid = geteuid(), found = uid;
	FILE *map = fopen("/proc/self/uid_map", "re");

	if (!map)
		return uid;
	while (fscanf(map, "%lu %lu %lu", &first, &outer, &count) == 3)
		if (uid >= first && uid - first < count)
			found = outer + (uid - first);
	(void)fclose(map); /* it was only read */
	return found;
}

/* The directory where none was named, to be freed. NULL without memory. */
static char *default_dir(void)
{
	const char *runtime = secure_getenv("XDG_RUNTIME_DIR");
	char *dir;
	int n = is_own_directory(runtime) ? asprintf(&dir, "%s/ovl-cp", runtime)
					  : asprintf(&dir, "/dev/shm/ovl-cp-%lu", outer_uid());

	return n < 0 ? NULL : dir;
}

int remember_dir_settle(struct options *o)
{
	if (o->copy.remember == OVLCP_REMEMBER_NO && !o->forget)
		return 0;
	if (!o->remember_dir) {
		o->default_remember_dir = default_dir();
		if (!o->default_remember_dir)
			return diag_no_memory();
	}
	o->copy.remember_dir = o->remember_dir ? o->remember_dir : o->default_remember_dir;
	return 0;
}

int remember_dir_forget(const struct options *o)
{
	int r = ovlcp_forget(o->copy.remember_dir);

	return r < 0 ? diag_failure_about(-r, "cannot forget the copies recorded in",
					  o->copy.remember_dir)
		     : 0;
}
