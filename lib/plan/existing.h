/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decisions about names: what is made, and what becomes of what has the name already.
 */
#ifndef OVL_PLAN_EXISTING_H
#define OVL_PLAN_EXISTING_H

#include "model/facts.h"
#include "model/plan.h"
#include "plan/same_file.h"

#include <sys/types.h>

/** What stands where the destination is to be made. */
struct dst_facts {
	/** What is to be made there. */
	enum file_kind kind;
	/** Type bits (S_IFMT) of the source. */
	mode_t src_type;
	/** Type bits of the destination; 0 for a link to nothing that would be followed. */
	mode_t type;
	/** It is a link that leads to itself in the end, and it would be followed. */
	bool endless;
	/** Whether the source, and so the destination, was named by the caller. */
	bool from_caller;
	/** The judgement on the two being one. */
	enum same_verdict same;
	/** Whether the caller gave one path of a regular file, or of a link to one, for both. */
	bool same_path;
	/** Whether it was modified no earlier than the source. */
	bool not_older;
	/** Whether it has several names. */
	bool has_links;
	/** Whether this call made it. */
	bool just_created;
	/** Whether this call made the link that stands there. */
	bool just_created_link;
	/** Whether it is a link in a tree that somebody put there who is not to be trusted. */
	bool foreign_link;
	/** Whether it is a destination of the same fan-out that is complete already. */
	bool duplicate;
	/** Whether a directory was entered already; cp enters one only. */
	bool in_dir;
	/** Whether the source's last name is "." or "..", so that nothing can be set aside. */
	bool dots;
	/** Whether a simple backup would take the place of the source. */
	bool backup_is_source;
	/** Whether the copy itself takes the name of the backup. */
	bool as_backup;
	/** The answer to OVLCP_EXISTING_ASK. */
	enum answer may_overwrite;
};

/** What to do about a destination that exists. */
enum dst_action {
	/** Open it; and cut it to length 0, if there is data to come. */
	DST_OVERWRITE,
	/** Copy into the directory that it is. */
	DST_MERGE,
	/** Remove it, then make it anew. */
	DST_REMOVE,
	/** Give it the name of a backup, then make it anew. */
	DST_BACKUP,
	/** Make it under another name, then put that in its place. */
	DST_REPLACE,
	/** Make the file that it leads to. */
	DST_THROUGH,
	/** Make the copy under the name of a backup. */
	DST_ASIDE,
	/** Copy into it under the source's last name. */
	DST_ENTER,
	/** There is nothing to do. */
	DST_DONE,
	/** Leave it alone. */
	DST_SKIP,
	/** Ask the user, then decide again. */
	DST_ASK,
	/** Fail with dst_step.refusal. */
	DST_REFUSE,
	/** Number of actions. */
	DST_ACTIONS,
};

/** The action, and the check that refused. */
struct dst_step {
	enum dst_action action;
	/** For DST_REFUSE and DST_SKIP; otherwise OVLCP_OP_NONE. */
	enum ovlcp_op refusal;
	/** errno (positive) that goes with the refusal; 0 where the check says it all. */
	int error;
};

/** What to do about the existing destination that @f describes. */
struct dst_step plan_existing(const struct dst_facts *f, const struct ovlcp_options *opt);

#endif
