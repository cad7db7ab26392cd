/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Creates a tree on disk, or the shell commands that create it, and removes what programs left.
 * Modes and times are set last, from the deepest node upwards: a mode may forbid creating files in
 * a directory, and creating one changes the time of the directory.
 */
#include "make.h"

#include "content.h"
#include "extras.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Directories deeper than this are moved to the top before they are removed: each level needs a
   file descriptor. */
enum {
	REMOVE_DEPTH = 64
};

#define TOP_TIME 1111111111

static const struct special {
	enum node_kind kind;
	mode_t type;
	unsigned int dev_major;
	unsigned int dev_minor;
	const char *command;
	const char *command_end;
} specials[] = {
	{ NODE_FIFO, S_IFIFO, 0, 0, "mknod", " p" },
	{ NODE_SOCKET, S_IFSOCK, 0, 0,
	  "python3 -c 'import os, sys; os.mknod(sys.argv[1], 0o140600)'", "" },
	{ NODE_CHAR, S_IFCHR, 1, 3, "mknod", " c 1 3" },
	{ NODE_BLOCK, S_IFBLK, 240, 77, "mknod", " b 240 77" },
};

static const struct special *special_of(enum node_kind kind)
{
	for (size_t i = 0; i < sizeof(specials) / sizeof(specials[0]); i++) {
		if (specials[i].kind == kind)
			return &specials[i];
	}
	return NULL;
}

static void join_path(char ret_path[PATH_MAX], const char *dir, const char *name)
{
	if (snprintf(ret_path, PATH_MAX, "%s/%s", dir, name) >= PATH_MAX) {
		errno = ENAMETOOLONG;
		die("%s", name);
	}
}

static void make_file(const char *path, const struct node *node)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		die("%s", path);
	content_write(fd, node->path, node->shape);
	close(fd);
}

static void make_node(const char *dir, const struct node *node)
{
	const struct special *special = special_of(node->kind);
	char path[PATH_MAX];
	char first[PATH_MAX];
	int r = 0;

	join_path(path, dir, node->path);
	join_path(first, dir, node->target);
	if (special)
		r = mknod(path, special->type | 0600,
			  makedev(special->dev_major, special->dev_minor));
	else if (node->kind == NODE_DIR)
		r = mkdir(path, 0700);
	else if (node->kind == NODE_SYMLINK)
		r = symlink(node->target, path);
	else if (node->kind == NODE_HARDLINK)
		r = linkat(AT_FDCWD, first, AT_FDCWD, path, 0);
	else
		make_file(path, node);
	if (r != 0)
		die("%s", path);
}

static void set_times(const char *path, time_t seconds, long ns)
{
	struct timespec t = { .tv_sec = seconds, .tv_nsec = ns };
	struct timespec times[2] = { t, t };

	if (utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) != 0)
		die("times of %s", path);
}

static void finish_node(const char *dir, const struct node *node, const struct people *people)
{
	char path[PATH_MAX];

	if (node->kind == NODE_HARDLINK)
		return;
	join_path(path, dir, node->path);
	if (people->root && lchown(path, node->uid, node->gid) != 0)
		die("owner of %s", path);
	/* Before chmod: the owner cannot set attributes of a file that he may not write. */
	extras_set(path, node->extras);
	if (node->kind != NODE_SYMLINK && !(node->extras & NODE_ACL) &&
	    chmod(path, node->mode) != 0)
		die("mode of %s", path);
	set_times(path, node->mtime, node->mtime_ns);
}

void make_tree(const struct tree *tree, const char *dir, const struct people *people)
{
	for (size_t i = 0; i < tree->count; i++)
		make_node(dir, &tree->nodes[i]);
	for (size_t i = tree->count; i--;)
		finish_node(dir, &tree->nodes[i], people);
	if (people->root && chown(dir, people->runner, people->runner) != 0)
		die("owner of %s", dir);
	if (chmod(dir, 0755) != 0)
		die("mode of %s", dir);
	set_times(dir, TOP_TIME, 0);
}

static ino_t node_ino(const char *dir, const struct node *node)
{
	char path[PATH_MAX];
	struct stat st;

	join_path(path, dir, node->path);
	return lstat(path, &st) == 0 ? st.st_ino : 0;
}

static bool are_siblings(const char *one, const char *other)
{
	size_t len = (size_t)(path_base(one) - one);

	return len == (size_t)(path_base(other) - other) && strncmp(one, other, len) == 0;
}

bool make_same_order(const struct tree *tree, const char *dir_a, const char *dir_b)
{
	ino_t a[TREE_NODES];
	ino_t b[TREE_NODES];

	for (size_t i = 0; i < tree->count; i++) {
		a[i] = node_ino(dir_a, &tree->nodes[i]);
		b[i] = node_ino(dir_b, &tree->nodes[i]);
		for (size_t j = 0; j < i; j++) {
			if (are_siblings(tree->nodes[i].path, tree->nodes[j].path) &&
			    (a[i] < a[j]) != (b[i] < b[j]))
				return false;
		}
	}
	return true;
}

static void script_node(struct text *t, const struct node *node, const char *name)
{
	const struct special *special = special_of(node->kind);
	struct text target = { 0 };

	text_quote(&target, node->target);
	if (special)
		text_printf(t, "%s %s%s\n", special->command, name, special->command_end);
	else if (node->kind == NODE_DIR)
		text_printf(t, "mkdir %s\n", name);
	else if (node->kind == NODE_SYMLINK)
		text_printf(t, "ln -s -- %s %s\n", text_string(&target), name);
	else if (node->kind == NODE_HARDLINK)
		text_printf(t, "ln -P -- %s %s\n", text_string(&target), name);
	else
		content_script(t, node->path, node->shape);
	text_done(&target);
}

static void script_rest(struct text *t, const struct node *node, const char *name,
			const struct people *people)
{
	if (node->kind == NODE_HARDLINK)
		return;
	if (people->root && (node->uid || node->gid))
		text_printf(t, "chown -h %u:%u %s\n", node->uid, node->gid, name);
	extras_script(t, name, node->extras);
	if (node->kind != NODE_SYMLINK && !(node->extras & NODE_ACL) &&
	    node->mode != (node->kind == NODE_DIR ? 0755 : 0644))
		text_printf(t, "chmod %04o %s\n", node->mode, name);
	text_printf(t, "touch -hd @%lld.%09ld %s\n", (long long)node->mtime, node->mtime_ns, name);
}

void make_script(struct text *t, const struct tree *tree, const struct people *people)
{
	for (size_t pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < tree->count; i++) {
			const struct node *node = &tree->nodes[pass ? tree->count - 1 - i : i];
			struct text name = { 0 };

			text_puts(&name, node->path[0] == '-' ? "./" : "");
			text_quote(&name, node->path);
			if (pass)
				script_rest(t, node, text_string(&name), people);
			else
				script_node(t, node, text_string(&name));
			text_done(&name);
		}
	}
	if (people->root && people->runner)
		text_printf(t, "chown %u:%u .\n", people->runner, people->runner);
}

void make_dirs(const char *path)
{
	char at[PATH_MAX];

	if (snprintf(at, sizeof(at), "%s", path) >= PATH_MAX)
		die("%s", path);
	for (char *slash = at; slash; *slash = '/') {
		slash = strchr(slash + 1, '/');
		if (slash)
			*slash = '\0';
		if (mkdir(at, 0755) != 0 && errno != EEXIST)
			die("%s", at);
		if (!slash)
			break;
	}
}

/* The state of a removal. */
struct removal {
	/* The directory that is removed. */
	int top_fd;
	/* The number of entries that were removed or moved to the top. */
	unsigned long done;
	/* The number of names used for moving entries to the top. */
	unsigned int moved;
};

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Removes the entries of a directory, as far as possible, and closes @take_dir_fd. */
static void remove_entries(struct removal *r, int take_dir_fd, unsigned int depth)
{
	DIR *dir = fdopendir(take_dir_fd);
	struct dirent *entry;

	if (!dir) {
		close(take_dir_fd);
		return;
	}
	while ((entry = readdir(dir))) {
		const char *name = entry->d_name;
		char backup[32];
		int fd = -1;

		if (is_dots(name))
			continue;
		if (unlinkat(take_dir_fd, name, 0) == 0) {
			r->done++;
			continue;
		}
		snprintf(backup, sizeof(backup), "backup.%u", r->moved++);
		if (geteuid() != 0 && fchmodat(take_dir_fd, name, 0700, 0) != 0)
			continue; /* make_backup() reports it if nothing else can be removed */
		if (depth == REMOVE_DEPTH && renameat(take_dir_fd, name, r->top_fd, backup) == 0) {
			r->done++;
			continue;
		}
		if (depth < REMOVE_DEPTH)
			fd = openat(take_dir_fd, name,
				    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0)
			remove_entries(r, fd, depth + 1);
		if (unlinkat(take_dir_fd, name, AT_REMOVEDIR) == 0)
			r->done++;
	}
	closedir(dir);
}

/* Reports what cannot be removed, and renames it so that the next tree can be created. */
static void make_backup(const char *path)
{
	char other[PATH_MAX];

	fprintf(stderr, "oracle: cannot remove %s: %s\n", path, strerror(errno));
	for (unsigned int i = 0; i < 1000; i++) {
		if (snprintf(other, sizeof(other), "%s.left-%u", path, i) >= PATH_MAX)
			break;
		if (renameat2(AT_FDCWD, path, AT_FDCWD, other, RENAME_NOREPLACE) == 0)
			return;
	}
	die("renaming %s", path);
}

void remove_tree(const char *path)
{
	struct removal r = { 0 };
	unsigned long before;

	do {
		before = r.done;
		if (rmdir(path) == 0 || errno == ENOENT)
			return;
		r.top_fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (r.top_fd < 0)
			break;
		remove_entries(&r, dup(r.top_fd), 0);
		close(r.top_fd);
	} while (r.done > before);
	if (rmdir(path) != 0)
		make_backup(path);
}
