/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The context of one copy, and the helpers that need only a context and a target.
 */
#include "copy/context.h"

#include "attr/attr.h"
#include "attr/layer_mark.h"
#include "base/fd.h"
#include "base/inodeset.h"
#include "base/pathbuf.h"
#include "exec/create.h"
#include "sys/descriptor.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

int copy_init(struct copy *c, const struct copy_args *a)
{
	*c = (struct copy){
		.o = a->o,
		.events = a->events,
		.q = a->q,
		.opt = a->q->opt,
		.is_dry = a->q->opt->flags & OVLCP_DRY_RUN,
		.dests = a->dests,
		.depth = a->depth,
	};
	if (pathbuf_set(&c->path, a->path) == 0)
		return 0;
	return event_emit_error(a->events, OVLCP_EVENT_FAILED, a->path, "",
				&(struct err){ ENOMEM, OVLCP_OP_NONE });
}

void copy_done(struct copy *c)
{
	copied_map_done(&c->finished);
	pathbuf_done(&c->path);
}

int copy_emit_error(const struct copy *c, const struct err *err)
{
	return event_emit_error(c->events, OVLCP_EVENT_FAILED, c->path.text, "", err);
}

int copy_emit_dest_error(const struct copy *c, uint64_t id, const char *dst, const struct err *err)
{
	struct event_relay relay = event_relay_to(c->events, id);

	return event_emit_error(&relay.sink, OVLCP_EVENT_FAILED, c->path.text, dst, err);
}

/* Where a loss of an attribute is emitted. */
struct attr_loss {
	struct event_sink *events;
	const char *src;
	const char *dst;
};

/* Emit that an attribute could not be set; an attr_loss_fn. */
static void emit_loss(const struct err *err, bool tolerated, void *payload)
{
	const struct attr_loss *l = payload;

	(void)event_emit_error(l->events, tolerated ? OVLCP_EVENT_WARNING : OVLCP_EVENT_FAILED,
			       l->src, l->dst, err);
}

static struct attr_job make_attr_job(struct copy *c, struct target *t, const char *path, int src_fd,
				     const struct stat *src)
{
	bool umask = t->created && attr_needs_umask(src, c->opt);
	bool contexts = (c->opt->preserve & OVLCP_PRESERVE_CONTEXT) || c->opt->context ||
			(c->opt->flags & OVLCP_DEFAULT_CONTEXT);

	return (struct attr_job){
		.kind = t->kind,
		.src_fd = src_fd,
		.fd = t->fd,
		.src = src,
		.dst = &t->st,
		.created = t->created,
		.leading = t->leading,
		.opt = c->opt,
		.umask = umask ? session_umask(c->o) : 0,
		.contexts = contexts && session_has_contexts(c->o),
		.temporary = t->temporary,
		.inherits = t->inherits,
		.path = path,
	};
}

/* The absolute path of the open @t, or the one that it will get. The caller frees it; NULL if it
   cannot be found out. */
static char *absolute_path(const struct target *t)
{
	const int fd = t->staged.is_active ? t->dir_fd : t->fd;
	char link[SYS_FD_PATH_SIZE] = "/proc/self/cwd";
	CLEANUP_FREE char *found = NULL;
	char *path = NULL;

	if (fd != AT_FDCWD)
		sys_fd_path(fd, link);
	if (exec_read_link(AT_FDCWD, link, &found) < 0)
		return NULL;
	if (!t->staged.is_active)
		return TAKE_PTR(found);
	return asprintf(&path, "%s/%s", found, t->name) < 0 ? NULL : path;
}

int copy_label(struct copy *c, struct target *t, const char *path, int src_fd,
	       const struct stat *src)
{
	struct attr_job a = make_attr_job(c, t, path, src_fd, src);
	struct attr_loss l = { t->events, c->path.text, path };
	/* the policy knows no others */
	CLEANUP_FREE char *absolute =
		a.contexts && (c->opt->flags & OVLCP_DEFAULT_CONTEXT) ? absolute_path(t) : NULL;

	a.path = absolute ? absolute : path;
	return t->is_dry ? 0 : attr_label(&a, emit_loss, &l);
}

int copy_set_attrs(struct copy *c, struct target *t, const char *path, const char *src_path,
		   int src_fd, const struct stat *src)
{
	struct attr_job a = make_attr_job(c, t, path, src_fd, src);
	struct attr_loss l = { t->events, src_path, path };

	return t->is_dry ? 0 : attr_apply(&a, emit_loss, &l);
}

/* The attributes that a file keeps of the one that it supersedes. Not owner and mode if those of
   the source follow: in between the file, which may have a name already, would be open to others.
   Of an ordinary user the owner of the source is not certain to follow. */
static uint32_t kept_attrs(const struct copy *c)
{
	const uint32_t all = OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_OWNERSHIP | OVLCP_PRESERVE_XATTR |
			     OVLCP_PRESERVE_CONTEXT;
	uint32_t follow = c->opt->preserve & OVLCP_PRESERVE_MODE;

	if (sys_is_root())
		follow |= c->opt->preserve & OVLCP_PRESERVE_OWNERSHIP;
	return all & ~follow;
}

void copy_keep_attrs(struct copy *c, struct target *t)
{
	const uint32_t kept = kept_attrs(c);
	const struct ovlcp_options opt = { .preserve = kept, .preserve_if_possible = kept };
	struct stat old = t->superseded->st;
	struct attr_job a = { .kind = t->kind,
			      .src_fd = t->superseded->fd,
			      .fd = t->fd,
			      .src = &old,
			      .dst = &t->st,
			      .created = true,
			      .supersedes = true,
			      .opt = &opt,
			      .contexts = session_has_contexts(c->o),
			      .inherits = t->inherits,
			      .path = t->path };
	/* the attributes come from the file that has the name of the destination now */
	struct attr_loss l = { t->events, t->path, t->path };

	/* a write by others than root clears them */
	if (!sys_is_root())
		old.st_mode &= ~(mode_t)(S_ISUID | S_ISGID);
	/* what is lost is emitted, and no failure */
	(void)attr_label(&a, emit_loss, &l);
	(void)attr_apply(&a, emit_loss, &l);
	(void)sys_fstat(t->fd, &t->st); /* the file is open: it always works */
}

enum copied_key copy_source_key(struct copy *c, const struct source *src)
{
	const struct identity_file f = source_identity(src);

	return session_copied_key(c->o, src->st.st_dev, &f);
}

void copy_warn_of_layer(const struct copy *c, const struct target *t, const char *path, int src_fd,
			const struct stat *src)
{
	enum ovlcp_op op = layer_mark(src_fd, src);

	if (op != OVLCP_OP_NONE)
		(void)event_emit_error(t->events, OVLCP_EVENT_WARNING, c->path.text, path,
				       &(struct err){ 0, op });
}

int copy_record_for_call(struct ovlcp *o, const struct target *t, const char *path)
{
	const struct stat no_number = { 0 };
	struct stat st;
	int r;

	/* lstat: the name may be a symbolic link to the file that was written */
	r = sys_stat(t->dir_fd, t->name, false, &st);
	if (r == -ENOENT)
		return 0;
	if (r == 0)
		r = inodeset_add(&o->created, &st, path);
	if (r == 0)
		r = inodeset_add(&o->created, &no_number, path);
	if (r == 0)
		r = case_folded_add(&o->created_spellings, &st, path);
	o->created_is_incomplete |= r < 0;
	return r;
}

int copy_record_created(struct copy *c, const struct target *t, const char *path, bool from_caller)
{
	/* as cp: a hard link to an earlier copy does not count as created by this call */
	bool same_call =
		from_caller && (c->opt->flags & OVLCP_SAME_CALL) && t->kind != KIND_LINK_TO_COPY;
	const struct copied_dest finished = { .path = path };
	int r = c->q->n > 1 ? copied_map_add(&c->finished, &t->st, COPIED_BY_NUMBER, &finished) : 0;

	if (r == 0 && same_call)
		r = copy_record_for_call(c->o, t, path);
	return r < 0 ? event_emit_error(t->events, OVLCP_EVENT_FAILED, c->path.text, path,
					&(struct err){ -r, OVLCP_OP_NONE })
		     : 0;
}

bool copy_may_have_link_peer(const struct copy *c, const struct source *src)
{
	const struct ovlcp_options *opt = c->opt;

	if (!(opt->preserve & OVLCP_PRESERVE_LINKS) || opt->make == OVLCP_MAKE_HARD_LINKS)
		return false;
	/* if symbolic links are followed, two of them may lead to a file with one hard link */
	return src->st.st_nlink > 1 || opt->follow == OVLCP_FOLLOW_ALL ||
	       (opt->follow == OVLCP_FOLLOW_NAMED && src->from_caller);
}
