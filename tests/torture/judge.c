/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The promises, each with where it is made. What is not said here is not allowed.
 */
#include "judge.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A trial, and what was found so far. */
struct verdict {
	const struct trial *t;
	char *text;
	bool ok;
};

static void loss(struct verdict *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void loss(struct verdict *c, const char *format, ...)
{
	size_t len = strlen(c->text);
	va_list args;

	c->ok = false;
	va_start(args, format);
	(void)vsnprintf(c->text + len, LOSS_TEXT - len, format, args);
	va_end(args);
	len = strlen(c->text);
	if (len + 1 < LOSS_TEXT)
		strcpy(c->text + len, "\n");
}

/* Bytes of the name at @name before the suffix of a backup: "~" or ".~7~". */
static size_t without_suffix(const char *name)
{
	size_t len = strcspn(name, "/");

	if (len > 0 && name[len - 1] == '~')
		len--;
	if (len > 2 && name[len] == '~' && name[len - 1] >= '0' && name[len - 1] <= '9' &&
	    name[len - 2] == '~')
		len -= 3;
	return len;
}

/* Whether @path is a backup with a number, which may be another one: "with a number that is one
   higher than the highest there is" (--backup), where the directory can be read, as with cp. */
static bool is_numbered(const struct trial *t, const char *path)
{
	size_t len = strlen(path);

	return (t->scenario->flags & SCENARIO_BACKUP) && len > 3 && path[len - 1] == '~' &&
	       path[len - 2] != '/' && strstr(path, ".~");
}

/* Whether the @len bytes at @name are a component of @path, or that is a backup of it. */
static bool is_component(const char *path, const char *name, size_t len)
{
	for (const char *at = path; at; at = strchr(at, '/')) {
		at += *at == '/';
		if (strncmp(at, name, len) == 0 &&
		    (strcspn(at, "/") == len || without_suffix(at) == len))
			return true;
	}
	return false;
}

/* Whether the @len bytes at @name are an operand whose copies have other names: it stands for all.
 */
static bool is_operand_of_all(const struct trial *t, const char *name, size_t len, const char *last)
{
	const char *at = t->scenario->args;

	for (size_t i = 0; i < t->expected->count; i++)
		if (is_component(t->expected->nodes[i].path, last, (size_t)(name + len - last)))
			return false;
	while (at && (strncmp(at, name, len) != 0 || (at[len] != ' ' && at[len] != '\0'))) {
		at = strchr(at, ' ');
		at += at != NULL;
	}
	return at != NULL;
}

/*
 * Whether a message names @path, the source of that name, or a directory that it is in: "a
 * directory that cannot be read or made is reported once and left out with all that is in it"
 * (TREES).
 */
static bool is_path_named(const struct verdict *c, const char *path)
{
	const char *at = c->t->outcome->err;

	while ((at = strchr(at, '\''))) {
		const char *end = strchr(at + 1, '\'');
		const char *last;

		if (!end)
			return false;
		if (end[-1] == '/' && end > at + 2)
			end--;
		for (last = end; last > at + 1 && last[-1] != '/';)
			last--;
		if (end > last && (is_component(path, last, (size_t)(end - last)) ||
				   is_operand_of_all(c->t, at + 1, (size_t)(end - at - 1), last)))
			return true;
		at = strchr(end, '\'') + 1;
	}
	return false;
}

/* Whether a message names @path, or another hard link of what it is to become. */
static bool is_named(const struct verdict *c, const char *path)
{
	const struct snapshot *s = c->t->expected;
	const struct node *n = snapshot_find(s, path);

	for (size_t i = 0; n && i < s->count; i++)
		if (s->nodes[i].first == n->first && is_path_named(c, s->nodes[i].path))
			return true;
	return is_path_named(c, path);
}

/* Whether messages have to name files: where memory ends there may be none for a name. */
static bool names_files(const struct verdict *c)
{
	/* a list of destinations that cannot be read is named itself */
	return strcmp(c->t->function, "alloc") != 0 && !strstr(c->t->outcome->err, "'src/dests'");
}

/* How @got differs from @want, but for what may be lost without a word, as attributes by -a. */
static unsigned int differences(const struct trial *t, const struct node *want,
				const struct node *got)
{
	return node_compare(want, got) & ~(t->lost | t->scenario->lossy);
}

/* "exit status 0: everything that was asked for was done" (EXIT STATUS). */
static void judge_success(struct verdict *c)
{
	const struct trial *t = c->t;
	char words[200];

	for (size_t i = 0; i < t->expected->count; i++) {
		const struct node *want = &t->expected->nodes[i];
		const struct node *got = snapshot_find(t->after, want->path);
		unsigned int d = got ? differences(t, want, got) : 0;

		if (!got && is_numbered(t, want->path)) {
			continue; /* judge_backups() */
		} else if (!got) {
			loss(c, "status 0, but %s is missing", want->path);
		} else if (d) {
			*words = '\0';
			difference_words(d, words, sizeof(words));
			loss(c, "status 0, but of %s differ:%s", want->path, words);
		} else if (!((t->lost | t->scenario->lossy) & DIFF_LINKS) &&
			   strcmp(t->expected->nodes[want->first].path,
				  t->after->nodes[got->first].path) != 0) {
			loss(c, "status 0, but %s is no hard link", want->path);
		}
	}
}

/* Nothing is there that a run without a fault does not leave, under a temporary name or another. */
static void judge_extra(struct verdict *c)
{
	const struct trial *t = c->t;

	for (size_t i = 0; i < t->after->count; i++) {
		const char *path = t->after->nodes[i].path;

		if (!snapshot_find(t->expected, path) && !snapshot_find(t->before, path) &&
		    !is_numbered(t, path))
			loss(c, "%s should not be there", path);
	}
}

/* Whether a message says that @path, which is not complete, could not be removed. */
static bool is_said_to_stay(const struct verdict *c, const char *path)
{
	char message[600];

	snprintf(message, sizeof(message), "ovl-cp: cannot remove '%s': ", path);
	return strstr(c->t->outcome->err, message) != NULL;
}

/* A file that is neither as before nor complete. */
static void judge_partial(struct verdict *c, const struct node *got, const struct node *want,
			  const struct node *was)
{
	const struct trial *t = c->t;
	unsigned int d = node_compare(want, got);
	bool regular = S_ISREG(got->st.st_mode) && was && S_ISREG(was->st.st_mode);
	bool is_report = strstr(got->path, "report") != NULL;
	char words[200] = "";

	difference_words(d, words, sizeof(words));
	/* "or what is left is said": where it cannot be removed either */
	if (is_said_to_stay(c, got->path))
		return;
	/* "one that existed stays, unfinished" (EXISTING DESTINATIONS); decisions/0001; a new one
	   "is removed again", and a report is written as the copy goes on */
	if ((d & (DIFF_TYPE | DIFF_DATA)) && !is_report &&
	    (!regular || (t->scenario->flags & (SCENARIO_BACKUP | SCENARIO_ATOMIC))))
		loss(c, "%s is not complete:%s", got->path, words);
	/* "with a mode that gives no user more rights than that of the source" (SIGNALS); what
	   existed keeps its own */
	if (!S_ISLNK(got->st.st_mode) && (d & DIFF_MODE) &&
	    (got->st.st_mode & 07777 & ~(want->st.st_mode | (was ? was->st.st_mode : 0) | 0700)))
		loss(c, "%s has more rights: %04o, not %04o", got->path, got->st.st_mode & 07777,
		     want->st.st_mode & 07777);
	if (!is_report && differences(t, want, got) && names_files(c) && !is_named(c, got->path))
		loss(c, "no message names %s, of which differ:%s", got->path, words);
}

/* A failed run: each file is absent, as before, complete, or as judge_partial() says. */
static void judge_failure(struct verdict *c)
{
	const struct trial *t = c->t;

	for (size_t i = 0; i < t->after->count; i++) {
		const struct node *got = &t->after->nodes[i];
		const struct node *want = snapshot_find(t->expected, got->path);
		const struct node *was = snapshot_find(t->before, got->path);
		bool untouched = was && node_compare(was, got) == 0;

		if (untouched && want && differences(t, want, got) && names_files(c) &&
		    !is_named(c, got->path))
			loss(c, "no message names %s, which is as before", got->path);
		else if (!untouched && want && node_compare(want, got))
			judge_partial(c, got, want, was);
		else if (!untouched && !want && was)
			loss(c, "%s was to be removed, and was changed", got->path);
	}
	for (size_t i = 0; i < t->expected->count; i++) {
		const char *path = t->expected->nodes[i].path;

		if (snapshot_find(t->after, path) || strstr(path, "report"))
			continue;
		/* "a simple backup replaces an older backup of that name" (Backups) */
		if (path[strlen(path) - 1] == '~')
			continue;
		if (snapshot_find(t->before, path) && !(t->scenario->flags & SCENARIO_REMOVES))
			loss(c, "%s existed, and is missing", path);
		if (names_files(c) && !is_named(c, path))
			loss(c, "no message names %s, which is missing", path);
	}
}

/* A backup "is renamed, not copied"; "if the copy cannot be made after all, the backup gets its old
   name again" (Backups). So what existed is there, under one name or another. */
static void judge_backups(struct verdict *c)
{
	const struct trial *t = c->t;

	for (size_t i = 0; i < t->before->count; i++) {
		const struct node *was = &t->before->nodes[i];
		const struct node *kept = snapshot_find(t->expected, was->path);
		bool found = S_ISDIR(was->st.st_mode);

		/* an older simple backup is replaced */
		if (kept && was->path[strlen(was->path) - 1] == '~' && node_compare(was, kept))
			continue;
		for (size_t j = 0; !found && j < t->after->count; j++)
			found = !(node_compare(was, &t->after->nodes[j]) &
				  (DIFF_TYPE | DIFF_DATA | DIFF_MODE | DIFF_OWNER));
		if (!found)
			loss(c, "what %s held is lost", was->path);
	}
}

/* What is said instead of the text of an errno that has a meaning of its own. */
static const struct {
	int error; /* 0: any */
	const char *sentence;
} sentences[] = {
	{ 0, "memory exhausted" },
	/* the reason of the last method; that a method was refused is no failure */
	{ 0, "failed to clone " },
	{ 0, "the source can be read only once" },
	/* a library that could not be loaded, by strace */
	{ 0, "Function not implemented" },
	/* a destination that can be opened for writing only cannot be compared (--verify) */
	{ 0, "cannot compare " },
	/* open(2) with O_EXCL, by a name that leads to something */
	{ EISDIR, "File exists" },
	{ EISDIR, "will not overwrite just-created " },
	/* the name does not lead to what was there, or was made, a moment ago: tried again, and
	   given up when that goes on */
	{ ENOENT, "File exists" },
	{ ESTALE, "File exists" },
	{ ELOOP, "File exists" },
	{ ENOTDIR, "File exists" },
	{ ENOENT, "Stale file handle" },
	{ ELOOP, "Stale file handle" },
	{ ENOTDIR, "Stale file handle" },
	{ ENOENT, "not writing through dangling symlink " },
	{ ENOTDIR, "exists but is not a directory" },
	/* --dedupe: the kernel says that the data differs, which was equal a moment ago; a
	   destination that is said to be no directory is opened as a file */
	{ EBADE, "another process changed it" },
	{ ENOENT, "are not both regular files" },
	{ ELOOP, "are not both regular files" },
	{ ENOTDIR, "are not both regular files" },
};

/* Whether a message has the text of the errno, or a sentence of ours for it. */
static bool gives_reason(const struct verdict *c)
{
	const struct trial *t = c->t;

	for (size_t i = 0; i < sizeof(sentences) / sizeof(*sentences); i++)
		if ((!sentences[i].error || sentences[i].error == t->error) &&
		    strstr(t->outcome->err, sentences[i].sentence))
			return true;
	return strstr(t->outcome->err, strerror(t->error)) != NULL;
}

/* Messages: "begin with the name that ovl-cp was called by", name the file, and say why. */
static void judge_messages(struct verdict *c)
{
	const struct trial *t = c->t;
	const char *err = t->outcome->err;
	bool named = false;

	if (strstr(err, "Sanitizer") || strstr(err, "runtime error:"))
		loss(c, "report of a sanitizer");
	if (t->outcome->status == 1 && !*err)
		loss(c, "no message");
	for (const char *line = err; *line;) {
		const char *end = strchr(line, '\n');

		if (!end && t->scenario->input && strcmp(line + strlen(line) - 2, "? ") == 0)
			break; /* the question of -i */

		if (!end) {
			loss(c, "a message has no end");
			break;
		}
		if (strncmp(line, "ovl-cp: ", strlen("ovl-cp: ")) != 0)
			loss(c, "a message without the name of the program");
		named = named || memchr(line, '\'', (size_t)(end - line));
		line = end + 1;
	}
	if (t->outcome->status == 1 && t->error != 0 && !gives_reason(c))
		loss(c, "no message says: %s", strerror(t->error));
	if (t->error != 0 && t->error != ENOMEM &&
	    (strstr(err, strerror(ENOMEM)) || strstr(err, "memory exhausted")))
		loss(c, "a message speaks of memory");
	if (t->outcome->status == 1 && names_files(c) && !named && !strstr(err, "write error"))
		loss(c, "no message names a file");
}

bool judge(const struct trial *t, char ret[LOSS_TEXT])
{
	struct verdict c = { .t = t, .text = ret, .ok = true };

	*ret = '\0';
	if (t->outcome->hung)
		loss(&c, "it did not end");
	else if (t->outcome->status > 1)
		loss(&c, "status %d", t->outcome->status);
	else if (t->outcome->status == 0)
		judge_success(&c);
	if (t->outcome->status != 0 || t->outcome->hung)
		judge_failure(&c);
	judge_extra(&c);
	if (t->scenario->flags & SCENARIO_BACKUP)
		judge_backups(&c);
	judge_messages(&c);
	if (t->has_log && strstr(t->outcome->log, "leaked "))
		loss(&c, "a descriptor is open at the end");
	if (t->has_log && !t->outcome->hung && t->outcome->status <= 1 &&
	    !strstr(t->outcome->log, "end\n"))
		loss(&c, "it ended without exit(3)");
	return c.ok;
}
