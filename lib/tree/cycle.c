/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Detects a directory that was copied before, and one that is output of this copy: copying that
 * would never end.
 *
 * Of the directories that we created only those are recorded whose parent was there before, so that
 * a new tree of any size takes one entry: without a symbolic link, what is inside of it is reached
 * through it only. A directory that is reached
 * by a symbolic link may be at any depth, so it is checked by walking "..".
 *
 * st_dev and st_ino do not identify a directory that is seen through another filesystem, such as an
 * overlay.
 */
#include "tree/cycle.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "walk/copied_map.h"
#include "walk/dirstack.h"

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
 * Return whether @fd, with @st, is our own output seen through another filesystem, such as an
 * overlay whose upper layer is the destination. st_dev and st_ino differ then, but birth time,
 * ctime, mtime and mode match; and few other directories have the mode of a directory that is being
 * filled.
 */
static bool is_view_of_output(const struct dest *p, int fd, const struct stat *st)
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

/* Return whether @fd, with @st, is a top-level directory that this copy has created. */
static bool is_created_dir(const struct dest *p, int fd, const struct stat *st)
{
	return inodeset_has(&p->created_dirs, st, "") || is_view_of_output(p, fd, st);
}

/* Return whether @src is, or is inside of, a directory that this copy has created. */
static bool is_own_output(const struct dest *p, const struct source *src)
{
	CLEANUP_FD int fd = -EBADF;
	struct stat at = src->st;
	struct stat below;
	bool found;

	if (!p->created_dirs.head)
		return false;
	fd = sys_open(src->at_fd, src->name, O_PATH | O_DIRECTORY | (src->follow ? 0 : O_NOFOLLOW),
		      0);
	found = fd >= 0 && is_created_dir(p, fd, &at);
	if (found || !is_reached_by_symlink(src))
		return found;
	do {
		int up = fd < 0 ? fd : sys_open(fd, "..", O_PATH | O_DIRECTORY, 0);

		fd_drop(&fd);
		fd = up;
		below = at;
		if (fd < 0 || sys_fstat(fd, &at) < 0)
			return false; /* then it cannot be read for the copy either */
		found = is_created_dir(p, fd, &at);
	} while (!found && !inode_same(&at, &below));
	return found;
}

/* Return the path of the destination of @q. The caller frees it; NULL if memory is short. */
static char *dest_path(const struct target_request *q, const struct source *src)
{
	bool into = !q->name && (q->opt->flags & OVLCP_INTO_DIRECTORY);

	return into ? path_join_name(q->path, src->path) : strdup(q->path);
}

/* Stat the parent directory of @path, which is relative to @base_fd. 0, or -errno. */
static int stat_parent(int base_fd, const char *path, struct stat *ret_st)
{
	struct path_parts p = path_split(path);
	CLEANUP_FREE char *dir = p.dir_len ? strndup(path, p.dir_len) : strdup(".");

	return dir ? sys_stat(base_fd, dir, true, ret_st) : -ENOMEM;
}

/* Return whether @path is the same name in the same directory as the earlier destination. @dir_fd:
   the parent directory of @path; negative: @path is relative to @base_fd. */
static bool is_same_entry(const struct copy *c, int dir_fd, int base_fd, const char *path,
			  const struct copied_dest *earlier)
{
	struct path_parts a = path_split(path);
	struct path_parts b = path_split(earlier->path);
	struct stat dir;
	struct stat earlier_dir;

	return a.name_len == b.name_len &&
	       strncmp(path + a.dir_len, earlier->path + b.dir_len, a.name_len) == 0 &&
	       (dir_fd >= 0 ? sys_fstat(dir_fd, &dir) : stat_parent(base_fd, path, &dir)) == 0 &&
	       stat_parent(c->q->dst_fd, earlier->path, &earlier_dir) == 0 &&
	       inode_same(&dir, &earlier_dir);
}

/* Return whether the destination of @q, with @path, is the earlier destination. */
static bool is_same_dest(const struct copy *c, const struct target_request *q, const char *path,
			 const struct copied_dest *earlier)
{
	return is_same_entry(c, q->name ? q->at_fd : -EBADF, c->q->dst_fd, path, earlier);
}

/* Return whether the source is the earlier destination. */
static bool is_source_the_dest(const struct copy *c, const struct source *src,
			       const struct copied_dest *earlier)
{
	return is_same_entry(c, src->from_caller ? -EBADF : src->at_fd, c->q->src_fd, src->path,
			     earlier);
}

/* The event has the paths that the caller gave, as the message of cp. */
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

/* Decide about the directory @src, which was copied to @earlier or created as that. Returns like
   cycle_check. */
static int check_revisited(struct copy *c, struct dest *p, const struct source *src,
			   const struct copied_dest *earlier, const struct target_request *q)
{
	CLEANUP_FREE char *path = dest_path(q, src);
	struct ovlcp_event e = { .type = OVLCP_EVENT_FAILED,
				 .src = src->path,
				 .dst = path,
				 .other = earlier->path,
				 .err.op = OVLCP_OP_DIRECTORY_LINK };
	int r = -EMLINK;

	/* the source is the output of an earlier source of this call */
	if ((earlier->made && !is_reached_by_symlink(src)) || is_source_the_dest(c, src, earlier)) {
		cycle_emit_into_self(c, p);
		return -EINVAL;
	} else if (path && is_same_dest(c, q, path, earlier)) {
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
	struct copied_dest earlier;

	if (is_own_output(p, src)) {
		cycle_emit_into_self(c, p);
		return -EINVAL;
	}
	if (!copied_map_find(p->copied_map, &src->st, &earlier))
		return 1;
	return check_revisited(c, p, src, &earlier, q);
}
