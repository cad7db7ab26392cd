/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Opening a destination: tried first, looked at only if that fails.
 *
 * Everything is done relative to the directory's descriptor with a single name, so that a
 * directory that is moved or replaced meanwhile leads nothing astray.
 */
#include "job/target.h"

#include "attr/attr.h"
#include "base/fd.h"
#include "base/path.h"
#include "job/report.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Entering a directory and removing a file take one each; the rest is for files that come and
   go meanwhile. Who meets more of those is at war with somebody. */
#define TRIES 8

/* The directory of a path, its first @len bytes. Kept: the next destination is often there. */
static int parent_open(struct ovlcp *o, int at_fd, const char *path, size_t len)
{
	CLEANUP_FREE char *copy = NULL;
	int fd;

	if (len == 0)
		return at_fd;
	if (o->parent.path && o->parent.at_fd == at_fd && strlen(o->parent.path) == len &&
	    strncmp(o->parent.path, path, len) == 0)
		return o->parent.fd;
	copy = strndup(path, len);
	if (!copy)
		return -ENOMEM;
	fd = sys_open(at_fd, copy, O_PATH | O_DIRECTORY, 0);
	if (fd < 0)
		return fd;
	free(o->parent.path);
	fd_drop(&o->parent.fd);
	o->parent = (struct parent){ .at_fd = at_fd, .path = TAKE_PTR(copy), .fd = fd };
	return fd;
}

/* Open the directory and keep the name, both parts @p of the path of @t. */
static int locate(struct ovlcp *o, int at_fd, struct path_parts p, struct target *t)
{
	t->dir_fd = parent_open(o, at_fd, t->path, p.dir_len);
	if (t->dir_fd < 0 && t->dir_fd != AT_FDCWD)
		return t->dir_fd;
	free(t->name);
	/* "" and "/" have no name: let the kernel say what it thinks of them */
	t->name = p.name_len ? strndup(t->path + p.dir_len, p.name_len) : strdup(t->path);
	return t->name ? 0 : -ENOMEM;
}

static int create(const struct target_request *q, bool must_be_dir, struct target *t)
{
	mode_t mode = attr_create_mode(&q->src->st, q->opt->preserve);
	struct stat st;
	int fd;

	/* "name/" is no name for a file, but the directory it names may be entered */
	if (must_be_dir) {
		int r = sys_stat(t->dir_fd, t->name, true, &st);

		return r == 0 && S_ISDIR(st.st_mode) ? -EEXIST : -ENOTDIR;
	}
	fd = sys_open(t->dir_fd, t->name, O_RDWR | O_CREAT | O_EXCL, mode);
	if (fd < 0)
		return fd;
	t->fd = fd;
	t->created = true;
	return TARGET_OPEN;
}

static int open_once(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct path_parts p = path_split(t->path);
	int r = locate(o, q->at_fd, p, t);

	if (r == 0)
		r = create(q, p.must_be_dir, t);
	if (r == -EEXIST || r == -EISDIR) /* EISDIR: "." and "..", which always exist */
		return existing_settle(o, q, t);
	if (r < 0)
		return report_error(o, OVLCP_EVENT_FAILED, q->src->path, t->path,
				    &(struct err){ -r, OVLCP_OP_CREATE });
	return TARGET_OPEN;
}

void target_done(struct target *t)
{
	fd_drop(&t->fd);
	free(t->name);
	free(t->path);
	*t = (struct target){ .fd = -EBADF };
}

int target_open(struct ovlcp *o, const struct target_request *q, struct target *ret_t)
{
	struct target t = { .fd = -EBADF, .path = strdup(q->path) };
	int r = TARGET_AGAIN;

	if (!t.path)
		return report_error(o, OVLCP_EVENT_FAILED, q->src->path, q->path,
				    &(struct err){ ENOMEM, OVLCP_OP_CREATE });
	for (int i = 0; r == TARGET_AGAIN && i < TRIES; i++)
		r = open_once(o, q, &t);
	if (r == TARGET_AGAIN)
		r = report_error(o, OVLCP_EVENT_FAILED, q->src->path, t.path,
				 &(struct err){ EEXIST, OVLCP_OP_CREATE });
	if (r == TARGET_OPEN) {
		r = sys_fstat(t.fd, &t.st);
		if (r < 0)
			(void)report_error(o, OVLCP_EVENT_FAILED, q->src->path, t.path,
					   &(struct err){ -r, OVLCP_OP_STAT_DESTINATION });
		if (r < 0 && t.created)
			(void)sys_unlink(t.dir_fd, t.name); /* made a moment ago, by O_EXCL */
	}
	if (r == TARGET_OPEN)
		*ret_t = t;
	else
		target_done(&t);
	return r;
}

int target_close(struct target *t)
{
	return sys_close(TAKE_FD(t->fd));
}

void target_undo(struct target *t)
{
	struct stat now;

	/* somebody may have given the name to another file meanwhile: that one is not ours */
	if (t->created && sys_stat(t->dir_fd, t->name, false, &now) == 0 &&
	    inode_same(&now, &t->st))
		(void)sys_unlink(t->dir_fd, t->name); /* the failure itself was told */
	target_done(t);
}
