/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Checks what would prevent a copy-up: a running program, missing permission, an owner that is not
 * mapped. A lease and a quota cannot be checked.
 */
#include "transfer/obstacle.h"

#include "plan/reason.h"
#include "probe/idmap.h"
#include "probe/in_use.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

int obstacle_to_open(const struct source *s)
{
	char path[SYS_FD_PATH_SIZE];
	int r;

	if (is_executing(&s->st))
		return -ETXTBSY;
	sys_fd_path(s->fd, path);
	r = sys_access_write(AT_FDCWD, path);
	return r == 0 && !owner_is_mapped(&s->st) ? -EOVERFLOW : r;
}

enum ovlcp_reason obstacle_to_copy_up(const struct source *s)
{
	int r = obstacle_to_open(s);

	return r < 0 ? plan_copy_up_reason(-r) : OVLCP_REASON_NONE;
}
