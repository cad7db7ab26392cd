/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The map has the candidate, and a look at both files has the proof.
 */
#include "file/link_peer.h"

#include "base/fd.h"
#include "exec/create.h"
#include "exec/same_data.h"
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

static bool has_same_data(struct copy *c, struct source *src, const struct copied_dest *earlier)
{
	void *buffer = session_buffer(c->o);
	CLEANUP_FD int fd = open_earlier(c, earlier, O_RDONLY | O_NONBLOCK);

	return fd >= 0 && buffer && source_open(c->o, src, SOURCE_DATA) == 0 &&
	       exec_same_data(src->fd, fd, buffer, NULL) > 0;
}

static bool has_same_text(const struct copy *c, const struct source *src,
			  const struct copied_dest *earlier)
{
	CLEANUP_FREE char *text = NULL;
	CLEANUP_FREE char *earlier_text = NULL;
	CLEANUP_FD int fd = open_earlier(c, earlier, O_PATH);

	return fd >= 0 && exec_read_link(src->at_fd, src->name, &text) == 0 &&
	       exec_read_link(fd, "", &earlier_text) == 0 && strcmp(text, earlier_text) == 0;
}

/* Whether what the map has found is the copy of another link of @src. */
static bool is_proved(struct copy *c, struct source *src, const struct copied_dest *earlier)
{
	if (S_ISREG(src->st.st_mode))
		return has_same_data(c, src, earlier);
	if (S_ISLNK(src->st.st_mode))
		return has_same_text(c, src, earlier);
	return true; /* no contents: mode, size and mtime are the file */
}

bool link_peer_find(struct copy *c, const struct dest *p, struct source *src,
		    struct copied_dest *ret_earlier)
{
	enum copied_key key;

	if (!copy_may_have_link_peer(c, src))
		return false;
	key = copy_source_key(c, src);
	for (unsigned int nth = 0;
	     copied_map_find_nth(p->copied_map, &src->st, key, nth, ret_earlier); nth++)
		if (key == COPIED_BY_NUMBER || c->is_dry || is_proved(c, src, ret_earlier))
			return true;
	return false;
}
