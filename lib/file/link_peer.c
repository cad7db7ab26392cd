/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The map has the candidate, and a look at both files has the proof.
 */
#include "file/link_peer.h"

#include "base/fd.h"
#include "exec/create.h"
#include "exec/same_data.h"
#include "sys/status.h"
#include "target/hardlink.h"
#include "walk/copied_map.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* Open the earlier destination. A descriptor that the caller owns, or -errno. */
static int open_earlier(const struct copy *c, const struct copied_dest *earlier, int flags)
{
	bool follow = c->opt->flags & OVLCP_KEEP_DIRECTORY_SYMLINK;

	return hardlink_open(c->q->dst_fd, earlier, follow, flags);
}

/* The functions below: 1, 0 or -errno. */

static int has_same_data(struct copy *c, struct source *src, const struct copied_dest *earlier)
{
	void *buffer = session_buffer(c->o);
	CLEANUP_FD int fd = open_earlier(c, earlier, O_RDONLY | O_NONBLOCK);
	int r = fd < 0 ? fd : buffer ? source_open(c->o, src, SOURCE_DATA) : -ENOMEM;

	return r < 0 ? r : exec_same_data(src->fd, fd, buffer, c->o->cancelled, NULL);
}

static int has_same_text(const struct copy *c, const struct source *src,
			 const struct copied_dest *earlier)
{
	CLEANUP_FREE char *text = NULL;
	CLEANUP_FREE char *earlier_text = NULL;
	CLEANUP_FD int fd = open_earlier(c, earlier, O_PATH);
	int r = fd < 0 ? fd : exec_read_link(src->at_fd, src->name, &text);

	if (r >= 0)
		r = exec_read_link(fd, "", &earlier_text);
	return r < 0 ? r : strcmp(text, earlier_text) == 0;
}

/* The earlier destination may be any file, if it was left alone, as with -u. */
static int has_same_type(const struct copy *c, const struct source *src,
			 const struct copied_dest *earlier)
{
	CLEANUP_FD int fd = open_earlier(c, earlier, O_PATH);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	return r < 0 ? r : (st.st_mode & S_IFMT) == (src->st.st_mode & S_IFMT);
}

/* Whether what the map has found is the copy of another link of @src. */
static int is_proved(struct copy *c, struct source *src, const struct copied_dest *earlier)
{
	int r = has_same_type(c, src, earlier);

	if (r <= 0)
		return r;
	if (S_ISREG(src->st.st_mode))
		return has_same_data(c, src, earlier);
	if (S_ISLNK(src->st.st_mode))
		return has_same_text(c, src, earlier);
	return 1; /* no contents: mode, size and mtime are the file */
}

int link_peer_find(struct copy *c, const struct dest *p, struct source *src,
		   struct copied_dest *ret_earlier)
{
	struct copied_dest found;
	enum copied_key key;
	int first = 0;

	if (!copy_may_have_link_peer(c, src))
		return 0;
	key = copy_source_key(c, src);
	for (unsigned int nth = 0; copied_map_find_nth(p->copied_map, &src->st, key, nth, &found);
	     nth++) {
		int r = key == COPIED_BY_NUMBER || c->is_dry ? 1 : is_proved(c, src, &found);

		if (r != 0 && first == 0)
			*ret_earlier = found;
		if (r > 0) {
			*ret_earlier = found;
			return 1;
		}
		first = first ? first : r;
	}
	return first;
}
