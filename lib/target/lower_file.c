/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The file is opened for reading, to ask for its layer and its holes.
 */
#include "target/lower_file.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "exec/data_segments.h"
#include "probe/layer.h"
#include "probe/overlay_defaults.h"
#include "sys/descriptor.h"
#include "sys/share.h"
#include "sys/status.h"
#include "target/scratch.h"

#include <errno.h>
#include <fcntl.h>

/* Open the file @found, with @st, for reading; without /proc by its name. As open_on_overlay. */
static int open_found(const struct lower_file_question *q, int found, const struct stat *st)
{
	const int flags = O_RDONLY | O_NONBLOCK | (q->follow ? 0 : O_NOFOLLOW);
	CLEANUP_FD int fd = sys_reopen(found, O_RDONLY | O_NONBLOCK);
	struct stat now;
	int r;

	if (fd != -ENOENT)
		return TAKE_FD(fd);
	fd = sys_open(q->dir_fd, q->name, flags, 0);
	r = fd < 0 ? fd : sys_fstat(fd, &now);
	if (r == 0 && !inode_same(st, &now))
		r = -ESTALE;
	return r < 0 ? r : TAKE_FD(fd);
}

/* Open the file if it is a regular one on an overlay. Returns a descriptor that the caller owns; or
   -errno, -EXDEV if it is not on one, -ENOTSUP if that cannot be told. */
static int open_on_overlay(struct ovlcp *o, const struct lower_file_question *q,
			   struct stat *ret_st)
{
	const int nofollow = q->follow ? 0 : O_NOFOLLOW;
	CLEANUP_FD int found = sys_open(q->dir_fd, q->name, O_PATH | nofollow, 0);
	int r = found < 0 ? found : sys_fstat(found, ret_st);
	enum answer on_overlay;

	if (r < 0)
		return r;
	on_overlay = layer_on_overlay(found, session_mount_table, o);
	if (on_overlay != ANSWER_YES)
		return on_overlay == ANSWER_NO ? -EXDEV : -ENOTSUP;
	if (!S_ISREG(ret_st->st_mode))
		return -EINVAL;
	return open_found(q, found, ret_st);
}

/* Whether the overlay of @fd has the value @value of the option @name. */
static enum answer has_option(struct ovlcp *o, int fd, const char *name, const char *value)
{
	return overlay_option_is(fd, session_mount_table, o, name, value);
}

/* Whether the kernel copies up the file @fd, which is on a lower layer, by a clone: its layer is on
   the filesystem of the upper layer, and that can clone. False if it cannot be told. */
static bool is_copied_up_by_clone(struct ovlcp *o, int fd)
{
	CLEANUP_FD int scratch = scratch_open_in_root(o, fd);

	return scratch >= 0 && sys_clone_range_probe(scratch, fd) == -EINVAL;
}

struct lower_file_effect lower_file_effect(struct ovlcp *o, const struct lower_file_question *q)
{
	struct stat st;
	CLEANUP_FD int fd = open_on_overlay(o, q, &st);
	struct lower_file_effect effect = { .is_plain = fd == -EXDEV };
	enum ovlcp_layer layer =
		fd < 0 ? OVLCP_LAYER_NONE : layer_of(fd, &st, session_mount_table, o);
	bool is_lower = layer == OVLCP_LAYER_LOWER;

	if (q->opens ? is_lower || layer == OVLCP_LAYER_METADATA
		     : is_lower && has_option(o, fd, "metacopy", "on") != ANSWER_YES)
		effect.bytes = data_segments_copied_up(fd, (uint64_t)st.st_size);
	if (effect.bytes && is_copied_up_by_clone(o, fd))
		effect.bytes = 0;
	effect.splits_links =
		is_lower && st.st_nlink > 1 && has_option(o, fd, "index", "on") != ANSWER_YES;
	return effect;
}
