/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a session gets when it is first needed, and gives back at the end.
 */
#include "job/session.h"

#include "base/fd.h"
#include "exec/exec.h"
#include "probe/fs.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

void session_init(struct ovlcp *o)
{
	*o = (struct ovlcp){ .parent.fd = -EBADF, .umask = (mode_t)-1 };
	caps_init(&o->own_caps);
	o->caps = &o->own_caps;
	o->cancelled = &o->own_cancelled;
}

void session_shadow(struct ovlcp *o, struct ovlcp *ret_shadow)
{
	session_init(ret_shadow);
	ret_shadow->caps = o->caps;
	ret_shadow->cancelled = o->cancelled;
	ret_shadow->contexts = o->contexts;
	ret_shadow->umask = o->umask;
	ret_shadow->uid = o->uid;
	ret_shadow->gid = o->gid;
}

const struct layout *session_layout(void *payload)
{
	struct ovlcp *o = payload;

	if (!o->layout)
		(void)layout_open(&o->layout); /* stays NULL: then there is none to look at */
	return o->layout;
}

/* The name of what is mounted. */
struct fs_known {
	struct fs_known *next;
	uint64_t mount_id;
	bool upper;
	/* NULL where it cannot be told */
	char *name;
};

const char *session_fs_name(struct ovlcp *o, int fd, bool upper)
{
	struct fs_known *k = o->fs_known;
	uint64_t id;

	if (sys_mount_id(fd, &id) < 0)
		return NULL;
	while (k && (k->mount_id != id || k->upper != upper))
		k = k->next;
	if (k)
		return k->name;
	k = malloc(sizeof(*k));
	if (!k)
		return NULL;
	*k = (struct fs_known){ o->fs_known, id, upper, fs_name(session_layout(o), fd, upper) };
	o->fs_known = k;
	return k->name;
}

static void forget_names(struct ovlcp *o)
{
	while (o->fs_known) {
		struct fs_known *k = o->fs_known;

		o->fs_known = k->next;
		free(k->name);
		free(k);
	}
}

void *session_buffer(struct ovlcp *o)
{
	if (!o->buffer && posix_memalign(&o->buffer, 4096, EXEC_BUFFER_SIZE) != 0)
		o->buffer = NULL;
	return o->buffer;
}

bool session_has_contexts(struct ovlcp *o)
{
	if (o->contexts == ANSWER_NOT_ASKED)
		o->contexts = sys_has_selinux() ? ANSWER_YES : ANSWER_NO;
	return o->contexts == ANSWER_YES;
}

mode_t session_umask(struct ovlcp *o)
{
	if (o->umask == (mode_t)-1)
		o->umask = sys_umask();
	return o->umask;
}

int session_directory(struct ovlcp *o, int at_fd, const char *path, size_t len)
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

void session_done(struct ovlcp *o)
{
	caps_done(&o->own_caps);
	inodeset_done(&o->created);
	inodeset_done(&o->copied);
	links_done(&o->links);
	inodeset_done(&o->imagined);
	free(o->parent.path);
	fd_drop(&o->parent.fd);
	free(o->buffer);
	layout_free(o->layout);
	forget_names(o);
}
