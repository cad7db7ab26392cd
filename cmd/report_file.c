/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Opens the file of a report in two steps: without changing it, to compare it with every file that
 * the copy reads or writes, and then to empty it. A look that fails refuses the report: the file
 * could be the only copy of a source.
 */
#include "report_file.h"

#include "diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool report_is_on_stdout(const struct options *o)
{
	return o->report && !o->report_append && strcmp(o->report, "-") == 0;
}

int report_file_failure(const struct options *o, int error, const char *what)
{
	if (report_is_on_stdout(o))
		return diag_failure(error, "%s on standard output", what);
	return diag_failure_about(error, what, o->report);
}

/* Several users of a terminal or of /dev/null do no harm. */
static bool can_be_spoilt(const struct report_file *f)
{
	return S_ISREG(f->st.st_mode) || S_ISFIFO(f->st.st_mode);
}

/* Follow @path, without opening what it leads to. 0, or -errno. */
static int reach(const char *path)
{
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	(void)close(fd);
	return 0;
}

/*
 * Whether the errno @error of a look at @path says that it leads to no file that the copy could
 * open. EACCES does if opening @path fails with it as well: a directory may not be searched.
 */
static bool leads_nowhere(const char *path, int error)
{
	if (error != EACCES)
		return error == ENOENT || error == ENOTDIR || error == ELOOP;
	return reach(path) == -EACCES;
}

/* As report_file_is. @ret_st: stat of @path, set unless the result is an error or @path is none. */
static int compare_path(const struct report_file *f, const char *path, struct stat *ret_st)
{
	if (stat(path, ret_st) != 0) {
		const int error = errno;

		ret_st->st_mode = 0;
		return leads_nowhere(path, error) ? 0 : -error;
	}
	return ret_st->st_dev == f->st.st_dev && ret_st->st_ino == f->st.st_ino;
}

int report_file_is(const struct report_file *f, const char *path)
{
	struct stat st;

	return can_be_spoilt(f) ? compare_path(f, path, &st) : 0;
}

/* What is compared with the operands. */
struct comparison {
	const struct options *o;
	struct ovlcp *s;
	const struct report_file *f;
};

static void note_same_file(const struct ovlcp_event *e, void *payload)
{
	if (ovlcp_event_type(e) == OVLCP_EVENT_FAILED)
		*(int *)payload =
			ovlcp_event_op(e) == OVLCP_OP_SAME_FILE ? 1 : -ovlcp_event_errno(e);
}

/*
 * Whether @path, a file with another inode number, is another view of the report: an overlay passes
 * on size and times of its layers. The library knows, because it refuses to copy a file onto
 * itself. Returns as report_file_is.
 */
static int is_other_view(const struct comparison *c, const char *path, const struct stat *st)
{
	const struct ovlcp_options opt = { .size = sizeof(opt), .flags = OVLCP_DRY_RUN };
	const struct stat *report = &c->f->st;
	int same = 0;

	if (report_is_on_stdout(c->o) || !S_ISREG(st->st_mode) || !S_ISREG(report->st_mode) ||
	    st->st_size == 0 || st->st_size != report->st_size ||
	    st->st_mtim.tv_sec != report->st_mtim.tv_sec ||
	    st->st_mtim.tv_nsec != report->st_mtim.tv_nsec)
		return 0;
	ovlcp_on_event(c->s, note_same_file, &same);
	(void)ovlcp_copy(c->s, AT_FDCWD, path, AT_FDCWD, c->o->report, &opt); /* see same */
	ovlcp_on_event(c->s, NULL, NULL);
	return same;
}

/* Refuse the report if @path is its file. */
static int check_path(const char *path, void *payload)
{
	const struct comparison *c = payload;
	struct stat st;
	int same = compare_path(c->f, path, &st);

	if (same == 0)
		same = is_other_view(c, path, &st);
	if (same == 0)
		return 0;
	if (same < 0)
		return diag_failure_about(
			-same,
			"cannot write the report: it may be a file that the copy itself uses,",
			path);
	if (report_is_on_stdout(c->o))
		return diag_failure(0, "cannot write the report to standard output: the copy "
				       "itself uses that file");
	return report_file_failure(c->o, 0,
				   "cannot write the report: the copy itself uses the file");
}

/* Whether @dir is one of the directories above @path, a name without links, which is cut short. 1,
 * 0 or -errno. */
static int is_above(const struct stat *dir, char *path)
{
	struct stat st;
	char *slash;

	while ((slash = strrchr(path, '/')) && slash[1]) {
		slash[slash == path] = '\0'; /* "/" stays */
		if (stat(path, &st) != 0)
			return -errno;
		if (st.st_dev == dir->st_dev && st.st_ino == dir->st_ino)
			return 1;
	}
	return 0;
}

/* Refuse the report if it has contents and is in a tree that is copied: they would be lost. */
static int check_tree(const struct comparison *c, const char *source)
{
	struct stat st;
	char *path;
	int above;

	if (!(c->o->copy.flags & OVLCP_RECURSIVE) || report_is_on_stdout(c->o) ||
	    c->o->report_append || !S_ISREG(c->f->st.st_mode) || c->f->st.st_size == 0)
		return 0;
	if (stat(source, &st) != 0) {
		const int error = errno;

		return leads_nowhere(source, error)
			       ? 0
			       : diag_failure_about(error, "cannot stat", source);
	}
	if (!S_ISDIR(st.st_mode))
		return 0;
	path = realpath(c->o->report, NULL);
	above = path ? is_above(&st, path) : -errno;
	free(path);
	if (above == 0)
		return 0;
	return report_file_failure(c->o, above < 0 ? -above : 0,
				   above < 0 ? "cannot examine the directories above the report"
					     : "cannot write the report: that would empty a "
					       "file in a tree that is to be copied:");
}

/* A source must not be truncated, nor a destination be written by copy and report. */
static int check_operands(const struct options *o, const struct operands *p, struct ovlcp *s,
			  const struct report_file *f)
{
	struct comparison c = { o, s, f };
	int status = 0;

	if (!can_be_spoilt(f))
		return 0;
	if (o->dests_from)
		status = check_path(strcmp(o->dests_from, "-") == 0 ? "/dev/stdin" : o->dests_from,
				    &c);
	if (status == 0)
		status = operands_for_each(o, p, check_path, &c);
	for (size_t i = 0; status == 0 && i < p->source_count; i++)
		status = check_tree(&c, p->sources[i]);
	return status;
}

/* A duplicate of standard output for writing, or -errno. */
static int open_stdout(void)
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);
	int fd;

	if (flags >= 0 && ((flags & O_PATH) || (flags & O_ACCMODE) == O_RDONLY))
		return -EBADF; /* it was closed when the program started, or is input */
	fd = flags < 0 ? -1 : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	return fd < 0 ? -errno : fd;
}

/* Open the report for writing. @ret_new: whether it was created, perhaps by a link to nothing.
   Returns a descriptor or -errno. */
static int open_name(const struct options *o, bool *ret_new)
{
	const char *name = o->report;
	const int flags = O_WRONLY | O_CLOEXEC | O_NOCTTY | (o->report_append ? O_APPEND : 0);
	int fd = open(name, flags | O_CREAT | O_EXCL, 0666);

	*ret_new = fd >= 0;
	if (fd < 0 && errno == EEXIST) {
		*ret_new = reach(name) == -ENOENT; /* a link to nothing */
		/* truncated later, when it is checked; with O_CREAT, because fs.protected_regular
		   heeds nothing else */
		fd = open(name, flags | O_CREAT, 0666);
	}
	return fd < 0 ? -errno : fd;
}

/*
 * Remove the report, which was created a moment ago; not a link to it. By a directory that has the
 * file itself: who can exchange the link, or a directory on the way, cannot have another file
 * removed.
 */
static void remove_new(const struct options *o, const struct stat *st)
{
	char *path = realpath(o->report, NULL);
	char *slash = path ? strrchr(path, '/') : NULL;
	struct stat now;
	int dir = -1;

	if (slash) {
		*slash = '\0';
		dir = open(*path ? path : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	}
	if (dir >= 0 && fstatat(dir, slash + 1, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
	    now.st_dev == st->st_dev && now.st_ino == st->st_ino && now.st_size == 0)
		(void)unlinkat(dir, slash + 1, 0); /* nothing was written, not by others either */
	if (dir >= 0)
		(void)close(dir);
	free(path);
}

int report_file_open(const struct options *o, const struct operands *p, struct ovlcp *s,
		     struct report_file *ret_f)
{
	const bool on_stdout = report_is_on_stdout(o);
	struct report_file f = { .fd = -1 };
	bool is_new = false;
	int status;

	f.fd = on_stdout ? open_stdout() : open_name(o, &is_new);
	if (f.fd < 0)
		return report_file_failure(o, -f.fd, "cannot open the report");
	if (fstat(f.fd, &f.st) != 0)
		status = report_file_failure(o, errno, "cannot stat the report");
	else
		status = check_operands(o, p, s, &f);
	if (status == 0 && S_ISREG(f.st.st_mode) && !on_stdout && !o->report_append &&
	    ftruncate(f.fd, 0) != 0)
		status = report_file_failure(o, errno, "cannot truncate the report");
	if (status) {
		(void)close(f.fd); /* nothing was written */
		if (is_new)
			remove_new(o, &f.st);
		return status;
	}
	*ret_f = f;
	return 0;
}
