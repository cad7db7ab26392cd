/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A link(2) never replaces a file, and a rename(2) does it in one step: so a file without a name
 * that replaces another gets a temporary name first.
 */
#include "target/staged.h"

#include "base/tempname.h"
#include "exec/create.h"
#include "exec/unnamed.h"
#include "sys/names.h"
#include "sys/status.h"
#include "target/temporary.h"

#include <errno.h>

bool staged_is_wanted(const struct target_request *q)
{
	switch (q->kind) {
	case KIND_DATA:
	case KIND_SYMLINK:
	case KIND_SYMLINK_TO:
	case KIND_SPECIAL:
		return q->opt->flags & OVLCP_ATOMIC;
	case KIND_DIRECTORY:
	case KIND_LINK:
	case KIND_LINK_TO_COPY:
	case KIND_COUNT:
		break;
	}
	return false;
}

/* Whether a regular file that another process puts there while this one is filled would be
   overwritten without a question. */
static bool may_replace(const struct target_request *q)
{
	const struct ovlcp_options *opt = q->opt;

	return q->kind == KIND_DATA && !q->in_new_dir &&
	       opt->existing == OVLCP_EXISTING_OVERWRITE && opt->update == OVLCP_UPDATE_ALL &&
	       opt->backup == OVLCP_BACKUP_NONE;
}

int staged_create(const struct target_request *q, struct target *t,
		  const struct exec_create_args *m)
{
	struct staged *s = &t->staged;
	int r = m->kind == KIND_DATA ? exec_open_linkable(t->dir_fd, m->mode & 07777) : -EOPNOTSUPP;

	*s->name = '\0';
	if (r >= 0)
		t->fd = r;
	if (r == -EOPNOTSUPP) {
		tempname(s->name);
		r = exec_create(t->dir_fd, s->name, m, &t->fd);
		/* the name may be left if what has it could not be opened */
		if (r < 0 && r != -EEXIST)
			(void)sys_unlink(t->dir_fd, s->name); /* mostly ENOENT */
	}
	s->is_active = r >= 0;
	s->may_replace = may_replace(q);
	return r < 0 ? r : 0;
}

/* Give the file the name @to, which must be free. */
static int name_new(const struct target *t, const char *to)
{
	int r = *t->staged.name ? sys_rename(t->dir_fd, t->staged.name, to, false)
				: sys_link_fd(t->fd, t->dir_fd, to);

	/* a filesystem without RENAME_NOREPLACE: rename(2) */
	if (r == -EINVAL && *t->staged.name) {
		r = sys_link(t->dir_fd, t->staged.name, t->dir_fd, to, false);
		if (r == 0)
			temporary_remove(t, t->staged.name); /* one name too many */
	}
	return r;
}

static int replace(struct target *t)
{
	struct staged *s = &t->staged;
	int r = 0;

	if (!*s->name) {
		tempname(s->name);
		r = sys_link_fd(t->fd, t->dir_fd, s->name);
		if (r < 0)
			*s->name = '\0';
	}
	return r < 0 ? r : sys_rename(t->dir_fd, s->name, t->name, true);
}

/* Whether what has the name by now is a file that a copy would overwrite. */
static bool is_file(const struct target *t)
{
	struct stat st;

	return sys_stat(t->dir_fd, t->name, false, &st) == 0 && S_ISREG(st.st_mode);
}

int staged_commit(struct target *t)
{
	struct staged *s = &t->staged;
	int r;

	if (!s->is_active)
		return 0;
	r = s->replaces ? replace(t) : name_new(t, t->name);
	if (r == -EEXIST && s->may_replace && is_file(t))
		r = replace(t);
	if (r == 0)
		s->is_active = false;
	return r;
}

void staged_drop(struct target *t)
{
	if (t->staged.is_active && *t->staged.name)
		temporary_remove(t, t->staged.name);
	t->staged.is_active = false;
}
