/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What becomes of a destination that exists (lib/plan/dest.c): each row, the order of the rows,
 * and what must hold for every state there is.
 */
#include "cases.h"

#include "plan/plan.h"

#include <errno.h>
#include <sys/stat.h>

struct dest_case {
	const char *name;
	struct dst_facts f;
	struct ovlcp_options opt;
	struct dst_step step;
};

#define FILE_(...)                                                                                 \
	{                                                                                          \
		.type = S_IFREG, __VA_ARGS__                                                       \
	}
#define DIRECTORY(...)                                                                             \
	{                                                                                          \
		.type = S_IFDIR, __VA_ARGS__                                                       \
	}
#define DANGLING(...)                                                                              \
	{                                                                                          \
		.type = 0, __VA_ARGS__                                                             \
	}
#define FLAGS(...)                                                                                 \
	{                                                                                          \
		.flags = (__VA_ARGS__)                                                             \
	}
#define EXISTING(what)                                                                             \
	{                                                                                          \
		.existing = OVLCP_EXISTING_##what                                                  \
	}
#define UPDATE(what)                                                                               \
	{                                                                                          \
		.update = OVLCP_UPDATE_##what                                                      \
	}
#define DO(what)                                                                                   \
	{                                                                                          \
		DST_##what, OVLCP_OP_NONE, 0                                                       \
	}
#define REFUSE(op, err)                                                                            \
	{                                                                                          \
		DST_REFUSE, OVLCP_OP_##op, err                                                     \
	}

static const struct dest_case dest_cases[] = {
	{ "a file is overwritten", FILE_(), { 0 }, DO(TRUNCATE) },
	{ "a device is overwritten", { .type = S_IFCHR }, { 0 }, DO(TRUNCATE) },
	{ "a file is removed where that was asked for", FILE_(), FLAGS(OVLCP_REMOVE_DESTINATION),
	  DO(REMOVE) },
	{ "a file is left alone under skip", FILE_(), EXISTING(SKIP), DO(SKIP) },
	{ "a file is asked about", FILE_(), EXISTING(ASK), DO(ASK) },
	{ "a file that may be overwritten is", FILE_(.may_overwrite = ANSWER_YES), EXISTING(ASK),
	  DO(TRUNCATE) },
	{ "a file that may not be overwritten is left alone",
	  FILE_(.may_overwrite = ANSWER_NO),
	  EXISTING(ASK),
	  { DST_SKIP, OVLCP_OP_NONE, ECANCELED } },
	{ "a directory is entered where that was asked for", DIRECTORY(),
	  FLAGS(OVLCP_INTO_DIRECTORY), DO(ENTER) },
	{ "a directory in the directory is not entered", DIRECTORY(.entered = true),
	  FLAGS(OVLCP_INTO_DIRECTORY), REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "a directory is not overwritten",
	  DIRECTORY(),
	  { 0 },
	  REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "a file is not entered", FILE_(), FLAGS(OVLCP_INTO_DIRECTORY), DO(TRUNCATE) },
	{ "the source is not overwritten", FILE_(.same_file = true), { 0 }, REFUSE(SAME_FILE, 0) },
	{ "another name of the source may be removed", FILE_(.same_file = true),
	  FLAGS(OVLCP_REMOVE_DESTINATION), DO(REMOVE) },
	{ "the only name of the source may not", FILE_(.same_file = true, .only_name = true),
	  FLAGS(OVLCP_REMOVE_DESTINATION), REFUSE(SAME_FILE, 0) },
	{ "a file of this session is not overwritten", FILE_(.just_created = true),
	  FLAGS(OVLCP_PROTECT_CREATED), REFUSE(JUST_CREATED, EEXIST) },
	{ "a file of this session is overwritten where that is not asked for",
	  FILE_(.just_created = true),
	  { 0 },
	  DO(TRUNCATE) },
	{ "a file of this session made from the same source is made once",
	  FILE_(.just_created = true, .source_repeated = true),
	  FLAGS(OVLCP_PROTECT_CREATED),
	  { DST_SKIP, OVLCP_OP_SOURCE_REPEATED, 0 } },
	{ "a source may be copied again over another file", FILE_(.source_repeated = true),
	  FLAGS(OVLCP_PROTECT_CREATED), DO(TRUNCATE) },
	{ "a source may be copied again where nothing is protected",
	  FILE_(.just_created = true, .source_repeated = true),
	  { 0 },
	  DO(TRUNCATE) },
	{ "a dangling link is not written through", DANGLING(), { 0 }, REFUSE(DANGLING, EEXIST) },
	{ "a dangling link may be removed", DANGLING(), FLAGS(OVLCP_REMOVE_DESTINATION),
	  DO(REMOVE) },
	{ "a destination named twice is copied once",
	  FILE_(.duplicate = true),
	  { 0 },
	  { DST_SKIP, OVLCP_OP_DUPLICATE, 0 } },

	{ "an older file is overwritten by -u", FILE_(), UPDATE(OLDER), DO(TRUNCATE) },
	{ "a file that is not older is not", FILE_(.not_older = true), UPDATE(OLDER), DO(SKIP) },
	{ "it is overwritten without -u", FILE_(.not_older = true), UPDATE(ALL), DO(TRUNCATE) },
	{ "no file is overwritten by --update=none", FILE_(), UPDATE(NONE), DO(SKIP) },
	{ "a file is a failure for --update=none-fail", FILE_(), UPDATE(NONE_FAIL),
	  REFUSE(NOT_REPLACED, EEXIST) },

	/* order */
	{ "being the source comes before being older", FILE_(.same_file = true, .not_older = true),
	  UPDATE(OLDER), REFUSE(SAME_FILE, 0) },
	{ "not being older comes before asking",
	  FILE_(.not_older = true),
	  { .update = OVLCP_UPDATE_OLDER, .existing = OVLCP_EXISTING_ASK },
	  DO(SKIP) },
	{ "not being older comes before a directory's refusal", DIRECTORY(.not_older = true),
	  UPDATE(OLDER), DO(SKIP) },
	{ "a dangling link is nothing that could be old", DANGLING(), UPDATE(NONE_FAIL),
	  REFUSE(DANGLING, EEXIST) },
	{ "entering comes before skipping",
	  DIRECTORY(),
	  { .flags = OVLCP_INTO_DIRECTORY, .existing = OVLCP_EXISTING_SKIP },
	  DO(ENTER) },
	{ "entering comes before asking",
	  DIRECTORY(),
	  { .flags = OVLCP_INTO_DIRECTORY, .existing = OVLCP_EXISTING_ASK },
	  DO(ENTER) },
	{ "entering comes before being named twice", DIRECTORY(.duplicate = true),
	  FLAGS(OVLCP_INTO_DIRECTORY), DO(ENTER) },
	{ "being named twice comes before skipping",
	  FILE_(.duplicate = true),
	  EXISTING(SKIP),
	  { DST_SKIP, OVLCP_OP_DUPLICATE, 0 } },
	{ "being named twice comes before being the session's own",
	  FILE_(.duplicate = true, .just_created = true),
	  FLAGS(OVLCP_PROTECT_CREATED),
	  { DST_SKIP, OVLCP_OP_DUPLICATE, 0 } },
	{ "skipping comes before being the source", FILE_(.same_file = true, .only_name = true),
	  EXISTING(SKIP), DO(SKIP) },
	{ "skipping comes before being a directory", DIRECTORY(), EXISTING(SKIP), DO(SKIP) },
	{ "skipping comes before removing",
	  FILE_(),
	  { .flags = OVLCP_REMOVE_DESTINATION, .existing = OVLCP_EXISTING_SKIP },
	  DO(SKIP) },
	{ "being the source comes before asking", FILE_(.same_file = true), EXISTING(ASK),
	  REFUSE(SAME_FILE, 0) },
	{ "asking comes before removing",
	  FILE_(),
	  { .flags = OVLCP_REMOVE_DESTINATION, .existing = OVLCP_EXISTING_ASK },
	  DO(ASK) },
	{ "asking comes before a directory's refusal", DIRECTORY(), EXISTING(ASK), DO(ASK) },
	{ "a dangling link is no file to ask about", DANGLING(), EXISTING(ASK),
	  REFUSE(DANGLING, EEXIST) },
	{ "nor one to skip", DANGLING(), EXISTING(SKIP), REFUSE(DANGLING, EEXIST) },
	{ "asking comes before the session's own file",
	  FILE_(.just_created = true),
	  { .flags = OVLCP_PROTECT_CREATED, .existing = OVLCP_EXISTING_ASK },
	  DO(ASK) },
	{ "the answer no comes before a directory's refusal",
	  DIRECTORY(.may_overwrite = ANSWER_NO),
	  EXISTING(ASK),
	  { DST_SKIP, OVLCP_OP_NONE, ECANCELED } },
	{ "the answer yes does not open a directory", DIRECTORY(.may_overwrite = ANSWER_YES),
	  EXISTING(ASK), REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "being a directory comes before removing", DIRECTORY(), FLAGS(OVLCP_REMOVE_DESTINATION),
	  REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "being a directory comes before being the session's own", DIRECTORY(.just_created = true),
	  FLAGS(OVLCP_PROTECT_CREATED), REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "being a directory comes before repeating the source",
	  DIRECTORY(.just_created = true, .source_repeated = true), FLAGS(OVLCP_PROTECT_CREATED),
	  REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "repeating the source comes before removing",
	  FILE_(.just_created = true, .source_repeated = true),
	  FLAGS(OVLCP_REMOVE_DESTINATION | OVLCP_PROTECT_CREATED),
	  { DST_SKIP, OVLCP_OP_SOURCE_REPEATED, 0 } },
	{ "being the session's own comes before removing", FILE_(.just_created = true),
	  FLAGS(OVLCP_REMOVE_DESTINATION | OVLCP_PROTECT_CREATED), REFUSE(JUST_CREATED, EEXIST) },
};

static void test_dest(void **state)
{
	const struct dest_case *c = *state;
	struct dst_step step = plan_destination(&c->f, &c->opt);

	assert_int_equal(step.action, c->step.action);
	assert_string_equal(ovlcp_op_name(step.refusal), ovlcp_op_name(c->step.refusal));
	assert_int_equal(step.error, c->step.error);
}

/* What holds whatever is true. */

static bool refusal_has_a_name(const struct dst_facts *f, const struct ovlcp_options *opt,
			       const struct dst_step *s)
{
	(void)f;
	(void)opt;
	return s->action == DST_REFUSE ? s->refusal != OVLCP_OP_NONE
				       : s->refusal == OVLCP_OP_NONE || s->action == DST_SKIP;
}

static bool harms(const struct dst_step *s)
{
	return s->action == DST_TRUNCATE || s->action == DST_REMOVE;
}

static bool skip_is_safe(const struct dst_facts *f, const struct ovlcp_options *opt,
			 const struct dst_step *s)
{
	(void)f;
	return opt->existing != OVLCP_EXISTING_SKIP || !harms(s);
}

static bool ask_is_safe(const struct dst_facts *f, const struct ovlcp_options *opt,
			const struct dst_step *s)
{
	return opt->existing != OVLCP_EXISTING_ASK || f->may_overwrite == ANSWER_YES || !harms(s);
}

static bool asked_once(const struct dst_facts *f, const struct ovlcp_options *opt,
		       const struct dst_step *s)
{
	(void)opt;
	return s->action != DST_ASK || f->may_overwrite == ANSWER_NOT_ASKED;
}

static bool source_is_safe(const struct dst_facts *f, const struct ovlcp_options *opt,
			   const struct dst_step *s)
{
	(void)opt;
	return !f->same_file ||
	       (s->action != DST_TRUNCATE && !(f->only_name && s->action == DST_REMOVE));
}

static bool directory_is_safe(const struct dst_facts *f, const struct ovlcp_options *opt,
			      const struct dst_step *s)
{
	(void)opt;
	return !S_ISDIR(f->type) || !harms(s);
}

static bool own_is_safe(const struct dst_facts *f, const struct ovlcp_options *opt,
			const struct dst_step *s)
{
	return !f->just_created || !(opt->flags & OVLCP_PROTECT_CREATED) || !harms(s);
}

static bool link_is_safe(const struct dst_facts *f, const struct ovlcp_options *opt,
			 const struct dst_step *s)
{
	(void)opt;
	return f->type != 0 || s->action != DST_TRUNCATE;
}

static bool enters_directories(const struct dst_facts *f, const struct ovlcp_options *opt,
			       const struct dst_step *s)
{
	return s->action != DST_ENTER ||
	       (S_ISDIR(f->type) && !f->entered && (opt->flags & OVLCP_INTO_DIRECTORY));
}

struct property {
	const char *name;
	bool (*holds)(const struct dst_facts *f, const struct ovlcp_options *opt,
		      const struct dst_step *s);
};

static const struct property properties[] = {
	{ "always: a refusal has a name, and nothing else but skipping does", refusal_has_a_name },
	{ "always: under skip nothing is overwritten or removed", skip_is_safe },
	{ "always: under ask nothing is overwritten or removed without a yes", ask_is_safe },
	{ "always: it is asked once", asked_once },
	{ "always: the source is not overwritten, its only name not removed", source_is_safe },
	{ "always: a directory is not overwritten or removed", directory_is_safe },
	{ "always: a protected file of this session is not overwritten or removed", own_is_safe },
	{ "always: a dangling link is not written through", link_is_safe },
	{ "always: one directory is entered, where that was asked for", enters_directories },
};

static unsigned int digit(unsigned int *number, unsigned int n)
{
	unsigned int d = *number % n;

	*number /= n;
	return d;
}

/* State @number of all there are; false behind the last one. */
static bool state_of(unsigned int number, struct dst_facts *ret_f, struct ovlcp_options *ret_opt)
{
	static const mode_t types[] = { 0, S_IFREG, S_IFDIR, S_IFIFO };

	ret_f->type = types[digit(&number, ROWS(types))];
	ret_f->same_file = digit(&number, 2);
	ret_f->only_name = digit(&number, 2);
	ret_f->just_created = digit(&number, 2);
	ret_f->source_repeated = digit(&number, 2);
	ret_f->duplicate = digit(&number, 2);
	ret_f->entered = digit(&number, 2);
	ret_f->may_overwrite = (enum answer)digit(&number, 3);
	ret_opt->existing = (enum ovlcp_existing)digit(&number, 3);
	ret_opt->flags = digit(&number, OVLCP_EXPLAIN << 1);
	return number == 0;
}

static void test_property(void **state)
{
	const struct property *p = *state;
	struct ovlcp_options opt = { 0 };
	struct dst_facts f;

	for (unsigned int i = 0; state_of(i, &f, &opt); i++) {
		struct dst_step step = plan_destination(&f, &opt);

		if (!p->holds(&f, &opt, &step))
			fail_msg("state %u: action %d", i, step.action);
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS(dest_cases) + ROWS(properties)];
	struct CMUnitTest *end = tests;

	end = CASES(end, dest_cases, test_dest);
	CASES(end, properties, test_property);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("dest", tests, NULL, NULL);
}
