/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The surprising fact: a name that was just made cannot always be removed. A directory may be
 * append-only, or have the sticky bit, where the name is a hard link to a file of another user.
 */
#include "target/temporary.h"

#include "base/fd.h"
#include "base/path.h"
#include "model/event.h"
#include "sys/names.h"

#include <errno.h>

void temporary_remove(const struct target *t, const char *name)
{
	CLEANUP_FREE char *path = NULL;
	int r = sys_unlink(t->dir_fd, name);

	if (r == 0 || r == -ENOENT)
		return;
	path = path_sibling(t->path, name);
	(void)event_emit_error(t->events, OVLCP_EVENT_WARNING, "", path ? path : t->path,
			       &(struct err){ -r, OVLCP_OP_REMOVE });
}
