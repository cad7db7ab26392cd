/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Asks the plan of a clone that must share, as a dry run does, with a scratch file on the overlay
 * of the source as the destination; only the copy-up, if the plan comes to it, is carried out. So
 * every check is that of a copy, and nothing is written but the copy-up.
 */
#include "file/copy_up_only.h"

#include "base/fd.h"
#include "base/path.h"
#include "exec/unnamed.h"
#include "probe/layer.h"
#include "sys/descriptor.h"
#include "sys/flags.h"
#include "sys/names.h"
#include "sys/status.h"
#include "target/scratch.h"
#include "transfer/begin.h"
#include "transfer/transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

void copy_up_only_init(struct copy_up_only *c, struct ovlcp *o, struct event_sink *events,
		       const struct ovlcp_options *opt)
{
	*c = (struct copy_up_only){
		.o = o,
		.events = event_relay_to(events, 0),
		.opt = { .size = sizeof(c->opt),
			 .copy_up_min = opt->copy_up_min,
			 .copy_up = opt->copy_up,
			 .require = OVLCP_REQUIRE_SHARE,
			 .flags = opt->flags & (OVLCP_EXPLAIN | OVLCP_SAME_CALL) },
		.is_dry = opt->flags & OVLCP_DRY_RUN,
		.beside_fd = -EBADF,
		.scratch = { .events = &c->events.sink,
			     .is_dry = true,
			     .kind = KIND_DATA,
			     .fd = -EBADF,
			     .dir_fd = -EBADF,
			     .would_exist = true },
	};
}

/* Emit that nothing is done with the source, and why. Returns 0. */
static int emit_nothing(struct copy_up_only *c, const struct source *src, enum ovlcp_reason reason)
{
	return event_emit(&c->events.sink, &(struct ovlcp_event){ .type = OVLCP_EVENT_SKIPPED,
								  .src = src->path,
								  .outcome.reason = reason });
}

static int emit_failure(struct copy_up_only *c, const struct source *src, const struct err *err)
{
	return event_emit_error(&c->events.sink, OVLCP_EVENT_FAILED, src->path, "", err);
}

/* Emit that it cannot be told whether the source is on an overlay. Returns -errno. */
static int emit_unknown(struct copy_up_only *c, const struct source *src)
{
	return event_emit(&c->events.sink,
			  &(struct ovlcp_event){ .type = OVLCP_EVENT_FAILED,
						 .src = src->path,
						 .err = { ENOTSUP, OVLCP_OP_COPY_UP_REFUSED },
						 .outcome.reason = OVLCP_REASON_OVERLAY_UNKNOWN });
}

/* What the source is on. */
enum place {
	PLACE_UNKNOWN,
	PLACE_OTHER,
	PLACE_OVERLAY,
	PLACE_FUSE_OVERLAY,
};

/* What a file on FUSE is on. */
static enum place place_on_fuse(struct ovlcp *o, int fd)
{
	const struct mount_table *mounts = session_mount_table(o);
	uint64_t id;

	if (!mounts || sys_mount_id(fd, &id) < 0)
		return PLACE_UNKNOWN;
	return mount_table_is_fuse_overlay(mounts, id) ? PLACE_FUSE_OVERLAY : PLACE_OTHER;
}

/* What the source is on. It is not opened for reading, which could act on a file of another
   filesystem. An enum place, or -errno. */
static int place_of(const struct copy_up_only *c, const struct source *src)
{
	CLEANUP_FD int fd =
		sys_open(src->at_fd, src->name, O_PATH | (src->follow ? 0 : O_NOFOLLOW), 0);
	uint64_t magic;

	if (fd < 0)
		return fd;
	if (layer_fs_magic(fd, session_mount_table, c->o, &magic) < 0)
		return PLACE_UNKNOWN;
	if (magic == FUSE_SUPER_MAGIC)
		return place_on_fuse(c->o, fd);
	return magic == OVERLAYFS_SUPER_MAGIC ? PLACE_OVERLAY : PLACE_OTHER;
}

/* Open the directory that @name, relative to @at_fd, is in, O_PATH. A descriptor, or -errno. */
static int open_parent(int at_fd, const char *name)
{
	CLEANUP_FREE char *dir = path_directory(name);

	return dir ? sys_open(at_fd, dir, O_PATH | O_DIRECTORY, 0) : -ENOMEM;
}

/* Open the directory that the file behind @fd is in; of a removed one, the last. A descriptor, or
   -errno. */
static int open_parent_of_fd(int fd)
{
	char link[SYS_FD_PATH_SIZE];
	char path[PATH_MAX];
	int64_t len;

	sys_fd_path(fd, link);
	len = sys_readlink(AT_FDCWD, link, path, sizeof(path) - 1);
	if (len < 0)
		return (int)len;
	path[len] = '\0';
	return path[0] == '/' ? open_parent(AT_FDCWD, path) : -ENODATA;
}

/*
 * Open a file without a name beside the source, or c->beside_fd, on the mount @mount of the source
 * (0: unknown); the scratch file gets the directory. Not in a dry run: the directory is copied up
 * for it, as for the source. A descriptor, or -errno.
 */
static int open_beside(struct copy_up_only *c, const struct source *src, uint64_t mount)
{
	CLEANUP_FD int dir = c->beside_fd >= 0 ? open_parent_of_fd(c->beside_fd)
					       : open_parent(src->at_fd, src->name);
	struct target *t = &c->scratch;
	CLEANUP_FD int fd = -EBADF;
	uint64_t id;

	if (dir < 0)
		return dir;
	if (mount && (sys_mount_id(dir, &id) < 0 || id != mount))
		return -EXDEV;
	fd = exec_open_unnamed(dir);
	if (fd >= 0) {
		fd_drop(&t->dir_fd);
		t->dir_fd = TAKE_FD(dir);
	}
	return TAKE_FD(fd);
}

/* Open a scratch file on the overlay of the source, unless the last one is there. 0, or -errno. */
static int open_scratch(struct copy_up_only *c, const struct source *src)
{
	struct target *t = &c->scratch;
	uint64_t mount = 0;
	bool is_known = sys_mount_id(src->fd, &mount) == 0;
	int r;

	if (t->fd >= 0 && is_known && mount == c->scratch_mount)
		return 0;
	fd_drop(&t->fd);
	c->scratch_mount = mount;
	t->fd = scratch_open_in_root(c->o, src->fd);
	if (t->fd < 0 && !c->is_dry)
		t->fd = open_beside(c, src, mount);
	r = t->fd < 0 ? t->fd : sys_fstat(t->fd, &t->st);
	t->initial_nocow = r == 0 && sys_knows_nocow(t->fd) ? sys_get_nocow(t->fd) : -EOPNOTSUPP;
	return r;
}

/* Emit @e about the source, with what is known of it. Returns as event_emit. */
static int emit_result(struct copy_up_only *c, struct source *src, struct ovlcp_event e)
{
	e.src = src->path;
	e.outcome.can_clone = -1; /* no destination */
	e.layer = src->layer;
	e.size = src->size;
	e.hole = src->size - source_data_bytes(src);
	e.src_on_overlay = true;
	e.src_dev = src->st.st_dev;
	if (c->o->caller.fn) { /* a library is loaded for it, and the device is read */
		e.src_fs = session_fs_name(c->o, src->fd, false);
		e.dst_fs = session_fs_name(c->o, src->fd, true);
	}
	return event_emit(&c->events.sink, &e);
}

/* Why nothing is to be done with a source that can be cloned where it is. */
static enum ovlcp_reason reason_to_stay(const struct source *src)
{
	return src->layer == OVLCP_LAYER_UPPER ? OVLCP_REASON_UPPER_ALREADY : OVLCP_REASON_CLONABLE;
}

static bool is_copied_up(const struct transfer *t)
{
	return t->past.outcome[PLAN_COPY_UP] == CLASS_DONE;
}

/* Emit the success of the plan: the source was copied up, would be, or need not be (@is_up: because
   it was by another name). Returns 0. */
static int emit_success(struct copy_up_only *c, struct source *src, const struct transfer *t,
			bool is_up)
{
	struct ovlcp_event e = { .outcome = t->outcome, .copied_up = src->copied_up_unreported };

	e.type = c->is_dry ? OVLCP_EVENT_PLANNED : OVLCP_EVENT_COPIED_UP;
	e.outcome.method = OVLCP_METHOD_COPY_UP;
	e.outcome.shared = 0;
	e.outcome.reason = OVLCP_REASON_NONE;
	if (!is_copied_up(t) || is_up) {
		e.type = OVLCP_EVENT_SKIPPED;
		e.outcome.method = OVLCP_METHOD_NONE;
		e.outcome.reason = reason_to_stay(src);
	}
	return emit_result(c, src, e);
}

/* Emit that the plan has refused, and why. Returns 0 if the caller's own limit has; or -errno. */
static int emit_refusal(struct copy_up_only *c, struct source *src, const struct transfer *t)
{
	struct ovlcp_event e = { .type = OVLCP_EVENT_FAILED, .err = t->err, .outcome = t->outcome };

	if (e.outcome.reason == OVLCP_REASON_FILESYSTEM)
		e.outcome.reason = OVLCP_REASON_UPPER_FILESYSTEM;
	if (e.outcome.reason == OVLCP_REASON_LOWER_SMALL)
		e.type = OVLCP_EVENT_SKIPPED;
	if (e.err.op == OVLCP_OP_CLONE)
		e.err.op = OVLCP_OP_COPY_UP_REFUSED;
	if (e.type == OVLCP_EVENT_SKIPPED)
		e.err = (struct err){ 0 };
	return emit_result(c, src, e);
}

/* Emit that there is no scratch file to try a clone on. @error: -errno. Returns 0, or -errno. In a
   dry run nothing is tried beside the source, where only a read-only overlay refuses for sure. */
static int emit_no_trial(struct copy_up_only *c, struct source *src, int error)
{
	struct ovlcp_event e = { .type = OVLCP_EVENT_FAILED,
				 .err = { -error, OVLCP_OP_COPY_UP_REFUSED },
				 .outcome.reason = OVLCP_REASON_NO_TRIAL };

	if (c->is_dry && error != -EROFS)
		e = (struct ovlcp_event){ .type = OVLCP_EVENT_PLANNED,
					  .outcome.method = OVLCP_METHOD_COPY_UP,
					  .outcome.reason = OVLCP_REASON_CANNOT_TELL,
					  .copied_up = source_copy_up_bytes(src) };
	return emit_result(c, src, e);
}

/* Ask the plan for the open source, and do as it says. 0; or -errno, which was emitted. */
static int run_plan(struct copy_up_only *c, struct source *src)
{
	const struct donors none = { .count = 0 };
	const struct transfer_request q = { .src = src,
					    .dst = &c->scratch,
					    .opt = &c->opt,
					    .donors = &none,
					    .destinations = 1,
					    .copies_up = !c->is_dry };
	struct transfer t;
	bool is_up; /* by another name */
	int r = open_scratch(c, src);

	source_describe_layer(c->o, src);
	if (r < 0)
		return emit_no_trial(c, src, r);
	transfer_begin(&t, c->o, &q);
	is_up = is_copied_up(&t);
	r = transfer_run(&t, false);
	if (r < 0 && !is_copied_up(&t))
		r = emit_refusal(c, src, &t);
	else
		r = emit_success(c, src, &t, is_up);
	transfer_done(&t);
	return r;
}

/* Do with the source @src, which is on @place, as the plan says. 0; or -errno, which was emitted.
 */
static int run_at(struct copy_up_only *c, struct source *src, enum place place)
{
	if (place == PLACE_UNKNOWN)
		return emit_unknown(c, src);
	if (place == PLACE_OTHER)
		return emit_nothing(c, src, OVLCP_REASON_NO_OVERLAY);
	if (source_open(c->o, src, SOURCE_DATA) < 0)
		return emit_failure(c, src, &src->open_error);
	return run_plan(c, src);
}

/* Do with the source @src after source_stat, which must be on overlayfs if @kernel_only, as the
   plan says. 0; or -errno, which was emitted. */
static int run(struct copy_up_only *c, struct source *src, bool kernel_only)
{
	int r;

	if (!S_ISREG(src->st.st_mode))
		return src->from_caller ? emit_nothing(c, src, OVLCP_REASON_NOT_REGULAR) : 0;
	if (src->st.st_size == 0)
		return emit_nothing(c, src, OVLCP_REASON_EMPTY);
	r = place_of(c, src);
	if (r < 0)
		return emit_failure(c, src, &(struct err){ -r, OVLCP_OP_STAT_SOURCE });
	return run_at(c, src, r == PLACE_FUSE_OVERLAY && kernel_only ? PLACE_OTHER : r);
}

int copy_up_only_file(struct copy_up_only *c, struct source *src)
{
	c->events.sink.id = session_next_id(c->o);
	return run(c, src, false);
}

int copy_up_only_fd(struct copy_up_only *c, int fd, const char *path)
{
	char link[SYS_FD_PATH_SIZE];
	struct source src = {
		.at_fd = AT_FDCWD, .name = link, .path = path, .from_caller = true, .follow = true
	};
	struct stat st;
	int r = sys_fstat(fd, &st);
	struct err err = { -r, OVLCP_OP_STAT_SOURCE };

	c->events.sink.id = session_next_id(c->o);
	sys_fd_path(fd, link);
	/* of a closed descriptor /proc only says that it has no such file */
	if (r == 0)
		r = source_stat(&src, &err);
	r = r < 0 ? emit_failure(c, &src, &err) : run(c, &src, true);
	source_close(&src);
	return r;
}

void copy_up_only_done(struct copy_up_only *c)
{
	fd_drop(&c->scratch.fd);
	fd_drop(&c->scratch.dir_fd);
	c->scratch.fd = c->scratch.dir_fd = -EBADF;
}
