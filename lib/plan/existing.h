/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What to do about a destination that exists.
 */
#ifndef OVL_PLAN_EXISTING_H
#define OVL_PLAN_EXISTING_H

#include "model/facts.h"
#include "model/plan.h"
#include "plan/same_file.h"

#include <stdbool.h>
#include <sys/types.h>

/** What is known about an existing destination, and about what would be created there. */
struct dst_facts {
	/** What is to be created. */
	enum file_kind kind;
	/** Type bits (S_IFMT) of the source. */
	mode_t src_type;
	/** Type bits of the destination; 0 for a dangling symbolic link that would be followed. */
	mode_t type;
	/** The destination is a symbolic link to itself that would be followed (ELOOP). */
	bool symlink_loop;
	/** The source, and so the destination, was named by the caller: not found in a tree. */
	bool from_caller;
	/** What it means that source and destination are one file, if they are. */
	enum same_verdict same;
	/** The caller gave one path of a regular file, or of a symbolic link to one, for both. */
	bool same_path;
	/** The destination would share all with another one of the same fan-out, as its hard link
	    (OVLCP_SHARE_HARD_LINK); but it may become a copy as well. */
	bool is_share;
	/** The destination was modified when the source was, or later (st_mtim). */
	bool not_older;
	/** The destination has more than one hard link. */
	bool has_links;
	/** This call created the destination. */
	bool just_created;
	/** This call created the symbolic link that has the destination's name. */
	bool just_created_link;
	/** This copy has put the destination there, or has created the directory around it: it is
	    another file of the tree whose name differs in case only. */
	bool from_this_copy;
	/** The destination is in a tree and is a symbolic link of a user who is not trusted. */
	bool foreign_link;
	/** The destination is in a tree and is a symbolic link that leads out of the directory that
	    the caller has named. */
	bool leads_out;
	/** The destination is a completed destination of the same fan-out. */
	bool duplicate;
	/** The destination is in a directory that was entered for it; cp enters only one. */
	bool in_dir;
	/** The last name of the source is "." or "..": such a directory gets no backup. */
	bool dots;
	/** A simple backup of the destination would overwrite the source. */
	bool backup_is_source;
	/** The copy itself gets the name of the backup. */
	bool as_backup;
	/** The destination has been given the name of its backup as well. */
	bool backed_up;
	/** The answer to the question of OVLCP_EXISTING_ASK. */
	enum answer may_overwrite;
};

/** What to do about a destination that exists. */
enum dst_action {
	/** Open it, and truncate it if data will be written. */
	DST_OVERWRITE,
	/** Copy into the existing directory. */
	DST_MERGE,
	/** Unlink it, then create the destination. */
	DST_REMOVE,
	/** Rename it to its backup name, then create the destination. */
	DST_BACKUP,
	/** Create the destination under a temporary name and rename it over the existing one. */
	DST_REPLACE,
	/** Create the destination beside the existing file, in whose place it comes, with its
	    attributes, when it is complete. */
	DST_SUPERSEDE,
	/** Create the missing file that the dangling symbolic link leads to. */
	DST_CREATE_THROUGH_SYMLINK,
	/** Leave it, and create the copy under the name of its backup. */
	DST_AS_BACKUP,
	/** Enter the existing directory: the destination is the source's last name in it. */
	DST_ENTER,
	/** Nothing to do, the destination is already as asked for. */
	DST_DONE,
	/** Leave it alone. */
	DST_SKIP,
	/** Ask the user, then decide again with dst_facts.may_overwrite. */
	DST_ASK,
	/** Fail with dst_step.refusal. */
	DST_REFUSE,
	/** Number of actions. */
	DST_ACTIONS,
};

/** An action, and the check that refused. */
struct dst_step {
	/** What to do. */
	enum dst_action action;
	/** The check that failed, for DST_REFUSE and DST_SKIP; otherwise OVLCP_OP_NONE. */
	enum ovlcp_op refusal;
	/** errno (positive) that belongs to the refusal; 0 if the check has none. */
	int error;
};

/** What to do about the existing destination that @f describes. */
struct dst_step plan_existing(const struct dst_facts *f, const struct ovlcp_options *opt);

#endif
