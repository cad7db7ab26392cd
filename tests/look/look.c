/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints the result of ovlcp_inspect as lines for tests; and makes mounts that mount(8) cannot
 * make.
 *
 *	look FILE...              the layer of each
 *	look --all FILE           everything, "name value" in each line
 *	look --extents FILE       "logical physical length flags" of each extent
 *	look --layers FILE        "role PATH" of each layer, with octal escapes
 *	look --mount DIR NAME[=VALUE]...   an overlay by fsconfig(2)
 *	look --mount-text DIR OPTIONS      an overlay by mount(2), OPTIONS verbatim
 *
 * It uses only ovlcp.h of the library.
 */
#include "ovlcp.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/mount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* <sys/mount.h> conflicts with <linux/mount.h> in some C libraries. */
int mount(const char *source, const char *target, const char *type, unsigned long flags,
	  const void *data);

/* Print errno. Exit status 1. */
static int print_error(const char *what)
{
	fprintf(stderr, "look: %s: %s\n", what, strerror(errno));
	return 1;
}

/* Set @option, "NAME=VALUE" or "NAME", of the filesystem context @fs. */
static int set_option(int fs, const char *option)
{
	const char *equals = strchr(option, '=');
	char *name = strndup(option, equals ? (size_t)(equals - option) : strlen(option));
	int r = (int)syscall(SYS_fsconfig, fs, equals ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG,
			     name, equals ? equals + 1 : NULL, 0);

	free(name);
	return r;
}

static int mount_one_by_one(const char *dir, char **options)
{
	int fs = (int)syscall(SYS_fsopen, "overlay", FSOPEN_CLOEXEC);
	int at;

	if (fs < 0)
		return print_error("fsopen");
	for (; *options; options++)
		if (set_option(fs, *options) < 0)
			return print_error(*options);
	if (syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
		return print_error("create");
	at = (int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, 0);
	if (at < 0 || syscall(SYS_move_mount, at, "", AT_FDCWD, dir, MOVE_MOUNT_F_EMPTY_PATH) < 0)
		return print_error(dir);
	return 0;
}

static int mount_text(const char *dir, const char *options)
{
	return mount("overlay", dir, "overlay", 0, options) < 0 ? print_error(dir) : 0;
}

static void print_path(const char *path)
{
	for (; *path; path++)
		if (*path < ' ' || *path > '~')
			printf("\\%03o", (unsigned char)*path);
		else
			putchar(*path);
}

static void print_layers(const struct ovlcp_info *i)
{
	for (size_t n = 0; n < ovlcp_info_layers(i); n++) {
		const struct ovlcp_layer_info *it = ovlcp_info_layer_at(i, n);

		printf("%s ", ovlcp_role_name(it->role));
		print_path(it->path);
		if (it->visible)
			printf(" (%s,%s,%s)", it->fs_type, it->fs_label, it->fs_uuid);
		putchar('\n');
	}
	if (ovlcp_info_layers_cut(i))
		puts("cut");
}

static void print_options(const struct ovlcp_info *i)
{
	static const char *const names[] = { "metacopy",   "index",   "xino",	"redirect_dir",
					     "nfs_export", "uuid",    "verity", "volatile",
					     "userxattr",  "lowerdir" };

	for (size_t n = 0; n < sizeof(names) / sizeof(*names); n++) {
		bool listed;
		const char *value = ovlcp_info_option(i, names[n], &listed);

		printf("%s %s%s\n", names[n], value, listed ? " listed" : "");
	}
}

static void print_all(const struct ovlcp_info *i)
{
	printf("mode %o\nsize %" PRIu64 "\nino %" PRIu64 "\nlinks %" PRIu64 "\n",
	       (unsigned int)ovlcp_info_mode(i), ovlcp_info_size(i), ovlcp_info_ino(i),
	       ovlcp_info_hard_links(i));
	printf("layer %s\n", ovlcp_layer_name(ovlcp_info_layer(i)));
	printf("extents %" PRIu64 "%s\nshared %" PRIu64 "\ndata %" PRIu64 "\n",
	       ovlcp_info_extents(i), ovlcp_info_has_extents(i) ? "" : " not known",
	       ovlcp_info_bytes_shared(i), ovlcp_info_bytes_data(i));
	printf("splits-links %d\nchanges-ino %d\n", ovlcp_info_copy_up_splits_links(i),
	       ovlcp_info_copy_up_changes_ino(i));
	printf("fs %s,%s,%s,%s\nmount-id %" PRIu64 "\nread-only %d\nmount-point ",
	       ovlcp_info_fs_type(i), ovlcp_info_fs_label(i), ovlcp_info_fs_uuid(i),
	       ovlcp_info_fs_source(i), ovlcp_info_mount_id(i), ovlcp_info_read_only(i));
	print_path(ovlcp_info_mount_point(i));
	putchar('\n');
	print_options(i);
	print_layers(i);
}

static void print_layer(const struct ovlcp_info *i)
{
	puts(ovlcp_layer_name(ovlcp_info_layer(i)));
}

static int inspect_files(char **files, void (*print)(const struct ovlcp_info *i))
{
	struct ovlcp *o = NULL;
	int r = ovlcp_new(&o);

	for (; r == 0 && *files; files++) {
		struct ovlcp_info *i = NULL;

		r = ovlcp_inspect(o, AT_FDCWD, *files, &i);
		if (r == 0)
			print(i);
		else
			fprintf(stderr, "look: %s: %s\n", *files, strerror(-r));
		ovlcp_info_free(i);
	}
	ovlcp_free(o);
	return r < 0;
}

static int list_extents(const char *path)
{
	struct ovlcp_extent *list = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int64_t count = ovlcp_extents(fd, sizeof(*list), &list);

	for (int64_t n = 0; n < count; n++)
		printf("%" PRIu64 " %" PRIu64 " %" PRIu64 "%s%s%s\n", list[n].logical,
		       list[n].physical, list[n].length, list[n].shared ? " shared" : "",
		       list[n].known ? " known" : "", list[n].encoded ? " encoded" : "");
	free(list);
	close(fd);
	errno = count < 0 ? (int)-count : 0;
	return count < 0 ? print_error(path) : 0;
}

int main(int argc, char **argv)
{
	if (argc > 3 && strcmp(argv[1], "--mount") == 0)
		return mount_one_by_one(argv[2], argv + 3);
	if (argc == 4 && strcmp(argv[1], "--mount-text") == 0)
		return mount_text(argv[2], argv[3]);
	if (argc == 3 && strcmp(argv[1], "--extents") == 0)
		return list_extents(argv[2]);
	if (argc == 3 && strcmp(argv[1], "--all") == 0)
		return inspect_files(argv + 2, print_all);
	if (argc == 3 && strcmp(argv[1], "--layers") == 0)
		return inspect_files(argv + 2, print_layers);
	return inspect_files(argv + 1, print_layer);
}
