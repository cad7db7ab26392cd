/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds what a difference needs. Each step is tried, and stays if the programs still differ in one
 * of the parts in which they did; until no step stays. What is removed is removed with what cannot
 * be without it; what cp does with an operand that is gone is its own affair.
 */
#include "shrink.h"

#include "content.h"

#include <string.h>

struct search {
	const struct setup *setup;
	const char *place;
	unsigned int differ;
	struct scene *best;
};

/* A change that makes a scene simpler; false if it has nothing to change. */
typedef bool simplify_fn(struct scene *scene, size_t i);

/* Takes @candidate if it still shows the difference. */
static bool accept(const struct search *s, const struct scene *candidate)
{
	struct pair pair;
	bool still;

	pair_run(&pair, s->setup, candidate, s->place);
	still = (pair.differ & s->differ) && !pair.known;
	pair_done(&pair);
	if (still)
		*s->best = *candidate;
	return still;
}

static bool drop_arg(struct scene *scene, size_t i)
{
	struct args *args = &scene->args;

	if (i >= args->count)
		return false;
	memmove(&args->list[i], &args->list[i + 1], (args->count - i - 1) * sizeof(args->list[0]));
	args->count--;
	return true;
}

/* Drops a node, what is below it, and its other names. */
static bool drop_node(struct scene *scene, size_t i)
{
	struct tree *tree = &scene->tree;
	const struct node gone = tree->nodes[i];
	size_t kept = 0;

	if (i >= tree->count)
		return false;
	for (size_t j = 0; j < tree->count; j++) {
		const struct node *node = &tree->nodes[j];

		if (!path_is_within(node->path, gone.path) &&
		    !(node->kind == NODE_HARDLINK && path_is_within(node->target, gone.path)))
			tree->nodes[kept++] = *node;
	}
	tree->count = kept;
	return true;
}

static bool drop_variable(struct scene *scene, size_t i)
{
	if (i >= VARIABLES || !scene->variables[i])
		return false;
	scene->variables[i] = NULL;
	return true;
}

static bool drop_answers(struct scene *scene, size_t i)
{
	if (i || !scene->answers[0])
		return false;
	scene->answers[0] = '\0';
	return true;
}

static bool usual_mask(struct scene *scene, size_t i)
{
	if (i || scene->mask == 022)
		return false;
	scene->mask = 022;
	return true;
}

/* A short option out of a word with several. */
static bool drop_letter(struct scene *scene, size_t i)
{
	char *word = scene->args.list[i / 8].words[0];
	size_t at = 1 + i % 8;

	if (i / 8 >= scene->args.count || word[0] != '-' || word[1] == '-' || strlen(word) < 3 ||
	    at >= strlen(word))
		return false;
	memmove(word + at, word + at + 1, strlen(word + at));
	return true;
}

static bool usual_owner(struct scene *scene, size_t i)
{
	struct node *node = &scene->tree.nodes[i];
	const struct node top = { 0 };

	if (i >= scene->tree.count || (node->uid == top.uid && node->gid == top.gid))
		return false;
	node->uid = node->gid = 0;
	return true;
}

static bool usual_mode(struct scene *scene, size_t i)
{
	struct node *node = &scene->tree.nodes[i];
	mode_t usual = node->kind == NODE_DIR ? 0755 : 0644;

	if (i >= scene->tree.count || node->mode == usual)
		return false;
	node->mode = usual;
	return true;
}

static bool no_extras(struct scene *scene, size_t i)
{
	struct node *node = &scene->tree.nodes[i];

	if (i >= scene->tree.count || !node->extras)
		return false;
	node->extras = 0;
	return true;
}

static bool usual_content(struct scene *scene, size_t i)
{
	struct node *node = &scene->tree.nodes[i];

	if (i >= scene->tree.count || node->shape == content_plain())
		return false;
	node->shape = content_plain();
	return true;
}

static bool usual_time(struct scene *scene, size_t i)
{
	struct node *node = &scene->tree.nodes[i];

	if (i >= scene->tree.count || (node->mtime == 1000000000 && !node->mtime_ns))
		return false;
	node->mtime = 1000000000;
	node->mtime_ns = 0;
	return true;
}

static bool no_link(struct scene *scene, size_t i)
{
	struct node *node = &scene->tree.nodes[i];

	if (i >= scene->tree.count || node->kind == NODE_FILE || node->kind == NODE_DIR)
		return false;
	node->kind = NODE_FILE;
	return true;
}

/* Each with how many indexes it has. */
static const struct {
	simplify_fn *simplify;
	size_t count;
} steps[] = {
	{ drop_node, TREE_NODES },    { drop_arg, ARGS_MAX },	     { drop_letter, 8 * ARGS_MAX },
	{ drop_variable, VARIABLES }, { drop_answers, 1 },	     { usual_mask, 1 },
	{ no_link, TREE_NODES },      { usual_content, TREE_NODES }, { no_extras, TREE_NODES },
	{ usual_owner, TREE_NODES },  { usual_mode, TREE_NODES },    { usual_time, TREE_NODES },
};

static bool try_all(const struct search *s)
{
	bool better = false;

	for (size_t step = 0; step < sizeof(steps) / sizeof(steps[0]); step++) {
		for (size_t i = steps[step].count; i--;) {
			struct scene candidate = *s->best;

			if (steps[step].simplify(&candidate, i) && accept(s, &candidate))
				better = true;
		}
	}
	return better;
}

void shrink(struct scene *scene, const struct setup *setup, const char *place, unsigned int differ)
{
	const struct search s = { setup, place, differ, scene };

	while (try_all(&s))
		;
}
