/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sets attributes in an order in which none undoes another: a table, with a reason in each row.
 *
 * Works on descriptors only: no path is looked up again.
 */
#include "attr/attr.h"

#include "attr/acl.h"
#include "attr/context.h"
#include "attr/xattr.h"
#include "sys/attrs.h"
#include "sys/process.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#define PERMISSIONS (S_IRWXU | S_IRWXG | S_IRWXO)
#define SPECIAL	    (S_ISUID | S_ISGID | S_ISVTX)

static bool preserves(const struct attr_job *a, uint32_t bit)
{
	return a->opt->preserve & bit;
}

/* Permission bits that a new file gets only at the end: before its chown, other users must not have
   access; and before a directory is complete, they must not create files in it. */
static mode_t omitted_bits(mode_t mode, uint32_t preserve)
{
	if (preserve & OVLCP_PRESERVE_OWNERSHIP)
		return mode & (S_IRWXG | S_IRWXO);
	return S_ISDIR(mode) ? mode & (S_IWGRP | S_IWOTH) : 0;
}

static int change_mode(struct attr_job *a, mode_t mode)
{
	int r = sys_chmod(a->fd, mode);

	if (r == 0)
		a->dst->st_mode = (a->dst->st_mode & S_IFMT) | mode;
	return r;
}

static int set_mode(struct attr_job *a, mode_t mode)
{
	/* a write without CAP_FSETID clears set-id bits, so st_mode may be out of date */
	bool stale = a->kind == KIND_DATA && (mode & SPECIAL);

	if ((a->dst->st_mode & (PERMISSIONS | SPECIAL)) == mode && !stale)
		return 0;
	return change_mode(a, mode);
}

/* Special bits that stay unless the source's mode is preserved: a directory inherits set-group-ID
   from its parent. */
static mode_t inherited_bits(const struct attr_job *a)
{
	return a->kind == KIND_DIRECTORY ? a->dst->st_mode & SPECIAL : 0;
}

static int copy_owner(struct attr_job *a)
{
	bool link = S_ISLNK(a->dst->st_mode);
	int r;

	if (a->dst->st_uid == a->src->st_uid && a->dst->st_gid == a->src->st_gid)
		return 0;
	/* between chown and chmod neither owner may have more access than before or after: only the
	   owner bits that both modes have in common */
	if (!a->created && !link && preserves(a, OVLCP_PRESERVE_MODE)) {
		r = set_mode(a, (a->dst->st_mode & a->src->st_mode & S_IRWXU) | inherited_bits(a));
		if (r < 0)
			return r;
	}
	r = sys_chown(a->fd, a->src->st_uid, a->src->st_gid);
	if (r == 0 && a->kind != KIND_DIRECTORY)
		a->dst->st_mode &= ~(mode_t)(S_ISUID | S_ISGID); /* chown cleared them */
	a->owner_lost = r < 0;
	if ((r != -EPERM && r != -EINVAL && r != -EACCES) || sys_is_root())
		return r;
	/* an unprivileged user may still be a member of the group */
	if (!link)
		(void)sys_chown(a->fd, (uid_t)-1, a->src->st_gid); /* owner_lost is set already */
	return 0;
}

static int apply_xattr(struct attr_job *a)
{
	bool no_context = preserves(a, OVLCP_PRESERVE_CONTEXT) || a->opt->context ||
			  (a->opt->flags & OVLCP_DEFAULT_CONTEXT);

	return xattr_copy(a, no_context && a->contexts);
}

static int copy_mode(struct attr_job *a)
{
	mode_t mode = a->src->st_mode & (PERMISSIONS | SPECIAL);
	int acl;
	int set;
	int nfs4;

	/* set-id bits would give the rights of a different owner; cp keeps them only on leading
	   directories */
	if (a->owner_lost && !a->leading)
		mode &= ~(mode_t)SPECIAL;
	/* the mode needs no descriptor of the source, and is kept if the ACL cannot be */
	acl = a->src_fd < 0 ? 0 : acl_copy(a, &mode);
	/* the ACL comes first: until it is there the bits of the group, its mask, permit too much
	 */
	set = acl == 0 ? set_mode(a, mode) : change_mode(a, mode);
	if (set < 0 && acl >= 0)
		a->failed_op = OVLCP_OP_NONE;
	nfs4 = acl < 0 || set < 0 || a->src_fd < 0 ? 0 : acl_copy_nfs4(a);
	return acl < 0 ? acl : set < 0 ? set : nfs4;
}

static int set_default_mode(struct attr_job *a)
{
	mode_t all = S_ISDIR(a->src->st_mode) || S_ISSOCK(a->src->st_mode)
			     ? PERMISSIONS
			     : PERMISSIONS & ~(mode_t)(S_IXUSR | S_IXGRP | S_IXOTH);
	mode_t mode = (all & ~a->umask) | inherited_bits(a);
	int acl = acl_remove(a->fd);
	/* an ACL that stays is not put in force: the bits of the group are its mask */
	int set = change_mode(a, acl < 0 ? mode & ~(mode_t)S_IRWXG : mode);

	return acl < 0 ? acl : set;
}

/* Add the bits that were omitted at creation, if the source's mode is not preserved. As in cp, a
   leading directory was created with all bits, unless its owner is preserved. */
static int widen_mode(struct attr_job *a)
{
	mode_t now = a->dst->st_mode & (PERMISSIONS | SPECIAL) & ~a->temporary;
	bool whole = a->leading && !preserves(a, OVLCP_PRESERVE_OWNERSHIP);
	mode_t missing = whole ? 0 : omitted_bits(a->src->st_mode, a->opt->preserve);

	return set_mode(a, now | (missing & ~a->umask));
}

static int apply_mode(struct attr_job *a)
{
	if (preserves(a, OVLCP_PRESERVE_MODE))
		return copy_mode(a);
	if (!a->created)
		return 0;
	if ((a->opt->flags & OVLCP_DEFAULT_MODE) && !a->leading)
		return set_default_mode(a);
	return a->temporary || attr_needs_umask(a->src, a->opt) ? widen_mode(a) : 0;
}

static int copy_times(struct attr_job *a)
{
	const struct timespec times[2] = { a->src->st_atim, a->src->st_mtim };

	return sys_utimes(a->fd, times);
}

/* Sets of enum file_kind: the kinds that have the attribute of a row. */
enum {
	FILES = 1u << KIND_DATA | 1u << KIND_DIRECTORY | 1u << KIND_SPECIAL,
	COPIES = FILES | 1u << KIND_SYMLINK,
	CREATED = COPIES | 1u << KIND_SYMLINK_TO,
};

static const struct attr_row {
	unsigned int kinds; /* set of enum file_kind */
	uint32_t bit;	    /* of enum ovlcp_preserve; 0: always */
	int (*apply)(struct attr_job *a);
	enum ovlcp_op op;
} attr_rows[] = {
	/* chown clears set-id bits and file capabilities, so it is first */
	{ COPIES, OVLCP_PRESERVE_OWNERSHIP, copy_owner, OVLCP_OP_CHOWN },
	/* user attributes need the write permission of attr_fill_mode, which the mode may remove */
	{ COPIES, OVLCP_PRESERVE_XATTR, apply_xattr, OVLCP_OP_SET_XATTR },
	{ FILES, 0, apply_mode, OVLCP_OP_CHMOD },
	/* everything above may change the times */
	{ CREATED, OVLCP_PRESERVE_TIMESTAMPS, copy_times, OVLCP_OP_UTIMES },
};

/* Whether the filesystem does not support such attributes at all. */
static bool is_unsupported(int error)
{
	return error == EOPNOTSUPP || error == ENOSYS || error == ENODATA;
}

/* The operation that failed: @op, or one that was noted before it. */
static enum ovlcp_op failed_op(const struct attr_job *a, enum ovlcp_op op)
{
	return a->failed_op ? a->failed_op : op;
}

/* Report an attribute that could not be set. Returns 0 if that is tolerated, otherwise -errno. */
static int report_loss(const struct attr_job *a, uint32_t bit, const struct err *err,
		       attr_loss_fn *loss, void *payload)
{
	/* of a file that is superseded the mode, too, is kept if possible */
	bool tolerated = a->supersedes || (bit && (a->opt->preserve_if_possible & bit));

	if (bit && tolerated && is_unsupported(err->code))
		return 0;
	loss(err, tolerated, payload);
	return tolerated ? 0 : -err->code;
}

mode_t attr_fill_mode(enum file_kind kind, const struct ovlcp_options *opt)
{
	if (kind == KIND_DIRECTORY)
		return S_IRWXU;
	/* xattr(7): user attributes can be set only with write permission */
	return kind == KIND_DATA && (opt->preserve & OVLCP_PRESERVE_XATTR) ? S_IWUSR : 0;
}

mode_t attr_create_mode(const struct stat *src, enum file_kind kind,
			const struct ovlcp_options *opt, bool owner_stays)
{
	uint32_t changes = opt->preserve & ~(owner_stays ? (uint32_t)OVLCP_PRESERVE_OWNERSHIP : 0);
	mode_t mode = src->st_mode & ~omitted_bits(src->st_mode, changes);

	/* of a file with an ACL the bits of the group are the mask: until the copy has the ACL, the
	   group gets no more than everybody */
	if (opt->preserve & OVLCP_PRESERVE_MODE)
		mode &= ~(mode_t)(S_IRWXG & ~((mode & S_IRWXO) << 3));
	/* a mode that is not that of the source may permit less, and removes an inherited ACL, of
	   which the bits of the group are the mask */
	else if (opt->flags & OVLCP_DEFAULT_MODE)
		mode &= ~(mode_t)(S_IRWXG | S_IRWXO | (S_ISDIR(src->st_mode) ? 0 : S_IXUSR));
	return kind == KIND_DATA ? mode & PERMISSIONS : mode;
}

bool attr_needs_umask(const struct stat *src, const struct ovlcp_options *opt)
{
	if (opt->preserve & OVLCP_PRESERVE_MODE)
		return false;
	if (opt->flags & OVLCP_DEFAULT_MODE)
		return true;
	return omitted_bits(src->st_mode, opt->preserve) != 0;
}

int attr_label(struct attr_job *a, attr_loss_fn *loss, void *payload)
{
	bool copy = preserves(a, OVLCP_PRESERVE_CONTEXT);
	const char *context = a->created ? a->opt->context : NULL;
	int r;

	if (!a->contexts || (!copy && !context && !(a->opt->flags & OVLCP_DEFAULT_CONTEXT)))
		return 0;
	a->failed_op = OVLCP_OP_NONE;
	r = copy ? context_copy(a) : context_set(a->fd, context, a->path, a->src->st_mode);
	if (r == 0 || (r == -ENODATA && !copy))
		return 0;
	return report_loss(a, OVLCP_PRESERVE_CONTEXT,
			   &(struct err){ -r, failed_op(a, OVLCP_OP_SET_CONTEXT) }, loss, payload);
}

/* Whether the names of the source's extended attributes are needed: some are ACLs. */
static bool names_are_needed(const struct attr_job *a)
{
	return ((COPIES & 1u << a->kind) && preserves(a, OVLCP_PRESERVE_XATTR)) ||
	       ((FILES & 1u << a->kind) && preserves(a, OVLCP_PRESERVE_MODE));
}

int attr_apply(struct attr_job *a, attr_loss_fn *loss, void *payload)
{
	int first = 0;

	if (a->src_fd >= 0 && names_are_needed(a))
		attr_names_list(&a->names, a->src_fd);
	for (size_t i = 0; i < sizeof(attr_rows) / sizeof(*attr_rows); i++) {
		const struct attr_row *row = &attr_rows[i];
		int r = 0;

		a->failed_op = OVLCP_OP_NONE;
		if ((row->kinds & 1u << a->kind) && (!row->bit || preserves(a, row->bit)))
			r = row->apply(a);
		if (r < 0)
			r = report_loss(a, row->bit, &(struct err){ -r, failed_op(a, row->op) },
					loss, payload);
		first = first ? first : r;
	}
	attr_names_done(&a->names);
	return first;
}
