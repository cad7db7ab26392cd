/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Generates command lines: a form (SRC DST, SRC... DIR, -t DIR SRC..., -T SRC DST), operands that
 * mostly exist and mostly suit the options, because a command that fails at once tests little, and
 * the options of options.c before, between or after them.
 */
#include "args.h"

#include "options.h"

#include <stdio.h>
#include <string.h>

enum form {
	FORM_FILE,
	FORM_DIRECTORY,
	FORM_T_OPTION,
	FORM_NO_DIRECTORY,
	FORM_ODD
};

static const struct {
	unsigned int weight;
	enum form form;
} forms[] = {
	{ 36, FORM_FILE },	   { 36, FORM_DIRECTORY }, { 12, FORM_T_OPTION },
	{ 13, FORM_NO_DIRECTORY }, { 2, FORM_ODD },
};

/* A command line while it is generated. */
struct command {
	struct random *r;
	const struct tree *tree;
	/* Flags of enum option_effect. */
	unsigned int effects;
	/* The operands, and -t or -T. */
	struct args operands;
	/* The paths of the sources in the tree. */
	const char *sources[4];
	unsigned int source_count;
};

void args_add(struct args *args, const struct arg *arg)
{
	if (args->count < ARGS_MAX)
		args->list[args->count++] = *arg;
}

bool args_has_long(const struct args *args, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < args->count; i++) {
		const char *word = args->list[i].words[0];

		if (strncmp(word, name, len) == 0 && (word[len] == '=' || word[len] == '\0'))
			return true;
	}
	return false;
}

static void add_word(struct args *args, const char *word)
{
	struct arg arg = { .count = 1 };

	snprintf(arg.words[0], sizeof(arg.words[0]), "%s", word);
	args_add(args, &arg);
}

/* Writes a path in another spelling that means (nearly) the same, such as with a trailing slash. */
static void decorate(char *ret_word, const char *path, bool dir, struct random *r)
{
	unsigned int way = random_below(r, 100);
	const char *before = path[0] == '-' ? "./" : "";
	const char *after = "";
	struct {
		unsigned int below;
		bool dirs_only;
		const char *before;
		const char *after;
	} ways[] = {
		{ 7, false, "./", "" },	 { 12, true, "", "/" },	   { 16, true, "", "/." },
		{ 18, true, "", "//" },	 { 20, false, ".//", "" }, { 21, false, "", "/" },
		{ 22, true, "", "/./" },
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (way < ways[i].below) {
			if (ways[i].dirs_only && !dir)
				break;
			before = ways[i].before[0] ? ways[i].before : before;
			after = ways[i].after;
			break;
		}
	}
	snprintf(ret_word, ARGS_WORD, "%s%s%s", before, path, after);
	if (way == 99 && dir)
		snprintf(ret_word, ARGS_WORD, "%s/../%s", path, path_base(path));
}

static void add_path(struct command *c, const char *path)
{
	const struct node *node = tree_find(c->tree, path);
	const struct node *end = node ? tree_resolve(c->tree, node) : NULL;
	char word[ARGS_WORD];

	decorate(word, path, end && end->kind == NODE_DIR, c->r);
	add_word(&c->operands, word);
}

static const struct node *any_node(const struct command *c)
{
	return &c->tree->nodes[random_below(c->r, (unsigned int)c->tree->count)];
}

/* True if the command would copy this source rather than refuse or skip it. */
static bool suits_as_source(const struct command *c, const struct node *node)
{
	const struct node *end = tree_resolve(c->tree, node);
	bool as_link = node->kind == NODE_SYMLINK && (c->effects & OPTION_NO_FOLLOW);

	for (unsigned int i = 0; i < c->source_count; i++) {
		if (strcmp(path_base(c->sources[i]), path_base(node->path)) == 0)
			return false;
	}
	if (as_link || (end && end->kind == NODE_FILE))
		return true;
	if (!end)
		return false;
	if (end->kind == NODE_DIR)
		return c->effects & OPTION_RECURSES;
	return c->effects & (OPTION_RECURSES | OPTION_LINKS);
}

static void add_source(struct command *c)
{
	const struct node *node = any_node(c);

	for (unsigned int tries = 0; tries < 10 && !suits_as_source(c, node); tries++) {
		/* A FIFO that is read only blocks. */
		const struct node *end = tree_resolve(c->tree, node);

		if (random_chance(c->r, 6) && !(end && end->kind == NODE_FIFO))
			break;
		node = any_node(c);
	}
	if (c->source_count < sizeof(c->sources) / sizeof(c->sources[0]))
		c->sources[c->source_count++] = node->path;
	if (random_chance(c->r, 2))
		add_path(c, "missing");
	else
		add_path(c, node->path);
}

/* True if two paths lead to one file. */
static bool is_same_file(const struct tree *tree, const char *one, const char *other)
{
	const struct node *a = tree_find(tree, one);
	const struct node *b = tree_find(tree, other);

	return a && b && tree_resolve(tree, a) && tree_resolve(tree, a) == tree_resolve(tree, b);
}

/* True if the entry of directory @path with the last name of @source is that file. */
static bool has_same_file(const struct tree *tree, const char *path, const char *source)
{
	char inside[2 * TREE_PATH];

	if (strcmp(path, ".") == 0)
		return is_same_file(tree, path_base(source), source);
	snprintf(inside, sizeof(inside), "%s/%s", path, path_base(source));
	return is_same_file(tree, inside, source);
}

/* True if a copy to @path would overwrite a source, or copy a directory into itself. */
static bool hits_source(const struct command *c, const char *path, bool as_dir)
{
	for (unsigned int i = 0; i < c->source_count; i++) {
		const char *source = c->sources[i];
		size_t dir_len = (size_t)(path_base(source) - source);
		bool beside = dir_len ? strlen(path) + 1 == dir_len &&
						strncmp(path, source, dir_len - 1) == 0
				      : strcmp(path, ".") == 0;

		if (path_is_within(path, source) || (as_dir && beside) ||
		    is_same_file(c->tree, path, source) ||
		    (as_dir && has_same_file(c->tree, path, source)) ||
		    (!as_dir && path_is_within(source, path)))
			return true;
	}
	return false;
}

static void pick_directory(const struct command *c, char *ret_path)
{
	strcpy(ret_path, ".");
	for (unsigned int tries = 0; tries < 60; tries++) {
		const struct node *node = any_node(c);
		const struct node *end = tree_resolve(c->tree, node);
		bool dir = end && end->kind == NODE_DIR;

		if (!random_chance(c->r, dir ? (end == node ? 90 : 30) : 1))
			continue;
		strcpy(ret_path, random_chance(c->r, 7) ? "." : node->path);
		if (!hits_source(c, ret_path, true) || random_chance(c->r, 5))
			return;
	}
}

/* A name that does not exist, in a directory that mostly exists. */
static void pick_new(const struct command *c, char *ret_path)
{
	static const char *const names[] = { "new", "n", "new~", "x y" };
	const char *name = names[random_below(c->r, 4)];
	char dir[TREE_PATH];

	pick_directory(c, dir);
	if (strcmp(dir, ".") == 0 || random_chance(c->r, 50))
		snprintf(ret_path, ARGS_WORD, "%s", name);
	else
		snprintf(ret_path, ARGS_WORD, "%s%s/%s", dir, random_chance(c->r, 3) ? "/not" : "",
			 name);
}

static void pick_dest(const struct command *c, char *ret_path, bool dir_allowed)
{
	const struct node *source = tree_find(c->tree, c->sources[0]);
	const struct node *from = source ? tree_resolve(c->tree, source) : NULL;
	bool from_dir = from && from->kind == NODE_DIR;

	if (random_chance(c->r, 35)) {
		pick_new(c, ret_path);
		return;
	}
	for (unsigned int tries = 0; tries < 40; tries++) {
		const struct node *node = any_node(c);
		const struct node *end = tree_resolve(c->tree, node);
		bool dir = end && end->kind == NODE_DIR;
		bool blocks = end && end->kind == NODE_FIFO;

		if (!random_chance(c->r, blocks					   ? 5
					 : dir == from_dir || (dir && dir_allowed) ? 90
										   : 8))
			continue;
		strcpy(ret_path, node->path);
		if (!hits_source(c, ret_path, dir && dir_allowed) || random_chance(c->r, 6))
			return;
	}
	pick_new(c, ret_path);
}

static void add_t_option(struct command *c, const char *dir)
{
	static const struct {
		const char *word;
		bool apart;
	} ways[] = {
		{ "-t", true },
		{ "-t", false },
		{ "--target-directory=", false },
		{ "--target-directory", true },
		{ "--target=", false },
	};
	size_t way = random_below(c->r, 5);
	struct arg arg = { .count = ways[way].apart ? 2 : 1 };

	snprintf(arg.words[0], ARGS_WORD, "%s%s", ways[way].word, ways[way].apart ? "" : dir);
	snprintf(arg.words[1], ARGS_WORD, "%s", dir);
	args_add(&c->operands, &arg);
}

static void make_operands(struct command *c, enum form form)
{
	unsigned int sources =
		form == FORM_DIRECTORY || form == FORM_T_OPTION ? 1 + random_below(c->r, 3) : 1;
	char path[ARGS_WORD];

	if (form == FORM_ODD)
		sources = random_below(c->r, 4);
	for (unsigned int i = 0; i < sources; i++)
		add_source(c);
	if (form == FORM_ODD)
		return;
	if (form == FORM_FILE || form == FORM_NO_DIRECTORY)
		pick_dest(c, path, form == FORM_FILE);
	else
		pick_directory(c, path);
	if (form == FORM_NO_DIRECTORY)
		add_word(&c->operands, random_chance(c->r, 80) ? "-T" : "--no-target-directory");
	if (form == FORM_T_OPTION)
		add_t_option(c, path);
	else
		add_path(c, path);
}

/* Merges options and operands, mostly in this order. */
static void merge_options(struct args *args, struct command *c, const struct args *options)
{
	bool mixed = random_chance(c->r, 25);
	size_t o = 0;

	for (size_t i = 0; i < c->operands.count; i++) {
		while (o < options->count && (!mixed || random_chance(c->r, 50)))
			args_add(args, &options->list[o++]);
		args_add(args, &c->operands.list[i]);
	}
	while (o < options->count)
		args_add(args, &options->list[o++]);
}

/* Sometimes puts "--" before the first operand, unless an option follows it. */
static void add_separator(struct args *args, struct random *r)
{
	size_t first = 0;

	while (first < args->count && args->list[first].words[0][0] == '-')
		first++;
	for (size_t i = first; i < args->count; i++) {
		if (args->list[i].words[0][0] == '-')
			return;
	}
	if (args->count == ARGS_MAX || !random_chance(r, 12))
		return;
	memmove(&args->list[first + 1], &args->list[first],
		(args->count - first) * sizeof(args->list[0]));
	args->list[first] = (struct arg){ .words = { "--" }, .count = 1 };
	args->count++;
	for (size_t i = first + 1; i < args->count; i++) {
		char *word = args->list[i].words[0];

		if (strncmp(word, "./-", 3) != 0)
			continue;
		while ((word[0] = word[2]))
			word++;
	}
}

void args_random(struct args *args, struct random *r, const struct tree *tree)
{
	struct command c = { .r = r, .tree = tree };
	struct args options = { 0 };
	enum form form = random_row(r, forms)->form;

	*args = (struct args){ 0 };
	c.effects = options_random(&options, r, tree);
	args->recurses = c.effects & OPTION_RECURSES;
	args->follows = args->recurses && (c.effects & OPTION_FOLLOWS);
	if ((c.effects & OPTION_PARENTS) && form == FORM_FILE && !random_chance(r, 15))
		form = FORM_DIRECTORY;
	if (!tree->count)
		return;
	make_operands(&c, form);
	merge_options(args, &c, &options);
	add_separator(args, r);
}
