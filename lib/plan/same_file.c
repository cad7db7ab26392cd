/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When a copy of a file onto itself does harm: a table, the first row that matches wins.
 *
 * The rows follow same_file_ok of GNU cp. "One file" has three meanings here, because either side
 * may be a symbolic link to the other. A backup, or removing the destination first, saves the
 * source's data, unless it takes away the very name by which the source is reached.
 */
#include "plan/same_file.h"

#include "plan/file_kind.h"
#include "plan/rule.h"

enum same_cond {
	SAME = COND(0),		   /* one file, links followed as the copy follows them */
	SAME_LINK = COND(1),	   /* one file by lstat */
	SAME_FILE = COND(2),	   /* one file by stat */
	SAME_NAME = COND(3),	   /* one name in one directory */
	SRC_SYMLINK = COND(4),	   /* the source is a symbolic link */
	DST_SYMLINK = COND(5),	   /* the destination is a symbolic link */
	DST_MULTI_LINK = COND(6),  /* the destination has several hard links */
	FOLLOW = COND(7),	   /* symbolic links at the source are followed */
	BACKUP = COND(8),	   /* the destination is renamed to a backup first */
	REMOVE = COND(9),	   /* the destination is removed first */
	HARD_LINKS = COND(10),	   /* hard links are made instead of copies */
	SYMBOLIC_LINKS = COND(11), /* symbolic links are made instead of copies */
};

static const struct same_row {
	struct rule rule;
	enum same_verdict verdict;
} same_rows[] = {
	/* they are hard links of one file already */
	{ WHEN(SAME | HARD_LINKS, 0), SAME_DONE },
	/* two symbolic links, copied as links */
	{ WHEN(SRC_SYMLINK | DST_SYMLINK | SAME_NAME, FOLLOW), SAME_REFUSED },
	{ WHEN(SRC_SYMLINK | DST_SYMLINK | BACKUP, FOLLOW), SAME_HARMLESS },
	{ WHEN(SRC_SYMLINK | DST_SYMLINK | SAME, FOLLOW), SAME_DONE },
	{ WHEN(SRC_SYMLINK | DST_SYMLINK, FOLLOW), SAME_HARMLESS },
	{ WHEN(FOLLOW, SAME), SAME_HARMLESS },
	/* the link at the destination is removed, its target stays */
	{ WHEN(FOLLOW | SRC_SYMLINK | DST_SYMLINK | REMOVE, 0), SAME_HARMLESS },
	/* the backup keeps the data; not if the backup takes the source's name, or the source is a
	   symbolic link that would dangle then */
	{ WHEN(BACKUP | FOLLOW | SRC_SYMLINK, SAME_LINK | DST_SYMLINK), SAME_REFUSED },
	{ WHEN(BACKUP, SAME_LINK), SAME_HARMLESS },
	{ WHEN(BACKUP | SAME_NAME, 0), SAME_REFUSED },
	{ WHEN(BACKUP, 0), SAME_HARMLESS },
	/* one of several names of the file is removed */
	{ WHEN(REMOVE | DST_SYMLINK, 0), SAME_HARMLESS },
	{ WHEN(REMOVE | SAME_LINK | DST_MULTI_LINK, SAME_NAME), SAME_HARMLESS },
	{ WHEN(0, SRC_SYMLINK | DST_SYMLINK | SAME_LINK), SAME_HARMLESS },
	{ WHEN(0, SAME_FILE), SAME_HARMLESS },
	{ WHEN(HARD_LINKS, DST_SYMLINK), SAME_DONE },
	{ WHEN(HARD_LINKS, 0), SAME_HARMLESS },
	/* a symbolic link is replaced by a symbolic link */
	{ WHEN(SYMBOLIC_LINKS | DST_SYMLINK, 0), SAME_HARMLESS },
	{ WHEN(0, 0), SAME_REFUSED },
};

static uint64_t same_conds(const struct same_facts *f, bool follow, const struct ovlcp_options *opt)
{
	return cond_if(f->same, SAME) | cond_if(f->same_link, SAME_LINK) |
	       cond_if(f->same_file, SAME_FILE) | cond_if(f->same_name, SAME_NAME) |
	       cond_if(f->src_is_link, SRC_SYMLINK) | cond_if(f->dst_is_link, DST_SYMLINK) |
	       cond_if(f->dst_has_links, DST_MULTI_LINK) | cond_if(follow, FOLLOW) |
	       cond_if(opt->backup != OVLCP_BACKUP_NONE, BACKUP) |
	       cond_if(opt->flags & OVLCP_REMOVE_DESTINATION, REMOVE) |
	       cond_if(opt->make == OVLCP_MAKE_HARD_LINKS, HARD_LINKS) |
	       cond_if(opt->make == OVLCP_MAKE_SYMBOLIC_LINKS, SYMBOLIC_LINKS);
}

enum same_verdict plan_same_file(const struct same_facts *f, bool from_caller,
				 const struct ovlcp_options *opt)
{
	uint64_t conds = same_conds(f, plan_follows(opt, from_caller), opt);
	const struct same_row *row = same_rows;

	while (!rule_matches(&row->rule, conds))
		row++; /* ends: the last row matches everything */
	return row->verdict;
}
