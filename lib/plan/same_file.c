/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * When source and destination are one file: what of it does harm, as GNU cp sees it.
 *
 * A table, the first row wins. "One file" has three meanings here, because either side may be
 * a link to the other; and what is moved aside or removed first does no harm, unless it is
 * the very name that the source is reached by.
 */
#include "plan/same_file.h"

#include "plan/file_kind.h"

enum cond {
	SAME = 1u << 0,		   /* one file, as they were looked at */
	SAME_LINK = 1u << 1,	   /* ... links not followed */
	SAME_FILE = 1u << 2,	   /* ... links followed */
	SAME_NAME = 1u << 3,	   /* one name in one directory */
	SAME_FS = 1u << 4,	   /* on one filesystem, links not followed */
	SRC_LINK = 1u << 5,	   /* the source is a link */
	DST_LINK = 1u << 6,	   /* the destination is a link */
	DST_LINKS = 1u << 7,	   /* the destination has several names */
	FOLLOW = 1u << 8,	   /* links are followed at some sources */
	BACKUP = 1u << 9,	   /* the destination is set aside first */
	REMOVE = 1u << 10,	   /* ... removed first */
	HARD_LINKS = 1u << 11,	   /* hard links are made */
	SYMBOLIC_LINKS = 1u << 12, /* symbolic links are made */
};

static const struct row {
	unsigned int all_of;
	unsigned int none_of;
	enum same_verdict verdict;
} rows[] = {
	/* they are linked already */
	{ SAME | HARD_LINKS, 0, SAME_DONE },
	/* two links that are copied as links */
	{ SRC_LINK | DST_LINK | SAME_NAME, FOLLOW, SAME_REFUSED },
	{ SRC_LINK | DST_LINK | BACKUP, FOLLOW, SAME_HARMLESS },
	{ SRC_LINK | DST_LINK | SAME, FOLLOW, SAME_DONE },
	{ SRC_LINK | DST_LINK, FOLLOW, SAME_HARMLESS },
	{ FOLLOW, SAME, SAME_HARMLESS },
	/* the link at the destination goes, what it leads to stays */
	{ FOLLOW | SRC_LINK | DST_LINK | REMOVE, 0, SAME_HARMLESS },
	/* the destination keeps its data under another name, unless that name is the source's, or
	   the source is a link that would lead nowhere then */
	{ BACKUP | FOLLOW | SRC_LINK, SAME_LINK | DST_LINK, SAME_REFUSED },
	{ BACKUP, SAME_LINK, SAME_HARMLESS },
	{ BACKUP | SAME_NAME, 0, SAME_REFUSED },
	{ BACKUP, 0, SAME_HARMLESS },
	/* a name of several goes */
	{ REMOVE | DST_LINK, 0, SAME_HARMLESS },
	{ REMOVE | SAME_LINK | DST_LINKS, SAME_NAME, SAME_HARMLESS },
	{ 0, SRC_LINK | DST_LINK | SAME_LINK, SAME_HARMLESS },
	{ 0, SAME_FILE, SAME_HARMLESS },
	{ HARD_LINKS, DST_LINK, SAME_DONE },
	{ HARD_LINKS, 0, SAME_HARMLESS },
	/* a link that is going to be replaced by a link */
	{ SYMBOLIC_LINKS | DST_LINK | SAME_FS, 0, SAME_HARMLESS },
	{ REMOVE | DST_LINK | SAME_FS, 0, SAME_HARMLESS },
	{ 0, 0, SAME_REFUSED },
};

static unsigned int cond_if(bool is, enum cond sign)
{
	return is ? sign : 0;
}

enum same_verdict plan_same_file(const struct same_facts *f, bool named,
				 const struct ovlcp_options *opt)
{
	/* below what was named, OVLCP_FOLLOW_NAMED is as OVLCP_FOLLOW_NONE */
	bool follow = opt->follow == OVLCP_FOLLOW_ALL || plan_follows(opt, named);
	unsigned int now = cond_if(f->same, SAME) | cond_if(f->same_link, SAME_LINK) |
			   cond_if(f->same_file, SAME_FILE) | cond_if(f->same_name, SAME_NAME) |
			   cond_if(f->same_filesystem, SAME_FS) |
			   cond_if(f->src_is_link, SRC_LINK) | cond_if(f->dst_is_link, DST_LINK) |
			   cond_if(f->dst_has_links, DST_LINKS) | cond_if(follow, FOLLOW) |
			   cond_if(opt->backup != OVLCP_BACKUP_NONE, BACKUP) |
			   cond_if(opt->flags & OVLCP_REMOVE_DESTINATION, REMOVE) |
			   cond_if(opt->make == OVLCP_MAKE_HARD_LINKS, HARD_LINKS) |
			   cond_if(opt->make == OVLCP_MAKE_SYMBOLIC_LINKS, SYMBOLIC_LINKS);
	const struct row *row = rows;

	while ((now & row->all_of) != row->all_of || (now & row->none_of))
		row++; /* ends: the last row matches everything */
	return row->verdict;
}
