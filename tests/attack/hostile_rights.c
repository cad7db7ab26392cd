/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches files being made: none may ever have more rights than when it is complete.
 *
 * While a copy runs, what is seen of each path is added up; when the hostile processes are to wait,
 * it is compared with what there is. The owner's own bits count only if the owner is not root.
 */
#include "hostile.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEEN_MAX 1024

/* What was seen of a path in this copy. */
struct seen {
	char path[192];
	mode_t bits;
	bool was_readable;
	bool was_writable;
	bool was_foreign; /* belonged to another user than root */
};

struct watch {
	const struct attack *a;
	struct seen seen[SEEN_MAX];
	size_t count;
	bool is_end;
};

static struct seen *find(struct watch *w, const char *path)
{
	for (size_t i = 0; i < w->count; i++)
		if (strcmp(w->seen[i].path, path) == 0)
			return &w->seen[i];
	if (w->count == SEEN_MAX)
		die("too many files");
	w->seen[w->count] = (struct seen){ .bits = 0 };
	(void)snprintf(w->seen[w->count].path, sizeof(w->seen->path), "%s", path);
	return &w->seen[w->count++];
}

/* The bits that give rights to others than root. */
static mode_t rights_of(const struct stat *st)
{
	const mode_t bits = st->st_mode & 07777;

	if (S_ISLNK(st->st_mode))
		return 0;
	return st->st_uid == 0 ? bits & ~(mode_t)S_IRWXU : bits;
}

/* Of a FIFO open(2) would ask whether there is a reader, too. */
static bool may(int dir_fd, const char *name, int access)
{
	return faccessat(dir_fd, name, access, AT_SYMLINK_NOFOLLOW) == 0;
}

static void judge(struct watch *w, const struct seen *s, const struct seen *now, const char *path)
{
	const mode_t more = s->bits & ~now->bits;

	if (more)
		breach(w->a, "%s had the bits %o, and has %o now", path, s->bits, now->bits);
	if (s->was_readable && !now->was_readable)
		breach(w->a, "%s could be read before it was complete", path);
	if (s->was_writable && !now->was_writable)
		breach(w->a, "%s could be written to before it was complete", path);
	if (s->was_foreign && !now->was_foreign)
		breach(w->a, "%s has belonged to another user", path);
}

static void look(struct watch *w, int dir_fd, const char *name, const char *path)
{
	struct seen now = { .bits = 0 };
	struct seen *s;
	struct stat st;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || S_ISLNK(st.st_mode))
		return;
	now.bits = rights_of(&st);
	now.was_foreign = st.st_uid != 0;
	now.was_readable = may(dir_fd, name, R_OK);
	now.was_writable = may(dir_fd, name, W_OK);
	s = find(w, path);
	if (w->is_end) {
		judge(w, s, &now, path);
		return;
	}
	s->bits |= now.bits;
	s->was_foreign |= now.was_foreign;
	s->was_readable |= now.was_readable;
	s->was_writable |= now.was_writable;
	atomic_fetch_add(&w->a->shared->reads, 1);
}

static void look_below(struct watch *w, int dir_fd, const char *name, const char *path)
{
	int fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		char inner[192];

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    snprintf(inner, sizeof(inner), "%s/%s", path, e->d_name) >= (int)sizeof(inner))
			continue;
		look(w, dirfd(d), e->d_name, inner);
		look_below(w, dirfd(d), e->d_name, inner);
	}
	(void)closedir(d);
}

void hostile_rights(const struct attack *a, unsigned int seed)
{
	static struct watch w;

	(void)seed;
	w.a = a;
	do {
		w.is_end = false;
		while (atomic_load(&a->shared->phase) == PHASE_RUN)
			look_below(&w, AT_FDCWD, "dst", "dst");
		w.is_end = true;
		look_below(&w, AT_FDCWD, "dst", "dst");
		w.count = 0;
	} while (hostile_may_go_on(a));
}
