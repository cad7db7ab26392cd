/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a session gets when it is first needed, and gives back at the end.
 */
#include "session/session.h"

#include "base/fd.h"
#include "exec/data.h"
#include "probe/fs.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/status.h"
#include "base/inodeset.h"
#include "probe/fs_pair_cache.h"
#include "probe/mount_table.h"
#include "walk/copied_map.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static void put_to_caller(struct event_sink *sink, const struct ovlcp_event *e)
{
	const struct caller_sink *caller = (const struct caller_sink *)sink;

	if (caller->fn)
		caller->fn(e, caller->payload);
}

void session_init(struct ovlcp *o)
{
	*o = (struct ovlcp){ .parent.fd = -EBADF, .umask = (mode_t)-1 };
	fs_pair_cache_init(&o->own_fs_pairs);
	o->fs_pairs = &o->own_fs_pairs;
	o->cancelled = &o->own_cancelled;
	o->caller.sink = (struct event_sink){ put_to_caller, o->cancelled };
}

bool session_is_cancelled(const struct ovlcp *o)
{
	return atomic_load_explicit(o->cancelled, memory_order_relaxed);
}

bool session_ask(const struct ovlcp *o, const struct ovlcp_event *e)
{
	const struct ovlcp_event full = event_complete(o->cancelled, e);

	return o->on_question && o->on_question(&full, o->question_payload);
}

void session_init_worker(struct ovlcp *o, struct ovlcp *ret_shadow)
{
	session_init(ret_shadow);
	ret_shadow->fs_pairs = o->fs_pairs;
	ret_shadow->cancelled = o->cancelled;
	ret_shadow->contexts = o->contexts;
	ret_shadow->umask = o->umask;
	ret_shadow->uid = o->uid;
	ret_shadow->gid = o->gid;
}

const struct mount_table *session_mount_table(void *payload)
{
	struct ovlcp *o = payload;

	if (!o->mounts)
		(void)mount_table_open(&o->mounts); /* stays NULL: then there is none to look at */
	return o->mounts;
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
	*k = (struct fs_known){ o->fs_known, id, upper,
				fs_name(session_mount_table(o), fd, upper) };
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

int session_parent_fd(struct ovlcp *o, int at_fd, const char *path, size_t len)
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
	fs_pair_cache_done(&o->own_fs_pairs);
	inodeset_done(&o->created);
	inodeset_done(&o->copied);
	copied_map_done(&o->copied_map);
	inodeset_done(&o->would_exist);
	free(o->parent.path);
	fd_drop(&o->parent.fd);
	free(o->buffer);
	mount_table_free(o->mounts);
	forget_names(o);
}
