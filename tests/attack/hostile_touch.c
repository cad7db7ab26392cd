/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes modes, writes into every file in his tree that he may open for writing, truncates it, and
 * keeps FIFOs open, so that a copy into one does not wait.
 */
#include "hostile.h"
#include "lab.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIFOS 32

/* FIFOs that are open for reading and writing. */
struct fifos {
	int fds[FIFOS];
	int count;
};

static void close_fifos(struct fifos *f)
{
	while (f->count > 0)
		(void)close(f->fds[--f->count]);
}

static void open_fifos(const struct attack *a, struct fifos *f)
{
	static const char *const names[] = { "p0", "x-fifo" };
	char path[256];

	for (const char *const *dir = lab_dirs; *dir; dir++)
		for (int i = 0; i < 2 && f->count < FIFOS; i++) {
			(void)snprintf(path, sizeof(path), "%s/%s/%s", lab_tree(a), *dir, names[i]);
			f->fds[f->count] = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
			if (f->fds[f->count] >= 0)
				f->count++;
		}
}

static void drain_fifos(const struct fifos *f)
{
	char bytes[65536];

	for (int i = 0; i < f->count; i++)
		while (read(f->fds[i], bytes, sizeof(bytes)) == sizeof(bytes))
			;
}

/* Modes for directories: sticky and writable for all, as /tmp, is one in which others may put
   links, which the kernel may refuse to follow (fs.protected_symlinks). */
static const mode_t dir_modes[] = { 0755, 0777, 01777, 0711, 0700 };
static const mode_t file_modes[] = { 0644, 0666, 0600, 06777, 0400, 0 };

static void change_mode(const struct attack *a, int fd, unsigned int *state)
{
	struct stat st;
	mode_t mode;

	if (fstat(fd, &st) < 0 || st.st_uid != HOSTILE_ID)
		return;
	mode = S_ISDIR(st.st_mode) ? dir_modes[hostile_random(state, 5)]
				   : file_modes[hostile_random(state, 6)];
	if (fchmod(fd, mode) == 0)
		atomic_fetch_add(&a->shared->modes, 1);
}

static void write_into(const struct attack *a, const char *path, unsigned int *state)
{
	static const char mark[] = MARK_HIS;
	int fd = open(path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (pwrite(fd, mark, sizeof(mark) - 1, 0) > 0)
		atomic_fetch_add(&a->shared->writes, 1);
	if (hostile_random(state, 4) == 0)
		(void)!ftruncate(fd, hostile_random(state, 2) ? 6000 : 70000);
	(void)close(fd);
}

static void touch_one(const struct attack *a, const char *dir, unsigned int *state)
{
	static const char *const names[] = {
		"f0", "f1", "f2", "h0", "d0", "d1", "x-file", "x-mine"
	};
	char path[256];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s/%s", lab_tree(a), dir,
		       names[hostile_random(state, 8)]);
	write_into(a, path, state);
	if (hostile_random(state, 4) != 0)
		return;
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	change_mode(a, fd, state);
	(void)close(fd);
}

void hostile_touch(const struct attack *a, unsigned int seed)
{
	unsigned int state = seed;
	struct fifos fifos = { .count = 0 };

	while (hostile_may_go_on(a)) {
		close_fifos(&fifos);
		open_fifos(a, &fifos);
		for (int i = 0; i < 100; i++) {
			touch_one(a, lab_dirs[hostile_random(&state, 8)], &state);
			drain_fifos(&fifos);
		}
	}
}
