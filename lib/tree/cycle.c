/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a copy that goes down into a directory was there before, or would copy its own output:
 * it would never end, as it would find there what it has just put there.
 *
 * Only top-level directories that this copy has created are recorded, so that a copy of any size
 * needs no memory for this: what is inside of them is reached by name through them only. Behind a
 * symbolic link, which may lead to any depth, everything above is checked by walking "..".
 *
 * Inode numbers do not tell where another filesystem shows the same directory, as an overlay does.
 */
#include "tree/cycle.h"

#include "base/fd.h"
#include "base/path.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static bool is_reached_by_symlink(const struct source *src)
{
	struct stat st;

	return src->follow && sys_stat(src->at_fd, src->name, false, &st) == 0 &&
	       S_ISLNK(st.st_mode);
}

static bool is_same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/*
 * Whether @fd, with @st, is our own output seen through another filesystem, such as an overlay
 * whose upper layer is the destination: st_dev and st_ino differ, but birth time, ctime, mtime and
 * mode match; and the mode is that of a directory that is being filled, which few others have.
 */
static bool is_view(const struct dest *p, int fd, const struct stat *st)
{
	struct timespec btime;
	struct stat own;
	size_t i = 0;

	while (i < p->dirs.depth && !p->levels[i].target.created)
		i++;
	if (i == p->dirs.depth || st->st_dev == p->levels[i].target.st.st_dev || !p->btime.tv_sec ||
	    sys_birth(fd, &btime) < 0 || !is_same_time(btime, p->btime))
		return false;
	if (dirstack_fd(&p->dirs, i) < 0 || sys_fstat(dirstack_fd(&p->dirs, i), &own) < 0)
		return true;
	return own.st_mode == st->st_mode && is_same_time(own.st_ctim, st->st_ctim) &&
	       is_same_time(own.st_mtim, st->st_mtim);
}

static bool is_made(const struct dest *p, int fd, const struct stat *st)
{
	return inodeset_has(&p->created_dirs, st, "") || is_view(p, fd, st);
}

static bool is_own_output(const struct dest *p, const struct source *src)
{
	CLEANUP_FD int fd = -EBADF;
	struct stat at = src->st;
	struct stat below;
	bool made;

	if (!p->created_dirs.head)
		return false;
	fd = sys_open(src->at_fd, src->name, O_PATH | O_DIRECTORY | (src->follow ? 0 : O_NOFOLLOW),
		      0);
	made = fd >= 0 && is_made(p, fd, &at);
	if (made || !is_reached_by_symlink(src))
		return made;
	do {
		int up = fd < 0 ? fd : sys_open(fd, "..", O_PATH | O_DIRECTORY, 0);

		fd_drop(&fd);
		fd = up;
		below = at;
		if (fd < 0 || sys_fstat(fd, &at) < 0)
			return false; /* it cannot be copied from either */
		made = is_made(p, fd, &at);
	} while (!made && !inode_same(&at, &below));
	return made;
}

/* Where @q leads, to be freed; NULL when memory is short. */
static char *path_of(const struct target_request *q, const struct source *src)
{
	bool into = !q->name && (q->opt->flags & OVLCP_INTO_DIRECTORY);

	return into ? path_join_name(q->path, src->path) : strdup(q->path);
}

/* What the directory that holds @path is, relative to @base_fd. */
static int look_above(int base_fd, const char *path, struct stat *ret_st)
{
	struct path_parts p = path_split(path);
	CLEANUP_FREE char *dir = p.dir_len ? strndup(path, p.dir_len) : strdup(".");

	return dir ? sys_stat(base_fd, dir, true, ret_st) : -ENOMEM;
}

/* Whether @path, which is @name_fd's entry or goes from @base_fd, is one name in one directory with
   where the source went. */
static bool is_same_place(const struct copy *c, int name_fd, int base_fd, const char *path,
			  const struct copied_dest *seen)
{
	struct path_parts a = path_split(path);
	struct path_parts b = path_split(seen->path);
	struct stat here;
	struct stat there;

	return a.name_len == b.name_len &&
	       strncmp(path + a.dir_len, seen->path + b.dir_len, a.name_len) == 0 &&
	       (name_fd >= 0 ? sys_fstat(name_fd, &here) : look_above(base_fd, path, &here)) == 0 &&
	       look_above(c->q->dst_fd, seen->path, &there) == 0 && inode_same(&here, &there);
}

static bool is_where_it_went(const struct copy *c, const struct target_request *q, const char *path,
			     const struct copied_dest *seen)
{
	return is_same_place(c, q->name ? q->at_fd : -EBADF, c->q->dst_fd, path, seen);
}

static bool is_what_was_made(const struct copy *c, const struct source *src,
			     const struct copied_dest *seen)
{
	return is_same_place(c, src->from_caller ? -EBADF : src->at_fd, c->q->src_fd, src->path,
			     seen);
}

/* In terms of what was named, as cp. */
void cycle_emit_into_self(struct copy *c, struct dest *p)
{
	CLEANUP_FREE char *top = p->path.text ? strndup(p->path.text, p->top_len) : NULL;

	if (!p->into_itself)
		(void)event_emit(c->events,
				 &(struct ovlcp_event){ .type = OVLCP_EVENT_FAILED,
							.src = c->q->src,
							.dst = top,
							.err.op = OVLCP_OP_INTO_ITSELF });
	p->into_itself = true;
}

/* The directory @src was met before (@seen). See cycle_check. */
static int check_revisited(struct copy *c, struct dest *p, const struct source *src,
			   const struct copied_dest *seen, const struct target_request *q)
{
	CLEANUP_FREE char *path = path_of(q, src);
	struct ovlcp_event e = { .type = OVLCP_EVENT_FAILED,
				 .src = src->path,
				 .dst = path,
				 .other = seen->path,
				 .err.op = OVLCP_OP_DIRECTORY_LINK };
	int r = -EMLINK;

	/* the source is the output of an earlier source of this call */
	if ((seen->made && !is_reached_by_symlink(src)) || is_what_was_made(c, src, seen)) {
		cycle_emit_into_self(c, p);
		return -EINVAL;
	} else if (path && is_where_it_went(c, q, path, seen)) {
		e.type = OVLCP_EVENT_SKIPPED;
		e.src = c->q->src;
		e.err.op = OVLCP_OP_DIRECTORY_REPEATED;
		r = 0;
	} else if (src->follow) {
		return 1;
	}
	(void)event_emit(c->events, &e);
	return r;
}

int cycle_check(struct copy *c, struct dest *p, const struct source *src,
		const struct target_request *q)
{
	struct copied_dest seen;

	if (is_own_output(p, src)) {
		cycle_emit_into_self(c, p);
		return -EINVAL;
	}
	if (!copied_map_find(p->copied_map, &src->st, &seen))
		return 1;
	return check_revisited(c, p, src, &seen, q);
}
