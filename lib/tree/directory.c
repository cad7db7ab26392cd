/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Down into directories and up again, at the source and at every destination in step.
 *
 * A directory is made, its descriptor is kept, and what is in it is reached from there by
 * single names. It gets its attributes when everything in it is done, because that changes
 * its times, and because a read-only one could not be filled.
 */
#include "copy/context.h"

#include "base/fd.h"
#include "base/path.h"
#include "exec/create.h"
#include "pool/pool.h"
#include "session/emit.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "tree/batch.h"
#include "tree/cycle.h"
#include "tree/delayed_attrs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

bool tree_is_in(const struct copy *c)
{
	return c->dirs.depth > 0;
}

/* Whether the directory that the target is in was made by this copy. */
static bool is_in_new(const struct dest *p)
{
	return dest_depth(p) > 0 && p->levels[dest_depth(p) - 1].target.created;
}

/* Room for one more level in both lists. */
static int make_room(struct copy *c, struct dest *p)
{
	if (c->dirs.depth == c->room) {
		size_t room = c->room ? c->room * 2 : 16;
		struct level *levels = reallocarray(c->levels, room, sizeof(*levels));

		if (!levels)
			return -ENOMEM;
		c->levels = levels;
		c->room = room;
	}
	if (p && dest_depth(p) == p->room) {
		size_t room = p->room ? p->room * 2 : 16;
		struct dest_level *levels = reallocarray(p->levels, room, sizeof(*levels));

		if (!levels)
			return -ENOMEM;
		p->levels = levels;
		p->room = room;
	}
	return 0;
}

/* Remember the directory at the place, to notice when the copy is about to run into itself. */
static int remember(struct dest *p, const struct source *src, const struct target *t)
{
	const struct copied_dest place = { .path = t->path, .named_len = p->named_len };
	struct copied_dest made = place;
	struct copied_dest seen;
	bool is_new = src->from_caller && !copied_map_find(p->copied_map, &src->st, &seen);
	int r = is_new ? copied_map_add(p->copied_map, &src->st, &place) : 0;

	made.made = true;
	/* what lies in a new directory can only be met through that one */
	if (r == 0 && t->created && !is_in_new(p)) {
		p->btime = (struct timespec){ 0 };
		(void)sys_birth(t->fd, &p->btime); /* matters to other filesystems' views only */
		r = inodeset_add(&p->made, &t->st, "");
	}
	if (r == 0 && t->created && !is_in_new(p))
		r = copied_map_add(p->copied_map, &t->st, &made);
	return r;
}

/* Go into a directory that is there, or would be. */
static int push(struct dest *p, struct target *t)
{
	if (!t->would_exist)
		return dirstack_push(&p->dirs, TAKE_FD(t->fd), &t->st);
	if (dest_depth(p) == 0)
		p->would_exist_at = sys_open(t->dir_fd, ".", O_PATH | O_DIRECTORY, 0);
	p->would_exist++;
	return 0;
}

static int pop(struct dest *p)
{
	if (p->would_exist == 0)
		return dirstack_pop(&p->dirs);
	p->would_exist--;
	return 0;
}

static int descend(struct copy *c, struct dest *p, struct target *t, size_t above_len)
{
	int r = make_room(c, p);

	if (r == 0)
		r = pathbuf_set(&p->path, t->path);
	if (r == 0)
		pathbuf_trim(&p->path);
	if (r == 0 && dest_depth(p) == 0)
		p->top_len = p->path.len;
	/* with a slash at its end all of it was named */
	if (r == 0 && t->must_be_dir)
		p->named_len = p->path.len;
	if (r == 0)
		r = push(p, t);
	if (r < 0)
		return r;
	p->levels[dest_depth(p) - 1] = (struct dest_level){ .target = *t, .above_len = above_len };
	/* the path is in p->path: each level would hold all of it once more */
	free(p->levels[dest_depth(p) - 1].target.path);
	p->levels[dest_depth(p) - 1].target.path = NULL;
	*t = (struct target){ .fd = -EBADF };
	return 0;
}

/* Make or find the directory at one place and go in. 1 if it was entered, 0, or -errno. */
static int enter_dest(struct copy *c, struct dest *p, struct source *src, const char *name)
{
	size_t len = p->path.len;
	struct copied_dest seen;
	struct target_request q;
	struct target t;
	int r = dest_init_request(c, p, name, &q);

	if (r < 0)
		return r;
	q.src = src;
	q.kind = KIND_DIRECTORY;
	if (is_own_output(p, src)) {
		emit_copy_into_self(c, p);
		r = -EINVAL;
	} else {
		r = copied_map_find(p->copied_map, &src->st, &seen)
			    ? check_revisited_dir(c, p, src, &seen, &q)
			    : 1;
	}
	if (r > 0)
		r = target_open(c->o, &q, &t);
	else
		r = r < 0 ? r : TARGET_SKIPPED;
	dest_pop_name(p, len);
	if (r != TARGET_OPEN)
		return r < 0 ? r : 0;
	if (!name)
		p->named_len = t.named_len;
	if (t.created)
		report(c->o, &(struct ovlcp_event){
				     .type = OVLCP_EVENT_BEGIN, .src = src->path, .dst = t.path });
	r = remember(p, src, &t);
	if (r == 0)
		r = copy_record_created(c, &t, t.path, src->from_caller);
	if (r == 0)
		r = descend(c, p, &t, len);
	if (r < 0) {
		(void)emit_copy_error(c, t.path ? t.path : "", &(struct err){ -r, OVLCP_OP_NONE });
		target_done(&t);
		return r;
	}
	return 1;
}

int dir_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		  const struct stat *src)
{
	const bool dry = copy_is_dry(c);
	int r = dry || c->lost ? 0 : copy_set_attrs(c, t, path, src_fd, src);

	if (r == 0)
		report(c->o, &(struct ovlcp_event){ .type = dry ? OVLCP_EVENT_PLANNED
								: OVLCP_EVENT_COPIED,
						    .src = c->path.text,
						    .dst = path,
						    .method = OVLCP_METHOD_DIRECTORY });
	return r;
}

/* Out of the lowest directory of a place, which gets its attributes from the source's: when the
   files in it are complete. */
static int leave_dest(struct copy *c, struct dest *p, int src_fd, const struct stat *src)
{
	struct dest_level *l = &p->levels[dest_depth(p) - 1];
	struct target *t = &l->target;
	bool later = c->pool && !pool_is_empty(c->pool);
	int r = later ? dir_defer_attrs(c, p, t, src_fd, src) : 0;
	int up;

	if (later && r < 0)
		pool_wait(c->pool);
	if (!later || r < 0) {
		t->fd = copy_is_dry(c) ? -EBADF : dirstack_top(&p->dirs);
		r = dir_set_attrs(c, t, p->path.text, src_fd, src);
		t->fd = -EBADF; /* it belongs to dirs */
	}
	/* a copy would have met there what it has made there: st is that of the real one above */
	if (r == 0 && t->would_exist && inode_same(&t->st, src)) {
		emit_copy_into_self(c, p);
		r = -EINVAL;
	}
	up = pop(p);
	if (up < 0) {
		p->lost = true;
		r = emit_copy_error(c, p->path.text,
				    &(struct err){ -up, OVLCP_OP_DESTINATION_REPLACED });
	}
	pathbuf_cut(&p->path, l->above_len);
	target_done(t);
	return r;
}

/* The same for all places that are one deeper than the walk will be. */
static int leave_dests(struct copy *c, size_t depth, int src_fd, const struct stat *src)
{
	int first = 0;

	for (size_t i = 0; i < c->q->n; i++) {
		struct dest *p = &c->dests[i];

		if (!p->lost && dest_depth(p) > depth) {
			int r = leave_dest(c, p, src_fd, src);

			first = first ? first : r;
		}
	}
	return first;
}

/* Whether the walk stays out of the directory: it is another filesystem's. */
static bool is_beyond(const struct copy *c, const struct source *src)
{
	return (c->opt->flags & OVLCP_ONE_FILE_SYSTEM) && tree_is_in(c) &&
	       src->st.st_dev != c->levels[0].st.st_dev;
}

/* Open the directory of the source and go in; a directory whose turn it is to be closed is read
   to its end first. */
static int enter_source(struct copy *c, const struct source *src, size_t above_len)
{
	CLEANUP_FD int fd = sys_open(src->at_fd, src->name,
				     O_RDONLY | O_DIRECTORY | (src->follow ? 0 : O_NOFOLLOW), 0);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r == 0 && !inode_same(&st, &src->st))
		r = -ESTALE;
	if (r == 0)
		r = make_room(c, NULL);
	if (r == 0 && c->dirs.depth >= c->dirs.window) {
		size_t oldest = c->dirs.depth - c->dirs.window;

		r = dir_entries_read_all(&c->levels[oldest].entries, dirstack_fd(&c->dirs, oldest));
	}
	if (r == 0)
		r = dirstack_push(&c->dirs, TAKE_FD(fd), &st);
	if (r < 0)
		return r;
	c->levels[c->dirs.depth - 1] =
		(struct level){ .st = src->st,
				.above_len = above_len,
				.entries.directories_last = c->jobs > 1 && batch_is_allowed(c) };
	pathbuf_trim(&c->path);
	return 0;
}

/* Nothing is to be copied out of the directory, but it gets its attributes. */
static int stay_out(struct copy *c, const struct source *src)
{
	int flags = O_PATH | O_DIRECTORY | (src->follow ? 0 : O_NOFOLLOW);
	CLEANUP_FD int fd = sys_open(src->at_fd, src->name, flags, 0);

	return leave_dests(c, c->dirs.depth, fd, &src->st);
}

int tree_enter(struct copy *c, struct source *src, const char *name, size_t above_len)
{
	bool entered = false;
	int first = 0;
	int r;

	batch_close(c);
	if (dirstack_has(&c->dirs, &src->st))
		return emit_copy_error(c, "", &(struct err){ ELOOP, OVLCP_OP_CYCLE });
	for (size_t i = 0; i < c->q->n; i++) {
		struct dest *p = &c->dests[i];

		if (!dest_is_open(c, p))
			continue;
		r = enter_dest(c, p, src, name);
		entered = entered || r > 0;
		first = first || r >= 0 ? first : r;
	}
	if (!entered)
		return first;
	if (is_beyond(c, src)) {
		r = stay_out(c, src);
		return first ? first : r;
	}
	r = enter_source(c, src, above_len);
	if (r < 0) {
		(void)emit_copy_error(c, "", &(struct err){ -r, OVLCP_OP_READ_DIRECTORY });
		(void)stay_out(c, src); /* the first failure counts */
	}
	return first ? first : r;
}

int tree_leave(struct copy *c)
{
	struct level *l = &c->levels[c->dirs.depth - 1];
	int r;
	int up;

	batch_close(c);
	r = leave_dests(c, c->dirs.depth - 1, dirstack_top(&c->dirs), &l->st);
	up = dirstack_pop(&c->dirs);
	if (up < 0 && !c->lost) {
		c->lost = true;
		r = emit_copy_error(c, "", &(struct err){ -up, OVLCP_OP_READ_DIRECTORY });
	}
	dir_entries_done(&l->entries);
	if (c->dirs.depth > 0)
		pathbuf_cut(&c->path, l->above_len);
	return r;
}
