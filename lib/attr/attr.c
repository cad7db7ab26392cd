/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attributes in the order in which they do not undo one another: a table, a reason per row.
 *
 * Not for directories or links (yet): everything works on the descriptor of a file.
 */
#include "attr/attr.h"

#include "sys/sys.h"

#include <errno.h>

#define PERMISSIONS (S_IRWXU | S_IRWXG | S_IRWXO)
#define SPECIAL	    (S_ISUID | S_ISGID | S_ISVTX)

static int set_mode(struct attr_job *a, mode_t mode)
{
	int r;

	if ((a->dst->st_mode & (PERMISSIONS | SPECIAL)) == mode)
		return 0;
	r = sys_chmod(a->fd, mode);
	if (r == 0)
		a->dst->st_mode = (a->dst->st_mode & S_IFMT) | mode;
	return r;
}

static int keep_owner(struct attr_job *a)
{
	int r;

	if (a->dst->st_uid == a->src->st_uid && a->dst->st_gid == a->src->st_gid)
		return 0;
	/* nobody may use the old owner's rights on the new owner's file, or the reverse */
	if (!a->created && (a->preserve & OVLCP_PRESERVE_MODE)) {
		r = set_mode(a, a->dst->st_mode & a->src->st_mode & S_IRWXU);
		if (r < 0)
			return r;
	}
	r = sys_chown(a->fd, a->src->st_uid, a->src->st_gid);
	if (r == 0)
		a->dst->st_mode &= ~(mode_t)(S_ISUID | S_ISGID); /* chown cleared them */
	a->owner_lost = r < 0;
	if ((r != -EPERM && r != -EINVAL) || sys_owns((uid_t)-1))
		return r;
	/* an ordinary user may still be a member of the group */
	(void)sys_chown(a->fd, (uid_t)-1, a->src->st_gid); /* the loss is what owner_lost says */
	return 0;
}

static int keep_mode(struct attr_job *a)
{
	mode_t mode = a->src->st_mode & (PERMISSIONS | SPECIAL);
	int r = acl_keep(a->src_fd, a->fd);

	if (r < 0)
		return r;
	if (r > 0) /* the list brought the permissions with it */
		a->dst->st_mode = (a->dst->st_mode & ~(mode_t)PERMISSIONS) | (mode & PERMISSIONS);
	/* set-id bits would now speak for somebody else */
	return set_mode(a, a->owner_lost ? mode & ~(mode_t)SPECIAL : mode);
}

/* Without OVLCP_PRESERVE_MODE a file made for another owner was made narrower than it shall be. */
static int widen_mode(struct attr_job *a)
{
	if (!a->created || (a->preserve & OVLCP_PRESERVE_MODE))
		return 0;
	return set_mode(a, a->src->st_mode & PERMISSIONS & ~sys_umask());
}

static int keep_times(struct attr_job *a)
{
	const struct timespec times[2] = { a->src->st_atim, a->src->st_mtim };

	return sys_utimes(a->fd, times);
}

static const struct {
	uint32_t bit;
	int (*keep)(struct attr_job *a);
	enum ovlcp_op op;
} rows[] = {
	/* chown clears set-id bits, so it comes before the mode */
	{ OVLCP_PRESERVE_OWNERSHIP, keep_owner, OVLCP_OP_CHOWN },
	{ OVLCP_PRESERVE_OWNERSHIP, widen_mode, OVLCP_OP_CHMOD },
	{ OVLCP_PRESERVE_MODE, keep_mode, OVLCP_OP_CHMOD },
	/* everything above may touch the times */
	{ OVLCP_PRESERVE_TIMESTAMPS, keep_times, OVLCP_OP_UTIMES },
};

mode_t attr_create_mode(const struct stat *src, uint32_t preserve)
{
	mode_t mode = src->st_mode & PERMISSIONS;

	return preserve & OVLCP_PRESERVE_OWNERSHIP ? mode & S_IRWXU : mode;
}

int attr_apply(struct attr_job *a, struct err *ret_err)
{
	int first = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int r = a->preserve & rows[i].bit ? rows[i].keep(a) : 0;

		if (r < 0 && first == 0) {
			first = r;
			*ret_err = (struct err){ -r, rows[i].op };
		}
	}
	return first;
}
