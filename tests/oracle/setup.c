/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A setup is everything that decides what a run does: files, command line, umask, environment and
 * standard input. Files, command line and the rest have a stream of random numbers each, so that a
 * change in how one is generated does not change the others.
 */
#include "setup.h"

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

/* For commands that prompt in the order of the command line. */
static const struct value_row mixed_answers[] = {
	{ 50, "" },
	{ 25, "y\ny\ny\ny\ny\ny\ny\n" },
	{ 13, "yes\nno\ny\nn\ny\nn\n" },
	{ 12, "n\ny\nn\ny\n" },
};

/* Replaces symlinks to directories by files: a copy that follows them may be deeper than PATH_MAX.
 */
static void replace_dir_symlinks(struct tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		struct node *node = &tree->nodes[i];
		const struct node *end = tree_resolve(tree, node);

		if (node->kind == NODE_SYMLINK &&
		    (node->target[0] == '.' || (end && end->kind == NODE_DIR)))
			node->kind = NODE_FILE;
	}
}

void setup_random(struct setup *setup, uint64_t seed, const struct people *people)
{
	struct random r;

	memset(setup, 0, sizeof(*setup));
	random_init(&r, seed, STREAM_TREE);
	tree_random(&setup->tree, &r, people);
	random_init(&r, seed, STREAM_ARGS);
	args_random(&setup->args, &r, &setup->tree);
	random_init(&r, seed, STREAM_REST);
	if (setup->args.follows && random_chance(&r, 85))
		replace_dir_symlinks(&setup->tree);
	setup->mask = random_row(&r, masks)->mask;
	setup->variables[VARIABLE_POSIX] = random_row(&r, posix_values)->value;
	setup->variables[VARIABLE_VERSION] = random_row(&r, version_values)->value;
	setup->variables[VARIABLE_SUFFIX] = random_row(&r, suffix_values)->value;
	strcpy(setup->answers, setup->args.recurses ? random_row(&r, all_answers)->value
						    : random_row(&r, mixed_answers)->value);
}

void setup_command(struct text *t, const struct setup *setup, const char *program)
{
	text_printf(t, "umask %03o; ", setup->mask);
	if (setup->answers[0]) {
		text_puts(t, "printf ");
		text_quote(t, setup->answers);
		text_puts(t, " | ");
	}
	text_puts(t, "env LC_ALL=C TZ=UTC");
	for (size_t i = 0; i < VARIABLES; i++) {
		if (setup->variables[i]) {
			text_puts(t, " ");
			text_quote(t, setup->variables[i]);
		}
	}
	text_puts(t, " ");
	text_quote(t, program);
	for (size_t i = 0; i < setup->args.count; i++) {
		for (size_t j = 0; j < setup->args.list[i].count; j++) {
			text_puts(t, " ");
			text_quote(t, setup->args.list[i].words[j]);
		}
	}
	text_puts(t, setup->answers[0] ? "\n" : " </dev/null\n");
}

void setup_script(struct text *t, const struct setup *setup, const char *program,
		  const struct people *people)
{
	text_puts(t, "umask 022\n");
	make_script(t, &setup->tree, people);
	if (people->root && people->runner)
		text_printf(t, "# by user %u, without groups\n", people->runner);
	setup_command(t, setup, program);
}

bool setup_has_option(const struct setup *setup, const char *name)
{
	for (size_t i = 0; i < setup->args.count; i++) {
		if (strncmp(setup->args.list[i].words[0], name, strlen(name)) == 0)
			return true;
	}
	return false;
}

bool setup_has_short(const struct setup *setup, char letter)
{
	for (size_t i = 0; i < setup->args.count; i++) {
		const char *word = setup->args.list[i].words[0];

		if (word[0] == '-' && word[1] != '-' && strchr(word + 1, letter))
			return true;
	}
	return false;
}
