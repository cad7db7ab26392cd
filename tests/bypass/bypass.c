/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bypasses an overlay, without any other method.
 *
 *	bypass SOURCE DESTINATION [COMMAND]
 *
 * Clones the layer file of SOURCE. COMMAND is run by the shell after SOURCE was opened and before
 * the layer file is looked up; then the clone is compared with what can be read from SOURCE, which
 * may be unlinked. Prints "cloned"; or the error, with status 1: DESTINATION is empty then.
 *
 *	bypass --lookup DIRECTORY LAYER-PATH...
 *
 * Prints for each LAYER-PATH, in the overlay mounted on DIRECTORY, the path of the layer file that
 * the look-up finds, without any proof; or "-".
 */
#include "base/fd.h"
#include "probe/layer_bypass.h"
#include "probe/layer_lookup.h"
#include "probe/mount_table.h"
#include "probe/overlay_options.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A mount_table_fn. */
static const struct mount_table *read_mounts(void *payload)
{
	struct mount_table **table = payload;

	if (!*table)
		(void)mount_table_open(table); /* it stays NULL on failure */
	return *table;
}

/* Print the error @r. Exit status 1. */
static int print_error(const char *what, int r)
{
	(void)printf("%s: %s\n", what, strerror(-r)); /* the exit status tells too */
	return EXIT_FAILURE;
}

/* Whether the files @a and @b have the same content. */
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

/* Clone the layer file to @dst_fd. Exit status. */
static int clone_layer(const struct layer_bypass_question *q, int dst_fd, bool compare)
{
	CLEANUP_FD int fd = layer_bypass_open(q);
	int r = fd < 0 ? fd : sys_clone(dst_fd, fd);

	if (fd < 0)
		return print_error("not found", fd);
	if (r < 0)
		return print_error("not cloned", r);
	if (compare && !same_content(q->src_fd, dst_fd))
		return print_error("cloned something else", -EIO);
	(void)puts("cloned");
	return EXIT_SUCCESS;
}

static int bypass(const char *source, const char *destination, const char *command)
{
	const int flags = O_RDWR | O_CREAT | O_TRUNC;
	CLEANUP_FD int src_fd = sys_open(AT_FDCWD, source, O_RDONLY, 0);
	CLEANUP_FD int dst_fd = sys_open(AT_FDCWD, destination, flags, 0666);
	struct mount_table *table = NULL;
	struct stat src;
	struct stat dst;
	int status;

	if (src_fd < 0 || dst_fd < 0 || sys_fstat(src_fd, &src) < 0 || sys_fstat(dst_fd, &dst) < 0)
		return print_error("not opened", src_fd < 0 ? src_fd : dst_fd);
	if (command && system(command) != 0)
		return print_error("not run", -ECANCELED);
	status = clone_layer(&(struct layer_bypass_question){ .src_fd = src_fd,
							      .src = &src,
							      .dst_dev = dst.st_dev,
							      .mounts = read_mounts,
							      .payload = &table },
			     dst_fd, command);
	mount_table_free(table);
	return status;
}

static void print_layer_file(const struct overlay_options *o, const char *layer_path)
{
	struct layer_file file = { .fd = -EBADF };
	char link[SYS_FD_PATH_SIZE];
	char name[PATH_MAX];
	int64_t len = -ENOENT;

	if (layer_lookup(o, layer_path, &file) == 0) {
		sys_fd_path(file.fd, link);
		len = sys_readlink(AT_FDCWD, link, name, sizeof(name));
	}
	(void)printf("%.*s\n", len < 0 ? 1 : (int)len, len < 0 ? "-" : name); /* for a test */
	fd_drop(&file.fd);
}

static int look_up(const char *directory, char **layer_paths)
{
	CLEANUP_FD int fd = sys_open(AT_FDCWD, directory, O_RDONLY, 0);
	struct overlay_options o = { 0 };
	struct mount_table *table = NULL;
	uint64_t id = 0;
	int r = fd < 0 ? fd : sys_mount_id(fd, &id);

	if (r == 0)
		r = mount_table_open(&table);
	if (r == 0)
		r = overlay_options_parse(mount_table_overlay_options(table, id), &o);
	for (; r == 0 && *layer_paths; layer_paths++)
		print_layer_file(&o, *layer_paths);
	overlay_options_done(&o);
	mount_table_free(table);
	return r < 0 ? print_error("no overlay", r) : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return print_error("bypass", -EINVAL);
	if (strcmp(argv[1], "--lookup") == 0)
		return look_up(argv[2], argv + 3);
	return bypass(argv[1], argv[2], argv[3]);
}
