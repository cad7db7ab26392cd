/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Keyed by st_dev: an overlay and a btrfs have several, for each of which the same filesystem is
 * written once more, when there is nothing left to write.
 */
#include "session/written_fs.h"

#include "base/array.h"
#include "base/fd.h"
#include "sys/descriptor.h"
#include "sys/pages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct written_fs {
	dev_t dev;
	int fd;
	char *path;
	enum syncfs_lack lack;
};

bool written_fs_has(const struct written_fs_list *l, dev_t dev)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->list[i].dev == dev)
			return true;
	return false;
}

enum syncfs_lack written_fs_lack(const struct written_fs_list *l, dev_t dev)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->list[i].dev == dev)
			return l->list[i].lack;
	return SYNCFS_LACK_UNKNOWN;
}

int written_fs_add(struct written_fs_list *l, dev_t dev, int fd, const char *path,
		   enum syncfs_lack lack)
{
	CLEANUP_FREE char *copy = strdup(path);
	int r = copy ? array_grow(&l->list, &l->room, l->count, sizeof(*l->list)) : -ENOMEM;
	int own = r < 0 ? r : sys_dup(fd);

	if (own < 0)
		return own;
	l->list[l->count++] = (struct written_fs){ dev, own, TAKE_PTR(copy), lack };
	return 0;
}

int written_fs_sync(struct written_fs_list *l, struct event_sink *events)
{
	int first = 0;

	for (size_t i = 0; i < l->count; i++) {
		int r = sys_sync_fs(l->list[i].fd);

		if (r < 0)
			r = event_emit_error(events, OVLCP_EVENT_FAILED, "", l->list[i].path,
					     &(struct err){ -r, OVLCP_OP_SYNC });
		first = first ? first : r;
	}
	written_fs_done(l);
	return first;
}

void written_fs_done(struct written_fs_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		fd_drop(&l->list[i].fd);
		free(l->list[i].path);
	}
	free(l->list);
	*l = (struct written_fs_list){ 0 };
}
