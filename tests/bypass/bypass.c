/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes the way past an overlay, and no other.
 *
 *	bypass SOURCE DESTINATION [COMMAND]
 *
 * Clones the file of a layer. The shell runs COMMAND when the source is open and has not been
 * looked for yet; then the clone is compared with what can be read from the source, which may
 * have no name any more. Says "cloned"; or why not, with status 1: the destination is empty then.
 *
 *	bypass --seek DIRECTORY WAY...
 *
 * Prints for each WAY, inside the overlay that is mounted on DIRECTORY, the path of the file that
 * its layers have for it, without any proof; or "-".
 */
#include "base/fd.h"
#include "probe/layer_bypass.h"
#include "probe/layer_lookup.h"
#include "probe/mount_table.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/share.h"
#include "sys/status.h"
#include "probe/overlay_options.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct mount_table *layout(void *payload)
{
	struct mount_table **l = payload;

	if (!*l)
		(void)mount_table_open(l); /* NULL says it */
	return *l;
}

static int say(const char *what, int r)
{
	(void)printf("%s: %s\n", what, strerror(-r)); /* the status says it too */
	return EXIT_FAILURE;
}

/* Whether what is read from @a is what is read from @b. */
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

/* Clone what is found in a layer to @dst_fd. Exit status. */
static int clone_layer(const struct layer_bypass_question *q, int dst_fd, bool compare)
{
	CLEANUP_FD int fd = layer_bypass_open(q);
	int r = fd < 0 ? fd : sys_clone(dst_fd, fd);

	if (fd < 0)
		return say("not found", fd);
	if (r < 0)
		return say("not cloned", r);
	if (compare && !same_content(q->src_fd, dst_fd))
		return say("cloned something else", -EIO);
	(void)puts("cloned");
	return EXIT_SUCCESS;
}

static int bypass(const char *source, const char *destination, const char *command)
{
	const int flags = O_RDWR | O_CREAT | O_TRUNC;
	CLEANUP_FD int src_fd = sys_open(AT_FDCWD, source, O_RDONLY, 0);
	CLEANUP_FD int dst_fd = sys_open(AT_FDCWD, destination, flags, 0666);
	struct mount_table *l = NULL;
	struct stat src;
	struct stat dst;
	int status;

	if (src_fd < 0 || dst_fd < 0 || sys_fstat(src_fd, &src) < 0 || sys_fstat(dst_fd, &dst) < 0)
		return say("not opened", src_fd < 0 ? src_fd : dst_fd);
	if (command && system(command) != 0)
		return say("not run", -ECANCELED);
	status = clone_layer(&(struct layer_bypass_question){ .src_fd = src_fd,
							      .src = &src,
							      .dst_dev = dst.st_dev,
							      .mounts = layout,
							      .payload = &l },
			     dst_fd, command);
	mount_table_free(l);
	return status;
}

static void print_found(const struct overlay_options *o, const char *way)
{
	struct layer_file found = { .fd = -EBADF };
	char link[SYS_FD_PATH_SIZE];
	char name[PATH_MAX];
	int64_t len = -ENOENT;

	if (layer_lookup(o, way, &found) == 0) {
		sys_fd_path(found.fd, link);
		len = sys_readlink(AT_FDCWD, link, name, sizeof(name));
	}
	(void)printf("%.*s\n", len < 0 ? 1 : (int)len, len < 0 ? "-" : name); /* for a test */
	fd_drop(&found.fd);
}

static int seek(const char *directory, char **ways)
{
	CLEANUP_FD int fd = sys_open(AT_FDCWD, directory, O_RDONLY, 0);
	struct overlay_options o = { 0 };
	struct mount_table *l = NULL;
	uint64_t id = 0;
	int r = fd < 0 ? fd : sys_mount_id(fd, &id);

	if (r == 0)
		r = mount_table_open(&l);
	if (r == 0)
		r = overlay_options_parse(mount_table_overlay_options(l, id), &o);
	for (char **way = ways; r == 0 && *way; way++)
		print_found(&o, *way);
	overlay_options_done(&o);
	mount_table_free(l);
	return r < 0 ? say("no overlay", r) : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return say("bypass", -EINVAL);
	if (strcmp(argv[1], "--seek") == 0)
		return seek(argv[2], argv + 3);
	return bypass(argv[1], argv[2], argv[3]);
}
