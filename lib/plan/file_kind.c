/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is created for a source, by its type and the options.
 */
#include "plan/file_kind.h"

#include "model/plan.h"

#include <sys/stat.h>

enum file_kind plan_file_kind(mode_t mode, const struct ovlcp_options *opt)
{
	if (S_ISDIR(mode))
		return KIND_DIRECTORY;
	if (opt->make == OVLCP_MAKE_SYMBOLIC_LINKS)
		return KIND_SYMLINK_TO;
	if (opt->make == OVLCP_MAKE_HARD_LINKS)
		return KIND_LINK;
	if (S_ISREG(mode))
		return KIND_DATA;
	if (S_ISLNK(mode))
		return KIND_SYMLINK;
	return opt->flags & OVLCP_COPY_CONTENTS ? KIND_DATA : KIND_SPECIAL;
}

enum ovlcp_op plan_create_op(enum file_kind kind, mode_t mode)
{
	static const enum ovlcp_op ops[KIND_COUNT] = {
		[KIND_DATA] = OVLCP_OP_CREATE,
		[KIND_DIRECTORY] = OVLCP_OP_CREATE_DIRECTORY,
		[KIND_SYMLINK] = OVLCP_OP_CREATE_SYMLINK,
		[KIND_SPECIAL] = OVLCP_OP_CREATE_SPECIAL,
		[KIND_LINK_TO_COPY] = OVLCP_OP_CREATE_LINK_TO_COPY,
		[KIND_LINK] = OVLCP_OP_CREATE_LINK,
		[KIND_SYMLINK_TO] = OVLCP_OP_CREATE_SYMLINK_TO,
	};

	return kind == KIND_SPECIAL && S_ISFIFO(mode) ? OVLCP_OP_CREATE_FIFO : ops[kind];
}

bool plan_lstat_dest(enum file_kind kind, mode_t mode, const struct ovlcp_options *opt)
{
	/* a hard link to an earlier copy is made where a copy would be made otherwise */
	enum file_kind copy = kind == KIND_LINK_TO_COPY ? plan_file_kind(mode, opt) : kind;

	return copy != KIND_DATA || opt->backup != OVLCP_BACKUP_NONE ||
	       (opt->flags & OVLCP_REMOVE_DESTINATION);
}

bool plan_follows(const struct ovlcp_options *opt, bool from_caller)
{
	return opt->follow == OVLCP_FOLLOW_ALL ||
	       (opt->follow == OVLCP_FOLLOW_NAMED && from_caller);
}
