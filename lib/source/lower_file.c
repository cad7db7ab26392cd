/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The file is opened for reading, to ask for its layer and its holes.
 */
#include "source/lower_file.h"

#include "base/fd.h"
#include "exec/data_segments.h"
#include "probe/layer.h"
#include "probe/mount_table.h"
#include "probe/overlay_defaults.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>

/* Open the file if it is a regular one on an overlay. Returns a descriptor that the caller owns; or
   -errno, -EXDEV if it is not on one. */
static int open_on_overlay(const struct lower_file_question *q, struct stat *ret_st)
{
	const int nofollow = q->follow ? 0 : O_NOFOLLOW;
	CLEANUP_FD int found = sys_open(q->dir_fd, q->name, O_PATH | nofollow, 0);
	int r = found < 0 ? found : sys_fstat(found, ret_st);

	if (r < 0)
		return r;
	if (!layer_is_overlay(found))
		return -EXDEV;
	if (!S_ISREG(ret_st->st_mode))
		return -EINVAL;
	return sys_reopen(found, O_RDONLY | O_NONBLOCK);
}

/* Whether the overlay of @fd has the value @value of the option @name. */
static enum answer has_option(struct ovlcp *o, int fd, const char *name, const char *value)
{
	const struct mount_table *mounts = session_mount_table(o);
	uint64_t id;

	if (!mounts || sys_mount_id(fd, &id) < 0)
		return ANSWER_NOT_ASKED;
	return overlay_option_is(mounts, id, name, value);
}

struct lower_file_effect lower_file_effect(struct ovlcp *o, const struct lower_file_question *q)
{
	struct stat st;
	CLEANUP_FD int fd = open_on_overlay(q, &st);
	struct lower_file_effect effect = { .is_plain = fd == -EXDEV };
	enum ovlcp_layer layer =
		fd < 0 ? OVLCP_LAYER_NONE : layer_of(fd, &st, session_mount_table, o);
	bool is_lower = layer == OVLCP_LAYER_LOWER;

	if (q->opens ? is_lower || layer == OVLCP_LAYER_METADATA
		     : is_lower && has_option(o, fd, "metacopy", "on") != ANSWER_YES)
		effect.bytes = data_segments_copied_up(fd, (uint64_t)st.st_size);
	effect.splits_links =
		is_lower && st.st_nlink > 1 && has_option(o, fd, "index", "on") != ANSWER_YES;
	return effect;
}
