/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the rows of known.c look at, as closely as they can: what they excuse is never seen again.
 */
#include "excuses.h"

#include "changes.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>

/* Whether one was asked, and an answer (or the want of one) was not yes. */
bool excuse_was_declined(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	return result_says(cp, "? ") && (strchr(scene->answers, 'n') || !scene->answers[0]) &&
	       cp->status == 0 && ovl->status == 1;
}

bool excuse_failed(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	return cp->status != 0 && ovl->status != 0;
}

bool excuse_succeeded(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	(void)cp;
	return ovl->status == 0;
}

/* Whether the program left alone a mode that was as it should be: cp sets it, and must not. */
bool excuse_had_the_mode(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	(void)scene;
	return result_says(cp, ": Operation not permitted") &&
	       !result_says(ovl, "preserving permissions for ");
}

bool excuse_has_many_parents(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	size_t operands = 0;

	(void)cp;
	(void)ovl;
	for (size_t i = 0; i < scene->args.count; i++)
		operands += scene->args.list[i].words[0][0] != '-';
	return scene_has_option(scene, "--pa") && operands >= 2;
}

/* Whether --parents was given, and a name that ends in "." or "..", or in slashes after it. */
bool excuse_has_parents_of_dots(const struct scene *scene, const struct result *cp,
				const struct result *ovl)
{
	bool dots = false;

	(void)cp;
	(void)ovl;
	for (size_t i = 0; i < scene->args.count; i++) {
		const char *word = scene->args.list[i].words[0];
		size_t len = strlen(word);
		const char *last;

		while (len > 1 && word[len - 1] == '/')
			len--;
		last = len ? memrchr(word, '/', len - 1) : NULL;
		last = last ? last + 1 : word;
		len -= (size_t)(last - word);
		dots = dots || (len && len <= 2 && strncmp(last, "..", len) == 0);
	}
	return dots && scene_has_option(scene, "--pa");
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

/* A directory in which one more or one less was made; a file that has one link more or less, or
   other holes. */
static bool has_other_neighbours(const struct change *cp, const struct change *ovl)
{
	if (strncmp(cp->rest, " dir ", 5) == 0)
		return change_is_same_up_to(cp, ovl, " mtime=");
	return strstr(cp->rest, " links=") || strstr(ovl->rest, " links=") ||
	       change_is_same_up_to(cp, ovl, " blocks=");
}

static bool is_empty_of_cp(const struct change *c)
{
	return c->side == '-' && (strstr(c->rest, " size=0 ") || change_is_attribute(c));
}

bool excuse_left_empty_files(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	(void)scene;
	return changes_has(cp, ovl, is_empty_of_cp) &&
	       changes_pair(cp, ovl, has_other_neighbours, is_empty_of_cp);
}

static bool has_backups(const struct scene *scene)
{
	return scene_has_option(scene, "--b") || scene_has_letter(scene, 'b') ||
	       scene_has_letter(scene, 'S') || scene_has_option(scene, "--su");
}

/* Whether backups are, or were looked for, where they do not belong. Where cp finds one there it
   may try again for ever. */
bool excuse_misplaced_backup(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	if (!has_backups(scene))
		return false;
	return result_says(cp, "cannot backup ") || result_says(cp, "File exists") ||
	       (result_says(cp, "not writing through dangling symlink ") &&
		!result_says(ovl, "not writing through dangling symlink ")) ||
	       (cp->status == 128 + SIGKILL && ovl->status == 0) ||
	       (changes_has(cp, ovl, is_backup) &&
		changes_pair(cp, ovl, has_other_neighbours, is_backup));
}

static bool is_backup_at_top(const struct change *c)
{
	return is_backup(c) && c->path[0] == '/' &&
	       !memchr(c->path + 1, '/', (size_t)(c->rest - c->path) - 1);
}

static bool is_file_or_neighbour(const struct change *cp, const struct change *ovl)
{
	return has_other_neighbours(cp, ovl) ||
	       (strncmp(cp->rest, " file ", 6) == 0 && strncmp(ovl->rest, " file ", 6) == 0);
}

/* Whether a backup was put at the top, and files have another's contents. */
bool excuse_took_back_wrong_backup(const struct scene *scene, const struct result *cp,
				   const struct result *ovl)
{
	return has_backups(scene) && excuse_failed(scene, cp, ovl) &&
	       changes_has(cp, ovl, is_backup_at_top) &&
	       changes_pair(cp, ovl, is_file_or_neighbour, is_backup);
}

/* Whether cp has linked files that it passed over for being new. */
static bool is_link_of_cp(const struct change *c)
{
	return c->side == '-' && strstr(c->rest, " links=");
}

/* A directory in which cp has made a link of a file to itself, or one that it took back. */
static bool is_touched(const struct change *cp, const struct change *ovl)
{
	return strncmp(cp->rest, " dir ", 5) == 0 && change_is_same_up_to(cp, ovl, " mtime=") &&
	       strstr(cp->rest, " mtime=now");
}

bool excuse_linked_new_ones(const struct scene *scene, const struct result *cp,
			    const struct result *ovl)
{
	return (scene_has_option(scene, "--up") || scene_has_letter(scene, 'u')) &&
	       (changes_has(cp, ovl, is_link_of_cp) || changes_pair(cp, ovl, is_touched, NULL));
}

static bool is_of_program(const struct change *c)
{
	return c->side == '+';
}

bool excuse_kept_what_was_there(const struct scene *scene, const struct result *cp,
				const struct result *ovl)
{
	return excuse_failed(scene, cp, ovl) && changes_pair(cp, ovl, is_touched, is_of_program);
}

bool excuse_updates(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)cp;
	(void)ovl;
	return scene_has_option(scene, "--up") || scene_has_letter(scene, 'u');
}

static size_t count_of_removed(const struct result *r)
{
	const struct lines *l = &r->part[PART_OUT];
	size_t count = 0;

	for (size_t i = 0; i < l->count; i++)
		count += strncmp(l->line[i], "removed ", 8) == 0;
	return count;
}

/* Whether cp has linked a file that it passed over to itself, and says that it removed it. */
bool excuse_updates_itself(const struct scene *scene, const struct result *cp,
			   const struct result *ovl)
{
	return excuse_updates(scene, cp, ovl) && count_of_removed(cp) > count_of_removed(ovl);
}

static bool is_attribute_of_cp(const struct change *c)
{
	return c->side == '-' && change_is_attribute(c);
}

bool excuse_links_got_attributes(const struct scene *scene, const struct result *cp,
				 const struct result *ovl)
{
	return (scene_has_option(scene, "--sy") || scene_has_letter(scene, 's')) &&
	       changes_are(cp, ovl, is_attribute_of_cp);
}

static bool is_link_of_program(const struct change *c)
{
	return c->side == '+' && strncmp(c->rest, " symlink ", 9) == 0 &&
	       strstr(c->rest, " links=");
}

/* Whether the program made two names of one symbolic link, where it was told to make links. */
bool excuse_linked_to_source(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	return (scene_has_option(scene, "--sy") || scene_has_letter(scene, 's')) &&
	       changes_has(cp, ovl, is_link_of_program);
}

static bool is_directory(const struct change *c)
{
	return strncmp(c->rest, " dir ", 5) == 0 || change_is_attribute(c);
}

/* Whether the path of a change is that of a directory which was there from the beginning. */
static bool was_there(const struct scene *scene, const struct change *c)
{
	for (size_t i = 0; i < scene->tree.count; i++) {
		const struct node *n = &scene->tree.nodes[i];
		size_t len = strlen(n->path);

		if (n->kind == NODE_DIR && c->path[0] == '/' &&
		    strncmp(c->path + 1, n->path, len) == 0 &&
		    (size_t)(c->rest - c->path) - 1 <= len + 1)
			return true;
	}
	return c->path == c->rest || c->path + 1 == c->rest; /* the sandbox itself */
}

/* Whether all that differs is what directories of the scene are like, and directories were
   copied: onto themselves by another way, that is. New ones are never excused. */
bool excuse_changed_source(const struct scene *scene, const struct result *cp,
			   const struct result *ovl)
{
	struct changes c;
	bool all = scene->args.recurses &&
		   (cp->status == ovl->status || excuse_was_declined(scene, cp, ovl)) &&
		   changes_are(cp, ovl, is_directory);

	changes_init(&c, cp, ovl);
	for (size_t i = 0; i < c.lines.count && all; i++) {
		struct change change;

		all = changes_read(c.lines.line[i], &change) && was_there(scene, &change);
	}
	changes_done(&c);
	return all;
}

/* Whether X/Y was made of Y, and Y is X/Z: it was a copy of Z before it was the source. */
static bool is_of_changed_leader(const struct change *c)
{
	const char *path = c->path + (c->path < c->rest && *c->path == '/');

	for (const char *at = path; at < c->rest; at++) {
		size_t len = (size_t)(at - path) + 1;

		if (*at == '/' && c->rest - at > (ptrdiff_t)len && memcmp(at + 1, path, len) == 0)
			return is_directory(c);
	}
	return false;
}

/* Whether all that differs are leading directories that had been destinations before. */
bool excuse_changed_leaders(const struct scene *scene, const struct result *cp,
			    const struct result *ovl)
{
	return scene_has_option(scene, "--pa") && changes_are(cp, ovl, is_of_changed_leader);
}

bool excuse_failed_with_directories(const struct scene *scene, const struct result *cp,
				    const struct result *ovl)
{
	return excuse_failed(scene, cp, ovl) && changes_are(cp, ovl, is_directory);
}

/* Whether the path that cp uses once more is one no longer: the copy has replaced a link in it. */
bool excuse_lost_its_way(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	(void)scene;
	(void)ovl;
	return result_says(cp, ": Not a directory") ||
	       result_says(cp, ": No such file or directory");
}

/* The same, where the program has held on to its directories. */
bool excuse_found_its_way(const struct scene *scene, const struct result *cp,
			  const struct result *ovl)
{
	return excuse_lost_its_way(scene, cp, ovl) &&
	       !result_says(ovl, "cannot read symbolic link ") &&
	       !result_says(ovl, "cannot create symbolic link ");
}

/* Whether a directory got, as a destination, a mode that closes the path to its own source: cp
   names the source then, and says no more about it. */
bool excuse_closed_its_way(const struct scene *scene, const struct result *cp,
			   const struct result *ovl)
{
	(void)scene;
	return result_says(cp, "cp: '") && !result_says(ovl, "cp: '");
}

/* Whether only the program did not come to an end: 128 and SIGKILL. */
bool excuse_went_on_to_block(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	(void)scene;
	return cp->status == 1 && ovl->status == 128 + SIGKILL;
}

/* Whether neither came to an end: 128 and SIGKILL. */
bool excuse_cp_blocked(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	(void)ovl;
	return cp->status == 128 + SIGKILL;
}

bool excuse_both_blocked(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	(void)scene;
	return cp->status == 128 + SIGKILL && ovl->status == 128 + SIGKILL;
}

bool excuse_set_aside_and_blocked(const struct scene *scene, const struct result *cp,
				  const struct result *ovl)
{
	return excuse_both_blocked(scene, cp, ovl) &&
	       (has_backups(scene) || scene_has_option(scene, "--rem"));
}

static bool has_endless_link(const struct scene *scene)
{
	for (size_t i = 0; i < scene->tree.count; i++) {
		const struct node *n = &scene->tree.nodes[i];

		if (n->kind == NODE_SYMLINK && strcmp(path_base(n->path), n->target) == 0)
			return true;
	}
	return false;
}

static bool is_kept_endless_link(const struct change *c)
{
	const char *name = memrchr(c->path, '/', (size_t)(c->rest - c->path));
	const char *to = strstr(c->rest, " to=");

	if (c->side != '+' || !name || !to || strncmp(c->rest, " symlink ", 9) != 0)
		return false;
	to += 4;
	to += *to == '$';
	to += *to == '\'';  /* then there is one behind the name, too */
	to = path_base(to); /* a loop may be longer than one link */
	return strlen(to) == (size_t)(c->rest - name) - 1 && memcmp(to, name + 1, strlen(to)) == 0;
}

static size_t count_of_questions(const struct result *r)
{
	const struct lines *l = &r->part[PART_WORDS];
	size_t count = 0;

	for (size_t i = 0; i < l->count; i++) {
		for (const char *at = l->line[i]; (at = strstr(at, "? ")); at++)
			count++;
	}
	return count;
}

bool excuse_kept_endless_link(const struct scene *scene, const struct result *cp,
			      const struct result *ovl)
{
	return (scene_has_option(scene, "--f") || scene_has_letter(scene, 'f')) &&
	       (changes_has(cp, ovl, is_kept_endless_link) ||
		(has_endless_link(scene) && count_of_questions(ovl) > count_of_questions(cp)));
}

static bool holds_badly_quoted(const struct lines *l)
{
	for (size_t i = 0; i < l->count; i++) {
		if (strstr(l->line[i], "'\\''") && strstr(l->line[i], "'$'"))
			return true;
	}
	return false;
}

bool excuse_quoted_badly(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	(void)scene;
	(void)ovl;
	return holds_badly_quoted(&cp->part[PART_OUT]) || holds_badly_quoted(&cp->part[PART_WORDS]);
}
