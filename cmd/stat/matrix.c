/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One dry run of the library for each way, with options that leave that way alone: what it
 * answers is what the copy would do, by the same plan.
 */
#include "matrix.h"

#include "diag.h"
#include "human.h"
#include "messages.h"
#include "methods.h"
#include "terminal.h"
#include "wrap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Columns of the name of a way, and of the answer. */
#define WAY_COLUMNS    18
#define ANSWER_COLUMNS 5

/* Names of destinations that nobody has; they are not made. */
static const char *const names[] = { ".ovl-stat-1", ".ovl-stat-2" };
/* The library would say that a copy-up was forbidden, which nobody here did. */
#define ON_LOWER "the source lies on a lower layer, on another filesystem than the upper layer"
/* The text of a way that is neither open nor barred. */
#define NOT_NEEDED "not needed"
#define NAMES	   (sizeof(names) / sizeof(*names))

/* What the last destination of a dry run would get. */
struct foreseen {
	enum ovlcp_method method;
	uint64_t written;
	uint64_t shared;
	uint64_t copied_up;
	char *reason; /* why it is not shared, or what failed; NULL for nothing */
	bool failed;
};

/* A way to make a copy. */
struct way {
	const char *name;
	enum ovlcp_reflink reflink;
	enum ovlcp_copy_up copy_up;
	uint64_t flags;
	size_t copies;
	/* The text of the answer, to be freed; *ret_yes: whether it is a way. */
	char *(*answer)(const struct foreseen *f, bool *ret_yes);
};

static void hear(const struct ovlcp_event *e, void *payload)
{
	struct foreseen *f = payload;
	enum ovlcp_event_type type = ovlcp_event_type(e);

	if (type != OVLCP_EVENT_PLANNED && type != OVLCP_EVENT_FAILED)
		return;
	free(f->reason);
	*f = (struct foreseen){
		.method = ovlcp_event_method(e),
		.written = ovlcp_event_bytes_written(e),
		.shared = ovlcp_event_bytes_shared(e),
		/* the first of several destinations would have done it */
		.copied_up = f->copied_up + ovlcp_event_bytes_copied_up(e),
		.failed = type == OVLCP_EVENT_FAILED,
	};
	f->reason = ovlcp_event_reason(e) == OVLCP_REASON_LOWER_NEVER ? strdup(ON_LOWER)
								      : message_of_reason(e);
	if (f->failed && !f->reason)
		f->reason = message_of_event(e);
}

static char *said(const char *before, uint64_t bytes, const char *after)
{
	char size[HUMAN_SIZE_MAX];
	char *text;

	return asprintf(&text, "%s %s%s", before, human_size(bytes, size), after) < 0 ? NULL : text;
}

static char *reason_text(const struct foreseen *f)
{
	return strdup(f->reason ? f->reason : "the plan has no such step for these two");
}

static char *answer_as_it_lies(const struct foreseen *f, bool *ret_yes)
{
	*ret_yes = !f->failed && f->shared > 0;
	if (!*ret_yes)
		return reason_text(f);
	if (f->method == OVLCP_METHOD_COPY_RANGE)
		return said("FICLONE is refused, but copy_file_range shares", f->shared, "");
	return said("shares", f->shared, ", writes nothing");
}

static char *answer_copy_up(const struct foreseen *f, bool *ret_yes)
{
	*ret_yes = !f->failed && f->method == OVLCP_METHOD_CLONE_UPPER;
	if (*ret_yes)
		return said("the copy-up writes", f->copied_up,
			    " to the upper layer, once; every clone after it is free");
	if (!f->failed && f->shared > 0)
		return strdup(NOT_NEEDED);
	return reason_text(f);
}

static char *answer_layer(const struct foreseen *f, bool *ret_yes)
{
	*ret_yes = !f->failed && f->method == OVLCP_METHOD_CLONE_LAYER;
	if (*ret_yes)
		return said("the file in its layer can be seen from here: shares", f->shared, "");
	if (!f->failed && f->shared > 0)
		return strdup(NOT_NEEDED);
	return strdup("no layer on the filesystem of the destination can be used from here");
}

static char *answer_donor(const struct foreseen *f, bool *ret_yes)
{
	*ret_yes = !f->failed && f->method == OVLCP_METHOD_CLONE_DONOR;
	if (*ret_yes)
		return said("with --fan-out: the first copy is written, each further one shares",
			    f->shared, " with it");
	if (!f->failed && f->shared > 0)
		return strdup(NOT_NEEDED);
	return reason_text(f);
}

static char *answer_range(const struct foreseen *f, bool *ret_yes)
{
	*ret_yes = !f->failed && f->method == OVLCP_METHOD_COPY_RANGE;
	if (*ret_yes && f->shared)
		return said("shares", f->shared, "");
	if (*ret_yes)
		return said("the kernel copies, and writes", f->written, "");
	if (!f->failed && f->shared > 0)
		return strdup(NOT_NEEDED);
	return strdup("the kernel refuses it for these two");
}

static char *answer_bytes(const struct foreseen *f, bool *ret_yes)
{
	*ret_yes = !f->failed;
	return f->failed ? reason_text(f) : said("writes", f->written, "");
}

#define NO_BYPASS OVLCP_NO_LAYER_BYPASS

static const struct way ways[] = {
	{ "clone as it lies", OVLCP_REFLINK_ALWAYS, OVLCP_COPY_UP_NEVER, NO_BYPASS, 1,
	  answer_as_it_lies },
	{ "after a copy-up", OVLCP_REFLINK_ALWAYS, OVLCP_COPY_UP_ALWAYS, NO_BYPASS, 1,
	  answer_copy_up },
	{ "from its layer", OVLCP_REFLINK_ALWAYS, OVLCP_COPY_UP_NEVER, 0, 1, answer_layer },
	{ "from a donor", OVLCP_REFLINK_AUTO, OVLCP_COPY_UP_NEVER, NO_BYPASS, 2, answer_donor },
	{ "copy_file_range", OVLCP_REFLINK_AUTO, OVLCP_COPY_UP_NEVER, NO_BYPASS, 1, answer_range },
	{ "read and write", OVLCP_REFLINK_NEVER, OVLCP_COPY_UP_NEVER, NO_BYPASS, 1, answer_bytes },
};

/* Dry runs of @copies destinations in @directory. What is heard is in @f. Returns 0 or -ENOMEM. */
static int foresee(struct ovlcp *session, const char *source, const char *directory,
		   const struct ovlcp_options *opt, size_t copies, struct foreseen *f)
{
	char *paths[NAMES] = { NULL };
	const char *list[NAMES];
	int r = 0;

	for (size_t i = 0; r == 0 && i < copies; i++) {
		if (asprintf(&paths[i], "%s/%s", directory, names[i]) < 0) {
			paths[i] = NULL;
			r = -ENOMEM;
		}
		list[i] = paths[i];
	}
	ovlcp_on_event(session, hear, f);
	if (r == 0) /* a failure is an answer, and was heard */
		(void)ovlcp_fan_out(session, AT_FDCWD, source, AT_FDCWD, list, copies, opt);
	for (size_t i = 0; i < copies; i++)
		free(paths[i]);
	return r;
}

/* @last: the text of the last answer that was no; one reason is said once. */
static void print_way(const char *name, bool yes, const char *text, const char *last)
{
	bool needed = strcmp(text, NOT_NEEDED) != 0;

	printf("  %-*s%-*s", WAY_COLUMNS, name, ANSWER_COLUMNS, yes ? "yes" : needed ? "no" : "-");
	if (!yes && needed && last && strcmp(text, last) == 0)
		text = "for the same reason";
	wrap(stdout, text, 2 + WAY_COLUMNS + ANSWER_COLUMNS, terminal_width());
}

static int show_way(struct ovlcp *session, const char *source, const char *directory,
		    const struct way *w, char **last)
{
	const struct ovlcp_options opt = {
		.size = sizeof(opt),
		.reflink = w->reflink,
		.copy_up = w->copy_up,
		.flags = OVLCP_DRY_RUN | w->flags,
	};
	struct foreseen f = { .method = OVLCP_METHOD_NONE };
	int r = foresee(session, source, directory, &opt, w->copies, &f);
	bool yes = false;
	char *text = r == 0 ? w->answer(&f, &yes) : NULL;

	free(f.reason);
	if (!text)
		return -ENOMEM;
	print_way(w->name, yes, text, *last);
	if (yes) {
		free(text);
	} else {
		free(*last);
		*last = text;
	}
	return 0;
}

/* What ovl-cp would do without any option. */
static int show_choice(struct ovlcp *session, const char *source, const char *directory)
{
	const struct ovlcp_options opt = { .size = sizeof(opt), .flags = OVLCP_DRY_RUN };
	struct foreseen f = { .method = OVLCP_METHOD_NONE };
	int r = foresee(session, source, directory, &opt, 1, &f);
	char *text = NULL;

	if (r == 0 && asprintf(&text, "%s%s%s", f.failed ? "nothing" : method_words(f.method),
			       f.reason ? ": " : "", f.reason ? f.reason : "") < 0)
		text = NULL;
	if (text) {
		printf("\n  %-*s", WAY_COLUMNS, "ovl-cp's choice");
		wrap(stdout, text, 2 + WAY_COLUMNS, terminal_width());
	}
	free(text);
	free(f.reason);
	return text ? 0 : -ENOMEM;
}

/* Returns 0, or the exit status after a message. */
static int check(const char *source, const char *directory)
{
	struct stat st;

	if (stat(source, &st) < 0)
		return diag_failure_about(errno, "cannot look at", source);
	if (!S_ISREG(st.st_mode))
		return diag_failure_about(0, "not a regular file:", source);
	if (stat(directory, &st) < 0)
		return diag_failure_about(errno, "cannot look at", directory);
	if (!S_ISDIR(st.st_mode))
		return diag_failure_about(0, "not a directory:", directory);
	return 0;
}

int matrix_show(struct ovlcp *session, const char *source, const char *directory)
{
	char *src = NULL;
	char *dir = NULL;
	char *last = NULL;
	int status = check(source, directory);
	int r = 0;

	if (status)
		return status;
	src = diag_quote(source);
	dir = diag_quote(directory);
	printf("%s into %s\n", src ? src : "''", dir ? dir : "''");
	free(src);
	free(dir);
	for (size_t i = 0; r == 0 && i < sizeof(ways) / sizeof(*ways); i++)
		r = show_way(session, source, directory, &ways[i], &last);
	free(last);
	if (r == 0)
		r = show_choice(session, source, directory);
	return r == 0 ? 0 : diag_no_memory();
}
