/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clones a file of an overlay past the overlay: bypass SOURCE DESTINATION [COMMAND]
 *
 * Nothing of a copy but the one step that the tests are about. The shell runs COMMAND when the
 * source is open and has not been looked for yet. Says "cloned"; or why not, with status 1: the
 * destination is empty then.
 */
#include "probe/bypass.h"
#include "base/fd.h"
#include "probe/layout.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct layout *layout(void *payload)
{
	struct layout **l = payload;

	if (!*l)
		(void)layout_open(l); /* NULL says it */
	return *l;
}

static int say(const char *what, int r)
{
	(void)printf("%s: %s\n", what, strerror(-r)); /* the status says it too */
	return EXIT_FAILURE;
}

/* Whether what was read from @a is what was read from @b. */
static bool same_content(int a, int b)
{
	char one[65536];
	char two[sizeof(one)];
	int64_t off = 0;
	int64_t n;

	do {
		n = sys_read(a, one, sizeof(one), off);
		if (n < 0 || sys_read(b, two, sizeof(two), off) != n ||
		    memcmp(one, two, (size_t)n) != 0)
			return false;
		off += n;
	} while (n > 0);
	return true;
}

/* Clone @fd, or what of the source @src_fd is found in a layer, to @dst_fd. */
static int clone_layer(const struct bypass_question *q, int dst_fd)
{
	CLEANUP_FD int fd = bypass_open(q);
	int r = fd < 0 ? fd : sys_clone(dst_fd, fd);

	if (fd < 0)
		return say("not found", fd);
	if (r < 0)
		return say("not cloned", r);
	(void)puts(same_content(q->src_fd, dst_fd) ? "cloned" : "cloned something else");
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	CLEANUP_FD int src_fd = argc > 2 ? sys_open(AT_FDCWD, argv[1], O_RDONLY, 0) : -EINVAL;
	CLEANUP_FD int dst_fd =
		argc > 2 ? sys_open(AT_FDCWD, argv[2], O_RDWR | O_CREAT | O_TRUNC, 0666) : -EINVAL;
	struct layout *l = NULL;
	struct stat src;
	struct stat dst;
	int status;

	if (src_fd < 0 || dst_fd < 0 || sys_fstat(src_fd, &src) < 0 || sys_fstat(dst_fd, &dst) < 0)
		return say("not opened", src_fd < 0 ? src_fd : dst_fd);
	if (argc > 3 && system(argv[3]) != 0)
		return say("command failed", -ECANCELED);
	status = clone_layer(&(struct bypass_question){ .src_fd = src_fd,
							.src = &src,
							.dst_dev = dst.st_dev,
							.layout = layout,
							.payload = &l },
			     dst_fd);
	layout_free(l);
	return status;
}
