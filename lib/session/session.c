/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The resources of a session: each is acquired when it is first needed and freed at the end.
 */
#include "session/session.h"

#include "base/array.h"
#include "base/fd.h"
#include "base/inodeset.h"
#include "exec/data.h"
#include "plan/copyup.h"
#include "probe/fs.h"
#include "probe/fs_pair_cache.h"
#include "probe/mount_table.h"
#include "remember/pending.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/status.h"
#include "walk/copied_map.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* The pool has two sessions on the stack of the walk, and a page that is touched takes time at
   every start: docs/performance.md. */
static_assert(sizeof(struct ovlcp) <= 1024, "buffers of a session are allocated when needed");

static void put_to_caller(struct event_sink *sink, const struct ovlcp_event *e)
{
	const struct caller_sink *caller = (const struct caller_sink *)sink;

	if (caller->fn)
		caller->fn(e, caller->payload);
}

void session_init(struct ovlcp *o)
{
	*o = (struct ovlcp){ .parent.fd = -EBADF, .umask = (mode_t)-1 };
	memory_init(&o->memory);
	fs_pair_cache_init(&o->own_fs_pairs);
	o->fs_pairs = &o->own_fs_pairs;
	o->cancelled = &o->own_cancelled;
	o->progress = &o->own_progress;
	o->last_id = &o->own_last_id;
	o->has_warned = &o->own_has_warned;
	(void)pthread_mutex_init(&o->own_copy_up_lock, NULL); /* cannot fail with glibc and musl */
	o->copy_up_lock = &o->own_copy_up_lock;
	o->caller.sink = (struct event_sink){ .put = put_to_caller, .cancelled = o->cancelled };
}

bool session_is_cancelled(const struct ovlcp *o)
{
	return atomic_load_explicit(o->cancelled, memory_order_relaxed);
}

uint64_t session_next_id(struct ovlcp *o)
{
	return atomic_fetch_add_explicit(o->last_id, 1, memory_order_relaxed) + 1;
}

void session_begin_call(struct ovlcp *o, const struct ovlcp_options *opt)
{
	o->parallel_copy_ups = plan_copy_up_threads(opt->jobs) > 1;
	/* the program may have changed it since the last call, and new files have it */
	o->umask = (mode_t)-1;
	o->predicted.is_known = false;
}

uint64_t session_bytes_written(const struct ovlcp *o)
{
	return atomic_load_explicit(&o->progress->written, memory_order_relaxed);
}

bool session_ask(const struct ovlcp *o, const struct ovlcp_event *e)
{
	const struct ovlcp_event complete = event_complete(o->cancelled, e);

	return o->on_question && o->on_question(&complete, o->question_payload) &&
	       !session_is_cancelled(o);
}

void session_init_worker(struct ovlcp *o, struct ovlcp *ret_worker)
{
	session_init(ret_worker);
	ret_worker->is_worker = true;
	ret_worker->fs_pairs = o->fs_pairs;
	ret_worker->cancelled = o->cancelled;
	ret_worker->progress = o->progress;
	ret_worker->last_id = o->last_id;
	ret_worker->has_warned = o->has_warned;
	ret_worker->parallel_copy_ups = o->parallel_copy_ups;
	if (!o->parallel_copy_ups)
		ret_worker->copy_up_lock = o->copy_up_lock;
	ret_worker->contexts = o->contexts;
	ret_worker->umask = o->umask;
	ret_worker->uid = o->uid;
	ret_worker->gid = o->gid;
}

const struct mount_table *session_mount_table(void *payload)
{
	struct ovlcp *o = payload;

	if (!o->mounts)
		(void)mount_table_open(&o->mounts); /* NULL: callers do without */
	return o->mounts;
}

/* The cached name of the filesystem of a mount, or of the upper layer of an overlay mount. */
struct fs_name_entry {
	struct fs_name_entry *next;
	uint64_t mount_id;
	/* true: name is that of the upper layer */
	bool upper;
	/* owned; NULL if it cannot be found out */
	char *name;
};

const char *session_fs_name(struct ovlcp *o, int fd, bool upper)
{
	struct fs_name_entry *entry = o->fs_names;
	uint64_t id;

	if (sys_mount_id(fd, &id) < 0)
		return NULL;
	while (entry && (entry->mount_id != id || entry->upper != upper))
		entry = entry->next;
	if (entry)
		return entry->name;
	entry = malloc(sizeof(*entry));
	if (!entry)
		return NULL;
	*entry = (struct fs_name_entry){ o->fs_names, id, upper,
					 fs_name(session_mount_table(o), fd, upper) };
	o->fs_names = entry;
	return entry->name;
}

static void free_fs_names(struct ovlcp *o)
{
	while (o->fs_names) {
		struct fs_name_entry *entry = o->fs_names;

		o->fs_names = entry->next;
		free(entry->name);
		free(entry);
	}
}

/* A device, and what its numbers are worth. */
struct dev_numbers {
	dev_t dev;
	enum copied_key key;
};

enum copied_key session_copied_key(struct ovlcp *o, dev_t dev, const struct identity_file *f)
{
	enum copied_key key;

	for (size_t i = 0; i < o->dev_count; i++)
		if (o->dev_numbers[i].dev == dev)
			return o->dev_numbers[i].key;
	key = identity_is_certain(f) ? COPIED_BY_NUMBER : COPIED_BY_LOOK;
	if (array_grow(&o->dev_numbers, &o->dev_room, o->dev_count, sizeof(*o->dev_numbers)) == 0)
		o->dev_numbers[o->dev_count++] = (struct dev_numbers){ dev, key };
	return key;
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
	o->parent = (struct parent_cache){ .at_fd = at_fd, .path = TAKE_PTR(copy), .fd = fd };
	return fd;
}

void session_drop_parent(struct ovlcp *o)
{
	free(o->parent.path);
	fd_drop(&o->parent.fd);
	o->parent = (struct parent_cache){ .fd = -EBADF };
}

void session_forget_call(struct ovlcp *o)
{
	inodeset_done(&o->created);
	case_folded_done(&o->created_spellings);
	o->created_is_incomplete = false;
	inodeset_done(&o->copied);
	copied_map_done(&o->copied_map);
	session_forget_dry_run(o);
}

void session_forget_dry_run(struct ovlcp *o)
{
	inodeset_done(&o->would_exist);
	inodeset_done(&o->would_be_upper);
}

void session_done(struct ovlcp *o)
{
	pending_settle(&o->memory);
	memory_done(&o->memory);
	fs_pair_cache_done(&o->own_fs_pairs);
	(void)pthread_mutex_destroy(&o->own_copy_up_lock); /* fails only while it is held */
	session_forget_call(o);
	session_drop_parent(o);
	free(o->buffer);
	mount_table_free(o->mounts);
	free_fs_names(o);
	free(o->dev_numbers);
	written_fs_done(&o->written);
}
