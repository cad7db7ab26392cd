/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c that look at what the programs wrote: prompts, quoting, messages
 * of -v and errors. What differs in the files is in allowed_diffs.c.
 */
#include "allowed_messages.h"

#include "allowed_diffs.h"

#include <string.h>

bool allow_if_prompt_declined(const struct comparison *c)
{
	const char *answers = c->setup->answers;

	return result_stderr_has(c->cp, "? ") && (strchr(answers, 'n') || !answers[0]) &&
	       c->cp->status == 0 && c->ovl->status == 1;
}

bool allow_if_mode_already_set(const struct comparison *c)
{
	return result_stderr_has(c->cp, ": Operation not permitted") &&
	       !result_stderr_has(c->ovl, "preserving permissions for ");
}

bool allow_if_cp_path_broke(const struct comparison *c)
{
	return result_stderr_has(c->cp, ": Not a directory") ||
	       result_stderr_has(c->cp, ": No such file or directory");
}

bool allow_if_ovl_path_held(const struct comparison *c)
{
	return allow_if_cp_path_broke(c) &&
	       !result_stderr_has(c->ovl, "cannot read symbolic link ") &&
	       !result_stderr_has(c->ovl, "cannot create symbolic link ");
}

/* A directory got, as a destination, a mode that closes the path to its own source: cp names the
   source then, without saying what it wanted to do with it. */
bool allow_if_cp_path_closed(const struct comparison *c)
{
	return result_stderr_has(c->cp, "cp: '") && !result_stderr_has(c->ovl, "cp: '");
}

static size_t count_removed(const struct result *r)
{
	const struct lines *l = &r->part[PART_STDOUT];
	size_t count = 0;

	for (size_t i = 0; i < l->count; i++)
		count += strncmp(l->line[i], "removed ", 8) == 0;
	return count;
}

bool allow_if_update_removed_itself(const struct comparison *c)
{
	return allow_if_update(c) && count_removed(c->cp) > count_removed(c->ovl);
}

static size_t count_prompts(const struct result *r)
{
	const struct lines *l = &r->part[PART_STDERR];
	size_t count = 0;

	for (size_t i = 0; i < l->count; i++) {
		for (const char *at = l->line[i]; (at = strstr(at, "? ")); at++)
			count++;
	}
	return count;
}

static bool has_symlink_loop(const struct setup *setup)
{
	for (size_t i = 0; i < setup->tree.count; i++) {
		const struct node *n = &setup->tree.nodes[i];

		if (n->kind == NODE_SYMLINK && strcmp(path_base(n->path), n->target) == 0)
			return true;
	}
	return false;
}

bool allow_if_symlink_loop_prompted(const struct comparison *c)
{
	return (setup_has_option(c->setup, "--f") || setup_has_short(c->setup, 'f')) &&
	       has_symlink_loop(c->setup) && count_prompts(c->ovl) > count_prompts(c->cp);
}

static bool has_misquoted_name(const struct lines *l)
{
	for (size_t i = 0; i < l->count; i++) {
		if (strstr(l->line[i], "'\\''") && strstr(l->line[i], "'$'"))
			return true;
	}
	return false;
}

bool allow_if_cp_misquoted(const struct comparison *c)
{
	return has_misquoted_name(&c->cp->part[PART_STDOUT]) ||
	       has_misquoted_name(&c->cp->part[PART_STDERR]);
}
