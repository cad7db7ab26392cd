/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The forms of the command line, as cp reads them, and the fan-out.
 *
 * A form is found and checked before anything is copied.
 */
#include "request.h"

#include "dests.h"
#include "diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 0 if @path is a directory, otherwise errno. */
static int check_directory(const char *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* The last component of @path in @dir; to be freed. */
static char *name_in(const char *dir, const char *path)
{
	const char *end = path + strlen(path);
	const char *base;
	size_t len = strlen(dir);
	char *joined;

	while (end > path && end[-1] == '/')
		end--;
	base = end;
	while (base > path && base[-1] != '/')
		base--;
	joined = malloc(len + 1 + (size_t)(end - base) + 1);
	if (!joined)
		return NULL;
	memcpy(joined, dir, len);
	while (len > 0 && joined[len - 1] == '/')
		len--;
	joined[len++] = '/';
	memcpy(joined + len, base, (size_t)(end - base));
	joined[len + (size_t)(end - base)] = '\0';
	return joined;
}

static int into_directory(struct ovlcp *s, const struct options *o, const char *const *src, int n,
			  const char *dir)
{
	struct ovlcp_options opt = o->copy;
	int status = 0;

	if (n > 1)
		opt.flags |= OVLCP_PROTECT_CREATED;
	for (int i = 0; i < n; i++) {
		char *dst = name_in(dir, src[i]);

		if (!dst)
			status = diag_no_memory();
		else if (ovlcp_copy(s, AT_FDCWD, src[i], AT_FDCWD, dst, &opt) < 0)
			status = DIAG_FAILURE;
		free(dst);
	}
	return status;
}

static int one_to_one(struct ovlcp *s, const struct options *o)
{
	struct ovlcp_options opt = o->copy;

	if (!o->no_target_directory)
		opt.flags |= OVLCP_INTO_DIRECTORY;
	return ovlcp_copy(s, AT_FDCWD, o->operands[0], AT_FDCWD, o->operands[1], &opt) < 0
		       ? DIAG_FAILURE
		       : 0;
}

static int plain(struct ovlcp *s, const struct options *o)
{
	int n = o->operand_count;
	int error;

	if (n == 0)
		return diag_usage("missing file operand");
	if (o->target_directory) {
		error = check_directory(o->target_directory);
		if (error)
			return diag_failure_about(error, "target directory", o->target_directory);
		return into_directory(s, o, o->operands, n, o->target_directory);
	}
	if (n == 1)
		return diag_usage_about("missing destination file operand after", o->operands[0]);
	if (n == 2)
		return one_to_one(s, o);
	if (o->no_target_directory)
		return diag_usage_about("extra operand", o->operands[2]);
	error = check_directory(o->operands[n - 1]);
	if (error)
		return diag_failure_about(error, "target", o->operands[n - 1]);
	return into_directory(s, o, o->operands, n - 1, o->operands[n - 1]);
}

static int fan_out(struct ovlcp *s, const struct options *o)
{
	struct ovlcp_options opt = o->copy;
	struct dests d = { 0 };
	int r;

	if (o->operand_count == 0)
		return diag_usage("missing file operand");
	if (!o->no_target_directory)
		opt.flags |= OVLCP_INTO_DIRECTORY;
	r = dests_add_operands(&d, o->operands + 1, (size_t)o->operand_count - 1);
	if (r == 0 && o->dests_from)
		r = dests_add_file(&d, o->dests_from, o->dests_end);
	if (r == 0 && d.count == 0 && !o->dests_from)
		r = diag_usage_about("missing destination file operand after", o->operands[0]);
	if (r == 0 && ovlcp_fan_out(s, AT_FDCWD, o->operands[0], AT_FDCWD,
				    (const char *const *)d.names, d.count, &opt) < 0)
		r = DIAG_FAILURE;
	dests_done(&d);
	return r;
}

/* Options that cannot go together, and what is said then. */
static const char *conflict(const struct options *o)
{
	const struct {
		bool is;
		const char *text;
	} rows[] = {
		{ o->target_directory && o->no_target_directory,
		  "cannot combine --target-directory (-t) and --no-target-directory (-T)" },
		{ o->fan_out && o->target_directory,
		  "cannot combine --fan-out and --target-directory (-t): "
		  "name the directory as a DEST" },
		{ o->dests_from && !o->fan_out,
		  "a list of destinations (--dests-from, --dests0-from) needs --fan-out" },
		{ o->dests_from && strcmp(o->dests_from, "-") == 0 &&
			  o->copy.existing == OVLCP_EXISTING_ASK,
		  "cannot combine --interactive (-i) with a list of destinations "
		  "on standard input" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].is)
			return rows[i].text;
	return NULL;
}

int request_run(struct ovlcp *s, struct options *o)
{
	const char *text = conflict(o);

	if (text)
		return diag_failure(0, "%s", text);
	return o->fan_out ? fan_out(s, o) : plain(s, o);
}
