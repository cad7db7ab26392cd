/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What to do about a destination that exists, as cp does it: a table, the first row that matches
 * wins.
 *
 * Not for new destinations: they are created by calls that fail if the name is taken. The order of
 * the rows is the order in which GNU cp checks, so that the same message is printed.
 */
#include "plan/existing.h"

#include "model/facts.h"
#include "model/plan.h"
#include "plan/file_kind.h"
#include "plan/rule.h"
#include "plan/same_file.h"

#include <errno.h>
#include <sys/stat.h>

enum existing_cond {
	NO_CLOBBER = COND(0),	      /* existing files are left alone (-n, --update=none) */
	NONE_FAIL = COND(1),	      /* ... and are errors (--update=none-fail) */
	UPDATE_OLDER = COND(2),	      /* only older files are overwritten (-u) */
	NOT_OLDER = COND(3),	      /* the destination is not older than the source */
	INTERACTIVE = COND(4),	      /* the user is asked (-i) */
	ANSWERED = COND(5),	      /* the user has answered */
	ANSWERED_NO = COND(6),	      /* ... with no */
	INTO_DIR = COND(7),	      /* if the destination is a directory, copy into it */
	SRC_DIR = COND(8),	      /* the source is a directory */
	DST_DIR = COND(9),	      /* the destination is a directory */
	DANGLING = COND(10),	      /* the destination is a symbolic link to a missing file */
	SYMLINK_LOOP = COND(11),      /* the destination is a symbolic link to itself (ELOOP) */
	CREATE_THROUGH = COND(12),    /* the missing file of a dangling link is created */
	FORCE = COND(13),	      /* a file that cannot be opened or replaced is removed (-f) */
	SAME_FILE = COND(14),	      /* the destination is the source, whose data would be lost */
	ALREADY_DONE = COND(15),      /* the destination is already what it would become */
	JUST_CREATED = COND(16),      /* this call created the destination */
	JUST_CREATED_LINK = COND(17), /* this call created a symbolic link of that name */
	FOREIGN_LINK = COND(18),      /* the symbolic link of that name is not to be trusted */
	DUPLICATE = COND(19),	      /* the fan-out has completed the destination already */
	BACKUP = COND(20),	      /* existing files are backed up (-b) */
	NUMBERED = COND(21),	      /* ... under a numbered name, which is always new */
	BACKUP_IS_SRC = COND(22),     /* ... under the name of the source */
	DOTS = COND(23),	      /* the last name of the source is "." or ".." */
	SAME_ARG = COND(24),	      /* source and destination were given as one path */
	REMOVE = COND(25),	      /* existing files are removed first (--remove-destination) */
	MUST_REMOVE = COND(26),	      /* removed without being asked, see must_remove */
	DATA = COND(27),	      /* data is written into the destination */
	HARD_LINK = COND(28),	      /* the destination becomes a hard link to the source */
	LINK_TO_COPY = COND(29),      /* ... a hard link to an earlier destination */
	SPECIAL = COND(30),	      /* ... a FIFO, a socket or a device */
	FROM_THIS_COPY = COND(31),    /* this copy has put it there, under another name */
	LEADS_OUT = COND(32),	      /* the symbolic link of that name leads out of the tree */
	ATOMIC = COND(33),     /* the name leads to the old file until the new one is complete */
	BACKED_UP = COND(34),  /* the destination has the name of its backup as well */
	DST_FILE = COND(35),   /* the destination is a regular file */
	DST_STREAM = COND(36), /* the destination is a device, a FIFO or a socket */
	SHARE = COND(37),      /* the link that it becomes is one of --share=hardlink */
};

/* In the column refusal: the operation that creates the file, which fails with EEXIST. */
#define CREATE_OP OVLCP_OP_COUNT

static const struct existing_row {
	struct rule rule;
	enum dst_action action;
	enum ovlcp_op refusal;
	int error;
} existing_rows[] = {
	{ WHEN(DST_DIR | INTO_DIR, 0), DST_ENTER, OVLCP_OP_NONE, 0 },
	/* two names of the source are one name here, as on exFAT: the first one stays, as with cp;
	   of several destinations none is named twice for that */
	{ WHEN(FROM_THIS_COPY, 0), DST_REFUSE, CREATE_OP, EEXIST },
	{ WHEN(DUPLICATE, 0), DST_SKIP, OVLCP_OP_DUPLICATE, 0 },
	{ WHEN(SYMLINK_LOOP, FORCE), DST_REFUSE, OVLCP_OP_STAT_DESTINATION, ELOOP },
	/* cp -bf FILE FILE: the file stays, and the copy becomes its backup */
	{ WHEN(FORCE | BACKUP | SAME_ARG, 0), DST_AS_BACKUP, OVLCP_OP_NONE, 0 },
	/* writing through the link would create a file wherever the link's target is; no file
	   exists yet, so -n and -i do not apply */
	{ WHEN(DANGLING | JUST_CREATED_LINK, 0), DST_REFUSE, OVLCP_OP_JUST_CREATED_LINK, EEXIST },
	{ WHEN(DANGLING | LINK_TO_COPY, NO_CLOBBER | NONE_FAIL | INTERACTIVE | ANSWERED_NO),
	  DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(DANGLING | FOREIGN_LINK, 0), DST_REFUSE, OVLCP_OP_FOREIGN_LINK, EPERM },
	{ WHEN(DANGLING | LEADS_OUT, 0), DST_REFUSE, OVLCP_OP_LINK_LEADS_OUT, EXDEV },
	{ WHEN(DANGLING | CREATE_THROUGH, 0), DST_CREATE_THROUGH_SYMLINK, OVLCP_OP_NONE, 0 },
	{ WHEN(DANGLING, 0), DST_REFUSE, OVLCP_OP_DANGLING, EEXIST },
	{ WHEN(SAME_FILE, NO_CLOBBER | NONE_FAIL), DST_REFUSE, OVLCP_OP_SAME_FILE, 0 },
	/* the sources are hard links of one file, so the destinations become that too */
	{ WHEN(UPDATE_OLDER | NOT_OLDER | LINK_TO_COPY, NO_CLOBBER | NONE_FAIL | ANSWERED_NO),
	  DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(UPDATE_OLDER | NOT_OLDER, SRC_DIR), DST_SKIP, OVLCP_OP_NONE, 0 },
	{ WHEN(NO_CLOBBER, SRC_DIR), DST_SKIP, OVLCP_OP_NONE, 0 },
	{ WHEN(NONE_FAIL, SRC_DIR), DST_REFUSE, OVLCP_OP_NOT_REPLACED, EEXIST },
	/* data goes through it, and no link in its place: /dev/null stays what it is; so the
	   destination is asked for once more, as a copy (share_peer_is_refusal) */
	{ WHEN(SHARE | DST_STREAM, BACKUP | REMOVE), DST_REFUSE, CREATE_OP, EOPNOTSUPP },
	{ WHEN(INTERACTIVE, ANSWERED | SRC_DIR), DST_ASK, OVLCP_OP_NONE, 0 },
	{ WHEN(ANSWERED_NO, 0), DST_SKIP, OVLCP_OP_NONE, ECANCELED },
	{ WHEN(ALREADY_DONE, NO_CLOBBER | NONE_FAIL), DST_DONE, OVLCP_OP_NONE, 0 },
	{ WHEN(SYMLINK_LOOP | ATOMIC, SRC_DIR), DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(SYMLINK_LOOP, 0), DST_REMOVE, OVLCP_OP_NONE, 0 },
	/* a backup makes room for a directory; but for "." and ".." there is none, see below */
	{ WHEN(SRC_DIR, DST_DIR | BACKUP), DST_REFUSE, OVLCP_OP_DESTINATION_NOT_DIRECTORY,
	  ENOTDIR },
	{ WHEN(SRC_DIR | DOTS, DST_DIR), DST_REFUSE, OVLCP_OP_DESTINATION_NOT_DIRECTORY, ENOTDIR },
	{ WHEN(SRC_DIR | NO_CLOBBER, DST_DIR), DST_REFUSE, OVLCP_OP_DESTINATION_NOT_DIRECTORY,
	  ENOTDIR },
	{ WHEN(SRC_DIR | NONE_FAIL, DST_DIR), DST_REFUSE, OVLCP_OP_DESTINATION_NOT_DIRECTORY,
	  ENOTDIR },
	{ WHEN(JUST_CREATED, DST_DIR | NUMBERED), DST_REFUSE, OVLCP_OP_JUST_CREATED, EEXIST },
	{ WHEN(DST_DIR, SRC_DIR), DST_REFUSE, OVLCP_OP_DESTINATION_IS_DIRECTORY, EISDIR },
	{ WHEN(DST_DIR, 0), DST_MERGE, OVLCP_OP_NONE, 0 },
	{ WHEN(BACKUP | BACKUP_IS_SRC, DOTS | NUMBERED), DST_REFUSE, OVLCP_OP_BACKUP_IS_SOURCE, 0 },
	{ WHEN(BACKUP, DOTS), DST_BACKUP, OVLCP_OP_NONE, 0 },
	{ WHEN(BACKED_UP, 0), DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(REMOVE | ATOMIC, 0), DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(MUST_REMOVE | ATOMIC, 0), DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(REMOVE, 0), DST_REMOVE, OVLCP_OP_NONE, 0 },
	{ WHEN(MUST_REMOVE, 0), DST_REMOVE, OVLCP_OP_NONE, 0 },
	{ WHEN(JUST_CREATED_LINK, 0), DST_REFUSE, OVLCP_OP_JUST_CREATED_LINK, EEXIST },
	{ WHEN(LINK_TO_COPY, 0), DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(DATA | FOREIGN_LINK, 0), DST_REFUSE, OVLCP_OP_FOREIGN_LINK, EPERM },
	{ WHEN(DATA | LEADS_OUT, 0), DST_REFUSE, OVLCP_OP_LINK_LEADS_OUT, EXDEV },
	/* a FIFO or a device has no whole that could be replaced */
	{ WHEN(DATA | ATOMIC | DST_FILE, 0), DST_SUPERSEDE, OVLCP_OP_NONE, 0 },
	{ WHEN(DATA, 0), DST_OVERWRITE, OVLCP_OP_NONE, 0 },
	/* with -i and the answer yes, or with -f, the existing file gives way to the new link */
	{ WHEN(HARD_LINK | ANSWERED, 0), DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(FORCE, SPECIAL), DST_REPLACE, OVLCP_OP_NONE, 0 },
	{ WHEN(0, 0), DST_REFUSE, CREATE_OP, EEXIST },
};

/* Whether the destination is removed although the user did not ask for it. With --preserve=links it
   has other hard links, which must not change with it; or the source is not a regular file and its
   symbolic links are not followed, where cp unlinks before it opens (GNU cp, copy_internal). */
static bool must_remove(const struct dst_facts *f, const struct ovlcp_options *opt)
{
	if (opt->flags & OVLCP_ATTRIBUTES_ONLY)
		return false;
	return ((opt->preserve & OVLCP_PRESERVE_LINKS) && f->has_links) ||
	       (!S_ISREG(f->src_type) && !plan_follows(opt, f->from_caller));
}

static uint64_t option_conds(const struct dst_facts *f, const struct ovlcp_options *opt)
{
	bool backup = opt->backup != OVLCP_BACKUP_NONE && !f->as_backup && !f->backed_up;
	bool into_dir = (opt->flags & OVLCP_INTO_DIRECTORY) && f->from_caller && !f->in_dir;

	return cond_if(opt->existing == OVLCP_EXISTING_SKIP || opt->update == OVLCP_UPDATE_NONE,
		       NO_CLOBBER) |
	       cond_if(opt->update == OVLCP_UPDATE_NONE_FAIL, NONE_FAIL) |
	       cond_if(opt->update == OVLCP_UPDATE_OLDER, UPDATE_OLDER) |
	       cond_if(opt->existing == OVLCP_EXISTING_ASK, INTERACTIVE) |
	       cond_if(into_dir, INTO_DIR) |
	       cond_if(opt->flags & OVLCP_CREATE_THROUGH_SYMLINK, CREATE_THROUGH) |
	       cond_if(opt->flags & OVLCP_FORCE, FORCE) | cond_if(backup, BACKUP) |
	       cond_if(backup && opt->backup == OVLCP_BACKUP_NUMBERED, NUMBERED) |
	       cond_if(opt->flags & OVLCP_REMOVE_DESTINATION, REMOVE) |
	       cond_if(opt->flags & OVLCP_ATOMIC, ATOMIC) | cond_if(f->backed_up, BACKED_UP) |
	       cond_if(must_remove(f, opt), MUST_REMOVE);
}

static uint64_t kind_conds(const struct dst_facts *f)
{
	return cond_if(f->kind == KIND_DIRECTORY, SRC_DIR) | cond_if(f->kind == KIND_DATA, DATA) |
	       cond_if(f->kind == KIND_SPECIAL, SPECIAL) |
	       cond_if(f->kind == KIND_LINK, HARD_LINK) |
	       cond_if(f->kind == KIND_LINK_TO_COPY, LINK_TO_COPY);
}

/* Whether what is written to a file of type @type is not kept in it. */
static bool is_stream(mode_t type)
{
	return S_ISCHR(type) || S_ISBLK(type) || S_ISFIFO(type) || S_ISSOCK(type);
}

static uint64_t dst_conds(const struct dst_facts *f)
{
	return cond_if(f->not_older, NOT_OLDER) |
	       cond_if(f->may_overwrite != ANSWER_NOT_ASKED, ANSWERED) |
	       cond_if(f->may_overwrite == ANSWER_NO, ANSWERED_NO) |
	       cond_if(S_ISDIR(f->type), DST_DIR) | cond_if(S_ISREG(f->type), DST_FILE) |
	       cond_if(is_stream(f->type), DST_STREAM) | cond_if(f->is_share, SHARE) |
	       cond_if(f->type == 0 && !f->symlink_loop, DANGLING) |
	       cond_if(f->symlink_loop, SYMLINK_LOOP) |
	       cond_if(f->same == SAME_REFUSED, SAME_FILE) |
	       cond_if(f->same == SAME_DONE, ALREADY_DONE) | cond_if(f->same_path, SAME_ARG) |
	       cond_if(f->just_created, JUST_CREATED) |
	       cond_if(f->just_created_link, JUST_CREATED_LINK) |
	       cond_if(f->from_this_copy, FROM_THIS_COPY) | cond_if(f->foreign_link, FOREIGN_LINK) |
	       cond_if(f->leads_out, LEADS_OUT) | cond_if(f->duplicate, DUPLICATE) |
	       cond_if(f->backup_is_source, BACKUP_IS_SRC) | cond_if(f->dots, DOTS);
}

struct dst_step plan_existing(const struct dst_facts *f, const struct ovlcp_options *opt)
{
	uint64_t conds = option_conds(f, opt) | kind_conds(f) | dst_conds(f);
	const struct existing_row *row = existing_rows;

	while (!rule_matches(&row->rule, conds))
		row++; /* ends: the last row matches everything */
	return (struct dst_step){
		row->action,
		row->refusal == CREATE_OP ? plan_create_op(f->kind, f->src_type) : row->refusal,
		row->error,
	};
}
