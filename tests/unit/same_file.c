/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When source and destination are one file (lib/plan/same_file.c): each row, the order of the rows,
 * and properties that must hold for every state.
 */
#include "cases.h"

#include "plan/file_kind.h"
#include "plan/same_file.h"

struct same_case {
	const char *name;
	enum same_verdict verdict;
	struct same_facts f;
	struct ovlcp_options opt;
	bool below; /* the source was found in a tree */
};

#define FACTS(...) .f = { __VA_ARGS__ }
/* One file that is not a symbolic link, by two names or by one. */
#define ONE_FILE(...) FACTS(.same = true, .same_link = true, .same_file = true, __VA_ARGS__)
/* A symbolic link and its target, compared where links are followed. */
#define LINK_AND_FILE(...) FACTS(.same = true, .same_file = true, __VA_ARGS__)

#define OPTIONS(...)   .opt = { __VA_ARGS__ }
#define NO_FOLLOW      .follow = OVLCP_FOLLOW_NONE
#define HARD_LINKS     .make = OVLCP_MAKE_HARD_LINKS
#define SYMBOLIC_LINKS .make = OVLCP_MAKE_SYMBOLIC_LINKS
#define BACKUP	       .backup = OVLCP_BACKUP_SIMPLE
#define REMOVE	       .flags = OVLCP_REMOVE_DESTINATION

static const struct same_case same_cases[] = {
	{ "two files are harmless", SAME_HARMLESS, FACTS() },
	{ "two files are harmless where links are not followed", SAME_HARMLESS, FACTS(),
	  OPTIONS(NO_FOLLOW) },
	{ "one file is refused", SAME_REFUSED, ONE_FILE(.same_name = true) },
	{ "one file by two names is refused", SAME_REFUSED, ONE_FILE(.dst_has_links = true) },
	{ "one file is refused where links are not followed", SAME_REFUSED,
	  ONE_FILE(.same_name = true), OPTIONS(NO_FOLLOW) },

	/* hard links */
	{ "a hard link to itself is done", SAME_DONE, ONE_FILE(.same_name = true),
	  OPTIONS(HARD_LINKS) },
	{ "a hard link that is one already is done", SAME_DONE, ONE_FILE(.dst_has_links = true),
	  OPTIONS(HARD_LINKS, NO_FOLLOW) },
	{ "this comes before a backup", SAME_DONE, ONE_FILE(), OPTIONS(HARD_LINKS, BACKUP) },
	{ "and before removing", SAME_DONE, ONE_FILE(.dst_has_links = true),
	  OPTIONS(HARD_LINKS, REMOVE) },
	{ "a hard link to a symbolic link, over its target, is done", SAME_DONE,
	  FACTS(.src_is_link = true, .same_file = true), OPTIONS(HARD_LINKS, NO_FOLLOW) },
	{ "a hard link to a file, over a link to it, is harmless", SAME_HARMLESS,
	  FACTS(.dst_is_link = true, .same_file = true), OPTIONS(HARD_LINKS, NO_FOLLOW) },

	/* two symbolic links, copied as links */
	{ "a link is not copied to itself", SAME_REFUSED,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .same_name = true),
	  OPTIONS(NO_FOLLOW) },
	{ "but a hard link to itself is done, also of a link", SAME_DONE,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .same_name = true),
	  OPTIONS(NO_FOLLOW, HARD_LINKS) },
	{ "not with a backup either", SAME_REFUSED,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .same_name = true),
	  OPTIONS(NO_FOLLOW, BACKUP) },
	{ "nor in a tree below a named source", SAME_REFUSED,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .same_name = true),
	  OPTIONS(.follow = OVLCP_FOLLOW_NAMED), .below = true },
	{ "two names of a link are done", SAME_DONE,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .dst_has_links = true),
	  OPTIONS(NO_FOLLOW) },
	{ "two names of a link are harmless with a backup", SAME_HARMLESS,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .dst_has_links = true),
	  OPTIONS(NO_FOLLOW, BACKUP) },
	{ "two links are harmless though they lead to one file", SAME_HARMLESS,
	  FACTS(.src_is_link = true, .dst_is_link = true, .same_file = true), OPTIONS(NO_FOLLOW) },

	/* symbolic links that are followed */
	{ "two links to one file are refused", SAME_REFUSED,
	  LINK_AND_FILE(.src_is_link = true, .dst_is_link = true) },
	{ "also where only named links are followed", SAME_REFUSED,
	  LINK_AND_FILE(.src_is_link = true, .dst_is_link = true),
	  OPTIONS(.follow = OVLCP_FOLLOW_NAMED) },
	{ "two links to one file are harmless if the destination is removed", SAME_HARMLESS,
	  LINK_AND_FILE(.src_is_link = true, .dst_is_link = true), OPTIONS(REMOVE) },
	{ "that comes before a backup of one link by one name", SAME_HARMLESS,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .same_name = true),
	  OPTIONS(REMOVE, BACKUP) },
	{ "a link is not copied over its target", SAME_REFUSED,
	  LINK_AND_FILE(.src_is_link = true) },
	{ "a file is not copied over a link to it", SAME_REFUSED,
	  LINK_AND_FILE(.dst_is_link = true) },
	{ "a copy is harmless if only lstat shows one file", SAME_HARMLESS,
	  FACTS(.same_link = true, .same_file = true) },
	{ "but refused where links are not followed", SAME_REFUSED,
	  FACTS(.same_link = true, .same_file = true), OPTIONS(NO_FOLLOW) },

	/* backups */
	{ "one file by two names is harmless with a backup", SAME_HARMLESS,
	  ONE_FILE(.dst_has_links = true), OPTIONS(BACKUP) },
	{ "one file by one name is not", SAME_REFUSED, ONE_FILE(.same_name = true),
	  OPTIONS(BACKUP) },
	{ "a file and a link to it are harmless with a backup", SAME_HARMLESS,
	  LINK_AND_FILE(.dst_is_link = true), OPTIONS(BACKUP) },
	{ "a file and a link of its name in another place as well", SAME_HARMLESS,
	  LINK_AND_FILE(.dst_is_link = true, .same_name = true), OPTIONS(BACKUP) },
	{ "a link is refused if its target is renamed to a backup", SAME_REFUSED,
	  LINK_AND_FILE(.src_is_link = true), OPTIONS(BACKUP) },
	{ "but two links are not", SAME_HARMLESS,
	  LINK_AND_FILE(.src_is_link = true, .dst_is_link = true), OPTIONS(BACKUP) },
	{ "nor is a link that is copied as a link", SAME_HARMLESS,
	  FACTS(.src_is_link = true, .same_file = true), OPTIONS(NO_FOLLOW, BACKUP) },
	{ "a link by two names, followed, is harmless with a backup", SAME_HARMLESS,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .dst_has_links = true),
	  OPTIONS(BACKUP) },
	{ "but not by one name", SAME_REFUSED,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .same_name = true), OPTIONS(BACKUP) },
	{ "a backup comes before removing", SAME_REFUSED,
	  LINK_AND_FILE(.src_is_link = true, .same_name = true), OPTIONS(BACKUP, REMOVE) },

	/* removing */
	{ "a file and a link to it are harmless if the link is removed", SAME_HARMLESS,
	  LINK_AND_FILE(.dst_is_link = true), OPTIONS(REMOVE) },
	{ "a link and its target are not if the target is removed", SAME_REFUSED,
	  LINK_AND_FILE(.src_is_link = true), OPTIONS(REMOVE) },
	{ "one of two names may be removed", SAME_HARMLESS, ONE_FILE(.dst_has_links = true),
	  OPTIONS(REMOVE) },
	{ "the only name may not", SAME_REFUSED, ONE_FILE(), OPTIONS(REMOVE) },
	{ "the name of the source may not", SAME_REFUSED,
	  ONE_FILE(.dst_has_links = true, .same_name = true), OPTIONS(REMOVE) },
	{ "one of two names of the source's target may not", SAME_REFUSED,
	  LINK_AND_FILE(.src_is_link = true, .dst_has_links = true), OPTIONS(REMOVE) },

	/* symbolic links that are not followed, over their targets */
	{ "a link that is copied as a link is harmless to another file", SAME_HARMLESS,
	  FACTS(.src_is_link = true), OPTIONS(NO_FOLLOW) },
	{ "but not to its target", SAME_REFUSED, FACTS(.src_is_link = true, .same_file = true),
	  OPTIONS(NO_FOLLOW) },
	{ "a file is harmless to a link to another", SAME_HARMLESS, FACTS(.dst_is_link = true),
	  OPTIONS(NO_FOLLOW) },
	{ "but not to a link to it", SAME_REFUSED, FACTS(.dst_is_link = true, .same_file = true),
	  OPTIONS(NO_FOLLOW) },
	{ "it is harmless to a link that is replaced by a link", SAME_HARMLESS,
	  FACTS(.dst_is_link = true, .same_file = true), OPTIONS(NO_FOLLOW, SYMBOLIC_LINKS) },
	/* as GNU cp: cp -sf link link */
	{ "a link that is followed may become a link to itself", SAME_HARMLESS,
	  ONE_FILE(.src_is_link = true, .dst_is_link = true, .same_name = true),
	  OPTIONS(SYMBOLIC_LINKS) },
	{ "a file must not become a link to itself", SAME_REFUSED, ONE_FILE(.same_name = true),
	  OPTIONS(SYMBOLIC_LINKS) },
};

static void test_same(void **state)
{
	const struct same_case *c = *state;

	assert_int_equal(plan_same_file(&c->f, !c->below, &c->opt), c->verdict);
}

/* Properties of every possible state. */

struct view {
	struct same_facts f;
	bool from_caller;
	struct ovlcp_options opt;
	enum same_verdict verdict;
};

static bool one_name(const struct view *v)
{
	return v->f.same_name && !v->f.src_is_link && !v->f.dst_is_link;
}

/* Overwriting, renaming or removing the only name would lose the data. */
static bool name_is_safe(const struct view *v)
{
	return !one_name(v) || v->verdict != SAME_HARMLESS;
}

static bool link_is_safe(const struct view *v)
{
	return v->f.same_name ? v->verdict == SAME_REFUSED : v->verdict != SAME_REFUSED;
}

static bool is_link_to_itself(const struct view *v)
{
	return v->f.src_is_link && v->f.dst_is_link && !plan_follows(&v->opt, v->from_caller) &&
	       v->opt.make != OVLCP_MAKE_HARD_LINKS;
}

static bool links_are_judged_by_name(const struct view *v)
{
	return !is_link_to_itself(v) || link_is_safe(v);
}

static bool two_files_are_harmless(const struct view *v)
{
	return v->f.same || v->f.same_link || v->f.same_file || v->verdict == SAME_HARMLESS;
}

static bool hard_links_are_not_refused(const struct view *v)
{
	return v->opt.make != OVLCP_MAKE_HARD_LINKS || v->opt.backup != OVLCP_BACKUP_NONE ||
	       v->verdict != SAME_REFUSED || (v->f.src_is_link && v->f.dst_is_link);
}

static bool nothing_is_done_but_links(const struct view *v)
{
	return v->verdict != SAME_DONE || v->opt.make == OVLCP_MAKE_HARD_LINKS ||
	       (v->f.src_is_link && v->f.dst_is_link);
}

struct property {
	const char *name;
	bool (*holds)(const struct view *v);
};

static const struct property properties[] = {
	{ "always: a file is not copied to its own name", name_is_safe },
	{ "always: for links copied as links only the name matters", links_are_judged_by_name },
	{ "always: two different files are harmless", two_files_are_harmless },
	{ "always: hard links are refused only for a backup or between links",
	  hard_links_are_not_refused },
	{ "always: only links can be done already", nothing_is_done_but_links },
};

static unsigned int digit(unsigned int *number, unsigned int n)
{
	unsigned int d = *number % n;

	*number /= n;
	return d;
}

/* State @number; false after the last one. */
static bool state_of(unsigned int number, struct view *ret_v)
{
	struct view v = { 0 };

	v.f.same = digit(&number, 2);
	v.f.same_link = digit(&number, 2);
	v.f.same_file = digit(&number, 2);
	v.f.same_name = digit(&number, 2);
	v.f.src_is_link = digit(&number, 2);
	v.f.dst_is_link = digit(&number, 2);
	v.f.dst_has_links = digit(&number, 2);
	v.from_caller = digit(&number, 2);
	v.opt.follow = (enum ovlcp_follow)digit(&number, 3);
	v.opt.make = (enum ovlcp_make)digit(&number, 3);
	v.opt.backup = (enum ovlcp_backup)digit(&number, 4);
	v.opt.flags = digit(&number, 2) ? OVLCP_REMOVE_DESTINATION : 0;
	*ret_v = v;
	return number == 0;
}

/* Whether two files can be in this state. */
static bool is_possible(const struct view *v)
{
	const struct same_facts *f = &v->f;
	bool follows = plan_follows(&v->opt, v->from_caller);
	bool links = f->src_is_link || f->dst_is_link;

	/* one name is one file; one file by lstat is one file by stat, and has one type */
	return (!f->same_name || f->same_link) && (!f->same_link || f->same_file) &&
	       (!f->same_link || f->src_is_link == f->dst_is_link) &&
	       /* the comparison that follows links, or does not, decides */
	       (follows || f->same == f->same_link) && (links || f->same_link == f->same_file) &&
	       (!follows || f->same == f->same_file);
}

static void test_property(void **state)
{
	const struct property *p = *state;
	struct view v;

	for (unsigned int i = 0; state_of(i, &v); i++) {
		v.verdict = plan_same_file(&v.f, v.from_caller, &v.opt);
		if (is_possible(&v) && !p->holds(&v))
			fail_msg("state %u: verdict %d, links %d and %d, same %d %d %d %d", i,
				 v.verdict, v.f.src_is_link, v.f.dst_is_link, v.f.same,
				 v.f.same_link, v.f.same_file, v.f.same_name);
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS(same_cases) + ROWS(properties)];
	struct CMUnitTest *end = CASES(tests, same_cases, test_same);

	CASES(end, properties, test_property);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("same_file", tests, NULL, NULL);
}
