/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scene is all that decides what a run does: files, command, umask, environment and standard
 * input. Each has its own stream of random numbers, so that a change in how one is invented does
 * not change the others.
 */
#include "scene.h"

#include "make.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

enum stream {
	STREAM_TREE,
	STREAM_ARGS,
	STREAM_REST
};

static const struct {
	unsigned int weight;
	mode_t mask;
} masks[] = { { 50, 022 }, { 15, 077 }, { 15, 002 }, { 10, 000 }, { 10, 027 } };

struct value_row {
	unsigned int weight;
	const char *value;
};

static const struct value_row posix_values[] = {
	{ 95, NULL },
	{ 5, "POSIXLY_CORRECT=1" },
};

static const struct value_row version_values[] = {
	{ 88, NULL },
	{ 4, "VERSION_CONTROL=numbered" },
	{ 3, "VERSION_CONTROL=existing" },
	{ 2, "VERSION_CONTROL=off" },
	{ 2, "VERSION_CONTROL=simple" },
	{ 1, "VERSION_CONTROL=wrong" },
};

static const struct value_row suffix_values[] = {
	{ 94, NULL },
	{ 3, "SIMPLE_BACKUP_SUFFIX=.bak" },
	{ 2, "SIMPLE_BACKUP_SUFFIX=" },
	{ 1, "SIMPLE_BACKUP_SUFFIX=a/b" },
};

static const struct value_row all_answers[] = {
	{ 55, "" },
	{ 33, "y\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\n" },
	{ 12, "n\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\nn\n" },
};

/* For commands whose questions come in the order of the command line. */
static const struct value_row mixed_answers[] = {
	{ 50, "" },
	{ 25, "y\ny\ny\ny\ny\ny\ny\n" },
	{ 13, "yes\nno\ny\nn\ny\nn\n" },
	{ 12, "n\ny\nn\ny\n" },
};

/* Makes files of links to directories: a copy that follows them may be deeper than a path goes. */
static void without_loops(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		struct node *node = &tree->nodes[i];
		const struct node *end = tree_resolve(tree, node);

		if (node->kind == NODE_SYMLINK &&
		    (node->target[0] == '.' || (end && end->kind == NODE_DIR)))
			node->kind = NODE_FILE;
	}
}

void scene_random(struct scene *scene, uint64_t seed, const struct people *people)
{
	struct random r;

	memset(scene, 0, sizeof(*scene));
	random_init(&r, seed, STREAM_TREE);
	tree_random(&scene->tree, &r, people);
	random_init(&r, seed, STREAM_ARGS);
	args_random(&scene->args, &r, &scene->tree);
	random_init(&r, seed, STREAM_REST);
	if (scene->args.follows && random_chance(&r, 85))
		without_loops(&scene->tree);
	scene->mask = random_row(&r, masks)->mask;
	scene->variables[VARIABLE_POSIX] = random_row(&r, posix_values)->value;
	scene->variables[VARIABLE_VERSION] = random_row(&r, version_values)->value;
	scene->variables[VARIABLE_SUFFIX] = random_row(&r, suffix_values)->value;
	strcpy(scene->answers, scene->args.recurses ? random_row(&r, all_answers)->value
						    : random_row(&r, mixed_answers)->value);
}

void scene_command(struct text *t, const struct scene *scene, const char *program)
{
	text_printf(t, "umask %03o; ", scene->mask);
	if (scene->answers[0]) {
		text_puts(t, "printf ");
		text_quote(t, scene->answers);
		text_puts(t, " | ");
	}
	text_puts(t, "env LC_ALL=C TZ=UTC");
	for (size_t i = 0; i < VARIABLES; i++) {
		if (scene->variables[i]) {
			text_puts(t, " ");
			text_quote(t, scene->variables[i]);
		}
	}
	text_puts(t, " ");
	text_quote(t, program);
	for (size_t i = 0; i < scene->args.count; i++) {
		for (size_t j = 0; j < scene->args.list[i].count; j++) {
			text_puts(t, " ");
			text_quote(t, scene->args.list[i].words[j]);
		}
	}
	text_puts(t, scene->answers[0] ? "\n" : " </dev/null\n");
}

void scene_script(struct text *t, const struct scene *scene, const char *program,
		  const struct people *people)
{
	text_puts(t, "umask 022\n");
	make_script(t, &scene->tree, people);
	if (people->root && people->runner)
		text_printf(t, "# by user %u, without groups\n", people->runner);
	scene_command(t, scene, program);
}

bool scene_has_option(const struct scene *scene, const char *name)
{
	for (size_t i = 0; i < scene->args.count; i++) {
		if (strncmp(scene->args.list[i].words[0], name, strlen(name)) == 0)
			return true;
	}
	return false;
}

bool scene_has_letter(const struct scene *scene, char letter)
{
	for (size_t i = 0; i < scene->args.count; i++) {
		const char *word = scene->args.list[i].words[0];

		if (word[0] == '-' && word[1] != '-' && strchr(word + 1, letter))
			return true;
	}
	return false;
}
