/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is no directory, to all of its destinations: make, transfer, dress, close, tell.
 */
#include "job/copy.h"

#include "base/fd.h"
#include "base/path.h"
#include "job/donors.h"
#include "job/news.h"
#include "job/report.h"
#include "job/transfer.h"
#include "plan/dest.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* A file while it is copied. */
struct file {
	struct copy *c;
	struct source *src;
	/* Name in the directory of the tree, NULL at the top. */
	const char *name;
	struct donors donors;
};

bool file_may_be_joined(const struct copy *c, const struct source *src)
{
	const struct ovlcp_options *opt = c->opt;

	if (!(opt->preserve & OVLCP_PRESERVE_LINKS) || opt->make == OVLCP_MAKE_HARD_LINKS)
		return false;
	/* where links are followed, two of them may lead to a file that has one name */
	return src->st.st_nlink > 1 || opt->follow == OVLCP_FOLLOW_ALL ||
	       (opt->follow == OVLCP_FOLLOW_NAMED && src->named);
}

/* Remember where the source went, under the name that it got there. */
static int remember(struct file *f, struct dest *p, const struct target *t)
{
	struct links_place place = { .path = t->path, .named_len = t->named_len };
	struct stat st;
	int r;

	if (!file_may_be_joined(f->c, f->src) || t->make == MAKE_LINK_TO_COPY)
		return 0;
	r = t->imagined ? 0 : sys_stat(t->dir_fd, t->name, false, &st);
	if (r < 0)
		return 0; /* it has gone: nothing to link to */
	if (!t->imagined) {
		place.dev = st.st_dev;
		place.ino = st.st_ino;
	}
	return links_add(p->links, &f->src->st, &place);
}

/* Keep the destination open as a donor, or close it. */
static int hand_over(struct file *f, struct target *t, bool donor)
{
	char *path = donor && donors_have_room(&f->donors) ? strdup(t->path) : NULL;
	int r = 0;

	if (path)
		r = donors_take(&f->donors, TAKE_FD(t->fd), path);
	else if (t->fd >= 0)
		r = target_close(t);
	return r < 0 ? copy_tell(f->c, t->path, &(struct err){ -r, OVLCP_OP_CLOSE }) : 0;
}

/* Whether the target is a file of its own, which has attributes to be set. */
static bool has_attributes(const struct target *t)
{
	return t->make != MAKE_LINK && t->make != MAKE_LINK_TO_COPY;
}

/* After the data in a dry run: what later files of the call depend on. */
static int foretell(struct file *f, struct dest *p, struct target *t, bool donor)
{
	int r = remember(f, p, t);

	if (r == 0 && donor)
		r = hand_over(f, t, true);
	return r;
}

/* Everything after the data: attributes, a place in the lists, the close. Failures are told. */
static int complete(struct file *f, struct dest *p, struct target *t, bool donor, bool more_follow)
{
	int dressed = 0;
	int listed;
	int closed;

	if (t->imagined)
		return foretell(f, p, t, donor);
	if (has_attributes(t))
		dressed = copy_dress(f->c, t, t->path, f->src->fd, &f->src->st);
	listed = copy_enlist(f->c, t, t->path, f->src->named);
	if (listed == 0 && remember(f, p, t) < 0)
		listed = copy_tell(f->c, t->path, &(struct err){ ENOMEM, OVLCP_OP_NONE });
	if (f->src->spent && more_follow)
		(void)source_stand_in(f->src, t->fd); /* if not, the others are refused */
	closed = hand_over(f, t, donor);
	return dressed < 0 ? dressed : listed < 0 ? listed : closed;
}

static enum ovlcp_method method_of(const struct target *t)
{
	static const enum ovlcp_method methods[MAKE_COUNT] = {
		[MAKE_DATA] = OVLCP_METHOD_ATTRIBUTES,
		[MAKE_DIRECTORY] = OVLCP_METHOD_DIRECTORY,
		[MAKE_SYMLINK] = OVLCP_METHOD_SYMBOLIC_LINK,
		[MAKE_SPECIAL] = OVLCP_METHOD_SPECIAL_FILE,
		[MAKE_LINK_TO_COPY] = OVLCP_METHOD_HARD_LINK,
		[MAKE_LINK] = OVLCP_METHOD_HARD_LINK,
		[MAKE_SYMLINK_TO] = OVLCP_METHOD_SYMBOLIC_LINK,
	};

	return methods[t->make];
}

/* The data, where there is some and it is wanted. 0 or -errno; @ret_res is filled. */
static int provide(struct file *f, const struct target *t, bool more_follow,
		   struct transfer_result *ret_res)
{
	struct copy *c = f->c;

	if (t->make == MAKE_DATA && !(c->opt->flags & OVLCP_ATTRIBUTES_ONLY))
		return transfer(c->o,
				&(struct transfer_request){ f->src, t, c->opt, &f->donors, c->q->n,
							    more_follow },
				ret_res);
	*ret_res = (struct transfer_result){ .method = method_of(t) };
	return 0;
}

static void tell_begin(struct file *f, const struct target *t)
{
	CLEANUP_FREE char *backup = t->backup ? path_sibling(t->path, t->backup) : NULL;

	report(f->c->o, &(struct ovlcp_event){ .type = OVLCP_EVENT_BEGIN,
					       .src = f->src->path,
					       .dst = t->path,
					       .other = backup });
	/* as cp has it: a file that a link took the place of comes after */
	if (t->replaced && t->make == MAKE_LINK_TO_COPY)
		report(f->c->o, &(struct ovlcp_event){ .type = OVLCP_EVENT_REMOVED,
						       .src = f->src->path,
						       .dst = t->path,
						       .op = OVLCP_OP_REMOVE });
}

/* From a destination that is there to one that is complete. */
static int fill(struct file *f, struct dest *p, struct target *t, bool more_follow)
{
	struct transfer_result res = { 0 };
	struct ovlcp_event news;
	int r = 0;

	tell_begin(f, t);
	if (has_attributes(t) && !t->imagined)
		r = copy_label(f->c, t, t->path, f->src->fd, &f->src->st);
	if (r == 0)
		r = provide(f, t, more_follow, &res);
	news = news_of(f->c, f->src, t, &res);
	if (r == 0)
		r = complete(f, p, t, res.donor, more_follow);
	/* a failure before or after the data was told by who noticed it */
	if (r == 0 || res.err.code)
		report(f->c->o, &news);
	/* who requires shared data does not want an empty file in its place */
	t->emptied = f->c->opt->require != OVLCP_REQUIRE_ANY && res.err.op == OVLCP_OP_CLONE;
	if (res.err.code)
		target_undo(f->c->o, t, f->src->path);
	else
		target_done(t);
	return r;
}

/* Attributes of what is not opened for its data come from a descriptor, too, if any need one. */
static int open_for_attributes(struct file *f, enum plan_make make)
{
	const uint32_t wanted = OVLCP_PRESERVE_XATTR | OVLCP_PRESERVE_CONTEXT |
				(make == MAKE_SPECIAL ? OVLCP_PRESERVE_MODE : 0);

	if ((make != MAKE_SPECIAL && make != MAKE_SYMLINK) || !(f->c->opt->preserve & wanted))
		return 0;
	return source_open(f->c->o, f->src, SOURCE_ATTRIBUTES);
}

static int to_dest(struct file *f, struct dest *p, bool more_follow)
{
	size_t len = p->path.len;
	struct links_place earlier;
	struct target_request q;
	struct target t;
	int r = dest_request(f->c, p, f->name, &q);

	if (r < 0)
		return r;
	q.src = f->src;
	q.make = plan_make(f->src->st.st_mode, f->c->opt);
	if (file_may_be_joined(f->c, f->src) && links_find(p->links, &f->src->st, &earlier) &&
	    !earlier.made) {
		q.make = MAKE_LINK_TO_COPY;
		q.earlier = &earlier;
	}
	if (q.make == MAKE_DATA && f->src->spent)
		r = copy_tell(f->c, q.path, &(struct err){ ESPIPE, OVLCP_OP_SOURCE_SPENT });
	else if (open_for_attributes(f, q.make) < 0)
		r = copy_tell(f->c, q.path, &f->src->open_error);
	else
		r = target_open(f->c->o, &q, &t);
	dest_up(p, len);
	if (r == TARGET_OPEN)
		return fill(f, p, &t, more_follow);
	if (r == TARGET_NOT_OLDER) {
		r = remember(f, p, &t);
		target_done(&t);
	}
	return r < 0 ? r : 0;
}

static int close_donors(struct file *f)
{
	int first = 0;

	while (f->donors.count > 0) {
		CLEANUP_FREE char *path = NULL;
		int r = donors_close_last(&f->donors, &path);

		if (r < 0) {
			(void)copy_tell(f->c, path, &(struct err){ -r, OVLCP_OP_CLOSE });
			first = r;
		}
	}
	return first;
}

int file_copy(struct copy *c, struct source *src, const char *name)
{
	struct file f = { .c = c, .src = src, .name = name };
	int first = 0;
	int r;

	for (size_t i = 0; i < c->q->n; i++) {
		if (!dest_is_open(c, &c->dests[i]))
			continue;
		r = is_cancelled(c->o) ? -ECANCELED : to_dest(&f, &c->dests[i], i + 1 < c->q->n);
		first = first ? first : r;
		if (r == -ECANCELED && is_cancelled(c->o))
			break;
	}
	r = close_donors(&f);
	return first ? first : r;
}
