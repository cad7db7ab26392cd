/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Only a new file is linked to: the links of one that existed belong to others. Never the source.
 */
#include "file/share_peer.h"

#include "base/fd.h"
#include "base/path.h"
#include "base/unsupported.h"
#include "exec/data_segments.h"
#include "plan/errclass.h"
#include "plan/remember.h"
#include "remember/pending.h"
#include "sys/share.h"
#include "sys/status.h"
#include "target/hardlink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct copy *c)
{
	/* with -u and the like each destination is judged by itself */
	return c->opt->share != OVLCP_SHARE_REFLINK && c->opt->update == OVLCP_UPDATE_ALL;
}

/* The directory that @q names, or AT_FDCWD; another negative number if it cannot be opened.
 * Borrowed. */
static int dir_fd_of(const struct copy *c, const struct target_request *q)
{
	return q->name ? q->at_fd
		       : session_parent_fd(c->o, q->at_fd, q->path, path_split(q->path).dir_len);
}

/* st_dev of that directory; 0 if it cannot be told. */
static dev_t dir_dev_of(const struct copy *c, const struct target_request *q)
{
	struct stat st;
	int fd = dir_fd_of(c, q);

	return (fd >= 0 || fd == AT_FDCWD) && sys_stat(fd, ".", true, &st) == 0 ? st.st_dev : 0;
}

/* Make the file @path, with @st, the first destination. @named_len: as in copied_dest. 0, or
 * -ENOMEM. */
static int set_dest(struct share_peer *p, const char *path, size_t named_len, const struct stat *st)
{
	p->path = strdup(path);
	p->dest = (struct copied_dest){ .path = p->path, .named_len = named_len };
	copied_dest_set_stat(&p->dest, st);
	return p->path ? 0 : -ENOMEM;
}

/* Fill p->dest from @t. 0, or -errno. */
static int fill_dest(struct share_peer *p, const struct target *t)
{
	struct stat st = { 0 };
	int r = sys_stat(t->dir_fd, ".", true, &st);

	p->dir_dev = st.st_dev;
	if (r == 0 && !t->would_exist) {
		r = hardlink_look(t, &st);
		r = r == 0 ? -ESTALE : r;
	}
	if (r < 0 || (!t->would_exist && !S_ISREG(st.st_mode)))
		return r < 0 ? r : -EINVAL;
	return set_dest(p, t->path, t->named_len, &st);
}

void share_peer_keep(const struct copy *c, struct share_peer *p, const struct target *t,
		     const struct outcome *out)
{
	if (p->path || !is_wanted(c) || t->kind != KIND_DATA || !t->created)
		return;
	p->was_written = out->shared == 0;
	if (fill_dest(p, t) < 0)
		share_peer_done(p); /* the next one becomes a copy */
}

void share_peer_lost(struct share_peer *p, const struct target *t)
{
	if (p->path && p->recalled.fd < 0 && strcmp(p->path, t->path) == 0)
		share_peer_done(p); /* the next one becomes a copy */
}

/* Whether the recalled copy, which is not empty, can be cloned. */
static bool can_clone(const struct recalled *copy)
{
	const int r = sys_layer_probe(copy->fd);

	if (r == -EINVAL) /* it says nothing of a single byte */
		return copy->remembered->record.copy.size == 1;
	return !is_unsupported(r);
}

/* Make the copy p->recalled the first destination. 0, or -errno. */
static int fill_recalled(struct share_peer *p)
{
	const char *path = recall_path(&p->recalled);
	CLEANUP_FREE char *dir = path_directory(path);
	struct stat st = { 0 };
	int r = dir ? sys_stat(AT_FDCWD, dir, true, &st) : -ENOMEM;
	p->dir_dev = st.st_dev;
	p->was_written = true;
	if (r == 0)
		r = sys_fstat(p->recalled.fd, &st);
	return r < 0 ? r : set_dest(p, path, path_split(path).dir_len, &st);
}

/* Whether the next destination may be a link to the recalled copy: where links only stand for
   bytes, not if it could be cloned. */
static bool is_link_wanted(const struct copy *c, const struct share_peer *p)
{
	return c->opt->share == OVLCP_SHARE_HARD_LINK || !can_clone(&p->recalled);
}

/* Whether a copy that is made now in the directory @dir_fd would get the attributes that the
   recalled one has. */
static bool is_made_alike(const struct copy *c, const struct share_peer *p, int dir_fd)
{
	const uint64_t making = memory_making(&c->o->memory, c->opt, session_umask(c->o), dir_fd);

	return making && making == p->recalled.remembered->record.making;
}

void share_peer_recall(const struct copy *c, struct share_peer *p, struct source *src,
		       const struct target_request *q)
{
	struct memory *m = &c->o->memory;

	if (p->path || p->was_sought || !is_wanted(c) || !S_ISREG(src->st.st_mode) ||
	    !plan_is_memorable((uint64_t)src->st.st_size, c->opt))
		return;
	p->was_sought = true;
	if (memory_open(m, c->opt->remember_dir, c->is_dry) < 0 ||
	    source_open(c->o, src, SOURCE_DATA) < 0 ||
	    recall_open(m,
			&(struct recall_question){ .src_fd = src->fd,
						   .src = &src->st,
						   .dst_dir_fd = dir_fd_of(c, q),
						   .opt = c->opt,
						   .buffer = session_buffer(c->o),
						   .cancelled = c->o->cancelled },
			&p->recalled) < 0)
		return;
	/* a hole in place of data: it could not be written out, and has left the memory */
	if (!data_segments_cover(p->recalled.fd, src->fd, src->size) || !is_link_wanted(c, p) ||
	    !is_made_alike(c, p, dir_fd_of(c, q)) || fill_recalled(p) < 0)
		share_peer_done(p);
	else if (!c->is_dry)
		keep_begin_link(m, &p->recalled, &p->kept);
	/* without that its next link would not be found */
	if (!c->is_dry && !p->kept.is_active)
		share_peer_done(p);
	p->was_sought = true;
}

void share_peer_linked(const struct copy *c, struct share_peer *p, const struct target *t)
{
	if (t->kind != KIND_LINK_TO_COPY)
		return;
	if (p->kept.is_active)
		keep_complete_link(&c->o->memory, &p->kept, &p->recalled);
	else
		pending_note_link(&c->o->memory, t->dir_fd, t->name);
	p->kept.is_active = false;
}

const struct copied_dest *share_peer_find(const struct copy *c, const struct share_peer *p,
					  const struct target_request *q, bool has_donor)
{
	if (!p->path || dir_dev_of(c, q) != p->dir_dev)
		return NULL;
	if (c->opt->share == OVLCP_SHARE_HARD_LINK)
		return &p->dest;
	return p->was_written && !has_donor ? &p->dest : NULL;
}

bool share_peer_is_refusal(const struct share_peer *p, int error)
{
	/* EOPNOTSUPP: a device, too (plan/existing.c) */
	return p->recalled.fd >= 0 || plan_link_is_refused(error);
}

void share_peer_refused(struct share_peer *p)
{
	if (p->recalled.fd < 0)
		return;
	share_peer_done(p);
	p->was_sought = true;
}

void share_peer_done(struct share_peer *p)
{
	free(p->path);
	recall_done(&p->recalled);
	*p = SHARE_PEER_NONE;
}
