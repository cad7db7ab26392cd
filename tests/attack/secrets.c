/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file that exists stays as it is when its data is overwritten, with its mode: so it is in cp.
 * What is root's alone can thus become readable in a file that was copied before with another mode,
 * or that belongs to the hostile user. It must not where every file is new.
 */
#include "secrets.h"

#include "hostile.h"
#include "modes.h"
#include "search.h"

#include <sys/wait.h>
#include <unistd.h>

void secrets_check(const struct attack *a, const char *path, const char *data, size_t size)
{
	const struct mode *m = a->mode;
	const bool follows = m->role == OWNS_SOURCE && m->flags & MODE_FOLLOWS;
	const bool is_new = m->flags & MODE_NEW_FILES ||
			    (m->role == OWNS_SOURCE && atomic_load(&a->shared->is_fresh));

	if ((!follows || is_new) && search_mark(data, size, MARK_OUTSIDE))
		breach(a, "%s holds what is outside of the trees, and can be read", path);
	if (!follows && search_mark(data, size, MARK_PRIVATE))
		breach(a, "%s holds what is in a private directory, and can be read", path);
	if (is_new && search_mark(data, size, MARK_INSIDE))
		breach(a, "%s holds what is root's alone, and can be read", path);
}

static void look(int fd, const char *path, const char *data, size_t size, void *payload)
{
	(void)fd;
	secrets_check(*(const struct attack *const *)payload, path, data, size);
}

void secrets_check_all(const struct attack *a)
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid == 0) {
		hostile_become();
		search_tree("his", look, &a);
		search_tree("dst", look, &a);
		_exit(0);
	}
	if (waitpid(pid, &status, 0) < 0 || status != 0)
		die("a process of the hostile user has ended with status %d", status);
}
