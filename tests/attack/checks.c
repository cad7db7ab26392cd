/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The canaries, the source, and what has come to root's destination.
 */
#include "checks.h"

#include "dump.h"
#include "modes.h"
#include "search.h"
#include "secrets.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

void checks_begin(const struct attack *a, struct before *b)
{
	free(b->src);
	b->src =
		a->mode->role == OWNS_SOURCE ? NULL : dump_tree("src", a->mode->flags & MODE_LINKS);
	if (b->outside)
		return;
	b->outside = dump_tree("outside", a->mode->flags & MODE_LINKS);
	b->fifo = open("outside/fifo", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (b->fifo < 0)
		die("outside/fifo");
}

static void compare(const struct attack *a, const char *name, const char *before)
{
	char *after = dump_tree(name, a->mode->flags & MODE_LINKS);
	char line[512];

	if (!dump_same(before, after, line, sizeof(line)))
		breach(a, "%s has changed, now: %s", name, line);
	free(after);
}

/* Whether the file holds nothing but data of root's, and all of it. */
static bool is_clean(const char *data, size_t size, const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return true;
	if (search_mark(data, size, MARK_HIS))
		return false;
	return st->st_size == 100 || st->st_size == 6000 || st->st_size == 70000;
}

/* Reports what must not be in "dst", whoever may read it. */
static void look(int fd, const char *path, const char *data, size_t size, void *payload)
{
	const struct attack *a = *(const struct attack *const *)payload;
	const struct mode *m = a->mode;
	struct stat st;

	if (fstat(fd, &st) < 0)
		die("%s", path);
	if (m->flags & MODE_CLEAN && !is_clean(data, size, &st))
		breach(a, "%s (%lld bytes) was changed by the hostile user", path,
		       (long long)st.st_size);
	if (st.st_uid == 0 && st.st_mode & (S_ISUID | S_ISGID) && search_mark(data, size, MARK_HIS))
		breach(a, "%s runs his data as root", path);
	if (m->role != OWNS_SOURCE || m->flags & MODE_FOLLOWS)
		return;
	if (search_mark(data, size, MARK_OUTSIDE) || search_mark(data, size, MARK_PRIVATE) ||
	    search_mark(data, size, MARK_OPEN))
		breach(a, "%s was copied from outside of the source", path);
}

void checks_end(const struct attack *a, struct before *b)
{
	int waiting = 0;

	compare(a, "outside", b->outside);
	if (b->src)
		compare(a, "src", b->src);
	if (ioctl(b->fifo, FIONREAD, &waiting) < 0 || waiting > 0)
		breach(a, "%d bytes were written to outside/fifo", waiting);
	search_tree("dst", look, &a);
	if (a->mode->role != WATCHES)
		secrets_check_all(a);
}
