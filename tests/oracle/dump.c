/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Describes a directory tree as text, so that two trees can be compared: everything that a copy
 * decides, and nothing that the filesystem decides (inode numbers, sizes and link counts of
 * directories, atime, ctime). The caller sorts the lines; directories are sorted here because a
 * hard link is identified by the first of its paths.
 */
#include "dump.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

enum {
	DEEPEST = 500,
	BLOCK = 4096,
	BEGINNING = 24,
	XATTRS = 1000,
	SLACK_S = 1, /* file times are taken from a coarse clock, which lags behind */
};

/* A file with several hard links that was already described. */
struct seen {
	dev_t dev;
	ino_t ino;
	char *name;
};

struct dump {
	struct text *text;
	const struct dump_rules *rules;
	struct seen *seen;
	size_t seen_count;
	bool complete;
};

static void dump_entry(struct dump *d, const char *dir, const char *name, unsigned int depth);

/* A hash of content. It need not be cryptographic: the content is our own. */
static uint64_t hash_bytes(uint64_t hash, const unsigned char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		hash = (hash ^ bytes[i]) * UINT64_C(0x9ddfea08eb382d69);
		hash ^= hash >> 29;
	}
	return hash;
}

static const char *type_word(mode_t mode)
{
	static const struct {
		mode_t type;
		const char *word;
	} words[] = {
		{ S_IFREG, "file" },  { S_IFDIR, "dir" },     { S_IFLNK, "symlink" },
		{ S_IFIFO, "fifo" },  { S_IFSOCK, "socket" }, { S_IFCHR, "char" },
		{ S_IFBLK, "block" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if ((mode & S_IFMT) == words[i].type)
			return words[i].word;
	}
	return "?";
}

static void dump_time(struct dump *d, const struct timespec *t)
{
	const struct dump_rules *rules = d->rules;

	if (t->tv_sec >= rules->since.tv_sec - SLACK_S &&
	    t->tv_sec <= rules->until.tv_sec + SLACK_S)
		text_puts(d->text, " mtime=now");
	else
		text_printf(d->text, " mtime=%lld.%09ld", (long long)t->tv_sec, t->tv_nsec);
}

/* The first path of the file, which may be @name. */
static const char *first_name(struct dump *d, const struct stat *st, const char *name)
{
	for (size_t i = 0; i < d->seen_count; i++) {
		if (d->seen[i].dev == st->st_dev && d->seen[i].ino == st->st_ino)
			return d->seen[i].name;
	}
	d->seen = realloc(d->seen, (d->seen_count + 1) * sizeof(*d->seen));
	if (!d->seen)
		die("memory");
	d->seen[d->seen_count] = (struct seen){ st->st_dev, st->st_ino, strdup(name) };
	return d->seen[d->seen_count++].name;
}

/* Appends the beginning of the first line, which shows which file the content is from. */
static void dump_beginning(struct dump *d, const unsigned char *bytes, size_t n)
{
	char begin[BEGINNING + 1] = "";

	for (size_t i = 0; i < n && i < BEGINNING && bytes[i] && bytes[i] != '\n'; i++)
		begin[i] = (char)bytes[i];
	text_puts(d->text, " begins=");
	text_quote(d->text, begin);
}

/* A letter per block: D for data, - for a hole. */
static void dump_holes(struct dump *d, int fd, off_t size)
{
	text_puts(d->text, " blocks=");
	for (off_t at = 0; at < size; at += BLOCK) {
		off_t data = lseek(fd, at, SEEK_DATA);

		text_puts(d->text, data >= 0 && data < at + BLOCK ? "D" : "-");
	}
}

static void dump_content(struct dump *d, const char *path, off_t size)
{
	unsigned char buf[16384];
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	off_t at = 0;
	ssize_t n;

	if (fd < 0) {
		text_puts(d->text, " unreadable");
		return;
	}
	while ((n = pread(fd, buf, sizeof(buf), at)) > 0) {
		if (at == 0)
			dump_beginning(d, buf, (size_t)n);
		hash = hash_bytes(hash, buf, (size_t)n);
		at += n;
	}
	text_printf(d->text, " content=%016llx", (unsigned long long)hash);
	if (d->rules->holes)
		dump_holes(d, fd, size);
	close(fd);
}

static void dump_symlink(struct dump *d, const char *path)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	target[n < 0 ? 0 : n] = '\0';
	text_puts(d->text, " to=");
	text_quote(d->text, target);
}

static void dump_xattr(struct dump *d, const char *path, const char *quoted, const char *name)
{
	static unsigned char value[XATTR_SIZE_MAX];
	ssize_t n = lgetxattr(path, name, value, sizeof(value));

	text_printf(d->text, "%s  %s=", quoted, name);
	for (ssize_t i = 0; i < n; i++)
		text_printf(d->text, "%02x", value[i]);
	text_puts(d->text, "\n");
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* By name: in which order they were set does not matter. */
static void dump_xattrs(struct dump *d, const char *path, const char *quoted)
{
	static char text[XATTR_LIST_MAX];
	const char *names[XATTRS];
	ssize_t n = llistxattr(path, text, sizeof(text));
	size_t count = 0;

	for (ssize_t at = 0; at < n && count < XATTRS; at += (ssize_t)strlen(text + at) + 1)
		if (strcmp(text + at, "security.selinux") != 0)
			names[count++] = text + at;
	qsort(names, count, sizeof(*names), by_text);
	for (size_t i = 0; i < count; i++)
		dump_xattr(d, path, quoted, names[i]);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* @path: from here; @name: from @dir. */
static void dump_directory(struct dump *d, const char *dir, const char *path, const char *name,
			   unsigned int depth)
{
	struct dirent **entries;
	int n = depth < DEEPEST ? scandir(path, &entries, NULL, by_name) : -1;

	d->complete = d->complete && depth < DEEPEST;
	if (n < 0) {
		text_quote(d->text, name);
		text_puts(d->text, depth < DEEPEST ? "  cannot be listed\n" : "  is too deep\n");
		return;
	}
	for (int i = 0; i < n; i++) {
		const char *entry = entries[i]->d_name;
		struct text below = { 0 };

		text_printf(&below, "%s/%s", name, entry);
		if (strcmp(entry, ".") != 0 && strcmp(entry, "..") != 0)
			dump_entry(d, dir, text_string(&below), depth + 1);
		text_done(&below);
		free(entries[i]);
	}
	free(entries);
}

/* The line about type, mode, owner, links, size, mtime and content. */
static void dump_stat(struct dump *d, const struct stat *st, const char *path, const char *name)
{
	text_printf(d->text, " %s %04o %u:%u", type_word(st->st_mode), st->st_mode & 07777,
		    st->st_uid, st->st_gid);
	if (!S_ISDIR(st->st_mode) && st->st_nlink > 1) {
		text_printf(d->text, " links=%lu first=", (unsigned long)st->st_nlink);
		text_quote(d->text, first_name(d, st, name));
	}
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		text_printf(d->text, " device=%u:%u", major(st->st_rdev), minor(st->st_rdev));
	if (S_ISREG(st->st_mode))
		text_printf(d->text, " size=%lld", (long long)st->st_size);
	if (!d->rules->no_times)
		dump_time(d, &st->st_mtim);
	if (S_ISREG(st->st_mode) && (!d->rules->largest || st->st_size <= d->rules->largest))
		dump_content(d, path, st->st_size);
	if (S_ISLNK(st->st_mode))
		dump_symlink(d, path);
	text_puts(d->text, "\n");
}

static void dump_entry(struct dump *d, const char *dir, const char *name, unsigned int depth)
{
	struct text quoted = { 0 };
	struct text path = { 0 };
	struct stat st;

	text_quote(&quoted, strncmp(name, "./", 2) == 0 ? name + 2 : name);
	text_puts(d->text, text_string(&quoted));
	text_printf(&path, "%s/%s", dir, name);
	if (lstat(text_string(&path), &st) != 0) {
		d->complete = d->complete && errno != ENAMETOOLONG;
		text_puts(d->text, " cannot be stat'ed\n");
	} else {
		dump_stat(d, &st, text_string(&path), name);
		dump_xattrs(d, text_string(&path), text_string(&quoted));
		if (S_ISDIR(st.st_mode))
			dump_directory(d, dir, text_string(&path), name, depth);
	}
	text_done(&path);
	text_done(&quoted);
}

bool dump_tree(struct text *t, const char *dir, const struct dump_rules *rules)
{
	struct dump d = { .text = t, .rules = rules, .complete = true };

	dump_entry(&d, dir, ".", 0);
	for (size_t i = 0; i < d.seen_count; i++)
		free(d.seen[i].name);
	free(d.seen);
	return d.complete;
}
