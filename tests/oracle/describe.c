/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints a tree for tests/fixtures/cp.bash, in one process where a shell needs a dozen:
 *
 *	describe tree DIR    what a copy decides about each file below DIR, without times
 *	describe times DIR   with the mtimes; those of the last day are "now"
 *	describe order DIR   the entries of each directory in the order of their inode numbers
 */
#include "dump.h"
#include "text.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	DAY = 24 * 60 * 60,
	/* sparse files can be large */
	LARGEST = 64 << 20,
};

static bool print_tree(struct text *t, const char *dir, bool times)
{
	const time_t now = time(NULL);
	const struct dump_rules rules = { .since = { .tv_sec = now - DAY },
					  .until = { .tv_sec = now + DAY },
					  .no_times = !times,
					  .largest = LARGEST };

	return dump_tree(t, dir, &rules);
}

/* An entry of a directory. */
struct entry {
	char name[NAME_MAX + 1];
	ino_t ino;
	mode_t mode;
};

static int by_inode(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;

	return (x->ino > y->ino) - (x->ino < y->ino);
}

/* The entries of @dir, which the caller frees. Their number; 0 if it cannot be read. */
static size_t list(const char *dir, struct entry **ret)
{
	DIR *d = opendir(dir);
	struct entry *all = NULL;
	size_t count = 0;
	struct stat st;

	for (struct dirent *e; d && (e = readdir(d));) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		all = reallocarray(all, count + 1, sizeof(*all));
		if (!all)
			die("memory");
		all[count] = (struct entry){ .ino = st.st_ino, .mode = st.st_mode };
		strcpy(all[count++].name, e->d_name);
	}
	if (d)
		closedir(d);
	if (count)
		qsort(all, count, sizeof(*all), by_inode);
	*ret = all;
	return count;
}

/* @name: of the directory, below the one that was given, for the output. */
static bool print_order(struct text *t, const char *dir, const char *name)
{
	struct entry *all;
	size_t count = list(dir, &all);
	bool ok = true;
	char path[PATH_MAX];

	text_quote(t, name);
	for (size_t i = 0; i < count; i++) {
		text_puts(t, " ");
		text_quote(t, all[i].name);
	}
	text_puts(t, "\n");
	for (size_t i = 0; i < count; i++)
		if (S_ISDIR(all[i].mode))
			ok = snprintf(path, sizeof(path), "%s/%s", dir, all[i].name) < PATH_MAX &&
			     print_order(t, path, path + strlen(dir) - strlen(name)) && ok;
	free(all);
	return ok;
}

int main(int argc, char **argv)
{
	struct text t = { 0 };
	bool ok;

	if (argc != 3) {
		fputs("usage: describe tree|times|order DIR\n", stderr);
		return 2;
	}
	/* there, paths are short enough for longer */
	if (chdir(argv[2]) < 0)
		die("%s", argv[2]);
	ok = strcmp(argv[1], "order") == 0 ? print_order(&t, ".", "")
					   : print_tree(&t, ".", strcmp(argv[1], "times") == 0);
	fputs(text_string(&t), stdout);
	text_done(&t);
	if (!ok)
		fputs("describe: the tree is too deep\n", stderr);
	return ok ? 0 : 1;
}
