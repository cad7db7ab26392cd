/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The destinations of a copy: where the walk is at each of them, and what follows from that for
 * what is made there.
 */
#include "copy/context.h"

#include "base/fd.h"
#include "sys/attrs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

size_t dest_depth(const struct dest *p)
{
	return p->dirs.depth + p->would_exist;
}

bool dest_is_open(const struct copy *c, const struct dest *p)
{
	return !p->lost && dest_depth(p) == c->dirs.depth;
}

/* Whether new entries of the lowest directory get a list from it; asked once for each. */
static bool does_inherit(const struct copy *c, struct dest *p, int fd)
{
	enum answer *inherits = &p->levels[dest_depth(p) - 1].inherits;

	if (!(c->opt->preserve & OVLCP_PRESERVE_MODE))
		return true;
	if (*inherits == ANSWER_NOT_ASKED)
		*inherits = sys_has_acl(fd, true) ? ANSWER_YES : ANSWER_NO;
	return *inherits == ANSWER_YES;
}

int dest_init_request(struct copy *c, struct dest *p, const char *name,
		      struct target_request *ret_q)
{
	struct target_request q = {
		.opt = c->opt,
		.finished = &c->finished,
		.base_fd = c->q->dst_fd,
	};

	if (name) {
		if (pathbuf_push(&p->path, name) < 0)
			return emit_copy_error(c, p->path.text,
					       &(struct err){ ENOMEM, OVLCP_OP_NONE });
		q.at_fd = p->dirs.depth ? dirstack_top(&p->dirs) : p->would_exist_at;
		q.would_exist = p->would_exist > 0;
		q.inherits = does_inherit(c, p, q.at_fd);
		q.group_stays = !(p->levels[dest_depth(p) - 1].target.st.st_mode & S_ISGID);
		q.alone = c->q->n == 1;
		q.dir_dev = p->levels[dest_depth(p) - 1].target.st.st_dev;
		q.name = name;
		q.path = p->path.text;
		q.named_len = p->named_len;
	} else if (p->parents) {
		q.at_fd = parents_directory(p->parents);
		q.would_exist = parents_are_imagined(p->parents);
		q.name = parents_name(p->parents);
		q.path = parents_path(p->parents);
		q.named_len = strlen(q.path) - strlen(q.name);
	} else {
		q.at_fd = c->q->dst_fd;
		q.path = p->given;
	}
	*ret_q = q;
	return 0;
}

void dest_pop_name(struct dest *p, size_t len)
{
	if (p->path.text)
		pathbuf_cut(&p->path, len);
}

int copy_dests_init(struct copy *c)
{
	bool shared = c->q->n == 1 && (c->opt->flags & OVLCP_SAME_CALL);
	int first = 0;

	c->dests = calloc(c->q->n ? c->q->n : 1, sizeof(*c->dests));
	if (!c->dests)
		return emit_copy_error(c, "", &(struct err){ ENOMEM, OVLCP_OP_NONE });
	c->dirs.window = COPY_WINDOW;
	for (size_t i = 0; i < c->q->n; i++) {
		struct dest *p = &c->dests[i];
		int r = 0;

		p->given = c->q->dst[i];
		p->would_exist_at = -EBADF;
		p->dirs.window = COPY_WINDOW > c->q->n ? COPY_WINDOW / c->q->n : 1;
		p->copied_map = shared ? &c->o->copied_map : &p->own_copied_map;
		if (c->opt->flags & OVLCP_PARENTS)
			r = parents_make(c, p);
		p->lost = r < 0;
		first = first ? first : r;
	}
	return first;
}

int copy_dests_done(struct copy *c)
{
	int first = 0;

	for (size_t i = 0; c->dests && i < c->q->n; i++) {
		struct dest *p = &c->dests[i];
		int r = p->parents ? parents_finish(c, p) : 0;

		first = first ? first : r;
		dirstack_done(&p->dirs);
		free(p->levels);
		fd_drop(&p->would_exist_at);
		pathbuf_done(&p->path);
		inodeset_done(&p->made);
		copied_map_done(&p->own_copied_map);
	}
	free(c->dests);
	return first;
}
