/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recognizes the form of the command line (cp's three, and --fan-out), checks it before anything is
 * copied, and calls the library.
 */
#include "operands.h"

#include "dests.h"
#include "diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Returns 0 if @path is a directory, otherwise errno (positive). */
static int check_directory(const char *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

/* Free a list of @n owned strings. @list: may be NULL. Returns NULL. */
static char **free_list(char **list, size_t n)
{
	for (size_t i = 0; list && i < n; i++)
		free(list[i]);
	free(list);
	return NULL;
}

static void strip_slashes(char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
}

/* The first @n operands without trailing slashes; for free_list. NULL: no memory. */
static char **strip_operands(const struct options *o, size_t n)
{
	char **list = calloc(n, sizeof(*list));

	for (size_t i = 0; list && i < n; i++) {
		list[i] = strdup(o->operands[i]);
		if (!list[i])
			return free_list(list, i);
		strip_slashes(list[i]);
	}
	return list;
}

static int into_directory(struct ovlcp *s, const struct options *o, size_t n, const char *dir)
{
	char **list = o->strip_slashes ? strip_operands(o, n) : NULL;
	int r;

	if (o->strip_slashes && !list)
		return diag_no_memory();
	r = ovlcp_copy_many(s, AT_FDCWD, list ? (const char *const *)list : o->operands, n,
			    AT_FDCWD, dir, &o->copy);
	(void)free_list(list, n);
	return r < 0 ? DIAG_FAILURE : 0;
}

static int one_to_one(struct ovlcp *s, const struct options *o)
{
	struct ovlcp_options opt = o->copy;
	const char *dst = o->operands[1];

	if (!o->no_target_directory && check_directory(dst) == 0)
		return into_directory(s, o, 1, dst);
	if (opt.flags & OVLCP_PARENTS)
		return diag_usage("with --parents, the destination must be a directory");
	return ovlcp_copy(s, AT_FDCWD, o->operands[0], AT_FDCWD, dst, &opt) < 0 ? DIAG_FAILURE : 0;
}

static int copy_as_cp(struct ovlcp *s, const struct options *o)
{
	int n = o->operand_count;
	int error;

	if (n == 0)
		return diag_usage("missing file operand");
	if (o->target_directory) {
		error = check_directory(o->target_directory);
		if (error)
			return diag_failure_about(error, "target directory", o->target_directory);
		return into_directory(s, o, (size_t)n, o->target_directory);
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
	return into_directory(s, o, (size_t)n - 1, o->operands[n - 1]);
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

int operands_copy(struct ovlcp *s, struct options *o)
{
	return o->fan_out ? fan_out(s, o) : copy_as_cp(s, o);
}
