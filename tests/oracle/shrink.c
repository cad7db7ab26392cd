/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Test-case reduction. Each simplification is tried, and kept if the programs still differ in one
 * of the parts in which they did, until none can be kept. A node is dropped with everything that
 * depends on it; an operand that no longer exists is left for cp to report.
 */
#include "shrink.h"

#include "content.h"

#include <string.h>

struct search {
	const struct config *config;
	const char *pair_dir;
	unsigned int differ;
	struct setup *best;
};

/* A change that makes a setup simpler; false if element @i has nothing to change. */
typedef bool simplify_fn(struct setup *setup, size_t i);

/* Keeps @candidate if it still shows the difference. */
static bool keep_if_differs(const struct search *s, const struct setup *candidate)
{
	struct pair pair;
	bool still;

	pair_run(&pair, s->config, candidate, s->pair_dir);
	still = (pair.differ & s->differ) && !pair.known;
	pair_done(&pair);
	if (still)
		*s->best = *candidate;
	return still;
}

static bool drop_arg(struct setup *setup, size_t i)
{
	struct args *args = &setup->args;

	if (i >= args->count)
		return false;
	memmove(&args->list[i], &args->list[i + 1], (args->count - i - 1) * sizeof(args->list[0]));
	args->count--;
	return true;
}

/* Drops a node, the nodes below it, and hard links to them. */
static bool drop_node(struct setup *setup, size_t i)
{
	struct tree *tree = &setup->tree;
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

static bool drop_variable(struct setup *setup, size_t i)
{
	if (i >= VARIABLES || !setup->variables[i])
		return false;
	setup->variables[i] = NULL;
	return true;
}

static bool drop_answers(struct setup *setup, size_t i)
{
	if (i || !setup->answers[0])
		return false;
	setup->answers[0] = '\0';
	return true;
}

static bool usual_mask(struct setup *setup, size_t i)
{
	if (i || setup->mask == 022)
		return false;
	setup->mask = 022;
	return true;
}

/* Drops one short option of a cluster: letter @i % 8 of argument @i / 8. */
static bool drop_letter(struct setup *setup, size_t i)
{
	char *word = setup->args.list[i / 8].words[0];
	size_t at = 1 + i % 8;

	if (i / 8 >= setup->args.count || word[0] != '-' || word[1] == '-' || strlen(word) < 3 ||
	    at >= strlen(word))
		return false;
	memmove(word + at, word + at + 1, strlen(word + at));
	return true;
}

static bool usual_owner(struct setup *setup, size_t i)
{
	struct node *node = &setup->tree.nodes[i];
	const struct node top = { 0 };

	if (i >= setup->tree.count || (node->uid == top.uid && node->gid == top.gid))
		return false;
	node->uid = node->gid = 0;
	return true;
}

static bool usual_mode(struct setup *setup, size_t i)
{
	struct node *node = &setup->tree.nodes[i];
	mode_t usual = node->kind == NODE_DIR ? 0755 : 0644;

	if (i >= setup->tree.count || node->mode == usual)
		return false;
	node->mode = usual;
	return true;
}

static bool no_extras(struct setup *setup, size_t i)
{
	struct node *node = &setup->tree.nodes[i];

	if (i >= setup->tree.count || !node->extras)
		return false;
	node->extras = 0;
	return true;
}

static bool usual_content(struct setup *setup, size_t i)
{
	struct node *node = &setup->tree.nodes[i];

	if (i >= setup->tree.count || node->shape == content_plain())
		return false;
	node->shape = content_plain();
	return true;
}

static bool usual_time(struct setup *setup, size_t i)
{
	struct node *node = &setup->tree.nodes[i];

	if (i >= setup->tree.count || (node->mtime == 1000000000 && !node->mtime_ns))
		return false;
	node->mtime = 1000000000;
	node->mtime_ns = 0;
	return true;
}

static bool no_link(struct setup *setup, size_t i)
{
	struct node *node = &setup->tree.nodes[i];

	if (i >= setup->tree.count || node->kind == NODE_FILE || node->kind == NODE_DIR)
		return false;
	node->kind = NODE_FILE;
	return true;
}

/* The simplifications, each with the number of its indexes. */
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
			struct setup candidate = *s->best;

			if (steps[step].simplify(&candidate, i) && keep_if_differs(s, &candidate))
				better = true;
		}
	}
	return better;
}

void shrink(struct setup *setup, const struct config *config, const char *pair_dir,
	    unsigned int differ)
{
	const struct search s = { config, pair_dir, differ, setup };

	while (try_all(&s))
		;
}
