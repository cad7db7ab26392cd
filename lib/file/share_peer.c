/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Only a new file is linked to: the links of one that existed belong to others. Never the source.
 */
#include "file/share_peer.h"

#include "base/path.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct copy *c)
{
	/* with -u and the like each destination is judged by itself */
	return c->opt->share != OVLCP_SHARE_REFLINK && c->opt->update == OVLCP_UPDATE_ALL;
}

/* Fill p->dest from @t. 0, or -errno. */
static int fill_dest(struct share_peer *p, const struct target *t)
{
	struct stat st = { 0 };
	int r = sys_stat(t->dir_fd, ".", true, &st);

	p->dir_dev = st.st_dev;
	if (r == 0 && !t->would_exist)
		r = sys_stat(t->dir_fd, t->name, false, &st);
	if (r < 0 || (!t->would_exist && !S_ISREG(st.st_mode)))
		return r < 0 ? r : -EINVAL;
	p->path = strdup(t->path);
	p->dest = (struct copied_dest){
		.path = p->path,
		.named_len = t->named_len,
		.dev = st.st_dev,
		.ino = st.st_ino,
		.mode = st.st_mode,
		.size = st.st_size,
		.mtime = st.st_mtim,
	};
	return p->path ? 0 : -ENOMEM;
}

void share_peer_keep(const struct copy *c, struct share_peer *p, const struct target *t,
		     const struct outcome *out)
{
	const bool is_new = t->created || t->would_exist;

	if (p->path || !is_wanted(c) || t->kind != KIND_DATA || !is_new)
		return;
	p->was_written = out->shared == 0;
	if (fill_dest(p, t) < 0)
		share_peer_done(p); /* the next one becomes a copy */
}

/* Whether the directory that @q names is on another filesystem than the first destination. */
static bool is_apart(const struct copy *c, const struct share_peer *p,
		     const struct target_request *q)
{
	struct stat st;
	int fd = q->name ? q->at_fd
			 : session_parent_fd(c->o, q->at_fd, q->path, path_split(q->path).dir_len);

	if (fd == AT_FDCWD)
		return sys_stat(AT_FDCWD, ".", true, &st) < 0 || st.st_dev != p->dir_dev;
	return fd < 0 || sys_fstat(fd, &st) < 0 || st.st_dev != p->dir_dev;
}

const struct copied_dest *share_peer_find(const struct copy *c, const struct share_peer *p,
					  const struct target_request *q, bool has_donor)
{
	if (!p->path || is_apart(c, p, q))
		return NULL;
	if (c->opt->share == OVLCP_SHARE_HARD_LINK)
		return &p->dest;
	return p->was_written && !has_donor ? &p->dest : NULL;
}

bool share_peer_is_refusal(int error)
{
	/* another filesystem or mount; no room for another link; a filesystem without links */
	return error == EXDEV || error == EMLINK || error == EPERM || error == EOPNOTSUPP ||
	       error == ENOSYS;
}

void share_peer_done(struct share_peer *p)
{
	free(p->path);
	*p = (struct share_peer){ 0 };
}
