/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Creates a tree of small files, which the seed determines.
 *
 * usage: make-tree [-s SEED] [-m] [-b BYTES] DIRECTORY FILES
 *
 * Each directory, on one or two levels, has about ten files of 1 to 20 KiB (-b: of 0 to BYTES). -m
 * imitates modules installed by npm: some modules are inside of another one, one file in forty is
 * executable, and there are symbolic links.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	KIB = 1024,
	LEAST = 1 * KIB,
	MOST = 20 * KIB
};

struct tree {
	uint64_t state; /* of the random number generator; not 0 */
	bool modules;
	size_t most; /* largest file in bytes; 0: LEAST to MOST */
	int files;   /* still to be created */
	char *buffer;
};

static uint64_t next_random(struct tree *tree)
{
	tree->state ^= tree->state << 13;
	tree->state ^= tree->state >> 7;
	tree->state ^= tree->state << 17;
	return tree->state;
}

static size_t below(struct tree *tree, size_t limit)
{
	return limit ? (size_t)(next_random(tree) % limit) : 0;
}

static size_t random_size(struct tree *tree)
{
	size_t first = below(tree, tree->most ? tree->most + 1 : MOST - LEAST);
	size_t second = below(tree, tree->most ? tree->most + 1 : MOST - LEAST);

	/* Small files are more frequent than large ones. */
	first = second < first ? second : first;
	return tree->most ? first : LEAST + first;
}

/* Creates PATH and its missing parents. */
static void make_directories(char *path)
{
	for (char *slash = strchr(path, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(path, 0755) < 0 && errno != EEXIST)
			err(1, "%s", path);
		if (!slash)
			return;
		*slash = '/';
	}
}

static void make_file(struct tree *tree, int dir, int number)
{
	char name[32];
	size_t size = random_size(tree);
	bool executable = tree->modules && below(tree, 40) == 0;
	int fd;

	for (size_t i = 0; i < size; i += sizeof(uint64_t)) {
		uint64_t word = next_random(tree);

		memcpy(tree->buffer + i, &word, sizeof(word));
	}
	(void)snprintf(name, sizeof(name), "file-%02d.js", number);
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, executable ? 0755 : 0644);
	if (fd < 0 || write(fd, tree->buffer, size) != (ssize_t)size || close(fd) < 0)
		err(1, "%s", name);
	tree->files--;
}

static void make_directory(struct tree *tree, char *path)
{
	int count = 4 + (int)below(tree, 13);
	int dir;

	make_directories(path);
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		err(1, "%s", path);
	for (int i = 0; i < count && tree->files > 0; i++)
		make_file(tree, dir, i);
	if (tree->modules && below(tree, 10) == 0 && symlinkat("file-00.js", dir, "link.js") < 0)
		err(1, "%s/link.js", path);
	(void)close(dir);
}

static void make_package(struct tree *tree, int number)
{
	static const char *const inside[] = { "", "/lib", "/dist", "/src/util", "/dist/esm" };
	size_t directories = 1 + below(tree, 5);
	char package[80];
	char path[120];

	(void)snprintf(package, sizeof(package), "package-%05d", number);
	if (tree->modules && number % 7 == 6)
		(void)snprintf(package, sizeof(package), "package-%05d/node_modules/package-%05d",
			       number - 1, number);
	for (size_t i = 0; i < directories; i++) {
		(void)snprintf(path, sizeof(path), "%s%s", package, inside[i]);
		make_directory(tree, path);
	}
}

int main(int argc, char *argv[])
{
	struct tree tree = { .state = 1 };
	int letter;

	while ((letter = getopt(argc, argv, "s:mb:")) != -1) {
		if (letter == 's')
			tree.state += strtoull(optarg, NULL, 10);
		else if (letter == 'b')
			tree.most = (size_t)strtoull(optarg, NULL, 10);
		else
			tree.modules = letter == 'm';
	}
	if (argc - optind != 2)
		errx(2, "usage: make-tree [-s SEED] [-m] [-b BYTES] DIRECTORY FILES");
	/* After a small seed the first numbers are not random yet. */
	for (int i = 0; i < 20; i++)
		(void)next_random(&tree);
	tree.files = atoi(argv[optind + 1]);
	tree.buffer = malloc((tree.most ? tree.most : MOST) + sizeof(uint64_t));
	if (tree.buffer == NULL)
		err(1, "malloc");
	make_directories(argv[optind]);
	if (chdir(argv[optind]) < 0)
		err(1, "%s", argv[optind]);
	for (int number = 0; tree.files > 0; number++)
		make_package(&tree, number);
	free(tree.buffer);
	return 0;
}
