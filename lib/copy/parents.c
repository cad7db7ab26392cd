/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Creates the leading directories of a source in the destination directory.
 *
 * Each is created and opened relative to the one before. All stay open until the copy below them is
 * done, because their attributes are set only then.
 */
#include "copy/parents.h"

#include "attr/attr.h"
#include "base/array.h"
#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "copy/durable.h"
#include "exec/create.h"
#include "session/session.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "target/beneath.h"
#include "target/new_directory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One leading directory. */
struct parent_dir {
	/* the directory at the destination; its fd is owned */
	struct target target;
	/* stat of the directory at the source; valid if it was needed */
	struct stat src;
	/* length of its path at the source */
	size_t src_len;
	/* length of its path at the destination */
	size_t dst_len;
};

/* All leading directories of a source. */
struct parents {
	/* the destination directory, O_PATH; owned */
	int top_fd;
	/* its stat */
	struct stat top;
	/* from the uppermost down; owned */
	struct parent_dir *dirs;
	size_t count;
	/* number of directories that fit before dirs must grow */
	size_t room;
	/* path of the source; owned */
	char *src;
	/* path of the destination; owned */
	char *dst;
	/* the last name in dst; NULL if creating the directories has failed */
	const char *name;
	/* true if all existed before: then, as with cp, their attributes are left unchanged */
	bool exist;
	/* dry run: number of directories that do not exist, at the end of dirs */
	size_t would_exist;
	/* dry run: their path below the lowest one that exists, with a slash at its end; owned.
	   NULL if all exist */
	char *missing;
};

int parents_directory(const struct parents *p)
{
	size_t existing = p->count - p->would_exist;

	return existing ? p->dirs[existing - 1].target.fd : p->top_fd;
}

bool parents_would_exist(const struct parents *p)
{
	return p->would_exist > 0;
}

const char *parents_missing(const struct parents *p)
{
	return p->missing;
}

const char *parents_name(const struct parents *p)
{
	return p->name;
}

const char *parents_path(const struct parents *p)
{
	return p->dst;
}

const struct stat *parents_top(const struct parents *p)
{
	return &p->top;
}

/* Emit that the directory @d failed with @r. Returns @r. */
static int emit_parent_error(struct copy *c, const struct parents *p, const struct parent_dir *d,
			     int r, enum ovlcp_op op)
{
	CLEANUP_FREE char *src = strndup(p->src, d->src_len);
	CLEANUP_FREE char *dst = strndup(p->dst, d->dst_len);

	return event_emit(c->events, &(struct ovlcp_event){ .type = OVLCP_EVENT_FAILED,
							    .id = d->target.id,
							    .src = src,
							    .dst = dst,
							    .err = { -r, op } });
}

static void emit_created(struct copy *c, const struct parents *p, const struct parent_dir *d)
{
	CLEANUP_FREE char *src = strndup(p->src, d->src_len);
	CLEANUP_FREE char *dst = strndup(p->dst, d->dst_len);

	(void)event_emit(c->events, &(struct ovlcp_event){ .type = OVLCP_EVENT_PARENT_CREATED,
							   .id = d->target.id,
							   .src = src,
							   .dst = dst });
}

/* Fill d->src, following symbolic links, because the caller gave the path. 0; or -errno. */
static int stat_source_dir(struct copy *c, const struct parents *p, struct parent_dir *d)
{
	CLEANUP_FREE char *path = strndup(p->src, d->src_len);
	int r = path ? sys_stat(c->q->src_fd, path, true, &d->src) : -ENOMEM;

	if (r == 0 && !S_ISDIR(d->src.st_mode))
		r = -ENOTDIR;
	return r < 0 ? emit_parent_error(c, p, d, r, OVLCP_OP_STAT_PARENT) : 0;
}

/* Return the mode to create a directory with. As cp: its final mode, less what must wait until
   owner and mode are set. */
static mode_t create_mode(const struct stat *src, const struct ovlcp_options *opt)
{
	mode_t final = opt->flags & OVLCP_DEFAULT_MODE ? S_IRWXU | S_IRWXG | S_IRWXO : src->st_mode;
	mode_t early = opt->preserve & (OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_OWNERSHIP)
			       ? attr_create_mode(src, KIND_DIRECTORY, opt, false)
			       : src->st_mode;

	return final & ~(src->st_mode & ~early);
}

/* Create the directory @name, with all permissions of the owner for the time being. 0; or -errno,
   which was emitted. */
static int create_dir(struct copy *c, const struct parents *p, struct parent_dir *d,
		      const char *name)
{
	struct target *t = &d->target;
	struct exec_create_args m = { .kind = KIND_DIRECTORY,
				      .mode = create_mode(&d->src, c->opt) };
	int r = exec_create(t->dir_fd, name, &m, &t->fd);
	mode_t missing;

	if (r == 0)
		r = new_directory_check(t->dir_fd, t->fd, m.mode);
	if (r == 0)
		r = sys_fstat(t->fd, &t->st);
	missing = r == 0 ? S_IRWXU & ~t->st.st_mode : 0;
	if (missing)
		r = sys_chmod(t->fd, (t->st.st_mode & 07777) | S_IRWXU);
	if (r < 0)
		return emit_parent_error(c, p, d, r, OVLCP_OP_CREATE_PARENT);
	t->created = true;
	t->st.st_mode |= S_IRWXU;
	t->temporary = missing;
	emit_created(c, p, d);
	return 0;
}

/* Append the directory @name to p->missing. 0, or -ENOMEM. */
static int add_missing(struct parents *p, const char *name)
{
	char *missing;

	if (asprintf(&missing, "%s%s/", p->missing ? p->missing : "", name) < 0)
		return -ENOMEM;
	free(p->missing);
	p->missing = missing;
	return 0;
}

/* The dry run of create_dir; the stat is that of the lowest directory that exists. An earlier
   source of the call may have created it. */
static int dry_create_dir(struct copy *c, struct parents *p, struct parent_dir *d, const char *name)
{
	struct target *t = &d->target;
	int r = p->would_exist ? 0 : sys_access_write(t->dir_fd, ".");

	if (r == 0)
		r = sys_stat(t->dir_fd, ".", true, &t->st);
	if (r == 0)
		r = add_missing(p, name);
	t->created = r == 0 && !inodeset_has(&c->o->would_exist, &t->st, p->missing);
	if (t->created)
		r = inodeset_add(&c->o->would_exist, &t->st, p->missing);
	if (r < 0)
		return emit_parent_error(c, p, d, r, OVLCP_OP_CREATE_PARENT);
	t->would_exist = true;
	if (t->created)
		emit_created(c, p, d);
	return 0;
}

/* Return why the directory, which exists, cannot be entered. @error: -errno of beneath_follow. */
static enum ovlcp_op open_failure(int error)
{
	return error == -ENOTDIR ? OVLCP_OP_PARENT_NOT_DIRECTORY
	       : error == -EPERM ? OVLCP_OP_FOREIGN_LINK
	       : error == -EXDEV ? OVLCP_OP_LINK_LEADS_OUT
				 : OVLCP_OP_CREATE_PARENT;
}

/* Open the directory @name, through a symbolic link only if that is below the destination
   directory. A descriptor, or -errno with *ret_op filled. */
static int open_existing_dir(const struct parents *p, int dir_fd, const char *name,
			     enum ovlcp_op *ret_op)
{
	int fd = exec_open_directory(dir_fd, name, false);
	struct beneath b;
	int r;

	*ret_op = OVLCP_OP_CREATE_PARENT;
	if (fd != -ELOOP && fd != -ENOTDIR)
		return fd;
	r = beneath_follow(dir_fd, name, &p->top, &b);
	*ret_op = open_failure(r);
	if (r == 0)
		r = b.fd < 0 ? b.fd : sys_reopen(b.fd, O_RDONLY | O_DIRECTORY);
	if (r == -ENOTDIR)
		*ret_op = OVLCP_OP_PARENT_NOT_DIRECTORY;
	if (r == -EACCES && b.fd >= 0) /* search permission only */
		r = TAKE_FD(b.fd);
	beneath_done(&b);
	return r;
}

/* Open the directory @name, or create it if it does not exist. 0; or -errno, which was emitted. */
static int open_or_create_dir(struct copy *c, struct parents *p, struct parent_dir *d,
			      const char *name)
{
	struct target *t = &d->target;
	enum ovlcp_op op;
	int r;

	t->kind = KIND_DIRECTORY;
	t->leading = true;
	t->fd = p->would_exist ? -ENOENT : open_existing_dir(p, t->dir_fd, name, &op);
	if (t->fd < 0 && t->fd != -ENOENT)
		return emit_parent_error(c, p, d, t->fd, op);
	if (t->fd < 0 || (c->opt->preserve && !p->exist)) {
		r = stat_source_dir(c, p, d);
		if (r < 0)
			return r;
	}
	if (t->fd >= 0) {
		r = sys_fstat(t->fd, &t->st);
		return r < 0 ? emit_parent_error(c, p, d, r, OVLCP_OP_CREATE_PARENT) : 0;
	}
	return c->is_dry ? dry_create_dir(c, p, d, name) : create_dir(c, p, d, name);
}

/* Add the directory whose name is from @begin to @end in p->src. @shift: see join_paths. 0; or
   -errno, which was emitted. */
static int add_dir(struct copy *c, struct parents *p, const char *begin, const char *end,
		   size_t shift)
{
	CLEANUP_FREE char *name = strndup(begin, (size_t)(end - begin));
	struct parent_dir *d;

	if (name && p->would_exist && strcmp(name, ".") == 0)
		return 0; /* it comes with its directory */
	if (!name || array_grow(&p->dirs, &p->room, p->count, sizeof(*p->dirs)) < 0)
		return copy_emit_dest_error(c, session_next_id(c->o), p->dst,
					    &(struct err){ ENOMEM, OVLCP_OP_CREATE_PARENT });
	d = &p->dirs[p->count];
	*d = (struct parent_dir){
		.target = { .events = c->events,
			    .id = session_next_id(c->o),
			    .is_dry = c->is_dry,
			    .fd = -EBADF,
			    .inherits = true, /* perhaps: that is not asked */
			    .dir_fd = parents_directory(p) },
		.src_len = (size_t)(end - p->src),
		.dst_len = (size_t)(end - p->src) + shift,
	};
	if (open_or_create_dir(c, p, d, name) < 0) {
		fd_drop(&d->target.fd);
		return -ENOTDIR;
	}
	p->count++;
	p->would_exist += d->target.would_exist;
	return 0;
}

/* Set p->src and p->dst: "dir" and "//a/b/" become "//a/b" and "dir//a/b", as cp prints them.
   @ret_shift: position of a name in p->dst minus that in p->src. 0, or -ENOMEM. */
static int join_paths(struct parents *p, const char *dir, const char *src, size_t *ret_shift)
{
	size_t dir_len = strlen(dir);
	size_t src_len = strlen(src);
	const char *slash = *src == '/' ? "" : "/";

	while (dir_len > 0 && dir[dir_len - 1] == '/')
		dir_len--;
	while (src_len > 1 && src[src_len - 1] == '/')
		src_len--;
	p->src = strndup(src, src_len);
	if (!p->src || asprintf(&p->dst, "%.*s%s%s", (int)dir_len, dir, slash, p->src) < 0) {
		p->dst = NULL;
		return -ENOMEM;
	}
	*ret_shift = dir_len + strlen(slash);
	return 0;
}

/* Return whether all leading directories exist. @first: position of the first name in p->dst. */
static bool all_exist(const struct parents *p, size_t first)
{
	struct path_parts parts = path_split(p->dst);
	CLEANUP_FREE char *dir = strndup(p->dst + first, parts.dir_len - first);
	struct stat st;

	return dir && (!*dir || sys_stat(p->top_fd, dir, true, &st) == 0);
}

/* Dry run: return whether earlier sources of the call would have created all that are missing. */
static bool all_would_exist(const struct parents *p)
{
	return p->would_exist && !p->dirs[p->count - 1].target.created;
}

int parents_make(struct copy *c, const char *given, struct parents **ret_parents)
{
	struct parents *p = calloc(1, sizeof(*p));
	size_t shift = 0;
	int r = p ? join_paths(p, given, c->q->src, &shift) : -ENOMEM;
	const char *begin;

	*ret_parents = p;
	if (p)
		p->top_fd = r < 0 ? r : sys_open(c->q->dst_fd, given, O_PATH | O_DIRECTORY, 0);
	if (r == 0)
		r = p->top_fd < 0 ? p->top_fd : sys_fstat(p->top_fd, &p->top);
	if (r < 0)
		return copy_emit_dest_error(c, session_next_id(c->o), given,
					    &(struct err){ -r, OVLCP_OP_CREATE_PARENT });
	begin = p->src + strspn(p->src, "/");
	p->exist = all_exist(p, shift + (size_t)(begin - p->src));
	for (const char *end; (end = strchr(begin, '/')); begin = end + strspn(end, "/")) {
		r = add_dir(c, p, begin, end, shift);
		if (r < 0)
			return r;
	}
	p->exist = p->exist || all_would_exist(p);
	p->name = p->dst + (begin - p->src) + shift;
	return 0;
}

/* Set the attributes of one directory. 0, or -errno. */
static int set_dir_attrs(struct copy *c, const struct parents *p, struct parent_dir *d)
{
	CLEANUP_FREE char *src = strndup(p->src, d->src_len);
	CLEANUP_FREE char *dst = strndup(p->dst, d->dst_len);
	CLEANUP_FD int src_fd =
		src ? sys_open(c->q->src_fd, src, O_PATH | O_DIRECTORY, 0) : -ENOMEM;
	struct event_relay relay = event_relay_to(c->events, d->target.id);
	int labelled;
	int durable;
	int r;

	/* if a later directory has failed, nothing is copied: leave existing ones unchanged */
	if (p->exist || (!p->name && !d->target.created))
		return 0;
	if (!src || !dst)
		return emit_parent_error(c, p, d, -ENOMEM, OVLCP_OP_NONE);
	d->target.events = &relay.sink;
	labelled = copy_label(c, &d->target, dst, src_fd, &d->src);
	r = copy_set_attrs(c, &d->target, dst, src, src_fd, &d->src);
	r = labelled < 0 ? labelled : r;
	durable = durable_directory(c, &d->target, dst);
	if (durable == 0)
		durable = durable_verdict(c, &d->target, dst);
	d->target.events = c->events;
	r = r < 0 ? r : durable;
	/* what needs no descriptor of the source was set all the same */
	return src_fd < 0 && !c->is_dry ? emit_parent_error(c, p, d, src_fd, OVLCP_OP_STAT_PARENT)
					: r;
}

int parents_finish(struct copy *c, struct parents *p)
{
	int first = 0;

	/* deepest first, as cp: the source directory may be one of the new parents */
	for (size_t i = p->count; i-- > 0;) {
		int r = set_dir_attrs(c, p, &p->dirs[i]);

		first = first ? first : r;
		target_done(&p->dirs[i].target);
	}
	fd_drop(&p->top_fd);
	free(p->dirs);
	free(p->src);
	free(p->dst);
	free(p->missing);
	free(p);
	return first;
}
