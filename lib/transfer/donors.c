/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Keeps complete destinations open, and checks that they still hold what was copied.
 *
 * A donor has its final name already, so a user may write to it while other destinations are cloned
 * from it. Its ctime shows that, within the granularity of the clock.
 */
#include "transfer/donors.h"

#include "sys/descriptor.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <stdlib.h>

bool donors_have_room(const struct donors *d)
{
	return d->count < DONORS_MAX;
}

int donors_take(struct donors *d, int fd, char *path)
{
	struct donor *donor = &d->list[d->count];
	int r = sys_fstat(fd, &donor->st);

	if (r < 0) {
		(void)sys_close(fd); /* the error of fstat is returned */
		free(path);
		return r;
	}
	donor->fd = fd;
	donor->path = path;
	d->count++;
	return 0;
}

static bool is_unchanged(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	       a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

bool donors_is_unchanged(const struct donors *d, size_t i)
{
	struct stat current;

	return sys_fstat(d->list[i].fd, &current) == 0 && is_unchanged(&d->list[i].st, &current);
}

int donors_clone(const struct donors *d, size_t i, int dst_fd)
{
	const struct donor *donor = &d->list[i];
	struct stat current;
	int r = sys_clone(dst_fd, donor->fd);
	int emptied;

	if (r < 0)
		return r;
	r = sys_fstat(donor->fd, &current);
	if (r == 0 && is_unchanged(&donor->st, &current))
		return 0;
	/* what another method writes leaves out the holes: nothing of the donor may be in them */
	emptied = sys_truncate(dst_fd, 0);
	return emptied < 0 ? emptied : r < 0 ? r : -ESTALE;
}

int donors_close_last(struct donors *d, char **ret_path)
{
	struct donor *donor = &d->list[--d->count];

	*ret_path = donor->path;
	return sys_close(donor->fd);
}
