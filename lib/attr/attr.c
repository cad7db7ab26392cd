/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes in the order in which they do not undo one another: a table, a reason per row.
 *
 * Everything works on descriptors. Nothing here reads a name again.
 */
#include "attr/attr.h"

#include "attr/acl.h"
#include "attr/context.h"
#include "attr/xattr.h"
#include "sys/attrs.h"
#include "sys/process.h"

#include <errno.h>

#define PERMISSIONS (S_IRWXU | S_IRWXG | S_IRWXO)
#define SPECIAL	    (S_ISUID | S_ISGID | S_ISVTX)

static bool keeps(const struct attr_job *a, uint32_t bit)
{
	return a->opt->preserve & bit;
}

/* Permission bits that are left out when a file is made, because its owner is not the one it
   will have, or because others could put files into a directory that is being filled. */
static mode_t omitted(mode_t mode, uint32_t preserve)
{
	if (preserve & OVLCP_PRESERVE_OWNERSHIP)
		return mode & (S_IRWXG | S_IRWXO);
	return S_ISDIR(mode) ? mode & (S_IWGRP | S_IWOTH) : 0;
}

static int set_mode(struct attr_job *a, mode_t mode)
{
	int r;

	/* what was written meanwhile has taken set-id bits away, if it was not root who wrote */
	bool stale = a->kind == KIND_DATA && (mode & SPECIAL);

	if ((a->dst->st_mode & (PERMISSIONS | SPECIAL)) == mode && !stale)
		return 0;
	r = sys_chmod(a->fd, mode);
	if (r == 0)
		a->dst->st_mode = (a->dst->st_mode & S_IFMT) | mode;
	return r;
}

/* What a directory got from the one it is in stays, as with cp: groups rely on it. */
static mode_t special(const struct attr_job *a)
{
	return a->kind == KIND_DIRECTORY ? a->dst->st_mode & SPECIAL : 0;
}

static int keep_owner(struct attr_job *a)
{
	bool link = S_ISLNK(a->dst->st_mode);
	int r;

	if (a->dst->st_uid == a->src->st_uid && a->dst->st_gid == a->src->st_gid)
		return 0;
	/* nobody may use the old owner's rights on the new owner's file, or the reverse */
	if (!a->created && !link && keeps(a, OVLCP_PRESERVE_MODE)) {
		r = set_mode(a, (a->dst->st_mode & a->src->st_mode & S_IRWXU) | special(a));
		if (r < 0)
			return r;
	}
	r = sys_chown(a->fd, a->src->st_uid, a->src->st_gid);
	if (r == 0 && a->kind != KIND_DIRECTORY)
		a->dst->st_mode &= ~(mode_t)(S_ISUID | S_ISGID); /* chown cleared them */
	a->owner_lost = r < 0;
	if ((r != -EPERM && r != -EINVAL && r != -EACCES) || sys_owns((uid_t)-1))
		return r;
	/* an ordinary user may still be a member of the group */
	if (!link)
		(void)sys_chown(a->fd, (uid_t)-1, a->src->st_gid); /* owner_lost says it */
	return 0;
}

static int keep_xattr(struct attr_job *a)
{
	bool own_context = keeps(a, OVLCP_PRESERVE_CONTEXT) || a->opt->context ||
			   (a->opt->flags & OVLCP_DEFAULT_CONTEXT);

	return xattr_copy(a, own_context && a->contexts);
}

static int keep_mode(struct attr_job *a)
{
	mode_t mode = a->src->st_mode & (PERMISSIONS | SPECIAL);
	int r = acl_copy(a);

	if (r < 0)
		return r;
	if (r > 0) /* the list brought the permissions with it */
		a->dst->st_mode = (a->dst->st_mode & ~(mode_t)PERMISSIONS) | (mode & PERMISSIONS);
	/* set-id bits would now speak for somebody else; a leading directory is spared, as by cp */
	if (a->owner_lost && !a->leading)
		mode &= ~(mode_t)SPECIAL;
	return set_mode(a, mode & SPECIAL ? mode : mode | special(a));
}

static int default_mode(struct attr_job *a)
{
	mode_t all = S_ISDIR(a->src->st_mode) || S_ISSOCK(a->src->st_mode)
			     ? PERMISSIONS
			     : PERMISSIONS & ~(mode_t)(S_IXUSR | S_IXGRP | S_IXOTH);
	int r = acl_remove(a->fd);

	if (r == 0)
		r = sys_chmod(a->fd, (all & ~a->umask) | special(a));
	return r;
}

/* The mode that a new file gets where the source's is not kept: it was made narrower. As with cp
   a leading directory was not, unless its owner was to come. */
static int widen_mode(struct attr_job *a)
{
	mode_t now = a->dst->st_mode & (PERMISSIONS | SPECIAL) & ~a->temporary;
	bool whole = a->leading && !keeps(a, OVLCP_PRESERVE_OWNERSHIP);
	mode_t missing = whole ? 0 : omitted(a->src->st_mode, a->opt->preserve);

	return set_mode(a, now | (missing & ~a->umask));
}

static int settle_mode(struct attr_job *a)
{
	if (keeps(a, OVLCP_PRESERVE_MODE))
		return keep_mode(a);
	if (!a->created)
		return 0;
	if ((a->opt->flags & OVLCP_DEFAULT_MODE) && !a->leading)
		return default_mode(a);
	return a->temporary || attr_needs_umask(a->src, a->opt) ? widen_mode(a) : 0;
}

static int keep_times(struct attr_job *a)
{
	const struct timespec times[2] = { a->src->st_atim, a->src->st_mtim };

	return sys_utimes(a->fd, times);
}

/* What has the attributes that a row sets. */
enum {
	FILES = 1u << KIND_DATA | 1u << KIND_DIRECTORY | 1u << KIND_SPECIAL,
	COPIES = FILES | 1u << KIND_SYMLINK,
	ANYTHING_NEW = COPIES | 1u << KIND_SYMLINK_TO,
};

static const struct row {
	unsigned int makes;
	uint32_t bit; /* 0: always */
	int (*keep)(struct attr_job *a);
	enum ovlcp_op op;
} rows[] = {
	/* chown clears set-id bits and capabilities, so it comes before these */
	{ COPIES, OVLCP_PRESERVE_OWNERSHIP, keep_owner, OVLCP_OP_CHOWN },
	/* as long as the file has attr_fill_mode */
	{ COPIES, OVLCP_PRESERVE_XATTR, keep_xattr, OVLCP_OP_SET_XATTR },
	{ FILES, 0, settle_mode, OVLCP_OP_CHMOD },
	/* everything above may touch the times */
	{ ANYTHING_NEW, OVLCP_PRESERVE_TIMESTAMPS, keep_times, OVLCP_OP_UTIMES },
};

/* A loss that says no more than that the filesystem does not have such attributes. */
static bool is_unsupported(int error)
{
	return error == EOPNOTSUPP || error == ENOSYS || error == ENODATA;
}

/* Tell of a loss. Returns what counts of it. */
static int lose(const struct attr_job *a, uint32_t bit, const struct err *err, attr_loss_fn *loss,
		void *payload)
{
	bool tolerated = bit && (a->opt->preserve_if_possible & bit);

	if (tolerated && is_unsupported(err->code))
		return 0;
	loss(err, tolerated, payload);
	return tolerated ? 0 : -err->code;
}

mode_t attr_fill_mode(enum file_kind make, const struct ovlcp_options *opt)
{
	if (make == KIND_DIRECTORY)
		return S_IRWXU;
	/* user attributes can only be set while the file may be written */
	return make == KIND_DATA && (opt->preserve & OVLCP_PRESERVE_XATTR) ? S_IWUSR : 0;
}

mode_t attr_create_mode(const struct stat *src, enum file_kind make,
			const struct ovlcp_options *opt, bool owner_stays)
{
	uint32_t changes = opt->preserve & ~(owner_stays ? (uint32_t)OVLCP_PRESERVE_OWNERSHIP : 0);
	mode_t mode = src->st_mode & ~omitted(src->st_mode, changes);

	return make == KIND_DATA ? mode & PERMISSIONS : mode;
}

bool attr_needs_umask(const struct stat *src, const struct ovlcp_options *opt)
{
	if (opt->preserve & OVLCP_PRESERVE_MODE)
		return false;
	if (opt->flags & OVLCP_DEFAULT_MODE)
		return true;
	return omitted(src->st_mode, opt->preserve) != 0;
}

int attr_label(struct attr_job *a, attr_loss_fn *loss, void *payload)
{
	bool keep = keeps(a, OVLCP_PRESERVE_CONTEXT);
	const char *context = a->created ? a->opt->context : NULL;
	int r;

	if (!a->contexts || (!keep && !context && !(a->opt->flags & OVLCP_DEFAULT_CONTEXT)))
		return 0;
	r = context_set(a->fd, keep ? a->src_fd : -EBADF, context, a->path, a->src->st_mode);
	if (r == 0 || (r == -ENODATA && !keep))
		return 0;
	return lose(a, OVLCP_PRESERVE_CONTEXT, &(struct err){ -r, OVLCP_OP_SET_CONTEXT }, loss,
		    payload);
}

int attr_apply(struct attr_job *a, attr_loss_fn *loss, void *payload)
{
	int first = 0;

	if ((COPIES & 1u << a->kind) && keeps(a, OVLCP_PRESERVE_XATTR))
		attr_names_list(&a->names, a->src_fd);
	for (const struct row *row = rows; row < rows + sizeof(rows) / sizeof(*rows); row++) {
		int r = 0;

		if ((row->makes & 1u << a->kind) && (!row->bit || keeps(a, row->bit)))
			r = row->keep(a);
		if (r < 0)
			r = lose(a, row->bit, &(struct err){ -r, row->op }, loss, payload);
		first = first ? first : r;
	}
	attr_names_done(&a->names);
	return first;
}
