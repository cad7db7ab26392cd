/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What becomes of a destination that exists, as cp does it: a table, the first row wins.
 *
 * Not for new destinations: those are simply made, by calls that fail if the name is taken.
 * The order of the rows is the order in which GNU cp finds fault, so that the message is the
 * same one.
 */
#include "plan/existing.h"

#include "plan/file_kind.h"
#include "plan/same_file.h"

#include <errno.h>
#include <sys/stat.h>

enum cond {
	SKIP = 1u << 0,		 /* existing files are left alone */
	FAIL = 1u << 1,		 /* ... are failures */
	OLDER = 1u << 2,	 /* only older files are overwritten */
	NOT_OLDER = 1u << 3,	 /* it is not older than the source */
	ASK = 1u << 4,		 /* existing files are asked about */
	ASKED = 1u << 5,	 /* the answer is there */
	REFUSED = 1u << 6,	 /* ... and it is no */
	ENTER = 1u << 7,	 /* directories are entered */
	TREE = 1u << 8,		 /* the source is a directory */
	DIRECTORY = 1u << 9,	 /* the destination is a directory */
	DANGLING = 1u << 10,	 /* it is a symbolic link to nothing */
	ENDLESS = 1u << 11,	 /* it is a symbolic link to itself */
	THROUGH = 1u << 12,	 /* links to nothing are written through */
	FORCE = 1u << 13,	 /* what is in the way is removed */
	SAME_BAD = 1u << 14,	 /* it is the source, which would be lost */
	NOTHING = 1u << 15,	 /* it is what it shall become */
	CREATED = 1u << 16,	 /* this call made it */
	CREATED_LINK = 1u << 17, /* this call made the link that stands there */
	FOREIGN = 1u << 18,	 /* somebody else put the link there */
	DUPLICATE = 1u << 19,	 /* the fan-out has it already */
	BACKUP = 1u << 20,	 /* existing files get the name of a backup */
	NUMBERED = 1u << 21,	 /* ... of which there may be many */
	HARMFUL = 1u << 22,	 /* ... and this one is the source */
	DOTS = 1u << 23,	 /* the source is called "." or ".." */
	SAME_ARG = 1u << 24,	 /* one path was given for both */
	REMOVE = 1u << 25,	 /* existing files are removed first */
	IN_THE_WAY = 1u << 26,	 /* it has to go so that links are kept, or links stay links */
	DATA = 1u << 27,	 /* data is written into it */
	LINK = 1u << 28,	 /* a hard link shall take its place */
	JOIN = 1u << 29,	 /* it shall become a link of an earlier destination */
	SPECIAL = 1u << 30,	 /* it shall become a FIFO, a socket or a device */
};

/* "made" as refusal: what cannot be made, as the name is taken. */
#define MADE OVLCP_OP_COUNT

static const struct row {
	unsigned int all_of;
	unsigned int none_of;
	enum dst_action action;
	enum ovlcp_op refusal;
	int error;
} rows[] = {
	{ DIRECTORY | ENTER, 0, DST_ENTER, OVLCP_OP_NONE, 0 },
	{ DUPLICATE, 0, DST_SKIP, OVLCP_OP_DUPLICATE, 0 },
	{ ENDLESS, FORCE, DST_REFUSE, OVLCP_OP_STAT_DESTINATION, ELOOP },
	/* asked for with -bf: what would be set aside stays, and the copy is the backup */
	{ FORCE | BACKUP | SAME_ARG, 0, DST_ASIDE, OVLCP_OP_NONE, 0 },
	/* writing through it would make a file wherever the link's maker wanted one; as there is
	   no file yet, it is no case for -n and -i */
	{ DANGLING | CREATED_LINK, 0, DST_REFUSE, OVLCP_OP_JUST_CREATED_LINK, EEXIST },
	{ DANGLING | JOIN, SKIP | FAIL | ASK | REFUSED, DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ DANGLING | FOREIGN, 0, DST_REFUSE, OVLCP_OP_FOREIGN_LINK, EPERM },
	{ DANGLING | THROUGH, 0, DST_THROUGH, OVLCP_OP_NONE, 0 },
	{ DANGLING, 0, DST_REFUSE, OVLCP_OP_DANGLING, EEXIST },
	{ SAME_BAD, SKIP | FAIL, DST_REFUSE, OVLCP_OP_SAME_FILE, 0 },
	/* the sources are links of one file, so are the destinations then */
	{ OLDER | NOT_OLDER | JOIN, SKIP | FAIL | REFUSED, DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ OLDER | NOT_OLDER, TREE, DST_SKIP, OVLCP_OP_NONE, 0 },
	{ SKIP, TREE, DST_SKIP, OVLCP_OP_NONE, 0 },
	{ FAIL, TREE, DST_REFUSE, OVLCP_OP_NOT_REPLACED, EEXIST },
	{ ASK, ASKED | TREE, DST_ASK, OVLCP_OP_NONE, 0 },
	{ REFUSED, 0, DST_SKIP, OVLCP_OP_NONE, ECANCELED },
	{ NOTHING, SKIP | FAIL, DST_DONE, OVLCP_OP_NONE, 0 },
	{ ENDLESS, 0, DST_REMOVE, OVLCP_OP_NONE, 0 },
	{ TREE, DIRECTORY, DST_REFUSE, OVLCP_OP_DESTINATION_NOT_DIRECTORY, ENOTDIR },
	{ CREATED, DIRECTORY | NUMBERED, DST_REFUSE, OVLCP_OP_JUST_CREATED, EEXIST },
	{ DIRECTORY, TREE, DST_REFUSE, OVLCP_OP_DESTINATION_IS_DIRECTORY, EISDIR },
	{ DIRECTORY, 0, DST_MERGE, OVLCP_OP_NONE, 0 },
	{ BACKUP | HARMFUL, DOTS | NUMBERED, DST_REFUSE, OVLCP_OP_BACKUP_IS_SOURCE, 0 },
	{ BACKUP, DOTS, DST_BACKUP, OVLCP_OP_NONE, 0 },
	{ REMOVE, 0, DST_REMOVE, OVLCP_OP_NONE, 0 },
	{ IN_THE_WAY, 0, DST_REMOVE, OVLCP_OP_NONE, 0 },
	{ CREATED_LINK, 0, DST_REFUSE, OVLCP_OP_JUST_CREATED_LINK, EEXIST },
	{ JOIN, 0, DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ DATA | FOREIGN, 0, DST_REFUSE, OVLCP_OP_FOREIGN_LINK, EPERM },
	{ DATA, 0, DST_OVERWRITE, OVLCP_OP_NONE, 0 },
	/* whoever was asked, or forces, wants the link to be there in the end */
	{ LINK | ASKED, 0, DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ FORCE, SPECIAL, DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ 0, 0, DST_REFUSE, MADE, EEXIST },
};

static unsigned int cond_if(bool is, enum cond sign)
{
	return is ? sign : 0;
}

/* Whether the destination must go although nobody said so: it is one of several names of a
   file, of which only this one changes; or a link at the source is copied as a link. */
static bool is_in_the_way(const struct dst_facts *f, const struct ovlcp_options *opt)
{
	if (opt->flags & OVLCP_ATTRIBUTES_ONLY)
		return false;
	return ((opt->preserve & OVLCP_PRESERVE_LINKS) && f->has_links) ||
	       (!S_ISREG(f->src_type) && (opt->follow == OVLCP_FOLLOW_NONE ||
					  (opt->follow == OVLCP_FOLLOW_NAMED && !f->from_caller)));
}

static unsigned int policy_signs(const struct dst_facts *f, const struct ovlcp_options *opt)
{
	bool backup = opt->backup != OVLCP_BACKUP_NONE && !f->as_backup;

	return cond_if(opt->existing == OVLCP_EXISTING_SKIP || opt->update == OVLCP_UPDATE_NONE,
		       SKIP) |
	       cond_if(opt->update == OVLCP_UPDATE_NONE_FAIL, FAIL) |
	       cond_if(opt->update == OVLCP_UPDATE_OLDER, OLDER) |
	       cond_if(opt->existing == OVLCP_EXISTING_ASK, ASK) |
	       cond_if((opt->flags & OVLCP_INTO_DIRECTORY) && f->from_caller && !f->in_dir, ENTER) |
	       cond_if(opt->flags & OVLCP_CREATE_THROUGH_SYMLINK, THROUGH) |
	       cond_if(opt->flags & OVLCP_FORCE, FORCE) | cond_if(backup, BACKUP) |
	       cond_if(backup && opt->backup == OVLCP_BACKUP_NUMBERED, NUMBERED) |
	       cond_if(opt->flags & OVLCP_REMOVE_DESTINATION, REMOVE) |
	       cond_if(is_in_the_way(f, opt), IN_THE_WAY);
}

static unsigned int fact_signs(const struct dst_facts *f)
{
	return cond_if(f->not_older, NOT_OLDER) |
	       cond_if(f->may_overwrite != ANSWER_NOT_ASKED, ASKED) |
	       cond_if(f->may_overwrite == ANSWER_NO, REFUSED) |
	       cond_if(f->kind == KIND_DIRECTORY, TREE) | cond_if(S_ISDIR(f->type), DIRECTORY) |
	       cond_if(f->type == 0 && !f->endless, DANGLING) | cond_if(f->endless, ENDLESS) |
	       cond_if(f->same == SAME_REFUSED, SAME_BAD) | cond_if(f->same == SAME_DONE, NOTHING) |
	       cond_if(f->same_path, SAME_ARG) | cond_if(f->just_created, CREATED) |
	       cond_if(f->just_created_link, CREATED_LINK) | cond_if(f->foreign_link, FOREIGN) |
	       cond_if(f->duplicate, DUPLICATE) | cond_if(f->backup_is_source, HARMFUL) |
	       cond_if(f->dots, DOTS) | cond_if(f->kind == KIND_DATA, DATA) |
	       cond_if(f->kind == KIND_SPECIAL, SPECIAL) | cond_if(f->kind == KIND_LINK, LINK) |
	       cond_if(f->kind == KIND_LINK_TO_COPY, JOIN);
}

struct dst_step plan_existing(const struct dst_facts *f, const struct ovlcp_options *opt)
{
	unsigned int now = policy_signs(f, opt) | fact_signs(f);
	const struct row *row = rows;

	while ((now & row->all_of) != row->all_of || (now & row->none_of))
		row++; /* ends: the last row matches everything */
	return (struct dst_step){
		row->action,
		row->refusal == MADE ? plan_create_op(f->kind, f->src_type) : row->refusal,
		row->error,
	};
}
