/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The entries of a directory are read when it is entered, so that its descriptor may be closed by
 * the stack of directories, which holds a bounded number of them.
 */
#include "dedupe/walk.h"

#include "base/array.h"
#include "base/fd.h"
#include "dedupe/opened.h"
#include "sys/status.h"
#include "walk/dir_entries.h"

#include <errno.h>
#include <fcntl.h>

/* Directories that are open at a time. */
#define WINDOW 24

struct walk_level {
	struct dir_entries entries;
	/* Length of the path of the directory. */
	size_t len;
};

/* Push the directory @fd, whose path is w->path. On success @fd is taken. 0, or -errno. */
static int push(struct walk *w, int *fd, const struct stat *st)
{
	struct walk_level level = { .len = w->path.len };
	int r = array_grow(&w->levels, &w->room, w->dirs.depth, sizeof(*w->levels));

	if (r == 0)
		r = dir_entries_read_all(&level.entries, *fd);
	if (r == 0)
		r = dirstack_push(&w->dirs, fd, st);
	if (r < 0)
		dir_entries_done(&level.entries);
	else
		w->levels[w->dirs.depth - 1] = level;
	return r;
}

int walk_begin(struct walk *w, int at_fd, const char *name, const char *path)
{
	CLEANUP_FD int fd = opened_quietly(at_fd, name, O_DIRECTORY);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	w->dirs.window = WINDOW;
	if (r == 0)
		r = pathbuf_set(&w->path, path);
	if (r < 0)
		return r;
	pathbuf_trim(&w->path);
	w->top_len = w->path.len + (w->path.len == 0 || w->path.text[w->path.len - 1] != '/');
	w->dev = st.st_dev;
	if (sys_mount_id(fd, &w->mount) < 0)
		w->mount = 0;
	return push(w, &fd, &st);
}

/* Whether the directory @fd is on another mount than the top. Subvolumes of a btrfs have a st_dev
   of their own, but are no mounts. */
static bool is_other_mount(const struct walk *w, int fd, const struct stat *st)
{
	uint64_t id;

	return st->st_dev != w->dev && (sys_mount_id(fd, &id) < 0 || id != w->mount || id == 0);
}

int walk_enter(struct walk *w, const struct walk_entry *e)
{
	CLEANUP_FD int fd = opened_quietly(e->dir_fd, e->name, O_DIRECTORY | O_NOFOLLOW);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0 || (w->one_mount && is_other_mount(w, fd, &st)))
		return r;
	return push(w, &fd, &st);
}

/* Leave the lowest directory, whose entries are done. 0, or -errno. */
static int leave(struct walk *w)
{
	int r;

	pathbuf_cut(&w->path, w->levels[w->dirs.depth - 1].len);
	dir_entries_done(&w->levels[w->dirs.depth - 1].entries);
	r = dirstack_pop(&w->dirs);
	w->is_lost = r < 0;
	return r;
}

int walk_next(struct walk *w, struct walk_entry *ret_entry)
{
	struct dir_entry entry;
	int r = 0;

	while (r == 0 && w->dirs.depth > 0 && !w->is_lost) {
		struct walk_level *level = &w->levels[w->dirs.depth - 1];

		pathbuf_cut(&w->path, level->len);
		r = dir_entries_next(&level->entries, -EBADF, &entry);
		if (r == 0)
			r = leave(w);
	}
	if (r <= 0)
		return r;
	r = pathbuf_push(&w->path, entry.name);
	if (r < 0)
		return r;
	*ret_entry = (struct walk_entry){ .dir_fd = dirstack_top(&w->dirs),
					  .name = entry.name,
					  .path = w->path.text,
					  .below = w->path.text + w->top_len };
	r = sys_stat(ret_entry->dir_fd, entry.name, false, &ret_entry->st);
	return r < 0 ? r : 1;
}

int walk_top(const struct walk *w)
{
	return dirstack_fd(&w->dirs, 0);
}

void walk_done(struct walk *w)
{
	for (size_t i = 0; i < w->dirs.depth; i++)
		dir_entries_done(&w->levels[i].entries);
	dirstack_done(&w->dirs);
	free(w->levels);
	pathbuf_done(&w->path);
}
