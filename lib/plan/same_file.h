/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What it means for a copy that source and destination are one file.
 */
#ifndef OVL_PLAN_SAME_FILE_H
#define OVL_PLAN_SAME_FILE_H

#include "ovlcp.h"

#include <stdbool.h>

/** Whether source and destination are one file, with and without following symbolic links. */
struct same_facts {
	/** One file, where links are followed as the copy follows them. */
	bool same;
	/** One file, compared by lstat: no symbolic link is followed. */
	bool same_link;
	/** One file, compared by stat: symbolic links are followed. */
	bool same_file;
	/** One name in one directory. */
	bool same_name;
	/** The source is a symbolic link. */
	bool src_is_link;
	/** The destination is a symbolic link. */
	bool dst_is_link;
	/** The destination has more than one hard link, by lstat. */
	bool dst_has_links;
};

/** What to do about it. */
enum same_verdict {
	/** Go on: the source keeps its data. */
	SAME_HARMLESS,
	/** Nothing to do: the destination is already as asked for. */
	SAME_DONE,
	/** Refuse: the source would lose its data. */
	SAME_REFUSED,
};

/**
 * Decide whether the copy may go on.
 *
 * @from_caller: whether the source was named by the caller; see OVLCP_FOLLOW_NAMED.
 */
enum same_verdict plan_same_file(const struct same_facts *f, bool from_caller,
				 const struct ovlcp_options *opt);

#endif
