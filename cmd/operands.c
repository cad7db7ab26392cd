/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The form of a command line is one of cp's three, --fan-out, --copy-up-only, or that of a
 * deduplication. It is checked, and lists are read, before anything is touched; then the library is
 * called.
 */
#include "operands.h"

#include "diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/* Length of @path without the slashes at its end. */
static size_t stripped_length(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return len;
}

/* The first @n operands without trailing slashes; for free_list. NULL: no memory. */
static char **strip_operands(const struct options *o, size_t n)
{
	char **list = calloc(n, sizeof(*list));

	for (size_t i = 0; list && i < n; i++) {
		list[i] = strndup(o->operands[i], stripped_length(o->operands[i]));
		if (!list[i])
			return free_list(list, i);
	}
	return list;
}

/* Let the first @n operands be the sources. */
static int set_sources(const struct options *o, struct operands *p, size_t n)
{
	p->source_count = n;
	if (!o->strip_slashes)
		return 0;
	p->stripped = strip_operands(o, n);
	if (!p->stripped)
		return diag_no_memory();
	p->sources = (const char *const *)p->stripped;
	return 0;
}

/* The form: the first @n operands into the directory @dir. */
static int set_into_directory(const struct options *o, struct operands *p, size_t n,
			      const char *dir)
{
	p->form = OPERANDS_INTO_DIRECTORY;
	p->destination = dir;
	return set_sources(o, p, n);
}

/*
 * Whether the errno @error of a look for a directory says that there is none: no such name, or a
 * name that cannot be one. The library then says what is wrong, if anything is. Any other error
 * leaves open what the name is; a directory would be merged with the source instead of entered.
 */
static bool means_no_directory(int error)
{
	return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG;
}

/* Whether @path cannot be reached: a directory on the way may not be searched. Then it is not
 * entered either, and the library says so, after what is wrong with the source, as cp does. */
static bool is_out_of_reach(const char *path, int error)
{
	struct stat st;

	return error == EACCES && stat(path, &st) < 0 && errno == EACCES;
}

static int read_pair(const struct options *o, struct operands *p)
{
	const char *dst = o->operands[1];
	const int error = o->no_target_directory ? ENOTDIR : check_directory(dst);

	if (error == 0)
		return set_into_directory(o, p, 1, dst);
	if (!means_no_directory(error) && !is_out_of_reach(dst, error))
		return diag_failure_about(error, "cannot stat", dst);
	if (o->copy.flags & OVLCP_PARENTS)
		return diag_usage("with --parents, the destination must be a directory");
	p->form = OPERANDS_TO_FILE; /* with its slashes, as by cp */
	p->source_count = 1;
	p->destination = dst;
	return 0;
}

static int read_as_cp(const struct options *o, struct operands *p)
{
	int n = o->operand_count;
	int error;

	if (n == 0)
		return diag_usage("missing file operand");
	if (o->target_directory) {
		error = check_directory(o->target_directory);
		if (error)
			return diag_failure_about(error, "target directory", o->target_directory);
		return set_into_directory(o, p, (size_t)n, o->target_directory);
	}
	if (n == 1)
		return diag_usage_about("missing destination file operand after", o->operands[0]);
	if (n == 2)
		return read_pair(o, p);
	if (o->no_target_directory)
		return diag_usage_about("extra operand", o->operands[2]);
	error = check_directory(o->operands[n - 1]);
	if (error)
		return diag_failure_about(error, "target", o->operands[n - 1]);
	return set_into_directory(o, p, (size_t)n - 1, o->operands[n - 1]);
}

/* One source and its destinations: a fan-out or a deduplication. */
static int read_fan_out(const struct options *o, struct operands *p)
{
	int r;

	if (o->operand_count == 0)
		return diag_usage("missing file operand");
	p->form = o->dedupe ? OPERANDS_DEDUPE : OPERANDS_FAN_OUT;
	r = set_sources(o, p, 1);
	if (r == 0)
		r = dests_add_operands(&p->dests, o->operands + 1, (size_t)o->operand_count - 1);
	if (r == 0 && o->dests_from)
		r = dests_add_file(&p->dests, o->dests_from, o->dests_end);
	if (r == 0 && p->dests.count == 0 && !o->dests_from)
		r = diag_usage_about("missing destination file operand after", o->operands[0]);
	return r;
}

static int read_copy_up(const struct options *o, struct operands *p)
{
	if (o->operand_count == 0)
		return diag_usage("missing file operand");
	p->form = OPERANDS_COPY_UP;
	return set_sources(o, p, (size_t)o->operand_count);
}

static int read_directories(const struct options *o, struct operands *p)
{
	if (o->operand_count == 0)
		return diag_usage("missing directory operand");
	p->form = OPERANDS_DEDUPE_WITHIN;
	p->source_count = (size_t)o->operand_count;
	return 0;
}

int operands_read(const struct options *o, struct operands *ret_p)
{
	*ret_p = (struct operands){ .sources = o->operands };
	if (o->copy_up_only)
		return read_copy_up(o, ret_p);
	if (o->dedupe_within)
		return read_directories(o, ret_p);
	return o->fan_out || o->dedupe ? read_fan_out(o, ret_p) : read_as_cp(o, ret_p);
}

/* The options that mean something where nothing is copied; others may come from the environment. */
static struct ovlcp_options dedupe_options(const struct options *o)
{
	uint64_t flags = OVLCP_EXPLAIN | OVLCP_DRY_RUN;

	if (o->dedupe)
		flags |= OVLCP_RECURSIVE | OVLCP_ONE_FILE_SYSTEM;
	flags &= o->copy.flags;
	if (o->dedupe && !o->no_target_directory)
		flags |= OVLCP_INTO_DIRECTORY;
	return (struct ovlcp_options){ .size = sizeof(struct ovlcp_options), .flags = flags };
}

/* Copy up one source after the other. 0, or the first -errno. */
static int copy_up_all(struct ovlcp *s, const struct operands *p, struct ovlcp_options *opt)
{
	int first = 0;

	opt->flags |= OVLCP_SAME_CALL; /* --explain: the same file twice is copied up once */
	for (size_t i = 0; i < p->source_count && first != -ECANCELED; i++) {
		int r = ovlcp_copy_up(s, AT_FDCWD, p->sources[i], opt);

		first = first && r != -ECANCELED ? first : r;
	}
	return first;
}

int operands_copy(struct ovlcp *s, const struct options *o, const struct operands *p)
{
	const struct ovlcp_options dedupe = dedupe_options(o);
	const struct ovlcp_paths sources = { AT_FDCWD, p->sources, p->source_count };
	const struct ovlcp_paths dests = { AT_FDCWD, (const char *const *)p->dests.names,
					   p->dests.count };
	struct ovlcp_options opt = o->copy;
	int r = 0;

	switch (p->form) {
	case OPERANDS_TO_FILE:
		r = ovlcp_copy(s, AT_FDCWD, p->sources[0], AT_FDCWD, p->destination, &opt);
		break;
	case OPERANDS_INTO_DIRECTORY:
		r = ovlcp_copy_many(s, &sources, AT_FDCWD, p->destination, &opt);
		break;
	case OPERANDS_FAN_OUT:
		if (!o->no_target_directory)
			opt.flags |= OVLCP_INTO_DIRECTORY;
		r = ovlcp_fan_out(s, AT_FDCWD, p->sources[0], &dests, &opt);
		break;
	case OPERANDS_COPY_UP:
		r = copy_up_all(s, p, &opt);
		break;
	case OPERANDS_DEDUPE:
		r = ovlcp_dedupe(s, AT_FDCWD, p->sources[0], &dests, &dedupe);
		break;
	case OPERANDS_DEDUPE_WITHIN:
		r = ovlcp_dedupe_within(s, &sources, &dedupe);
		break;
	}
	return r < 0 ? DIAG_FAILURE : 0;
}

/* What operands_for_each calls. */
struct path_visitor {
	const struct options *o;
	int (*fn)(const char *path, void *payload);
	void *payload;
};

/* Visit the name that @source gets in @directory: its last component, or with --parents all. */
static int visit_copy_in(const struct path_visitor *v, const char *directory, const char *source)
{
	const size_t len = stripped_length(source);
	size_t from = len;
	char *path;
	int r;

	while (from > 0 && source[from - 1] != '/')
		from--;
	if (v->o->copy.flags & OVLCP_PARENTS)
		from = 0;
	if (asprintf(&path, "%s/%.*s", directory, (int)(len - from), source + from) < 0)
		return diag_no_memory();
	r = v->fn(path, v->payload);
	free(path);
	return r;
}

static int visit_dests(const struct path_visitor *v, const struct operands *p)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->dests.count; i++) {
		r = v->fn(p->dests.names[i], v->payload);
		if (r == 0 && !v->o->no_target_directory)
			r = visit_copy_in(v, p->dests.names[i], p->sources[0]);
	}
	return r;
}

int operands_for_each(const struct options *o, const struct operands *p,
		      int (*fn)(const char *path, void *payload), void *payload)
{
	const struct path_visitor v = { o, fn, payload };
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->source_count; i++)
		r = fn(p->sources[i], payload);
	if (r == 0 && p->form == OPERANDS_TO_FILE)
		r = fn(p->destination, payload);
	for (size_t i = 0; r == 0 && p->form == OPERANDS_INTO_DIRECTORY && i < p->source_count; i++)
		r = visit_copy_in(&v, p->destination, p->sources[i]);
	return r ? r : visit_dests(&v, p);
}

void operands_done(struct operands *p)
{
	dests_done(&p->dests);
	p->stripped = free_list(p->stripped, p->source_count);
}
