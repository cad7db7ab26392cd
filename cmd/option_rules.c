/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checks and completes the options after all of them were read, in the order in which cp reports
 * errors. The meaning of a single option is in options.c; operands.c checks the operands.
 */
#include "option_rules.h"

#include "argmatch.h"
#include "diag.h"
#include "remember_dir.h"
#include "report_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct keyword backup_keywords[] = {
	{ "none", OVLCP_BACKUP_NONE },
	{ "off", OVLCP_BACKUP_NONE },
	{ "simple", OVLCP_BACKUP_SIMPLE },
	{ "never", OVLCP_BACKUP_SIMPLE },
	{ "existing", OVLCP_BACKUP_EXISTING },
	{ "nil", OVLCP_BACKUP_EXISTING },
	{ "numbered", OVLCP_BACKUP_NUMBERED },
	{ "t", OVLCP_BACKUP_NUMBERED },
	{ NULL, 0 },
};

/* Options about destinations, which --copy-up-only does not have. */
static int refuse_destination_options(const struct options *o)
{
	static const enum opt_id ids[] = {
		OPT_FAN_OUT, OPT_TARGET_DIRECTORY, OPT_NO_TARGET_DIRECTORY,
		OPT_LINK,    OPT_SYMBOLIC_LINK,	   OPT_ATTRIBUTES_ONLY,
		OPT_PARENTS, OPT_BACKUP,	   OPT_BACKUP_SHORT,
		OPT_SUFFIX,  OPT_ATOMIC,	   OPT_FSYNC,
		OPT_VERIFY,
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		char spelling[OPT_SPELLING_MAX];

		if (o->copy_up_only && o->given[ids[i]])
			return diag_usage("cannot combine --copy-up-only and %s: nothing is "
					  "copied to a destination",
					  opt_spelling(opt_of(ids[i]), spelling));
	}
	return 0;
}

/* Options that cannot be combined. usage: whether the message mentions --help. */
static int refuse_conflicts(const struct options *o)
{
	const struct ovlcp_options *c = &o->copy;
	const bool none = c->existing == OVLCP_EXISTING_SKIP || c->update == OVLCP_UPDATE_NONE ||
			  c->update == OVLCP_UPDATE_NONE_FAIL;
	const struct {
		bool is;
		bool usage;
		const char *text;
	} rows[] = {
		{ o->hard_link && o->symbolic_link, true,
		  "cannot make both hard and symbolic links" },
		{ o->backup && none, true,
		  "--backup is mutually exclusive with -n or --update=none-fail" },
		{ c->reflink == OVLCP_REFLINK_ALWAYS && c->sparse != OVLCP_SPARSE_AUTO, true,
		  "--reflink can be used only with --sparse=auto" },
		{ c->require != OVLCP_REQUIRE_ANY && c->sparse != OVLCP_SPARSE_AUTO, true,
		  "--require can be used only with --sparse=auto" },
		{ c->require != OVLCP_REQUIRE_ANY && c->reflink == OVLCP_REFLINK_NEVER, true,
		  "cannot combine --require and --reflink=never: one requires what the other "
		  "forbids" },
		{ o->copy_up_only && c->copy_up == OVLCP_COPY_UP_NEVER, true,
		  "cannot combine --copy-up-only and --copy-up=never (or OVL_CP_COPY_UP=never): "
		  "one asks for what the other forbids" },
		{ o->copy_up_only && (c->flags & OVLCP_RECURSIVE) && o->follow_given &&
			  c->follow == OVLCP_FOLLOW_ALL,
		  true,
		  "cannot combine --copy-up-only, --recursive (-R) and --dereference (-L): links "
		  "in a tree are not followed" },
		{ (c->flags & OVLCP_ATOMIC) && (c->flags & OVLCP_ATTRIBUTES_ONLY), true,
		  "cannot combine --atomic and --attributes-only: attributes are changed in "
		  "place" },
		{ (o->named & OVLCP_PRESERVE_CONTEXT) && !ovlcp_has_contexts(), false,
		  "cannot preserve security context without an SELinux-enabled kernel" },
		{ (o->named & OVLCP_PRESERVE_CONTEXT) && o->new_context, false,
		  "cannot set target context and preserve it" },
		{ o->target_directory && o->no_target_directory, false,
		  "cannot combine --target-directory (-t) and --no-target-directory (-T)" },
		{ o->fan_out && o->target_directory, false,
		  "cannot combine --fan-out and --target-directory (-t): "
		  "name the directory as a DEST" },
		{ o->report_format_given && !o->report, false,
		  "--report-format needs --report, which says where the report goes" },
		{ report_is_on_stdout(o) && (o->debug || (o->verbose && !o->explain)), false,
		  "cannot combine --report=- with --verbose (-v) or --debug: "
		  "they write to standard output, too; give --report a file" },
		{ o->dests_from && !o->fan_out && !o->dedupe, false,
		  "a list of destinations (--dests-from, --dests0-from) needs --fan-out or "
		  "--dedupe" },
		{ o->dests_from && strcmp(o->dests_from, "-") == 0 &&
			  c->existing == OVLCP_EXISTING_ASK,
		  false,
		  "cannot combine --interactive (-i) with a list of destinations "
		  "on standard input" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].is)
			return rows[i].usage ? diag_usage("%s", rows[i].text)
					     : diag_failure(0, "%s", rows[i].text);
	return refuse_destination_options(o);
}

/* Options that mean something where nothing is copied. */
static const struct {
	bool dedupe;
	bool within;
} meets[OPT_END] = {
	[OPT_DEBUG] = { true, true },		[OPT_DEDUPE] = { true, false },
	[OPT_DEDUPE_WITHIN] = { false, true },	[OPT_DESTS_FROM] = { true, false },
	[OPT_DESTS0_FROM] = { true, false },	[OPT_DRY_RUN] = { true, true },
	[OPT_EXPLAIN] = { true, true },		[OPT_NO_TARGET_DIRECTORY] = { true, false },
	[OPT_ONE_FILE_SYSTEM] = { true, true }, [OPT_RECURSIVE] = { true, true },
	[OPT_RECURSIVE_SHORT] = { true, true }, [OPT_REPORT] = { true, true },
	[OPT_REPORT_FORMAT] = { true, true },	[OPT_VERBOSE] = { true, true },
	[OPT_PROGRESS] = { true, true },	[OPT_STATS] = { true, true },
};

/* Options of a copy are not passed over in silence by a deduplication. */
static int refuse_copying(const struct options *o)
{
	const char *own = o->dedupe ? "--dedupe" : "--dedupe-within";

	if (!o->dedupe && !o->dedupe_within)
		return 0;
	if (o->dedupe && o->dedupe_within)
		return diag_failure(0, "cannot combine --dedupe and --dedupe-within: one compares "
				       "the files that are named, the other searches");
	for (const struct opt *opt = opt_list; opt->id; opt++) {
		char spelling[OPT_SPELLING_MAX];

		if (!o->given[opt->id] ||
		    (o->dedupe ? meets[opt->id].dedupe : meets[opt->id].within))
			continue;
		return diag_failure(0,
				    "cannot combine %s and %s: nothing is copied, so that "
				    "option has no meaning there",
				    own, opt_spelling(opt, spelling));
	}
	return 0;
}

/* Set the kind of backup from @text, the value of @what. NULL or "": the default. */
static int read_control(struct options *o, const char *what, const char *text)
{
	unsigned int value = OVLCP_BACKUP_EXISTING;
	enum argmatch_result r = ARGMATCH_OK;

	if (text && *text)
		r = argmatch_find(backup_keywords, text, strlen(text), &value);
	if (r != ARGMATCH_OK)
		return diag_bad_keyword(what, backup_keywords, text, strlen(text),
					r == ARGMATCH_AMBIGUOUS);
	o->copy.backup = value;
	return 0;
}

/* Options have precedence over the environment. A suffix with a slash is ignored, as by cp. */
static int settle_backup(struct options *o)
{
	const char *suffix = o->copy.backup_suffix;

	suffix = suffix ? suffix : getenv("SIMPLE_BACKUP_SUFFIX");
	o->copy.backup_suffix = suffix && *suffix && !strchr(suffix, '/') ? suffix : NULL;
	if (!o->backup)
		return 0;
	if (o->backup_control && *o->backup_control)
		return read_control(o, "backup type", o->backup_control);
	return read_control(o, "$VERSION_CONTROL", getenv("VERSION_CONTROL"));
}

int option_rules_apply(struct options *o)
{
	struct ovlcp_options *c = &o->copy;
	const bool trees = c->flags & OVLCP_RECURSIVE;
	int r = refuse_copying(o);

	if (r == 0)
		r = refuse_conflicts(o);
	if (r == 0)
		r = settle_backup(o);
	if (!o->follow_given && trees && !o->hard_link)
		c->follow = OVLCP_FOLLOW_NONE;
	if (!trees || o->copy_contents)
		c->flags |= OVLCP_COPY_CONTENTS;
	if (getenv("POSIXLY_CORRECT"))
		c->flags |= OVLCP_CREATE_THROUGH_SYMLINK;
	/* only then does the library measure whether copy_file_range shared */
	if (o->fallback != FALLBACK_SILENT)
		c->flags |= OVLCP_EXPLAIN;
	if (o->explain && !o->summary)
		o->verbose = true;
	if (report_is_on_stdout(o)) /* the report replaces the text of --explain */
		o->verbose = false;
	if (r == 0)
		r = remember_dir_settle(o);
	if (o->hard_link)
		c->make = OVLCP_MAKE_HARD_LINKS;
	if (o->symbolic_link)
		c->make = OVLCP_MAKE_SYMBOLIC_LINKS;
	if (o->new_context) /* -Z overrides the context that -a would preserve */
		c->preserve &= ~(uint32_t)OVLCP_PRESERVE_CONTEXT;
	c->preserve_if_possible =
		c->preserve & (OVLCP_PRESERVE_XATTR | OVLCP_PRESERVE_CONTEXT) & ~o->named;
	return r;
}
