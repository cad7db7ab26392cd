/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * popt turns the arguments of normalize.c into option numbers; the table `actions` says how each is
 * stored in struct options. The last of contradicting options wins, as in cp.
 *
 * popt's own configuration files are never read: aliases in /etc or the home directory would change
 * what a copy does.
 */
#include "options.h"

#include "argmatch.h"
#include "diag.h"
#include "environment.h"
#include "keywords.h"
#include "normalize.h"
#include "option_rules.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Look up the first @len bytes of @text, the value of @o. Returns 0, or the exit status after a
 * message.
 */
static int match_keyword(const struct opt *o, const struct keyword *list, const char *text,
			 size_t len, unsigned int *ret_value)
{
	enum argmatch_result r = argmatch_find(list, text, len, ret_value);
	char *option = NULL;

	if (r == ARGMATCH_OK)
		return 0;
	if (asprintf(&option, "%s%s", o->is_variable ? "" : "--", o->long_name) < 0)
		return diag_no_memory();
	(void)diag_bad_keyword(option, list, text, len, r == ARGMATCH_AMBIGUOUS);
	free(option);
	return DIAG_FAILURE;
}

static int set_copy_up_min(struct options *o, const struct opt *opt, const char *value)
{
	if (!argmatch_size(value, &o->copy.copy_up_min))
		return diag_bad_size(opt->is_variable ? "" : "--", opt->long_name, value);
	/* 0 means the default to the library, and an empty file is never copied up */
	if (o->copy.copy_up_min == 0)
		o->copy.copy_up_min = 1;
	return 0;
}

/* Of these the loss is tolerated if "all" asked for them, and a failure if they were named. */
#define TOLERATED (OVLCP_PRESERVE_XATTR | OVLCP_PRESERVE_CONTEXT)
#define EVERYTHING                                                                                 \
	(OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_OWNERSHIP | OVLCP_PRESERVE_TIMESTAMPS |              \
	 OVLCP_PRESERVE_LINKS | TOLERATED)

static void preserve(struct options *o, uint32_t word)
{
	uint32_t bits = word == PRESERVE_ALL ? EVERYTHING : word;

	o->copy.preserve |= bits;
	if (word != PRESERVE_ALL)
		o->named |= word & TOLERATED;
	if (bits & OVLCP_PRESERVE_MODE)
		o->copy.flags &= ~(uint64_t)OVLCP_DEFAULT_MODE;
}

static void do_not_preserve(struct options *o, uint32_t word)
{
	uint32_t bits = word == PRESERVE_ALL ? EVERYTHING : word;

	o->copy.preserve &= ~bits;
	if (word != PRESERVE_ALL)
		o->named &= ~word;
	if (bits & OVLCP_PRESERVE_MODE)
		o->copy.flags |= OVLCP_DEFAULT_MODE;
}

static int set_preserve(struct options *o, const struct opt *opt, const char *value)
{
	for (;;) {
		size_t len = strcspn(value, ",");
		unsigned int word = 0;
		int r = match_keyword(opt, preserve_keywords, value, len, &word);

		if (r)
			return r;
		if (opt->id == OPT_NO_PRESERVE)
			do_not_preserve(o, word);
		else
			preserve(o, word);
		if (!value[len])
			return 0;
		value += len + 1;
	}
}

static int set_archive(struct options *o, const struct opt *opt, const char *value)
{
	(void)opt;
	(void)value;
	o->copy.flags |= OVLCP_RECURSIVE;
	o->copy.follow = OVLCP_FOLLOW_NONE;
	o->follow_given = true;
	o->quiet_losses = true;
	preserve(o, PRESERVE_ALL);
	return 0;
}

static int set_follow(struct options *o, const struct opt *opt, const char *value)
{
	(void)value;
	o->copy.follow = opt->id == OPT_DEREFERENCE    ? OVLCP_FOLLOW_ALL
			 : opt->id == OPT_FOLLOW_NAMED ? OVLCP_FOLLOW_NAMED
						       : OVLCP_FOLLOW_NONE;
	if (opt->id == OPT_LINKS_SHORT)
		o->copy.preserve |= OVLCP_PRESERVE_LINKS;
	o->follow_given = true;
	return 0;
}

static int set_backup(struct options *o, const struct opt *opt, const char *value)
{
	o->backup = true;
	if (opt->id == OPT_SUFFIX)
		o->copy.backup_suffix = value;
	else if (opt->id == OPT_BACKUP && value != opt->bare)
		o->backup_control = value; /* "" is that of the environment again, as in cp */
	return 0;
}

static int set_context(struct options *o, const struct opt *opt, const char *value)
{
	/* a bare --context is -Z; --context= is an empty context, which is invalid */
	const char *context = opt->id == OPT_CONTEXT && value != opt->bare ? value : NULL;

	if (!ovlcp_has_contexts()) {
		if (context)
			(void)diag_failure(0, "warning: ignoring --context; it requires an "
					      "SELinux-enabled kernel");
		return 0;
	}
	o->new_context = true;
	if (context)
		o->copy.context = context;
	else
		o->copy.flags |= OVLCP_DEFAULT_CONTEXT;
	return 0;
}

static int set_report(struct options *o, const struct opt *opt, const char *value)
{
	o->report = value;
	o->report_append = opt->is_variable;
	o->copy.flags |= OVLCP_EXPLAIN;
	return 0;
}

static int set_target_directory(struct options *o, const struct opt *opt, const char *value)
{
	(void)opt;
	if (o->target_directory)
		return diag_failure(0, "multiple target directories specified");
	o->target_directory = value;
	return 0;
}

static int set_dests(struct options *o, const struct opt *opt, const char *value)
{
	if (o->dests_from)
		return diag_usage("only one list of destinations can be given: remove --%s or the "
				  "one before it",
				  opt->long_name);
	o->dests_from = value;
	o->dests_end = opt->id == OPT_DESTS0_FROM ? '\0' : '\n';
	return 0;
}

static int set_existing(struct options *o, const struct opt *opt, const char *value)
{
	(void)value;
	o->copy.existing = opt->id == OPT_INTERACTIVE ? OVLCP_EXISTING_ASK : OVLCP_EXISTING_SKIP;
	return 0;
}

static int set_debug(struct options *o, const struct opt *opt, const char *value)
{
	(void)opt;
	(void)value;
	o->debug = o->verbose = true;
	o->copy.flags |= OVLCP_EXPLAIN;
	return 0;
}

/* A value with a slash is the directory. It does not end what an earlier option has asked for. */
static int set_remember(struct options *o, const struct opt *opt, const char *value)
{
	unsigned int how = OVLCP_REMEMBER_YES;

	if (strchr(value, '/'))
		o->remember_dir = value;
	else if (match_keyword(opt, remember_keywords, value, strlen(value), &how))
		return diag_failure(0, "a directory of records is given with a slash, such as "
				       "./records");
	if (!strchr(value, '/') || o->copy.remember == OVLCP_REMEMBER_NO)
		o->copy.remember = how;
	return 0;
}

#define JOBS_MAX 1024

static int set_jobs(struct options *o, const struct opt *opt, const char *value)
{
	uint64_t n = 0;

	if (strcmp(value, "auto") == 0)
		o->copy.jobs = 0;
	else if (argmatch_size(value, &n) && n >= 1 && n <= JOBS_MAX)
		o->copy.jobs = (uint32_t)n;
	else
		return diag_bad_number(opt, value, JOBS_MAX);
	return 0;
}

static int set_explain(struct options *o, const struct opt *opt, const char *value)
{
	unsigned int form = EXPLAIN_FILES;
	int r = 0;

	if (opt->id == OPT_EXPLAIN)
		r = match_keyword(opt, explain_keywords, value, strlen(value), &form);
	o->explain = true;
	o->summary = form == EXPLAIN_SUMMARY;
	o->copy.flags |= OVLCP_DRY_RUN;
	return r;
}

/*
 * How each option is stored: as a flag of the library, as true, as the value of a keyword, or by a
 * function. Offsets are into struct options; 0 is none, as the field there is no target of a row.
 */
static const struct action {
	uint32_t flag;
	size_t yes;
	const struct keyword *keywords;
	size_t value;
	int (*set)(struct options *o, const struct opt *opt, const char *value);
	enum opt_id same_as; /* the bare form of this option */
} actions[OPT_END] = {
	[OPT_ARCHIVE] = { .set = set_archive },
	[OPT_ATOMIC] = { .flag = OVLCP_ATOMIC },
	[OPT_ATTRIBUTES_ONLY] = { .flag = OVLCP_ATTRIBUTES_ONLY },
	[OPT_BACKUP] = { .set = set_backup },
	[OPT_BACKUP_SHORT] = { .set = set_backup },
	[OPT_CONTEXT] = { .set = set_context },
	[OPT_CONTEXT_SHORT] = { .set = set_context },
	[OPT_COPY_CONTENTS] = { .yes = offsetof(struct options, copy_contents) },
	[OPT_COPY_UP] = { .keywords = copy_up_keywords,
			  .value = offsetof(struct options, copy.copy_up) },
	[OPT_COPY_UP_MIN] = { .set = set_copy_up_min },
	[OPT_COPY_UP_ONLY] = { .yes = offsetof(struct options, copy_up_only) },
	[OPT_DEBUG] = { .set = set_debug },
	[OPT_DEDUPE] = { .yes = offsetof(struct options, dedupe) },
	[OPT_DEDUPE_WITHIN] = { .yes = offsetof(struct options, dedupe_within) },
	[OPT_DEREFERENCE] = { .set = set_follow },
	[OPT_DESTS_FROM] = { .set = set_dests },
	[OPT_DESTS0_FROM] = { .set = set_dests },
	[OPT_DRY_RUN] = { .set = set_explain },
	[OPT_EXPLAIN] = { .set = set_explain },
	[OPT_FALLBACK] = { .keywords = fallback_keywords,
			   .value = offsetof(struct options, fallback) },
	[OPT_FAN_OUT] = { .yes = offsetof(struct options, fan_out) },
	[OPT_FOLLOW_NAMED] = { .set = set_follow },
	[OPT_FORGET] = { .yes = offsetof(struct options, forget) },
	[OPT_FORCE] = { .flag = OVLCP_FORCE },
	[OPT_INTERACTIVE] = { .set = set_existing },
	[OPT_JOBS] = { .set = set_jobs },
	[OPT_KEEP_DIRECTORY_SYMLINK] = { .flag = OVLCP_KEEP_DIRECTORY_SYMLINK },
	[OPT_LINK] = { .yes = offsetof(struct options, hard_link) },
	[OPT_LINKS_SHORT] = { .set = set_follow },
	[OPT_NO_CLOBBER] = { .set = set_existing },
	[OPT_NO_DEREFERENCE] = { .set = set_follow },
	[OPT_NO_PRESERVE] = { .set = set_preserve },
	[OPT_ONE_FILE_SYSTEM] = { .flag = OVLCP_ONE_FILE_SYSTEM },
	[OPT_PARENTS] = { .flag = OVLCP_PARENTS },
	[OPT_PATH] = { .flag = OVLCP_PARENTS },
	[OPT_PRESERVE_SHORT] = { .same_as = OPT_PRESERVE },
	[OPT_PRESERVE] = { .set = set_preserve },
	[OPT_PROGRESS] = { .keywords = progress_keywords,
			   .value = offsetof(struct options, progress) },
	[OPT_RECURSIVE] = { .flag = OVLCP_RECURSIVE },
	[OPT_RECURSIVE_SHORT] = { .flag = OVLCP_RECURSIVE },
	[OPT_REFLINK] = { .keywords = reflink_keywords,
			  .value = offsetof(struct options, copy.reflink) },
	[OPT_NO_LAYER_BYPASS] = { .flag = OVLCP_NO_LAYER_BYPASS },
	[OPT_REQUIRE] = { .keywords = require_keywords,
			  .value = offsetof(struct options, copy.require) },
	[OPT_REMEMBER] = { .set = set_remember },
	[OPT_REMOVE_DESTINATION] = { .flag = OVLCP_REMOVE_DESTINATION },
	[OPT_REPORT] = { .set = set_report },
	[OPT_REPORT_FORMAT] = { .yes = offsetof(struct options, report_format_given),
				.keywords = report_format_keywords,
				.value = offsetof(struct options, report_format) },
	[OPT_SHARE] = { .keywords = share_keywords, .value = offsetof(struct options, copy.share) },
	[OPT_SPARSE] = { .keywords = sparse_keywords,
			 .value = offsetof(struct options, copy.sparse) },
	/* only then does the library measure whether copy_file_range shared */
	[OPT_STATS] = { .flag = OVLCP_EXPLAIN, .yes = offsetof(struct options, stats) },
	[OPT_STRIP_TRAILING_SLASHES] = { .yes = offsetof(struct options, strip_slashes) },
	[OPT_SUFFIX] = { .set = set_backup },
	[OPT_SYMBOLIC_LINK] = { .yes = offsetof(struct options, symbolic_link) },
	[OPT_TARGET_DIRECTORY] = { .set = set_target_directory },
	[OPT_NO_TARGET_DIRECTORY] = { .yes = offsetof(struct options, no_target_directory) },
	[OPT_UPDATE_SHORT] = { .same_as = OPT_UPDATE },
	[OPT_UPDATE] = { .keywords = update_keywords,
			 .value = offsetof(struct options, copy.update) },
	[OPT_VERBOSE] = { .yes = offsetof(struct options, verbose) },
	[OPT_FSYNC] = { .keywords = fsync_keywords, .value = offsetof(struct options, copy.fsync) },
	[OPT_VERIFY] = { .flag = OVLCP_VERIFY },
	[OPT_HELP] = { .yes = offsetof(struct options, help) },
	[OPT_VERSION] = { .yes = offsetof(struct options, version) },
};

static int store(struct options *o, const struct opt *opt, const char *value)
{
	const struct action *a = &actions[opt->id];
	unsigned int word = 0;
	int r;

	if (a->same_as)
		return store(o, opt_of(a->same_as), opt_of(a->same_as)->bare);
	o->copy.flags |= a->flag;
	if (a->yes)
		*(bool *)((char *)o + a->yes) = true;
	if (a->set)
		return a->set(o, opt, value);
	if (!a->keywords)
		return 0;
	r = match_keyword(opt, a->keywords, value, strlen(value), &word);
	if (r == 0)
		memcpy((char *)o + a->value, &word, sizeof(word)); /* an enum, as wide as it */
	return r;
}

_Static_assert(sizeof(enum ovlcp_reflink) == sizeof(unsigned int),
	       "values of keywords are stored as enums");

static void fill_table(struct poptOption table[OPT_END])
{
	for (const struct opt *o = opt_list; o->id; o++)
		table[o->id - 1] = (struct poptOption){
			.longName = *o->long_name ? o->long_name : NULL,
			.shortName = o->short_name,
			.argInfo = o->kind == OPT_KIND_NONE ? POPT_ARG_NONE : POPT_ARG_STRING,
			.val = o->id,
		};
	table[OPT_END - 1] = (struct poptOption)POPT_TABLEEND;
}

/* Store the option that popt has just read. Returns 0, or the exit status after a message. */
static int store_current(poptContext popt, const struct normalized *n, struct options *o,
			 enum opt_id id)
{
	const struct opt *opt = opt_of(id);
	char *index = poptGetOptArg(popt); /* of the value in the list of normalize */
	int r;

	if (!index && opt->kind != OPT_KIND_NONE)
		return diag_no_memory(); /* normalize has given every such option a value */
	o->given[id] = true;
	r = store(o, opt, index ? n->values[atoi(index)] : NULL);
	free(index);
	return r;
}

static int read_options(poptContext popt, const struct normalized *n, struct options *o)
{
	int id;
	int r = 0;

	while (r == 0 && (id = poptGetNextOpt(popt)) > 0) {
		r = store_current(popt, n, o, (enum opt_id)id);
		if (o->help || o->version)
			return 0; /* as cp: later arguments are not checked */
	}
	/* normalize leaves popt nothing to object to but a lack of memory; poptBadOption would need
	   some of it */
	return r ? r : id < -1 ? diag_no_memory() : 0;
}

/* Store what the environment says where no option does. */
static int read_environment(struct options *o)
{
	int r = 0;

	for (const struct environment_variable *v = environment_variables; r == 0 && v->name; v++) {
		const char *value = environment_value(v, o);
		struct opt opt = *opt_of(v->id);

		opt.long_name = v->name;
		opt.is_variable = true;
		if (value)
			r = store(o, &opt, value);
	}
	return r;
}

int options_parse(int argc, char *const argv[], struct options *ret_o)
{
	struct poptOption table[OPT_END];
	struct normalize_problem problem;
	struct normalized n;
	poptContext popt;
	enum normalize_error e;
	int r;

	*ret_o = (struct options){ .copy.size = sizeof(ret_o->copy) };
	e = normalize(argc, argv, getenv("POSIXLY_CORRECT") != NULL, &n, &problem);
	fill_table(table);
	popt = poptGetContext("ovl-cp", n.argc, n.argv, table, 0);
	r = popt ? read_options(popt, &n, ret_o) : diag_no_memory();
	/* earlier arguments have precedence: another error, or --help */
	if (r == 0 && e != NORMALIZE_OK && !ret_o->help && !ret_o->version)
		r = diag_bad_option(e, &problem);
	if (popt)
		poptFreeContext(popt);
	ret_o->operands = n.operands;
	ret_o->operand_count = n.operand_count;
	n.operands = NULL; /* owned by ret_o now */
	normalize_done(&n);
	if (r || ret_o->help || ret_o->version)
		return r;
	r = read_environment(ret_o);
	return r ? r : option_rules_apply(ret_o);
}

void options_done(struct options *o)
{
	free(o->default_remember_dir);
	free(o->operands);
}
