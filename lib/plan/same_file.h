/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When source and destination are one file: what of it does harm.
 */
#ifndef OVL_PLAN_SAME_FILE_H
#define OVL_PLAN_SAME_FILE_H

#include "model/facts.h"
#include "model/plan.h"

/** Whether source and destination are one, as seen with and without following links. */
struct same_facts {
	/** One file, as source and destination were looked at. */
	bool same;
	/** One file, when links are not followed. */
	bool same_link;
	/** One file, when links are followed. */
	bool same_file;
	/** One name in one directory. */
	bool same_name;
	/** The two, links not followed, are on one filesystem. */
	bool same_filesystem;
	/** The source is a symbolic link. */
	bool src_is_link;
	/** The destination is a symbolic link. */
	bool dst_is_link;
	/** The destination, links not followed, has several names. */
	bool dst_has_links;
};

/** What follows from source and destination being one, or not. */
enum same_verdict {
	/** Go on: nothing at the source would be lost. */
	SAME_HARMLESS,
	/** There is nothing to do. */
	SAME_DONE,
	/** The source would be lost. */
	SAME_REFUSED,
};

/** Judge. @named: whether the source was named; see OVLCP_FOLLOW_NAMED. */
enum same_verdict plan_same_file(const struct same_facts *f, bool named,
				 const struct ovlcp_options *opt);

#endif
