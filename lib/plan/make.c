/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a source becomes, by its type and by what is asked for.
 */
#include "plan/dest.h"

#include <sys/stat.h>

enum plan_make plan_make(mode_t mode, const struct ovlcp_options *opt)
{
	if (S_ISDIR(mode))
		return MAKE_DIRECTORY;
	if (opt->make == OVLCP_MAKE_SYMBOLIC_LINKS)
		return MAKE_SYMLINK_TO;
	if (opt->make == OVLCP_MAKE_HARD_LINKS)
		return MAKE_LINK;
	if (S_ISREG(mode))
		return MAKE_DATA;
	if (S_ISLNK(mode))
		return MAKE_SYMLINK;
	return opt->flags & OVLCP_COPY_CONTENTS ? MAKE_DATA : MAKE_SPECIAL;
}

enum ovlcp_op plan_make_op(enum plan_make make, mode_t mode)
{
	static const enum ovlcp_op ops[MAKE_COUNT] = {
		[MAKE_DATA] = OVLCP_OP_CREATE,
		[MAKE_DIRECTORY] = OVLCP_OP_CREATE_DIRECTORY,
		[MAKE_SYMLINK] = OVLCP_OP_CREATE_SYMLINK,
		[MAKE_SPECIAL] = OVLCP_OP_CREATE_SPECIAL,
		[MAKE_LINK_TO_COPY] = OVLCP_OP_CREATE_LINK_TO_COPY,
		[MAKE_LINK] = OVLCP_OP_CREATE_LINK,
		[MAKE_SYMLINK_TO] = OVLCP_OP_CREATE_SYMLINK_TO,
	};

	return make == MAKE_SPECIAL && S_ISFIFO(mode) ? OVLCP_OP_CREATE_FIFO : ops[make];
}

bool plan_looks_at_link(enum plan_make make, mode_t mode, const struct ovlcp_options *opt)
{
	/* a link of an earlier copy stands for a copy */
	enum plan_make real = make == MAKE_LINK_TO_COPY ? plan_make(mode, opt) : make;

	return real != MAKE_DATA || opt->backup != OVLCP_BACKUP_NONE ||
	       (opt->flags & OVLCP_REMOVE_DESTINATION);
}

bool plan_follows(const struct ovlcp_options *opt, bool named)
{
	return opt->follow == OVLCP_FOLLOW_ALL || (opt->follow == OVLCP_FOLLOW_NAMED && named);
}
