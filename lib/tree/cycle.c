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
#include "probe/identity.h"
#include "probe/inode_match.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "walk/copied_map.h"
#include "walk/dirstack.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Whether the directory was reached by a symbolic link. 1; 0, also if the name has gone; or
   -errno. */
static int is_reached_by_symlink(const struct source *src)
{
	struct stat st;
	int r = src->follow ? sys_stat(src->at_fd, src->name, false, &st) : -ENOENT;

	return r == 0 ? S_ISLNK(st.st_mode) : r == -ENOENT ? 0 : r;
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
	    sys_birth(fd, &btime) < 0 || !inode_match_time(btime, p->btime))
		return false;
	if (dirstack_fd(&p->dirs, i) < 0 || sys_fstat(dirstack_fd(&p->dirs, i), &own) < 0)
		return true;
	return own.st_mode == st->st_mode && inode_match_time(own.st_ctim, st->st_ctim) &&
	       inode_match_time(own.st_mtim, st->st_mtim);
}

/* Whether @a is the directory @b. 1, 0 or -errno; 1 as well if @b was moved away: its number is
   known to be that of @a, and decides then. */
static int is_directory(const struct identity_file *a, const struct identity_file *b)
{
	int r = identity_same(a, b);

	return r == -ENOENT || r == -ENOTDIR ? 1 : r;
}

/* Whether @fd, with @st, is a top-level directory that this copy has created. 1, 0 or -errno. */
static int is_created_dir(const struct copy *c, const struct dest *p, int fd, const struct stat *st)
{
	const struct identity_file f = { .fd = fd };
	struct identity_file output = { .fd = c->q->dst_fd };
	struct copied_dest made;

	if (!inodeset_has(&p->created_dirs, st, ""))
		return is_view_of_output(p, fd, st);
	if (!copied_map_find(p->copied_map, st, COPIED_BY_NUMBER, &made) || !made.made)
		return 1;
	output.name = made.path;
	return is_directory(&f, &output);
}

/* Whether one of the directories above @fd, with @st, is a top-level directory that this copy has
   created. 1, 0 or -errno. */
static int is_below_created_dir(const struct copy *c, const struct dest *p, int fd,
				const struct stat *st)
{
	CLEANUP_FD int at_fd = sys_dup(fd);
	struct stat at = *st;
	struct stat below;
	int r = at_fd < 0 ? at_fd : 0;

	while (r == 0) {
		int up = sys_open(at_fd, "..", O_PATH | O_DIRECTORY, 0);

		fd_drop(&at_fd);
		at_fd = up;
		below = at;
		r = at_fd < 0 ? at_fd : sys_fstat(at_fd, &at);
		if (r == 0)
			r = is_created_dir(c, p, at_fd, &at);
		if (r == 0 && inode_same(&at, &below))
			return 0; /* the root directory */
	}
	/* what may not be searched cannot be read for the copy either */
	return r == -EACCES ? 0 : r;
}

/* Whether @src is, or is inside of, a directory that this copy has created. 1, 0 or -errno. */
static int is_own_output(const struct copy *c, const struct dest *p, const struct source *src)
{
	const int flags = O_PATH | O_DIRECTORY | (src->follow ? 0 : O_NOFOLLOW);
	CLEANUP_FD int opened = -EBADF;
	int fd = src->fd;
	int r;

	if (!p->created_dirs.head)
		return 0;
	if (fd < 0)
		fd = opened = sys_open(src->at_fd, src->name, flags, 0);
	if (fd < 0)
		return 0; /* it cannot be entered */
	r = is_created_dir(c, p, fd, &src->st);
	if (r != 0)
		return r;
	r = is_reached_by_symlink(src);
	return r > 0 ? is_below_created_dir(c, p, fd, &src->st) : r;
}

/* Return the path of the destination of @q. The caller frees it; NULL if memory is short. */
static char *dest_path(const struct target_request *q, const struct source *src)
{
	bool into = !q->name && (q->opt->flags & OVLCP_INTO_DIRECTORY);

	return into ? path_join_name(q->path, src->path) : strdup(q->path);
}

/* Whether @path is the same name in the same directory as the earlier destination. @dir_fd: the
   parent directory of @path; negative: @path is relative to @base_fd. 1, 0 or -errno. */
static int is_same_entry(const struct copy *c, int dir_fd, int base_fd, const char *path,
			 const struct copied_dest *earlier)
{
	struct path_parts a = path_split(path);
	struct path_parts b = path_split(earlier->path);
	CLEANUP_FREE char *dir = path_directory(path);
	CLEANUP_FREE char *earlier_dir = path_directory(earlier->path);
	const struct identity_file parent = { .fd = dir_fd < 0 ? base_fd : dir_fd,
					      .name = dir_fd < 0 ? dir : NULL,
					      .follow = true };
	const struct identity_file earlier_parent = { .fd = c->q->dst_fd,
						      .name = earlier_dir,
						      .follow = true };
	int r;

	if (a.name_len != b.name_len ||
	    strncmp(path + a.dir_len, earlier->path + b.dir_len, a.name_len) != 0)
		return 0;
	r = dir && earlier_dir ? identity_same(&parent, &earlier_parent) : -ENOMEM;
	return r == -ENOENT || r == -ENOTDIR ? 0 : r; /* there is no such directory */
}

/* Whether the destination of @q, with @path, is the earlier destination. 1, 0 or -errno. */
static int is_same_dest(const struct copy *c, const struct target_request *q, const char *path,
			const struct copied_dest *earlier)
{
	return is_same_entry(c, q->name ? q->at_fd : -EBADF, c->q->dst_fd, path, earlier);
}

/* Whether the source is the earlier destination. 1, 0 or -errno. */
static int is_source_the_dest(const struct copy *c, const struct source *src,
			      const struct copied_dest *earlier)
{
	return is_same_entry(c, src->from_caller ? -EBADF : src->at_fd, c->q->src_fd, src->path,
			     earlier);
}

/* Number of the uppermost directory of the destination; 0 if it is not entered yet. */
static uint64_t top_id(const struct dest *p)
{
	return dest_depth(p) > 0 ? p->levels[0].target.id : 0;
}

/* The event has the paths that the caller gave, as the message of cp. */
void cycle_emit_into_self(struct copy *c, struct dest *p, struct event_sink *events)
{
	CLEANUP_FREE char *top = p->path.text ? strndup(p->path.text, p->top_len) : NULL;

	if (!p->into_itself)
		(void)event_emit(events, &(struct ovlcp_event){ .type = OVLCP_EVENT_FAILED,
								.id = top_id(p),
								.src = c->q->src,
								.dst = top,
								.err.op = OVLCP_OP_INTO_ITSELF });
	p->into_itself = true;
}

/* Emit that a question about the directory could not be answered. Returns @r. */
static int emit_unanswered(struct copy *c, int r)
{
	return copy_emit_error(c, &(struct err){ -r, OVLCP_OP_STAT_SOURCE });
}

/* Whether @src is the output @earlier of an earlier source of this call. 1, 0 or -errno. */
static int is_earlier_output(const struct copy *c, const struct source *src,
			     const struct copied_dest *earlier)
{
	int linked = earlier->made ? is_reached_by_symlink(src) : 1;

	return linked == 0 ? 1 : linked < 0 ? linked : is_source_the_dest(c, src, earlier);
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
	int output = path ? is_earlier_output(c, src, earlier) : -ENOMEM;
	int repeated = output == 0 ? is_same_dest(c, q, path, earlier) : 0;

	if (output < 0 || repeated < 0)
		return emit_unanswered(c, output < 0 ? output : repeated);
	if (output > 0) {
		cycle_emit_into_self(c, p, q->events);
		return -EINVAL;
	}
	if (!repeated && src->follow)
		return 1;
	if (repeated) {
		e.type = OVLCP_EVENT_SKIPPED;
		e.src = c->q->src;
		e.err.op = OVLCP_OP_DIRECTORY_REPEATED;
	}
	(void)event_emit(q->events, &e);
	return repeated ? 0 : -EMLINK;
}

/* Whether @src is the directory that was found under its numbers: the source that the caller gave
   earlier, or the output of this call. 1, 0 or -errno. */
static int is_found(const struct copy *c, const struct source *src, const struct copied_dest *found)
{
	const struct identity_file a = source_identity(src);
	const struct identity_file b = {
		.fd = found->made ? c->q->dst_fd : c->q->src_fd,
		.name = found->made ? found->path : found->src_path,
		.follow = true,
	};

	return is_directory(&a, &b);
}

int cycle_check(struct copy *c, struct dest *p, const struct source *src,
		const struct target_request *q)
{
	struct copied_dest earlier;
	int r = is_own_output(c, p, src);

	if (r > 0) {
		cycle_emit_into_self(c, p, q->events);
		return -EINVAL;
	}
	if (r == 0 && !copied_map_find(p->copied_map, &src->st, COPIED_BY_NUMBER, &earlier))
		return 1;
	if (r == 0)
		r = is_found(c, src, &earlier);
	if (r < 0)
		return emit_unanswered(c, r);
	return r > 0 ? check_revisited(c, p, src, &earlier, q) : 1;
}
