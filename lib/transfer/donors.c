/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Keeps complete destinations open, and checks that they still hold what was copied.
 *
 * A donor has its final name already, so a user may write to it while other destinations are cloned
 * from it. Its ctime shows that, within the granularity of the clock.
 */
#include "transfer/donors.h"

#include "exec/data.h"
#include "sys/descriptor.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <stdlib.h>

bool donors_have_room(const struct donors *d)
{
	return d->count < DONORS_MAX;
}

int donors_take(struct donors *d, int fd, char *path, uint64_t id)
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
	donor->id = id;
	d->count++;
	return 0;
}

static bool is_unchanged(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	       a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

int donors_check(const struct donors *d, size_t i)
{
	struct stat current;
	int r = sys_fstat(d->list[i].fd, &current);

	return r < 0 ? r : is_unchanged(&d->list[i].st, &current) ? 0 : -ESTALE;
}

int donors_clone(const struct donors *d, size_t i, int dst_fd)
{
	int r = sys_clone(dst_fd, d->list[i].fd);

	if (r < 0)
		return r;
	r = donors_check(d, i);
	return r < 0 ? exec_discard(dst_fd, r) : 0;
}

int donors_close_last(struct donors *d, char **ret_path)
{
	struct donor *donor = &d->list[--d->count];

	*ret_path = donor->path;
	return sys_close(donor->fd);
}
