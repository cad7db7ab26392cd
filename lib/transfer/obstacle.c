/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Checks what would prevent a copy-up: a running program, a lease, missing permission, an owner
 * that is not mapped. A quota cannot be checked.
 */
#include "transfer/obstacle.h"

#include "plan/reason.h"
#include "probe/idmap.h"
#include "probe/in_use.h"
#include "source/copyup.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

int obstacle_error(struct ovlcp *o, const struct source *s, bool opens)
{
	char path[SYS_FD_PATH_SIZE];
	int r;

	if (opens && is_executing(&s->st))
		return -ETXTBSY;
	if (opens && source_is_leased(o, s))
		return -EAGAIN;
	sys_fd_path(s->fd, path);
	r = sys_access_write(AT_FDCWD, path);
	if (r == -ENOENT) /* without /proc, as source/copyup.c */
		r = sys_access_write(s->at_fd, s->name);
	if (r == -EACCES && !opens)
		r = 0; /* the owner may set the times of a file that it may not write */
	return r == 0 && !owner_is_mapped(&s->st) ? -EOVERFLOW : r;
}

enum ovlcp_reason obstacle_to_copy_up(struct ovlcp *o, const struct source *s, bool opens)
{
	int r = obstacle_error(o, s, opens);

	return r < 0 ? plan_copy_up_reason(-r) : OVLCP_REASON_NONE;
}
