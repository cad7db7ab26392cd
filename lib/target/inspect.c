/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Collects the facts about a destination that exists, by stat only.
 *
 * Nothing is changed or opened. Facts that are seldom needed are collected last, because source and
 * destination are nearly always unrelated files.
 */
#include "target/inspect.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "model/plan.h"
#include "plan/coarse_time.h"
#include "plan/existing.h"
#include "plan/file_kind.h"
#include "plan/same_file.h"
#include "probe/identity.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "target/backup.h"
#include "target/beneath.h"
#include "target/taken.h"
#include "target/target.h"
#include "walk/case_folded.h"
#include "walk/dir_entries.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>

/* Arguments of an inspection, and its result. */
struct inspection {
	const struct ovlcp *o;
	const struct target_request *q;
	const struct target *t;
	struct existing_state *state;
	/* dry run: this call would have put another file there, see taken.h */
	bool is_taken;
	/* first -errno of a question that could not be answered */
	int failed;
};

static bool is_before(struct timespec a, struct timespec b)
{
	return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

/*
 * Whether a look at a name has found something. That there is nothing is an answer; any other
 * failure is not, and fails the inspection.
 */
static bool is_found(struct inspection *x, int r)
{
	bool none = r == -ENOENT || r == -ENOTDIR || r == -ELOOP;

	if (r < 0 && !none && !x->failed)
		x->failed = r;
	return r == 0;
}

/* Whether two files are one. What has gone is no file that could be. */
static bool is_one_file(struct inspection *x, const struct identity_file *a,
			const struct identity_file *b)
{
	int r = identity_same(a, b);

	return r < 0 ? is_found(x, r) : r;
}

static struct identity_file dest_identity(const struct inspection *x, bool follow)
{
	return (struct identity_file){ x->t->dir_fd, x->t->name, follow };
}

/* Return whether source and destination have the same name in the same directory. */
static bool is_same_name(struct inspection *x)
{
	const struct source *src = x->q->src;
	struct path_parts p = path_split(src->name);
	CLEANUP_FREE char *dir = path_directory(src->name);
	const struct identity_file src_dir = { src->at_fd, dir, true };
	const struct identity_file dst_dir = { x->t->dir_fd, ".", true };

	if (!dir)
		return is_found(x, -ENOMEM);
	return strlen(x->t->name) == p.name_len &&
	       strncmp(x->t->name, src->name + p.dir_len, p.name_len) == 0 &&
	       is_one_file(x, &src_dir, &dst_dir);
}

/*
 * Follow a symbolic link that the copy may not follow. Whether it leads to a file; fills *@ret_st
 * then. It may lead to where the caller may not look (EACCES): as far as he can tell the copy
 * concerns another file, and the link is copied or replaced, as by cp.
 */
static bool stat_behind_link(struct inspection *x, int dir_fd, const char *name,
			     struct stat *ret_st)
{
	int r = sys_stat(dir_fd, name, true, ret_st);

	return r != -EACCES && is_found(x, r);
}

/* Return whether both are the same file after all symbolic links are followed. What was looked at
   by following is not looked at again: the name may lead elsewhere by now. */
static bool is_same_file(struct inspection *x, const struct stat *src, const struct stat *dst)
{
	const struct source *s = x->q->src;
	struct stat a = s->st;
	struct stat b = x->state->st;

	if (S_ISLNK(src->st_mode) && S_ISLNK(s->st.st_mode) &&
	    !stat_behind_link(x, s->at_fd, s->name, &a))
		return false;
	if (S_ISLNK(dst->st_mode) && S_ISLNK(x->state->st.st_mode) &&
	    !stat_behind_link(x, x->t->dir_fd, x->t->name, &b))
		return false;
	return inode_same(&a, &b);
}

/* Return whether equal numbers of source and destination lie: they are two files all the same. It
   takes two looks to tell: if one fails, the numbers hold. */
static bool is_collision(struct inspection *x)
{
	const struct identity_file src = source_identity(x->q->src);
	const struct identity_file dst = dest_identity(x, !S_ISLNK(x->state->st.st_mode));
	int same = 1;

	if (inode_same(&x->state->st, &x->q->src->st))
		same = identity_same(&src, &dst);
	if (same < 0)
		(void)is_found(x, same); /* fails the inspection, unless the file has gone */
	return same == 0;
}

/* Fill @ret_st with the source, links not followed. If its name has gone, or is another file by
   now, it is what was looked at. */
static void lstat_source(struct inspection *x, struct stat *ret_st)
{
	const struct source *s = x->q->src;
	struct stat st;

	*ret_st = s->st;
	if (is_found(x, sys_stat(s->at_fd, s->name, false, &st)) && S_ISLNK(st.st_mode))
		*ret_st = st;
}

/* Fill f->same_file and decide. If that question fails, it is no failure where either answer leads
   to the same verdict, as for a link whose target may not be looked up and a backup. */
static enum same_verdict verdict_by_file(struct inspection *x, struct same_facts *f,
					 const struct stat *src, const struct stat *dst)
{
	const struct ovlcp_options *opt = x->q->opt;
	const bool from_caller = x->q->src->from_caller;
	struct same_facts other;
	const int failed = x->failed;
	enum same_verdict verdict;

	f->same_file = is_same_file(x, src, dst);
	other = *f;
	other.same_file = !f->same_file;
	verdict = plan_same_file(f, from_caller, opt);
	if (plan_same_file(&other, from_caller, opt) == verdict)
		x->failed = failed;
	return verdict;
}

/* Return whether source and destination are the same file, and whether that does harm. */
static enum same_verdict check_same(struct inspection *x)
{
	const struct ovlcp_options *opt = x->q->opt;
	const struct source *s = x->q->src;
	bool follow = plan_follows(opt, s->from_caller);
	struct stat src = s->st;
	const struct stat *dst = follow ? &x->state->link : &x->state->st;
	struct same_facts f = { .same = inode_same(&x->state->st, &s->st) };

	if (f.same && is_collision(x))
		return SAME_HARMLESS;
	/* nearly always they are unrelated */
	if (!f.same && (follow || !S_ISLNK(src.st_mode)) && !S_ISLNK(x->state->st.st_mode))
		return SAME_HARMLESS;
	if (follow)
		lstat_source(x, &src);
	f.src_is_link = S_ISLNK(src.st_mode);
	f.dst_is_link = S_ISLNK(dst->st_mode);
	f.dst_has_links = dst->st_nlink > 1;
	f.same_link = inode_same(&src, dst);
	f.same_name = is_same_name(x);
	return verdict_by_file(x, &f, &src, dst);
}

/* A name that is too long for the filesystem has no file either. */
static int backup_stat(int dir_fd, const char *name, bool follow, struct stat *ret_st)
{
	int r = sys_stat(dir_fd, name, follow, ret_st);

	return r == -ENAMETOOLONG ? -ENOENT : r;
}

/* Return whether a simple backup of the destination would replace the source: the backup has the
   name of the source, perhaps as a symbolic link, or it is the only link of the source. */
static bool backup_is_source(struct inspection *x)
{
	const struct source *src = x->q->src;
	struct path_parts p = path_split(src->path);
	CLEANUP_FREE char *backup = NULL;
	struct stat st;
	bool same_name;
	int r;

	if (x->q->opt->backup == OVLCP_BACKUP_NONE)
		return false;
	r = backup_simple_name(x->t->name, x->q->opt, &backup);
	if (r < 0)
		return is_found(x, r);
	same_name = strlen(backup) == p.name_len &&
		    strncmp(backup, src->path + p.dir_len, p.name_len) == 0;
	return (same_name || src->st.st_nlink == 1) &&
	       is_found(x, backup_stat(x->t->dir_fd, backup, same_name, &st)) &&
	       inode_same(&st, &src->st);
}

/* Return whether the caller gave the same path for both, and it leads to a regular file. */
static bool is_same_path(struct inspection *x)
{
	const struct target_request *q = x->q;
	struct stat st;

	return q->src->from_caller && !q->name && !x->t->in_dir &&
	       strcmp(q->src->path, q->path) == 0 &&
	       stat_behind_link(x, x->t->dir_fd, x->t->name, &st) && S_ISREG(st.st_mode);
}

/* Return whether the destination, with @st, was completed before, under this name or another. */
static bool is_duplicate(struct inspection *x, const struct stat *st)
{
	const struct identity_file now = dest_identity(x, !S_ISLNK(st->st_mode));
	struct identity_file earlier = { .fd = x->q->base_fd, .follow = now.follow };
	struct copied_dest found;

	if (!copied_map_find(x->q->finished, st, COPIED_BY_NUMBER, &found))
		return false;
	earlier.name = found.path;
	return is_one_file(x, &earlier, &now);
}

/* The dry run of is_duplicate. */
static bool is_dry_duplicate(const struct inspection *x)
{
	return x->q->is_dry && !(x->q->opt->flags & OVLCP_SAME_CALL) && x->q->src->from_caller &&
	       (x->is_taken || taken_has_file(x->o, &x->state->st));
}

/* Return whether the name is already one inside of the destination directory. */
static bool is_in_dir(const struct inspection *x)
{
	return x->t->in_dir || x->q->name;
}

/* Return whether the name is a symbolic link that counts as the directory it leads to: the path
   ends with a slash, or the options say so. */
static bool is_directory_by_link(struct inspection *x, struct stat *ret_st)
{
	const struct target_request *q = x->q;
	bool enter = (q->opt->flags & OVLCP_INTO_DIRECTORY) && q->src->from_caller && !is_in_dir(x);
	bool keep = (q->opt->flags & OVLCP_KEEP_DIRECTORY_SYMLINK) && q->kind == KIND_DIRECTORY;

	return (enter || keep || x->t->must_be_dir) && S_ISLNK(x->state->link.st_mode) &&
	       is_found(x, sys_stat(x->t->dir_fd, x->t->name, true, ret_st)) &&
	       S_ISDIR(ret_st->st_mode);
}

/* Whether a symbolic link at the destination counts as itself: it is not written through. */
static bool looks_at_link(const struct inspection *x)
{
	return plan_lstat_dest(x->q->kind, x->q->src->st.st_mode, x->q->opt);
}

/* The dry run of stat_name for a name that is taken: a new file, or the old one overwritten. */
static int stat_taken_name(struct inspection *x)
{
	const bool exists = !x->q->would_exist &&
			    sys_stat(x->t->dir_fd, x->t->name, false, &x->state->link) == 0;

	x->state->st = (struct stat){ .st_mode = S_IFREG | S_IRUSR | S_IWUSR,
				      .st_nlink = 1,
				      .st_mtim = x->q->src->st.st_mtim };
	x->state->facts.type = S_IFREG;
	/* by --atomic a link is replaced */
	if (!exists || looks_at_link(x) || (x->q->opt->flags & OVLCP_ATOMIC))
		x->state->link = x->state->st;
	return 0;
}

/* Fill x->state->st, x->state->link and the type. 0; or -errno, -ENOENT if the name has gone. */
static int stat_name(struct inspection *x)
{
	struct dst_facts *f = &x->state->facts;
	int r = taken_has(x->o, x->q, x->t);

	x->is_taken = r > 0;
	if (r != 0)
		return r < 0 ? r : stat_taken_name(x);
	r = x->q->would_exist ? -ENOENT
			      : sys_stat(x->t->dir_fd, x->t->name, false, &x->state->link);
	if (r < 0)
		return r;
	x->state->st = x->state->link;
	if (!is_directory_by_link(x, &x->state->st) && S_ISLNK(x->state->link.st_mode) &&
	    !looks_at_link(x)) {
		r = sys_stat(x->t->dir_fd, x->t->name, true, &x->state->st);
		f->symlink_loop = r == -ELOOP;
		if (r == -ENOENT || r == -ELOOP)
			return 0; /* a dangling link: f->type stays 0 */
	}
	if (r == 0 && x->t->must_be_dir && !S_ISDIR(x->state->st.st_mode))
		return -ENOTDIR;
	f->type = r == 0 ? x->state->st.st_mode & S_IFMT : 0;
	return r;
}

/* Count the names in the directory of the destination that are its name but for the case of ASCII
   letters. @ret_listed: whether the name itself is one of them. */
static size_t count_spellings(struct inspection *x, bool *ret_listed)
{
	CLEANUP_FD int fd = sys_open(x->t->dir_fd, ".", O_RDONLY | O_DIRECTORY, 0);
	struct dir_entries entries = { 0 };
	struct dir_entry entry;
	size_t count = 0;
	int r = fd < 0 ? fd : 1;

	*ret_listed = false;
	while (r > 0 && (r = dir_entries_next(&entries, fd, &entry)) > 0) {
		count += strcasecmp(entry.name, x->t->name) == 0;
		*ret_listed |= strcmp(entry.name, x->t->name) == 0;
	}
	dir_entries_done(&entries);
	if (r < 0)
		(void)is_found(x, r);
	return count;
}

/*
 * Whether this copy has written the destination under a name that differs in case. It has written
 * another spelling, and the directory lists one name, not two (lowntfs-3g lists it in lower case);
 * or it has written a file with that number, and the name itself is not listed.
 */
static bool is_written(struct inspection *x)
{
	const struct case_folded *written = x->q->written;
	bool by_path = written && case_folded_has_path(written, x->t->path);
	bool by_number = written && case_folded_has_number(written, &x->state->link);
	bool listed;
	size_t spellings;

	if (!by_path && !by_number)
		return false;
	spellings = count_spellings(x, &listed);
	return !x->failed && ((by_path && spellings < 2) || (by_number && !listed));
}

/* Whether this call has created the destination, with @st, or may have; perhaps under a name that
   differs in case: then the directory lists one of the two. */
static bool is_created(struct inspection *x, const struct stat *st)
{
	const struct stat no_number = { 0 };
	const struct ovlcp *o = x->o;
	bool listed;

	if (x->is_taken) /* a link that was there is written through */
		return S_ISLNK(st->st_mode) || !S_ISLNK(x->state->link.st_mode);
	if (o->created_is_incomplete || inodeset_has(&o->created, st, x->t->path))
		return true;
	/* another file has that very name by now, or a link of that name leads to another file */
	if (inodeset_has(&o->created, &no_number, x->t->path))
		return false;
	return case_folded_has_path(&o->created_spellings, x->t->path) &&
	       count_spellings(x, &listed) < 2 && !x->failed;
}

/* Find out whether the symbolic link may be written through. */
static void judge_link(struct inspection *x)
{
	struct dst_facts *f = &x->state->facts;
	struct beneath b;
	int r = beneath_follow(x->t->dir_fd, x->t->name, x->q->top, &b);

	beneath_done(&b);
	f->foreign_link = r == -EPERM;
	f->leads_out = r == -EXDEV;
	if (r < 0 && r != -EPERM && r != -EXDEV)
		(void)is_found(x, r);
}

/* Return whether the destination is not older than the source; if times are preserved, than what
   the copy would be, as in cp. */
static bool is_not_older(const struct target_request *q, const struct stat *dst)
{
	const struct timespec mtime = q->src->st.st_mtim;

	return !is_before(dst->st_mtim, mtime) ||
	       ((q->opt->preserve & OVLCP_PRESERVE_TIMESTAMPS) && plan_is_coarse_mtime(dst, mtime));
}

/* Fill the facts. 0; or -errno, -ENOENT if the name has gone. */
static int collect_facts(struct inspection *x)
{
	const struct target_request *q = x->q;
	const struct source *src = q->src;
	bool same_call = src->from_caller && (q->opt->flags & OVLCP_SAME_CALL);
	struct dst_facts *f = &x->state->facts;
	int r = stat_name(x);

	if (r < 0)
		return r;
	f->kind = q->kind;
	f->src_type = src->st.st_mode & S_IFMT;
	f->is_share = q->is_share;
	f->from_caller = src->from_caller;
	f->in_dir = is_in_dir(x);
	f->from_this_copy = q->in_new_dir || is_written(x);
	f->as_backup = x->t->as_backup;
	f->dots = path_is_dots(src->path);
	f->just_created_link =
		same_call && S_ISLNK(x->state->link.st_mode) && is_created(x, &x->state->link);
	if (S_ISLNK(x->state->link.st_mode) && q->top && !looks_at_link(x))
		judge_link(x);
	f->duplicate = S_ISLNK(x->state->link.st_mode) && is_duplicate(x, &x->state->link);
	if (f->type == 0)
		return x->failed;
	f->same = check_same(x);
	f->same_path = is_same_path(x);
	f->not_older = is_not_older(q, &x->state->st);
	f->has_links = x->state->st.st_nlink > 1;
	f->just_created = same_call && is_created(x, &x->state->st);
	f->duplicate = f->duplicate || is_duplicate(x, &x->state->st) || is_dry_duplicate(x);
	f->backup_is_source = backup_is_source(x);
	return x->failed;
}

int target_inspect(const struct ovlcp *o, const struct target_request *q, const struct target *t,
		   struct existing_state *ret_state)
{
	*ret_state = (struct existing_state){ 0 };
	return collect_facts(&(struct inspection){ .o = o, .q = q, .t = t, .state = ret_state });
}
