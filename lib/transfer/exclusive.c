/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The write bits of the group are also those of the mask of an ACL: acl(5).
 */
#include "transfer/exclusive.h"

#include "sys/process.h"

#define OTHERS_WRITE (S_IWGRP | S_IWOTH)

bool exclusive_to_caller(const struct transfer *t)
{
	const struct target *dst = t->q->dst;
	const struct stat *src = &t->q->src->st;
	const uint32_t preserve = t->q->opt->preserve;
	uid_t uid = t->o->memory.uid;
	gid_t gid;

	if (t->o->memory.opened != 0)
		sys_identity(&uid, &gid);
	if (!dst->created || dst->superseded || dst->st.st_uid != uid ||
	    (dst->st.st_mode & OTHERS_WRITE))
		return false;
	if ((preserve & OVLCP_PRESERVE_OWNERSHIP) && src->st_uid != uid)
		return false;
	return !(preserve & OVLCP_PRESERVE_MODE) || !(src->st_mode & OTHERS_WRITE);
}
