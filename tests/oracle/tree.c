/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Generates trees in memory; make.c creates them on disk. Few names are used, and the same ones in
 * each directory, because most decisions of cp are about names that already exist in the
 * destination. No symbolic link leads out of the sandbox.
 */
#include "tree.h"

#include "content.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct name_row {
	unsigned int weight;
	const char *name;
};

struct number_row {
	unsigned int weight;
	unsigned int number;
};

static const struct name_row file_names[] = {
	{ 16, "a" },	{ 14, "b" },	  { 12, "c" },	  { 10, "d" },	{ 8, "e" },
	{ 3, "a~" },	{ 2, "b~" },	  { 2, "a.~1~" }, { 1, "a~" },	{ 2, "a.~2~" },
	{ 2, "b.~1~" }, { 2, "a.bak" },	  { 1, "a.~9~" }, { 2, "a b" }, { 1, "it's" },
	{ 1, "q\"q" },	{ 1, "two\nls" }, { 2, "-x" },	  { 1, "$h" },	{ 1, "\303\251" },
	{ 1, "\377f" }, { 1, "d1" },	  { 1, "d2" },	  { 1, "*" },	{ 1, ".h" },
};

static const struct name_row dir_names[] = {
	{ 12, "d1" }, { 12, "d2" }, { 5, "d3" },  { 3, "a" },
	{ 2, "b" },   { 2, "c" },   { 1, "d e" }, { 1, "d1~" },
};

static const struct number_row kinds[] = {
	{ 56, NODE_FILE },
	{ 14, NODE_DIR },
	{ 18, NODE_SYMLINK },
	{ 12, NODE_HARDLINK },
};

static const struct number_row special_kinds[] = {
	{ 30, NODE_FIFO },
	{ 25, NODE_SOCKET },
	{ 30, NODE_CHAR },
	{ 15, NODE_BLOCK },
};

static const struct number_row file_modes[] = {
	{ 50, 0644 }, { 8, 0600 },  { 10, 0755 }, { 8, 0444 },	{ 6, 0640 },
	{ 6, 0666 },  { 3, 0400 },  { 1, 0000 },  { 1, 0200 },	{ 3, 04755 },
	{ 3, 02755 }, { 1, 06711 }, { 1, 01644 }, { 2, 02644 },
};

static const struct number_row dir_modes[] = {
	{ 50, 0755 }, { 12, 0700 }, { 4, 0555 }, { 1, 0000 }, { 5, 01777 },
	{ 7, 02775 }, { 6, 0750 },  { 5, 0775 }, { 1, 0311 }, { 1, 0600 },
};

static const struct number_row extras[] = {
	{ 80, 0 },
	{ 8, NODE_USER_XATTR },
	{ 3, NODE_USER_XATTR | NODE_USER_XATTR_2 },
	{ 2, NODE_TRUSTED_XATTR },
	{ 6, NODE_ACL },
	{ 2, NODE_ACL | NODE_USER_XATTR_2 },
	{ 2, NODE_CAPABILITY },
};

static const struct number_row dir_extras[] = {
	{ 80, 0 },	 { 6, NODE_USER_XATTR },  { 1, NODE_TRUSTED_XATTR },
	{ 4, NODE_ACL }, { 5, NODE_DEFAULT_ACL }, { 2, NODE_DEFAULT_ACL | NODE_ACL },
};

/* Repeated values for -u, some with a fraction of a second, one in the future. */
static const struct {
	unsigned int weight;
	time_t seconds;
	long ns;
} times[] = {
	{ 8, 1000000000, 0 }, { 6, 1000000000, 500000000 }, { 6, 1000001000, 123456789 },
	{ 6, 1300000000, 0 }, { 4, 1300000000, 999999999 }, { 3, 1500000000, 1 },
	{ 1, 86400, 7000 },   { 1, 2100000000, 250000000 },
};

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

void path_append(char *path, size_t room, const char *more)
{
	size_t len = strlen(path);

	snprintf(path + len, room - len, "%s", more);
}

size_t path_depth(const char *path)
{
	size_t depth = 0;

	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

bool path_is_within(const char *path, const char *above)
{
	size_t len = strlen(above);

	return strncmp(path, above, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

const struct node *tree_find(const struct tree *tree, const char *path)
{
	for (size_t i = 0; i < tree->count; i++) {
		if (strcmp(tree->nodes[i].path, path) == 0)
			return &tree->nodes[i];
	}
	return NULL;
}

/* Removes the last component of @path; false if it is the only one. */
static bool path_shorten(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
	return slash != NULL;
}

/* Resolves the symlink target @target lexically, from the directory of @path; does not follow
   symlinks in the middle of it. */
static const struct node *tree_lookup(const struct tree *tree, const char *path, const char *target)
{
	char at[2 * TREE_PATH];

	snprintf(at, sizeof(at), "%s", path);
	if (!path_shorten(at))
		at[0] = '\0';
	while (strncmp(target, "../", 3) == 0) {
		if (!path_shorten(at))
			at[0] = '\0';
		target += 3;
	}
	if (strcmp(target, ".") == 0 || strcmp(target, "..") == 0)
		return NULL;
	if (at[0])
		path_append(at, sizeof(at), "/");
	path_append(at, sizeof(at), target);
	return tree_find(tree, at);
}

const struct node *tree_resolve(const struct tree *tree, const struct node *node)
{
	for (unsigned int hops = 0; node && hops < 8; hops++) {
		if (node->kind == NODE_HARDLINK)
			node = tree_find(tree, node->target);
		else if (node->kind == NODE_SYMLINK)
			node = tree_lookup(tree, node->path, node->target);
		else
			return node;
	}
	return NULL;
}

bool tree_has_specials(const struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		if (tree->nodes[i].kind >= NODE_FIFO)
			return true;
	}
	return false;
}

/* Picks a directory for a new entry, as the prefix of its path: "" or "d1/". */
static void pick_parent(const struct tree *tree, struct random *r, char *ret_prefix)
{
	unsigned int dirs = 0;
	unsigned int wanted;

	ret_prefix[0] = '\0';
	for (size_t i = 0; i < tree->count; i++)
		dirs += tree->nodes[i].kind == NODE_DIR && path_depth(tree->nodes[i].path) < 3;
	if (!dirs || random_chance(r, 35))
		return;
	wanted = random_below(r, dirs);
	for (size_t i = 0; i < tree->count; i++) {
		const struct node *node = &tree->nodes[i];

		if (node->kind == NODE_DIR && path_depth(node->path) < 3 && wanted-- == 0) {
			path_append(ret_prefix, TREE_PATH, node->path);
			path_append(ret_prefix, TREE_PATH, "/");
		}
	}
}

/* Writes the relative path that leads from the directory of @path to @to. */
static void make_relative(char *ret_target, const char *path, const char *to)
{
	size_t here = (size_t)(path_base(path) - path);

	ret_target[0] = '\0';
	if (here && strncmp(path, to, here) == 0) {
		to += here;
	} else {
		for (size_t up = path_depth(path); up; up--)
			path_append(ret_target, TREE_PATH, "../");
	}
	path_append(ret_target, TREE_PATH, to);
}

static void pick_target(struct node *node, const struct tree *tree, struct random *r)
{
	unsigned int way = random_below(r, 100);

	if (way < 12 || !tree->count)
		strcpy(node->target, "nowhere");
	else if (way < 16)
		snprintf(node->target, sizeof(node->target), "%s", path_base(node->path));
	else if (way < 20)
		strcpy(node->target, path_depth(node->path) ? ".." : ".");
	else
		make_relative(node->target, node->path,
			      tree->nodes[random_below(r, (unsigned int)tree->count)].path);
}

/* Makes @node a hard link to a random file; if none is found, a file. */
static void pick_first_name(struct node *node, const struct tree *tree, struct random *r)
{
	for (unsigned int tries = 0; tries < 6 && tree->count; tries++) {
		const struct node *other = &tree->nodes[random_below(r, (unsigned int)tree->count)];

		if (other->kind == NODE_DIR || other->kind == NODE_HARDLINK ||
		    (other->kind == NODE_SYMLINK && other->target[0] == '.'))
			continue; /* this symlink might lead out of the sandbox from another
				     directory */
		strcpy(node->target, other->path);
		return;
	}
	node->kind = NODE_FILE;
}

static uid_t pick_id(struct random *r, uid_t runner)
{
	unsigned int way = random_below(r, 100);

	return way < 91 ? runner : way < 96 ? 0 : 1001;
}

static void pick_extras(struct node *node, struct random *r, const struct people *people)
{
	if (node->kind == NODE_FILE)
		node->extras = random_row(r, extras)->number;
	if (node->kind == NODE_DIR)
		node->extras = random_row(r, dir_extras)->number;
	if (!people->root)
		node->extras &= ~(unsigned int)(NODE_TRUSTED_XATTR | NODE_CAPABILITY);
}

static void pick_rest(struct node *node, const struct tree *tree, struct random *r,
		      const struct people *people)
{
	size_t time = random_weighted(r, &times[0].weight, sizeof(times) / sizeof(times[0]),
				      sizeof(times[0]));

	node->mode = node->kind == NODE_DIR ? random_row(r, dir_modes)->number
					    : random_row(r, file_modes)->number;
	node->uid = pick_id(r, people->runner);
	node->gid = pick_id(r, people->runner);
	node->mtime = times[time].seconds;
	node->mtime_ns = times[time].ns;
	node->shape = content_random(r);
	if (node->kind == NODE_SYMLINK)
		pick_target(node, tree, r);
	if (node->kind == NODE_HARDLINK)
		pick_first_name(node, tree, r);
	pick_extras(node, r, people);
}

static void tree_add(struct tree *tree, struct random *r, const struct people *people,
		     enum node_kind kind)
{
	struct node *node = &tree->nodes[tree->count];
	char prefix[TREE_PATH];
	const char *name =
		kind == NODE_DIR ? random_row(r, dir_names)->name : random_row(r, file_names)->name;

	*node = (struct node){ .kind = kind };
	pick_parent(tree, r, prefix);
	path_append(node->path, TREE_PATH, prefix);
	path_append(node->path, TREE_PATH, name);
	if (tree_find(tree, node->path))
		return;
	pick_rest(node, tree, r, people);
	tree->count++;
}

static enum node_kind pick_kind(struct random *r, const struct people *people, bool specials)
{
	enum node_kind kind = (enum node_kind)random_row(r, kinds)->number;

	if (specials && random_chance(r, 14))
		kind = (enum node_kind)random_row(r, special_kinds)->number;
	if (!people->root && (kind == NODE_CHAR || kind == NODE_BLOCK))
		kind = NODE_FIFO;
	return kind;
}

void tree_random(struct tree *tree, struct random *r, const struct people *people)
{
	unsigned int wanted = 5 + random_below(r, 21);
	bool specials = random_chance(r, 20);

	tree->count = 0;
	for (unsigned int dirs = 1 + random_below(r, 4); dirs; dirs--)
		tree_add(tree, r, people, NODE_DIR);
	for (; wanted; wanted--)
		tree_add(tree, r, people, pick_kind(r, people, specials));
}
