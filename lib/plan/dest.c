/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What becomes of a destination that exists, as cp does it: a table, the first row wins.
 *
 * Not for new destinations: those are simply made, with O_EXCL. The order of the rows is the
 * order in which GNU cp finds fault, so that the message is the same one.
 */
#include "plan/plan.h"

#include <errno.h>
#include <sys/stat.h>

enum sign {
	SKIP = 1u << 0,	      /* existing files are left alone */
	ASK = 1u << 1,	      /* ... are asked about */
	ASKED = 1u << 2,      /* the answer is there */
	REFUSED = 1u << 3,    /* ... and it is no */
	ENTER = 1u << 4,      /* directories are entered */
	REMOVE = 1u << 5,     /* existing files are removed first */
	DIRECTORY = 1u << 6,  /* the destination is a directory */
	DANGLING = 1u << 7,   /* the destination is a symbolic link to nothing */
	SAME = 1u << 8,	      /* it is the source */
	ONLY_NAME = 1u << 9,  /* ... and removing it would remove the source */
	CREATED = 1u << 10,   /* this session made it, and it must not be overwritten */
	REPEATED = 1u << 11,  /* ... and copied the source before */
	DUPLICATE = 1u << 12, /* the fan-out has it already */
	FAIL = 1u << 13,      /* existing files are failures */
	OLDER = 1u << 14,     /* only older files are overwritten */
	NOT_OLDER = 1u << 15, /* it is not older than the source */
};

struct row {
	unsigned int with;
	unsigned int without;
	enum dst_action action;
	enum ovlcp_op refusal;
	int error;
};

static const struct row rows[] = {
	{ DIRECTORY | ENTER, 0, DST_ENTER, OVLCP_OP_NONE, 0 },
	{ DUPLICATE, 0, DST_SKIP, OVLCP_OP_DUPLICATE, 0 },
	/* writing through it would make a file wherever the link's maker wanted one; as there is
	   no file yet, it is no case for -n and -i */
	{ DANGLING, REMOVE, DST_REFUSE, OVLCP_OP_DANGLING, EEXIST },
	{ SKIP, 0, DST_SKIP, OVLCP_OP_NONE, 0 },
	{ FAIL, 0, DST_REFUSE, OVLCP_OP_NOT_REPLACED, EEXIST },
	/* removing a link to the source, or another hard link of it, does not harm the source */
	{ SAME | ONLY_NAME, 0, DST_REFUSE, OVLCP_OP_SAME_FILE, 0 },
	{ SAME, REMOVE, DST_REFUSE, OVLCP_OP_SAME_FILE, 0 },
	{ OLDER | NOT_OLDER, 0, DST_SKIP, OVLCP_OP_NONE, 0 },
	{ ASK, ASKED, DST_ASK, OVLCP_OP_NONE, 0 },
	{ REFUSED, 0, DST_SKIP, OVLCP_OP_NONE, ECANCELED },
	{ DIRECTORY, 0, DST_REFUSE, OVLCP_OP_DESTINATION_IS_DIRECTORY, EISDIR },
	{ CREATED | REPEATED, 0, DST_SKIP, OVLCP_OP_SOURCE_REPEATED, 0 },
	{ CREATED, 0, DST_REFUSE, OVLCP_OP_JUST_CREATED, EEXIST },
	{ REMOVE, 0, DST_REMOVE, OVLCP_OP_NONE, 0 },
	{ 0, 0, DST_TRUNCATE, OVLCP_OP_NONE, 0 },
};

static unsigned int sign_if(bool is, enum sign sign)
{
	return is ? sign : 0;
}

struct dst_step plan_destination(const struct dst_facts *f, const struct ovlcp_options *opt)
{
	unsigned int now =
		sign_if(opt->existing == OVLCP_EXISTING_SKIP || opt->update == OVLCP_UPDATE_NONE,
			SKIP) |
		sign_if(opt->update == OVLCP_UPDATE_NONE_FAIL, FAIL) |
		sign_if(opt->update == OVLCP_UPDATE_OLDER, OLDER) |
		sign_if(f->not_older, NOT_OLDER) |
		sign_if(opt->existing == OVLCP_EXISTING_ASK, ASK) |
		sign_if(f->may_overwrite != ANSWER_NOT_ASKED, ASKED) |
		sign_if(f->may_overwrite == ANSWER_NO, REFUSED) |
		sign_if((opt->flags & OVLCP_INTO_DIRECTORY) && !f->entered, ENTER) |
		sign_if(opt->flags & OVLCP_REMOVE_DESTINATION, REMOVE) |
		sign_if(S_ISDIR(f->type), DIRECTORY) | sign_if(f->type == 0, DANGLING) |
		sign_if(f->same_file, SAME) | sign_if(f->only_name, ONLY_NAME) |
		sign_if(f->just_created && (opt->flags & OVLCP_PROTECT_CREATED), CREATED) |
		sign_if(f->source_repeated, REPEATED) | sign_if(f->duplicate, DUPLICATE);
	const struct row *row = rows;

	while ((now & row->with) != row->with || (now & row->without))
		row++; /* ends: the last row matches everything */
	return (struct dst_step){ row->action, row->refusal, row->error };
}
