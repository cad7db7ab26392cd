/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Walks a tree of which nothing is copied: the loop of traverse.c without destinations. No symbolic
 * link below the top is followed, so that there are no cycles.
 */
#include "tree/copy_up_tree.h"

#include "base/array.h"
#include "base/fd.h"
#include "base/pathbuf.h"
#include "copy/dest.h"
#include "file/copy_up_only.h"
#include "plan/file_kind.h"
#include "tree/copy_up_tasks.h"
#include "walk/dir_entries.h"
#include "walk/dirstack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* A directory that the walk is in. */
struct level {
	/* all entries, owned */
	struct dir_entries entries;
	/* length of the path without its name, in bytes */
	size_t above_len;
};

struct walk {
	struct copy_up_only only;
	struct copy_up_tasks tasks;
	const struct ovlcp_options *opt;
	struct pathbuf path;
	struct dirstack dirs;
	/* of dirs.depth directories; owned */
	struct level *levels;
	size_t room;
	/* st_dev of the directory that was named */
	dev_t dev;
};

static int emit_failure(struct walk *w, int r, enum ovlcp_op op)
{
	return event_emit_error(w->only.events.to, OVLCP_EVENT_FAILED, w->path.text, "",
				&(struct err){ -r, op });
}

/* Enter the directory @src. All of its entries are read at once, so that it may be closed. 0, or
   -errno. */
static int enter(struct walk *w, struct source *src, size_t above_len)
{
	struct level level = { .above_len = above_len };
	int r = source_open_directory(src);

	if (r == 0)
		r = array_grow(&w->levels, &w->room, w->dirs.depth, sizeof(*w->levels));
	if (r == 0)
		r = dir_entries_read_all(&level.entries, src->fd);
	if (r == 0)
		r = dirstack_push(&w->dirs, &src->fd, &src->st);
	if (r < 0) {
		dir_entries_done(&level.entries);
		return emit_failure(w, r, OVLCP_OP_READ_DIRECTORY);
	}
	if (w->dirs.depth == 1)
		w->dev = src->st.st_dev;
	w->levels[w->dirs.depth - 1] = level;
	pathbuf_trim(&w->path);
	return 0;
}

/* Leave the lowest directory. 0, or -errno if the one above is lost. */
static int leave(struct walk *w)
{
	struct level *level = &w->levels[w->dirs.depth - 1];
	int r = dirstack_pop(&w->dirs);

	dir_entries_done(&level->entries);
	if (w->dirs.depth > 0)
		pathbuf_cut(&w->path, level->above_len);
	return r < 0 ? emit_failure(w, r, OVLCP_OP_READ_DIRECTORY) : 0;
}

static bool is_elsewhere(const struct walk *w, const struct source *src)
{
	return (w->opt->flags & OVLCP_ONE_FILE_SYSTEM) && w->dirs.depth > 0 &&
	       src->st.st_dev != w->dev;
}

/* Enter the directory @src, if that is asked for. 0, or -errno. */
static int visit_directory(struct walk *w, struct source *src, size_t above_len)
{
	if (!(w->opt->flags & OVLCP_RECURSIVE))
		return emit_failure(w, -EISDIR, OVLCP_OP_SOURCE_IS_DIRECTORY);
	return is_elsewhere(w, src) ? 0 : enter(w, src, above_len);
}

/* Copy up the file @src, or let a thread do it. 0; or -errno, which was emitted. */
static int visit_file(struct walk *w, struct source *src)
{
	if (copy_up_tasks_submit(&w->tasks, src))
		return 0;
	copy_up_tasks_wait(&w->tasks);
	return copy_up_only_file(&w->only, src);
}

/* Enter the directory @src, or copy up the file. @above_len: see struct level. 0, or -errno. */
static int visit(struct walk *w, struct source *src, size_t above_len)
{
	struct err err;
	int r;

	src->path = w->path.text;
	r = source_stat(src, &err);
	if (r < 0)
		r = emit_failure(w, r, err.op);
	else if (S_ISDIR(src->st.st_mode))
		r = visit_directory(w, src, above_len);
	else
		r = visit_file(w, src);
	source_close(src);
	return r;
}

/* Visit the next entry of the lowest directory, or leave it. 0, or -errno. */
static int visit_next(struct walk *w, bool *ret_is_lost)
{
	struct source src = { .at_fd = dirstack_top(&w->dirs) };
	struct dir_entry entry;
	const size_t len = w->path.len;
	const size_t depth = w->dirs.depth;
	int r = dir_entries_next(&w->levels[depth - 1].entries, src.at_fd, &entry);

	if (r == 0) {
		r = leave(w);
		*ret_is_lost = r < 0;
		return r;
	}
	r = pathbuf_push(&w->path, entry.name);
	if (r < 0)
		return emit_failure(w, r, OVLCP_OP_NONE);
	src.name = entry.name;
	r = visit(w, &src, len);
	if (w->dirs.depth == depth)
		pathbuf_cut(&w->path, len);
	return r;
}

int copy_up_tree_run(struct ovlcp *o, struct event_sink *events, int dir_fd, const char *path,
		     const struct ovlcp_options *opt)
{
	struct walk w = { .opt = opt, .dirs.window = copy_window() };
	struct source src = { .at_fd = dir_fd,
			      .name = path,
			      .from_caller = true,
			      .follow = plan_follows(opt, true) };
	bool is_lost = false;
	int first = pathbuf_set(&w.path, path);

	copy_up_tasks_init(&w.tasks, o, events, opt);
	copy_up_only_init(&w.only, o, &w.tasks.pool.sink, opt);
	pool_set_error(&w.tasks.pool, first < 0 ? first : visit(&w, &src, 0));
	while (w.dirs.depth > 0 && !is_lost && !session_is_cancelled(o)) {
		pool_set_error(&w.tasks.pool, visit_next(&w, &is_lost));
		pool_flush_ready(&w.tasks.pool);
	}
	first = copy_up_tasks_done(&w.tasks);
	for (size_t i = 0; i < w.dirs.depth; i++)
		dir_entries_done(&w.levels[i].entries);
	dirstack_done(&w.dirs);
	copy_up_only_done(&w.only);
	if (!(opt->flags & OVLCP_SAME_CALL))
		session_forget_dry_run(o);
	free(w.levels);
	pathbuf_done(&w.path);
	return first ? first : session_is_cancelled(o) ? -ECANCELED : 0;
}

int copy_up_fd_run(struct ovlcp *o, struct event_sink *events, const struct copy_up_fd *f,
		   const struct ovlcp_options *opt)
{
	struct copy_up_only only;
	int r;

	copy_up_only_init(&only, o, events, opt);
	only.beside_fd = f->beside_fd;
	r = copy_up_only_fd(&only, f->fd, f->path);
	copy_up_only_done(&only);
	session_forget_dry_run(o);
	return r;
}
