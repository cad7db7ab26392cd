/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Enters and leaves directories, at the source and at every destination in step.
 *
 * A directory stays open while the walk is in it, and its entries are reached from its descriptor
 * by single names. Its attributes are set when its contents are complete, because filling it
 * changes its times, and because a read-only directory could not be filled.
 */
#include "tree/directory.h"

#include "base/array.h"
#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "base/pathbuf.h"
#include "copy/dest.h"
#include "probe/identity.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "target/open.h"
#include "tree/batch.h"
#include "tree/cycle.h"
#include "tree/delayed_attrs.h"
#include "walk/copied_map.h"
#include "walk/dir_entries.h"
#include "walk/dirstack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* Return whether the parent directory of the target was created by this copy. */
static bool is_in_new(const struct dest *p)
{
	return dest_depth(p) > 0 && dest_lowest(p)->target.created;
}

/* Record the directory @t, to detect later that the copy runs into itself. 0, or -ENOMEM. */
static int remember_directory(struct dest *p, const struct source *src, const struct target *t)
{
	const struct copied_dest copied = { .path = t->path,
					    .src_path = src->path,
					    .named_len = p->named_len };
	struct copied_dest output = { .path = t->path, .named_len = p->named_len, .made = true };
	struct copied_dest earlier;
	/* of directories the key is the number alone */
	const enum copied_key key = COPIED_BY_NUMBER;
	bool is_new = src->from_caller && !copied_map_find(p->copied_map, &src->st, key, &earlier);
	int r = is_new ? copied_map_add(p->copied_map, &src->st, key, &copied) : 0;

	/* a directory in a new directory is reached only through that one: do not record it */
	if (r == 0 && t->created && !is_in_new(p)) {
		p->btime = (struct timespec){ 0 };
		(void)sys_birth(t->fd, &p->btime); /* used by cycle.c only to recognize views */
		r = inodeset_add(&p->created_dirs, &t->st, "");
	}
	if (r == 0 && t->created && !is_in_new(p))
		r = copied_map_add(p->copied_map, &t->st, key, &output);
	return r;
}

/* Add a directory that exists, or in a dry run would exist. Takes t->fd. 0, or -errno. */
static int push_level(struct dest *p, struct target *t)
{
	if (!t->would_exist)
		return dirstack_push(&p->dirs, &t->fd, &t->st);
	if (dest_depth(p) == 0) {
		p->would_exist_at = sys_open(t->dir_fd, ".", O_PATH | O_DIRECTORY, 0);
		if (p->would_exist_at < 0)
			return p->would_exist_at;
		t->dir_fd = p->would_exist_at; /* that of the session is closed by the next one */
	}
	p->would_exist++;
	return 0;
}

/* Remove the lowest directory. 0; or -errno if the one above cannot be opened. */
static int pop_level(struct dest *p)
{
	if (p->would_exist == 0)
		return dirstack_pop(&p->dirs);
	p->would_exist--;
	return 0;
}

/* Make @t the lowest directory of the destination; takes it. 0, or -errno. */
static int descend(struct dest *p, struct target *t, size_t above_len)
{
	int r = array_grow(&p->levels, &p->room, dest_depth(p), sizeof(*p->levels));

	if (r == 0)
		r = pathbuf_set(&p->path, t->path);
	if (r == 0)
		pathbuf_trim(&p->path);
	if (r == 0 && dest_depth(p) == 0)
		p->top_len = p->path.len;
	/* with a slash at its end the caller gave the whole path */
	if (r == 0 && t->must_be_dir)
		p->named_len = p->path.len;
	if (r == 0)
		r = push_level(p, t);
	if (r < 0)
		return r;
	*dest_lowest(p) = (struct dest_level){ .target = *t, .above_len = above_len };
	/* the path is in p->path; without this each level would hold a copy of the whole path */
	free(dest_lowest(p)->target.path);
	dest_lowest(p)->target.path = NULL;
	*t = (struct target){ .fd = -EBADF };
	return 0;
}

/* Open the directory at one destination, unless cycle_check refuses it. An enum target_result, or
   -errno. */
static int open_directory(struct copy *c, struct dest *p, const struct target_request *q,
			  struct target *ret_t)
{
	int r = cycle_check(c, p, q->src, q);

	return r > 0 ? target_open(c->o, q, ret_t) : r < 0 ? r : TARGET_SKIPPED;
}

/* Open the directory of the source, which could not be opened for reading, for its attributes. A
   descriptor that the caller owns, or -errno. */
static int open_unreadable(const struct source *src)
{
	return sys_open(src->at_fd, src->name,
			O_PATH | O_DIRECTORY | (src->follow ? 0 : O_NOFOLLOW), 0);
}

/* Set the security context of the open directory @t, before there is something in it. 0; or -errno,
   which was emitted. */
static int label(struct copy *c, struct source *src, struct target *t)
{
	CLEANUP_FD int fd = src->fd >= 0 ? -EBADF : open_unreadable(src);

	return t->would_exist ? 0 : copy_label(c, t, t->path, fd >= 0 ? fd : src->fd, &src->st);
}

/* Enter the open directory @t at one destination; takes it. @above_len: length of the path above.
   0; or -errno, which was emitted. */
static int enter_opened(struct copy *c, struct dest *p, struct source *src, struct target *t,
			size_t above_len)
{
	int r;

	if (t->created)
		(void)event_emit(t->events, &(struct ovlcp_event){ .type = OVLCP_EVENT_BEGIN,
								   .src = src->path,
								   .dst = t->path });
	r = label(c, src, t);
	if (r < 0) {
		target_done(t);
		return r;
	}
	r = remember_directory(p, src, t);
	if (r == 0)
		r = copy_record_created(c, t, t->path, src->from_caller);
	if (r == 0 && t->created && !t->would_exist)
		r = dest_record_written(c, p, t);
	if (r == 0)
		r = descend(p, t, above_len);
	if (r < 0) {
		(void)event_emit_error(t->events, OVLCP_EVENT_FAILED, src->path, t->path,
				       &(struct err){ -r, OVLCP_OP_NONE });
		target_done(t);
	}
	return r;
}

/* Open the directory at one destination and enter it. 1; 0 if it is skipped; or -errno. */
static int enter_dest(struct copy *c, struct dest *p, struct source *src, const char *name)
{
	struct event_relay relay = event_relay_to(c->events, session_next_id(c->o));
	size_t len = p->path.len;
	struct target_request q;
	struct target t;
	int r = dest_init_request(c, p, name, &relay.sink, &q);

	if (r < 0)
		return r;
	q.src = src;
	q.kind = KIND_DIRECTORY;
	r = open_directory(c, p, &q, &t);
	dest_pop_name(p, len);
	if (r != TARGET_OPEN)
		return r < 0 ? r : 0;
	if (!name)
		p->named_len = t.named_len;
	r = enter_opened(c, p, src, &t, len);
	if (r < 0)
		return r;
	dest_lowest(p)->target.events = c->events; /* the relay ends here */
	return 1;
}

/* Set the attributes of the lowest directory, now or after its files are complete. 0, or -errno. */
static int set_attrs(struct traverse *w, struct dest *p, int src_fd, const struct stat *src)
{
	struct target *t = &dest_lowest(p)->target;
	struct event_relay relay = event_relay_to(w->copy.events, t->id);
	int r;

	if (!pool_is_empty(&w->pool)) {
		if (dir_defer_attrs(w, p, t, src_fd, src) == 0)
			return 0;
		pool_wait(&w->pool);
	}
	t->fd = t->would_exist ? -EBADF : dirstack_top(&p->dirs);
	t->events = &relay.sink;
	r = dir_set_attrs(&w->copy, t, p->path.text, src_fd, src);
	t->events = w->copy.events;
	t->fd = -EBADF; /* p->dirs owns it */
	return r;
}

/* Set the attributes of the lowest directory of a destination, and leave it. 0, or -errno. */
static int leave_dest(struct traverse *w, struct dest *p, int src_fd, const struct stat *src)
{
	struct copy *c = &w->copy;
	struct dest_level *l = dest_lowest(p);
	int r = set_attrs(w, p, src_fd, src);
	int up;

	/* a copy would have found its own output here: in a dry run st is that of the existing
	   directory above */
	if (r == 0 && l->target.would_exist && inode_same(&l->target.st, src)) {
		cycle_emit_into_self(c, p, c->events);
		r = -EINVAL;
	}
	up = pop_level(p);
	if (up < 0) {
		p->lost = true;
		r = copy_emit_dest_error(c, l->target.id, p->path.text,
					 &(struct err){ -up, OVLCP_OP_DESTINATION_REPLACED });
	}
	pathbuf_cut(&p->path, l->above_len);
	target_done(&l->target);
	return r;
}

/* Do the same at all destinations that are deeper than @depth. 0, or the first -errno. */
static int leave_dests(struct traverse *w, size_t depth, int src_fd, const struct stat *src)
{
	int first = 0;

	for (size_t i = 0; i < w->copy.q->n; i++) {
		struct dest *p = &w->copy.dests[i];

		if (!p->lost && dest_depth(p) > depth) {
			int r = leave_dest(w, p, src_fd, src);

			first = first ? first : r;
		}
	}
	return first;
}

/* Return whether the directory is not entered because it is on another filesystem. */
static bool is_other_filesystem(const struct traverse *w, const struct source *src)
{
	return (w->copy.opt->flags & OVLCP_ONE_FILE_SYSTEM) && w->copy.depth > 0 &&
	       src->st.st_dev != w->levels[0].st.st_dev;
}

/* Read the remaining entries of the directory that dirstack_push will close. A failure is found
   when the walk is there again. */
static void make_room_in_window(struct traverse *w)
{
	size_t oldest = w->dirs.depth - w->dirs.window;

	if (w->dirs.depth >= w->dirs.window)
		(void)dir_entries_read_all(&w->levels[oldest].entries,
					   dirstack_fd(&w->dirs, oldest));
}

/* Enter the open directory of the source; takes src->fd. 0, or -errno. */
static int enter_source(struct traverse *w, struct source *src, size_t above_len)
{
	int r = array_grow(&w->levels, &w->room, w->dirs.depth, sizeof(*w->levels));

	if (r < 0)
		return r;
	make_room_in_window(w);
	r = dirstack_push(&w->dirs, &src->fd, &src->st);
	if (r < 0)
		return r;
	w->copy.depth = w->dirs.depth;
	w->levels[w->dirs.depth - 1] =
		(struct level){ .st = src->st,
				.above_len = above_len,
				.entries.directories_last =
					w->jobs > 1 && batch_is_allowed(&w->copy) };
	pathbuf_trim(&w->copy.path);
	return 0;
}

/* Leave the directory at the destinations with its attributes set, without copying its contents. 0,
   or -errno. */
static int skip_contents(struct traverse *w, const struct source *src)
{
	CLEANUP_FD int fd = src->fd >= 0 ? -EBADF : open_unreadable(src);

	return leave_dests(w, w->copy.depth, src->fd >= 0 ? src->fd : fd, &src->st);
}

/* Whether numbers identify the directory @src. */
static bool is_certain(const struct source *src)
{
	const struct identity_file f = source_identity(src);

	return identity_is_certain(&f);
}

/* Whether the walk is in the directory @src already, which a symbolic link leads back to. Where
   numbers are a hint only, the directory must look as it did when it was entered. */
static bool is_entered(const struct traverse *w, const struct source *src)
{
	for (size_t i = w->dirs.depth; i-- > 0;) {
		const struct stat *st = &w->levels[i].st;

		if (inode_same(st, &src->st) &&
		    (identity_looks_equal(st, &src->st) || is_certain(src)))
			return true;
	}
	return false;
}

/* Create the directory at every open destination and enter it. Whether one was entered; the first
   failure is in *@ret_first. */
static bool enter_dests(struct copy *c, struct source *src, const char *name, int *ret_first)
{
	bool entered = false;

	*ret_first = 0;
	for (size_t i = 0; i < c->q->n; i++) {
		struct dest *p = &c->dests[i];
		int r = dest_is_open(c, p) ? enter_dest(c, p, src, name) : 0;

		entered = entered || r > 0;
		*ret_first = *ret_first || r >= 0 ? *ret_first : r;
	}
	return entered;
}

void dir_emit_unreadable(const struct copy *c, size_t depth, int r)
{
	const struct err err = { -r, OVLCP_OP_READ_DIRECTORY };
	bool is_emitted = false;

	for (size_t i = 0; i < c->q->n; i++) {
		const struct dest *p = &c->dests[i];

		if (p->lost || dest_depth(p) != depth)
			continue;
		(void)copy_emit_dest_error(c, dest_lowest(p)->target.id, p->path.text, &err);
		is_emitted = true;
	}
	if (!is_emitted)
		(void)copy_emit_error(c, &err);
}

int dir_enter(struct traverse *w, struct source *src, const char *name, size_t above_len)
{
	struct copy *c = &w->copy;
	int opened;
	int first;
	int r;

	batch_close(w);
	/* everything is decided by what was opened, not by what had the name before; if it cannot
	   be opened, the destinations get the directory all the same, as with cp */
	opened = source_open_directory(src);
	if (is_entered(w, src))
		return copy_emit_error(c, &(struct err){ ELOOP, OVLCP_OP_CYCLE });
	if (!enter_dests(c, src, name, &first))
		return first;
	if (is_other_filesystem(w, src)) {
		r = skip_contents(w, src);
		return first ? first : r;
	}
	r = opened < 0 ? opened : enter_source(w, src, above_len);
	if (r < 0) {
		dir_emit_unreadable(c, c->depth + 1, r);
		(void)skip_contents(w, src); /* the first failure is returned */
	}
	return first ? first : r;
}

int dir_leave(struct traverse *w)
{
	struct copy *c = &w->copy;
	struct level *l = &w->levels[w->dirs.depth - 1];
	int r;
	int up;

	batch_close(w);
	if (c->source_lost)
		dir_emit_unreadable(c, w->dirs.depth, c->source_lost);
	r = leave_dests(w, w->dirs.depth - 1, dirstack_top(&w->dirs), &l->st);
	up = dirstack_pop(&w->dirs);
	c->depth = w->dirs.depth;
	/* the directories above are emitted when they are left */
	if (up < 0 && !c->source_lost) {
		c->source_lost = up;
		r = r ? r : up;
	}
	dir_entries_done(&l->entries);
	if (w->dirs.depth > 0)
		pathbuf_cut(&c->path, l->above_len);
	return r;
}
