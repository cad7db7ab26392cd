/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For each method a dry run of the library, with options that allow no other method. A dry run
 * decides by the same plan as a copy, so its answer is what the copy would do.
 */
#include "matrix.h"

#include "diag.h"
#include "human.h"
#include "messages.h"
#include "quote.h"
#include "terminal.h"
#include "wrap.h"

#include "base/errno_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Columns of the name of a method, and of the answer. */
#define METHOD_COLUMNS 18
#define ANSWER_COLUMNS 5

/* Names of destinations; a dry run does not create them, and no text names them. */
static const char *const dest_names[] = { ".ovl-stat-1", ".ovl-stat-2" };
/* Reasons whose message names a destination, or an option that only the table here has set. */
static const char *const reasons_here[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_LOWER_NEVER] =
		"the source is on a lower layer, on another filesystem than the upper layer",
	[OVLCP_REASON_LAYER_NEVER] = "the source is on an overlay and the directory is not, and "
				     "the kernel does not clone out of an overlay",
	[OVLCP_REASON_LAYER_SMALL] = "the source is on an overlay and the directory is not, and "
				     "a file of 64 KiB or less is not looked up in its layer",
	[OVLCP_REASON_CANNOT_TELL] =
		"whether a file in the directory can share data is unknown until it is copied: no "
		"unnamed temporary file (O_TMPFILE) can be created there to test it",
};
/* The text of a method that is possible but not needed; the answer is "-". */
#define NOT_NEEDED "not needed"
#define DEST_MAX   (sizeof(dest_names) / sizeof(*dest_names))

/* The outcome of a dry run for its last destination. */
struct prediction {
	enum ovlcp_method method;
	uint64_t written;
	uint64_t shared;
	uint64_t copied_up;
	char *reason; /* why its data is not shared, or the failure; NULL if neither; owned */
	bool failed;
	bool not_tried; /* it failed before any method */
	bool is_empty;	/* there is no data, and nothing is tried */
	bool no_memory; /* for the reason */
};

/* A row of the table. */
struct copy_method {
	const char *name;
	enum ovlcp_reflink reflink;
	enum ovlcp_copy_up copy_up;
	uint64_t flags;
	size_t copies;
	/* The text, to be freed. *ret_yes: whether the method is possible. */
	char *(*answer)(const struct prediction *p, bool *ret_yes);
};

/* Why the data of @e is not shared. To be freed; NULL if there is no reason, or memory is short. */
static char *reason_of(const struct ovlcp_event *e)
{
	const enum ovlcp_reason reason = ovlcp_event_reason(e);
	const char *here = reason < OVLCP_REASON_COUNT ? reasons_here[reason] : NULL;

	return here ? strdup(here) : message_of_reason(e);
}

/* The failures whose message names the source alone, not the destination. */
static const bool is_about_source[OVLCP_OP_COUNT] = {
	[OVLCP_OP_STAT_SOURCE] = true,	   [OVLCP_OP_OPEN_SOURCE] = true,
	[OVLCP_OP_SOURCE_REPLACED] = true, [OVLCP_OP_READ] = true,
	[OVLCP_OP_COPY_UP] = true,
};

/* The failure @e. To be freed; NULL if memory is short. */
static char *failure_of(const struct ovlcp_event *e)
{
	const enum ovlcp_op op = ovlcp_event_op(e);
	char *text;

	if (op < OVLCP_OP_COUNT && is_about_source[op])
		return message_of_event(e);
	if (asprintf(&text, "%s: %s",
		     op == OVLCP_OP_CLONE ? "FICLONE is refused"
					  : "no file can be created in the directory",
		     errno_text(ovlcp_event_errno(e))) < 0)
		return NULL;
	return text;
}

static void record_outcome(const struct ovlcp_event *e, void *payload)
{
	struct prediction *p = payload;
	enum ovlcp_event_type type = ovlcp_event_type(e);

	if (type != OVLCP_EVENT_PLANNED && type != OVLCP_EVENT_FAILED)
		return;
	free(p->reason);
	*p = (struct prediction){
		.method = ovlcp_event_method(e),
		.written = ovlcp_event_bytes_written(e),
		.shared = ovlcp_event_bytes_shared(e),
		/* only the first destination has it */
		.copied_up = p->copied_up + ovlcp_event_bytes_copied_up(e),
		.failed = type == OVLCP_EVENT_FAILED,
		.not_tried = type == OVLCP_EVENT_FAILED &&
			     ovlcp_event_reason(e) == OVLCP_REASON_NONE &&
			     ovlcp_event_op(e) != OVLCP_OP_CLONE,
		.is_empty = type == OVLCP_EVENT_PLANNED && ovlcp_event_size(e) == 0,
	};
	if (ovlcp_event_reason(e) != OVLCP_REASON_NONE)
		p->reason = reason_of(e);
	else if (p->failed)
		p->reason = failure_of(e);
	p->no_memory = !p->reason && (p->failed || ovlcp_event_reason(e) != OVLCP_REASON_NONE);
}

static char *size_text(const char *before, uint64_t bytes, const char *after)
{
	char size[HUMAN_SIZE_MAX];
	char *text;

	return asprintf(&text, "%s %s%s", before, human_size(bytes, size), after) < 0 ? NULL : text;
}

static char *reason_text(const struct prediction *p)
{
	return strdup(p->reason ? p->reason : "not possible between these two files");
}

static char *answer_directly(const struct prediction *p, bool *ret_yes)
{
	*ret_yes = !p->failed && p->shared > 0;
	if (!*ret_yes)
		return reason_text(p);
	if (p->method == OVLCP_METHOD_COPY_RANGE)
		return size_text("FICLONE is refused, but copy_file_range shares", p->shared, "");
	return size_text("shares", p->shared, ", writes nothing");
}

static char *answer_copy_up(const struct prediction *p, bool *ret_yes)
{
	*ret_yes = !p->failed && p->method == OVLCP_METHOD_CLONE_UPPER;
	if (*ret_yes)
		return size_text("the copy-up writes", p->copied_up,
				 " to the upper layer, once; every clone after it is free");
	if (!p->failed && p->shared > 0)
		return strdup(NOT_NEEDED);
	return reason_text(p);
}

static char *answer_layer(const struct prediction *p, bool *ret_yes)
{
	*ret_yes = !p->failed && p->method == OVLCP_METHOD_CLONE_LAYER;
	if (*ret_yes)
		return size_text("the file in its layer is visible from here: shares", p->shared,
				 "");
	if (!p->failed && p->shared > 0)
		return strdup(NOT_NEEDED);
	return strdup("no layer on the filesystem of the destination is accessible from here");
}

static char *answer_donor(const struct prediction *p, bool *ret_yes)
{
	*ret_yes = !p->failed && p->method == OVLCP_METHOD_CLONE_DONOR;
	if (*ret_yes)
		return size_text(
			"with --fan-out: the first copy is written, each further one shares",
			p->shared, " with it");
	if (!p->failed && p->shared > 0)
		return strdup(NOT_NEEDED);
	return reason_text(p);
}

static char *answer_range(const struct prediction *p, bool *ret_yes)
{
	*ret_yes = !p->failed && p->method == OVLCP_METHOD_COPY_RANGE;
	if (*ret_yes && p->shared)
		return size_text("shares", p->shared, "");
	if (*ret_yes)
		return size_text("copies in the kernel, and writes", p->written, "");
	if (!p->failed && p->shared > 0)
		return strdup(NOT_NEEDED);
	return strdup("the kernel refuses it for these two files");
}

static char *answer_bytes(const struct prediction *p, bool *ret_yes)
{
	*ret_yes = !p->failed;
	return p->failed ? reason_text(p) : size_text("writes", p->written, "");
}

#define NO_BYPASS OVLCP_NO_LAYER_BYPASS

static const struct copy_method copy_methods[] = {
	{ "without a copy-up", OVLCP_REFLINK_ALWAYS, OVLCP_COPY_UP_NEVER, NO_BYPASS, 1,
	  answer_directly },
	{ "after a copy-up", OVLCP_REFLINK_ALWAYS, OVLCP_COPY_UP_ALWAYS, NO_BYPASS, 1,
	  answer_copy_up },
	{ "from its layer", OVLCP_REFLINK_ALWAYS, OVLCP_COPY_UP_NEVER, 0, 1, answer_layer },
	{ "from a donor", OVLCP_REFLINK_AUTO, OVLCP_COPY_UP_NEVER, NO_BYPASS, 2, answer_donor },
	{ "copy_file_range", OVLCP_REFLINK_AUTO, OVLCP_COPY_UP_NEVER, NO_BYPASS, 1, answer_range },
	{ "read and write", OVLCP_REFLINK_NEVER, OVLCP_COPY_UP_NEVER, NO_BYPASS, 1, answer_bytes },
};

static char *answer(const struct copy_method *m, const struct prediction *p, bool *ret_yes)
{
	*ret_yes = false;
	if (p->not_tried)
		return reason_text(p);
	if (!p->is_empty || m->reflink == OVLCP_REFLINK_NEVER)
		return m->answer(p, ret_yes);
	return strdup("the source reports a size of 0, so there is nothing to share");
}

/* Predict a copy to @copies destinations in @directory. @p: the outcome. Returns 0 or -ENOMEM. */
static int predict(struct ovlcp *session, const char *source, const char *directory,
		   const struct ovlcp_options *opt, size_t copies, struct prediction *p)
{
	char *paths[DEST_MAX] = { NULL };
	const char *list[DEST_MAX];
	const struct ovlcp_paths dests = { AT_FDCWD, list, copies };
	int r = 0;

	for (size_t i = 0; r == 0 && i < copies; i++) {
		if (asprintf(&paths[i], "%s/%s", directory, dest_names[i]) < 0) {
			paths[i] = NULL;
			r = -ENOMEM;
		}
		list[i] = paths[i];
	}
	ovlcp_on_event(session, record_outcome, p);
	ovlcp_reset(session); /* a copy-up of one prediction is none for the next */
	if (r == 0)	      /* a failure is an event, and so an outcome */
		(void)ovlcp_fan_out(session, AT_FDCWD, source, &dests, opt);
	for (size_t i = 0; i < copies; i++)
		free(paths[i]);
	return p->no_memory ? -ENOMEM : r;
}

/* @last: the text of the last row whose answer was no; the same text is not repeated. */
static void print_method_row(const char *name, bool yes, const char *text, const char *last)
{
	bool needed = strcmp(text, NOT_NEEDED) != 0;

	printf("  %-*s%-*s", METHOD_COLUMNS, name, ANSWER_COLUMNS,
	       yes	? "yes"
	       : needed ? "no"
			: "-");
	diag_note_stdout();
	if (!yes && needed && last && strcmp(text, last) == 0)
		text = "for the same reason";
	wrap(stdout, text, 2 + METHOD_COLUMNS + ANSWER_COLUMNS, terminal_width());
	diag_note_stdout();
}

static int show_method(struct ovlcp *session, const char *source, const char *directory,
		       const struct copy_method *m, char **last)
{
	const struct ovlcp_options opt = {
		.size = sizeof(opt),
		.reflink = m->reflink,
		.copy_up = m->copy_up,
		.flags = OVLCP_DRY_RUN | m->flags,
	};
	struct prediction p = { .method = OVLCP_METHOD_NONE };
	int r = predict(session, source, directory, &opt, m->copies, &p);
	bool yes = false;
	char *text = r == 0 ? answer(m, &p, &yes) : NULL;

	free(p.reason);
	if (!text)
		return -ENOMEM;
	print_method_row(m->name, yes, text, *last);
	if (yes) {
		free(text);
	} else {
		free(*last);
		*last = text;
	}
	return 0;
}

/* Print the method that ovl-cp would choose without options. */
static int show_choice(struct ovlcp *session, const char *source, const char *directory)
{
	const struct ovlcp_options opt = { .size = sizeof(opt), .flags = OVLCP_DRY_RUN };
	struct prediction p = { .method = OVLCP_METHOD_NONE };
	int r = predict(session, source, directory, &opt, 1, &p);
	char *text = NULL;

	if (r == 0 && asprintf(&text, "%s%s%s", p.failed ? "nothing" : ovlcp_method_text(p.method),
			       p.reason ? ": " : "", p.reason ? p.reason : "") < 0)
		text = NULL;
	if (text) {
		printf("\n  %-*s", METHOD_COLUMNS, "ovl-cp's choice");
		diag_note_stdout();
		wrap(stdout, text, 2 + METHOD_COLUMNS, terminal_width());
		diag_note_stdout();
	}
	free(text);
	free(p.reason);
	return text ? 0 : -ENOMEM;
}

/* Returns 0, or the exit status after a message. */
static int check_source_and_directory(const char *source, const char *directory)
{
	struct stat st;

	if (stat(source, &st) < 0)
		return diag_failure_about(errno, "cannot inspect", source);
	if (!S_ISREG(st.st_mode))
		return diag_failure_about(0, "not a regular file:", source);
	if (stat(directory, &st) < 0)
		return diag_failure_about(errno, "cannot inspect", directory);
	if (!S_ISDIR(st.st_mode))
		return diag_failure_about(0, "not a directory:", directory);
	return 0;
}

int matrix_show(struct ovlcp *session, const char *source, const char *directory)
{
	char *src = NULL;
	char *dir = NULL;
	char *last = NULL;
	int status = check_source_and_directory(source, directory);
	int r = 0;

	if (status)
		return status;
	src = diag_quote(source);
	dir = diag_quote(directory);
	printf("%s into %s\n", src ? src : QUOTE_NO_MEMORY, dir ? dir : QUOTE_NO_MEMORY);
	diag_note_stdout();
	free(src);
	free(dir);
	for (size_t i = 0; r == 0 && i < sizeof(copy_methods) / sizeof(*copy_methods); i++)
		r = show_method(session, source, directory, &copy_methods[i], &last);
	free(last);
	if (r == 0)
		r = show_choice(session, source, directory);
	return r == 0 ? 0 : diag_no_memory();
}
