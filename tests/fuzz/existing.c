/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is done about a destination that exists (lib/plan/existing.c, same_file.c, file_kind.c). The
 * input are options and facts.
 *
 * The user is asked at most once, and only with -i. A directory is never removed, renamed for
 * anything but a backup, or written to. Where existing files are to be left alone, none is
 * overwritten, removed, replaced or renamed. Nothing is written through a symbolic link that
 * another user made, or that leads out of the directory that was named. A source whose data would
 * be lost is never opened for writing or removed. A refusal says what was checked, or which
 * creation failed.
 */
#include "input.h"

#include "plan/existing.h"
#include "plan/file_kind.h"

#include <sys/stat.h>

static const mode_t types[] = { S_IFREG, S_IFDIR, S_IFLNK, S_IFIFO, S_IFCHR, S_IFBLK, S_IFSOCK };

static struct ovlcp_options read_options(struct input *in)
{
	return (struct ovlcp_options){
		.existing = input_below(in, OVLCP_EXISTING_ASK + 1),
		.update = input_below(in, OVLCP_UPDATE_NONE_FAIL + 1),
		.follow = input_below(in, OVLCP_FOLLOW_NONE + 1),
		.make = input_below(in, OVLCP_MAKE_SYMBOLIC_LINKS + 1),
		.backup = input_below(in, OVLCP_BACKUP_EXISTING + 1),
		.flags = input_number(in) & (((uint64_t)OVLCP_VERIFY << 1) - 1),
		.preserve = input_byte(in) & (((uint32_t)OVLCP_PRESERVE_CONTEXT << 1) - 1),
	};
}

static struct same_facts read_same(struct input *in)
{
	return (struct same_facts){ .same = input_flag(in),
				    .same_link = input_flag(in),
				    .same_file = input_flag(in),
				    .same_name = input_flag(in),
				    .src_is_link = input_flag(in),
				    .dst_is_link = input_flag(in),
				    .dst_has_links = input_flag(in) };
}

static struct dst_facts read_facts(struct input *in, const struct ovlcp_options *opt)
{
	mode_t src = types[input_below(in, 7)];
	unsigned int dst = input_below(in, 8);
	struct dst_facts f = {
		.src_type = src,
		.type = dst < 7 ? types[dst] : 0,
		.from_caller = input_flag(in),
		.same_path = input_flag(in),
		.not_older = input_flag(in),
		.has_links = input_flag(in),
		.just_created = input_flag(in),
		.just_created_link = input_flag(in),
		.from_this_copy = input_flag(in),
		.foreign_link = input_flag(in),
		.leads_out = input_flag(in),
		.duplicate = input_flag(in),
		.in_dir = input_flag(in),
		.dots = input_flag(in),
		.backup_is_source = input_flag(in),
		.as_backup = input_flag(in),
		.backed_up = input_flag(in),
	};
	struct same_facts same = read_same(in);

	f.kind = input_flag(in) && S_ISREG(src) ? KIND_LINK_TO_COPY : plan_file_kind(src, opt);
	f.symlink_loop = dst == 7 && input_flag(in);
	f.same = plan_same_file(&same, f.from_caller, opt);
	return f;
}

static bool changes_existing(enum dst_action a)
{
	return a == DST_OVERWRITE || a == DST_REMOVE || a == DST_BACKUP || a == DST_REPLACE ||
	       a == DST_SUPERSEDE;
}

static bool writes_through(enum dst_action a)
{
	return a == DST_OVERWRITE || a == DST_SUPERSEDE || a == DST_CREATE_THROUGH_SYMLINK;
}

static void check_step(const struct dst_facts *f, const struct ovlcp_options *opt,
		       const struct dst_step *s)
{
	bool keep = opt->existing == OVLCP_EXISTING_SKIP || opt->update == OVLCP_UPDATE_NONE ||
		    opt->update == OVLCP_UPDATE_NONE_FAIL;
	bool is_dangling = f->type == 0;

	must(s->action < DST_ACTIONS);
	must(s->action != DST_ASK ||
	     (opt->existing == OVLCP_EXISTING_ASK && f->may_overwrite == ANSWER_NOT_ASKED));
	if (S_ISDIR(f->type)) {
		must(s->action != DST_OVERWRITE);
		must(s->action != DST_SUPERSEDE);
		must(s->action != DST_REMOVE);
		must(s->action != DST_BACKUP);
		/* cp tries that, too, with -u: rename(2) refuses to replace a directory by a file
		 */
		must(s->action != DST_REPLACE || f->kind == KIND_LINK_TO_COPY);
		must(s->action != DST_CREATE_THROUGH_SYMLINK);
	}
	must(s->action != DST_MERGE || (S_ISDIR(f->type) && f->kind == KIND_DIRECTORY));
	/* cp makes directories whatever the options say of files: --backup makes room for one */
	if (keep && f->kind != KIND_DIRECTORY && !is_dangling)
		must(!changes_existing(s->action));
	if (f->may_overwrite == ANSWER_NO && f->kind != KIND_DIRECTORY && !is_dangling)
		must(!changes_existing(s->action));
	if (f->foreign_link || f->leads_out)
		must(!writes_through(s->action));
	if (f->same == SAME_REFUSED)
		must((s->action != DST_OVERWRITE && s->action != DST_SUPERSEDE) || keep);
	if (s->action == DST_REFUSE)
		must(s->refusal != OVLCP_OP_NONE && s->refusal < OVLCP_OP_COUNT);
	else
		must(s->refusal == OVLCP_OP_NONE || s->action == DST_SKIP);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct ovlcp_options opt = read_options(&in);
	struct dst_facts f = read_facts(&in, &opt);
	struct dst_step s = plan_existing(&f, &opt);

	check_step(&f, &opt, &s);
	if (s.action != DST_ASK)
		return 0;
	for (f.may_overwrite = ANSWER_NO; f.may_overwrite <= ANSWER_YES; f.may_overwrite++) {
		s = plan_existing(&f, &opt);
		check_step(&f, &opt, &s);
	}
	return 0;
}
