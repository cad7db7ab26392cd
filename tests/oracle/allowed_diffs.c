/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c that look at the command line and at which files were created,
 * linked, removed or changed. Each is as narrow as it can be: a difference that it allows is never
 * reported again. Statuses, messages and metadata have files of their own (allowed_*.c).
 */
#include "allowed_diffs.h"

#include "allowed_messages.h"
#include "allowed_status.h"
#include "changes.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>

bool allow_if_parents_of_many(const struct comparison *c)
{
	const struct args *args = &c->setup->args;
	size_t operands = 0;

	for (size_t i = 0; i < args->count; i++)
		operands += args->list[i].words[0][0] != '-';
	return setup_has_option(c->setup, "--pa") && operands >= 2;
}

/* True if the last component of @word is "." or "..". */
static bool ends_in_dots(const char *word)
{
	size_t len = strlen(word);
	const char *last;

	while (len > 1 && word[len - 1] == '/')
		len--;
	last = len ? memrchr(word, '/', len - 1) : NULL;
	last = last ? last + 1 : word;
	len -= (size_t)(last - word);
	return len && len <= 2 && strncmp(last, "..", len) == 0;
}

bool allow_if_parents_of_dots(const struct comparison *c)
{
	const struct args *args = &c->setup->args;
	bool dots = false;

	for (size_t i = 0; i < args->count; i++)
		dots = dots || ends_in_dots(args->list[i].words[0]);
	return dots && setup_has_option(c->setup, "--pa");
}

bool allow_if_update(const struct comparison *c)
{
	return setup_has_option(c->setup, "--up") || setup_has_short(c->setup, 'u');
}

static bool ends_with(const struct change *c, const char *end)
{
	size_t len = strlen(end);

	/* a quote may follow */
	return c->rest - c->path > (ptrdiff_t)len &&
	       (memcmp(c->rest - len, end, len) == 0 || memcmp(c->rest - len - 1, end, len) == 0);
}

static bool is_backup(const struct change *c)
{
	return ends_with(c, "~") || ends_with(c, ".bak") || ends_with(c, ".old");
}

/* The side effects of one file more or less: the mtime of its directory, the link count of its
   other names, or other holes. */
static bool is_side_effect(const struct change *cp, const struct change *ovl)
{
	if (strncmp(cp->rest, " dir ", 5) == 0)
		return change_same_up_to(cp, ovl, " mtime=");
	return strstr(cp->rest, " links=") || strstr(ovl->rest, " links=") ||
	       change_same_up_to(cp, ovl, " blocks=");
}

static bool is_empty_file_of_cp(const struct change *c)
{
	return c->side == '-' && (strstr(c->rest, " size=0 ") || change_is_xattr(c));
}

bool allow_if_cp_left_empty_files(const struct comparison *c)
{
	return changes_any(c, is_empty_file_of_cp) &&
	       changes_all_pairs(c, is_side_effect, is_empty_file_of_cp);
}

static bool has_backup_option(const struct setup *setup)
{
	return setup_has_option(setup, "--b") || setup_has_short(setup, 'b') ||
	       setup_has_short(setup, 'S') || setup_has_option(setup, "--su");
}

bool allow_if_backup_makes_room(const struct comparison *c)
{
	return has_backup_option(c->setup) &&
	       !result_stderr_has(c->ovl, "cannot overwrite non-directory ");
}

/* Where cp finds such a misplaced backup, it may try again forever. */
bool allow_if_backup_misplaced(const struct comparison *c)
{
	if (!has_backup_option(c->setup))
		return false;
	return result_stderr_has(c->cp, "cannot backup ") ||
	       result_stderr_has(c->cp, "File exists") ||
	       (result_stderr_has(c->cp, "not writing through dangling symlink ") &&
		!result_stderr_has(c->ovl, "not writing through dangling symlink ")) ||
	       (c->cp->status == 128 + SIGKILL && c->ovl->status == 0) ||
	       (changes_any(c, is_backup) && changes_all_pairs(c, is_side_effect, is_backup));
}

static bool is_backup_at_top(const struct change *c)
{
	return is_backup(c) && c->path[0] == '/' &&
	       !memchr(c->path + 1, '/', (size_t)(c->rest - c->path) - 1);
}

static bool are_files_or_side_effect(const struct change *cp, const struct change *ovl)
{
	return is_side_effect(cp, ovl) ||
	       (strncmp(cp->rest, " file ", 6) == 0 && strncmp(ovl->rest, " file ", 6) == 0);
}

bool allow_if_wrong_backup_restored(const struct comparison *c)
{
	return has_backup_option(c->setup) && allow_if_both_failed(c) &&
	       changes_any(c, is_backup_at_top) &&
	       changes_all_pairs(c, are_files_or_side_effect, is_backup);
}

static bool is_hard_link_of_cp(const struct change *c)
{
	return c->side == '-' && strstr(c->rest, " links=");
}

/* A directory in which cp linked a file to itself, or removed a link again. */
static bool is_modified_dir(const struct change *cp, const struct change *ovl)
{
	return strncmp(cp->rest, " dir ", 5) == 0 && change_same_up_to(cp, ovl, " mtime=") &&
	       strstr(cp->rest, " mtime=now");
}

bool allow_if_update_linked(const struct comparison *c)
{
	return allow_if_update(c) &&
	       (changes_any(c, is_hard_link_of_cp) || changes_all_pairs(c, is_modified_dir, NULL));
}

static bool is_only_of_ovl(const struct change *c)
{
	return c->side == '+';
}

bool allow_if_ovl_kept_existing(const struct comparison *c)
{
	return allow_if_both_failed(c) && changes_all_pairs(c, is_modified_dir, is_only_of_ovl);
}

static bool is_linked_symlink_of_ovl(const struct change *c)
{
	return c->side == '+' && strncmp(c->rest, " symlink ", 9) == 0 &&
	       strstr(c->rest, " links=");
}

bool allow_if_ovl_linked_symlinks(const struct comparison *c)
{
	return (setup_has_option(c->setup, "--sy") || setup_has_short(c->setup, 's')) &&
	       changes_any(c, is_linked_symlink_of_ovl);
}

static bool is_directory(const struct change *c)
{
	return strncmp(c->rest, " dir ", 5) == 0 || change_is_xattr(c);
}

/* True if the path of a change is that of a directory of the source tree, or of the sandbox. */
static bool is_source_dir(const struct setup *setup, const struct change *c)
{
	for (size_t i = 0; i < setup->tree.count; i++) {
		const struct node *n = &setup->tree.nodes[i];
		size_t len = strlen(n->path);

		if (n->kind == NODE_DIR && c->path[0] == '/' &&
		    strncmp(c->path + 1, n->path, len) == 0 &&
		    (size_t)(c->rest - c->path) - 1 <= len + 1)
			return true;
	}
	return c->path == c->rest || c->path + 1 == c->rest; /* the sandbox itself */
}

/* Directories that were copied onto themselves by another path. A difference of a directory that
   the copy created is never allowed. */
bool allow_if_source_dirs_changed(const struct comparison *c)
{
	struct changes changes;
	bool all = c->setup->args.recurses &&
		   (c->cp->status == c->ovl->status || allow_if_prompt_declined(c)) &&
		   changes_all(c, is_directory);

	changes_init(&changes, c);
	for (size_t i = 0; i < changes.lines.count && all; i++) {
		struct change change;

		all = changes_read(changes.lines.line[i], &change) &&
		      is_source_dir(c->setup, &change);
	}
	changes_done(&changes);
	return all;
}

/* True if X/Y was made from Y, and Y is X/Z: it was a copy of Z before it was the source. */
static bool is_changed_leading_dir(const struct change *c)
{
	const char *path = c->path + (c->path < c->rest && *c->path == '/');

	for (const char *at = path; at < c->rest; at++) {
		size_t len = (size_t)(at - path) + 1;

		if (*at == '/' && c->rest - at > (ptrdiff_t)len && memcmp(at + 1, path, len) == 0)
			return is_directory(c);
	}
	return false;
}

bool allow_if_leading_dirs_changed(const struct comparison *c)
{
	return setup_has_option(c->setup, "--pa") && changes_all(c, is_changed_leading_dir);
}

bool allow_if_only_dirs_differ(const struct comparison *c)
{
	return allow_if_both_failed(c) && changes_all(c, is_directory);
}

bool allow_if_replaced_and_blocked(const struct comparison *c)
{
	return allow_if_both_blocked(c) &&
	       (has_backup_option(c->setup) || setup_has_option(c->setup, "--rem"));
}

static bool is_symlink_loop_of_ovl(const struct change *c)
{
	const char *name = memrchr(c->path, '/', (size_t)(c->rest - c->path));
	const char *to = strstr(c->rest, " to=");

	if (c->side != '+' || !name || !to || strncmp(c->rest, " symlink ", 9) != 0)
		return false;
	to += 4;
	to += *to == '$';
	to += *to == '\'';  /* then the name is followed by a quote, too */
	to = path_base(to); /* a loop may be longer than one link */
	return strlen(to) == (size_t)(c->rest - name) - 1 && memcmp(to, name + 1, strlen(to)) == 0;
}

bool allow_if_symlink_loop_kept(const struct comparison *c)
{
	return (setup_has_option(c->setup, "--f") || setup_has_short(c->setup, 'f')) &&
	       changes_any(c, is_symlink_loop_of_ovl);
}
