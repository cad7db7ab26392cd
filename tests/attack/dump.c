/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ctime shows every change of a file, also one that was undone. Access times are not compared: to
 * read a file that the caller may name is no harm, and the dump itself reads it.
 */
#include "dump.h"

#include "attack.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

struct dump {
	FILE *out;
	bool links;
};

static uint64_t add_to_sum(uint64_t sum, const char *bytes, size_t n)
{
	/* FNV-1a, by 64 bits */
	for (size_t i = 0; i < n; i++)
		sum = (sum ^ (unsigned char)bytes[i]) * 1099511628211u;
	return sum;
}

static uint64_t sum_of_file(int fd)
{
	char bytes[65536];
	uint64_t sum = 14695981039346656037u;

	for (ssize_t n; (n = read(fd, bytes, sizeof(bytes))) > 0;)
		sum = add_to_sum(sum, bytes, (size_t)n);
	return sum;
}

static void print_xattrs(struct dump *d, const char *path)
{
	char names[4096];
	ssize_t len = llistxattr(path, names, sizeof(names));

	for (const char *name = names; name < names + len; name += strlen(name) + 1) {
		char value[4096];
		ssize_t n = lgetxattr(path, name, value, sizeof(value));

		fprintf(d->out, " %s=%llx", name,
			(unsigned long long)add_to_sum(1, value, n < 0 ? 0 : (size_t)n));
	}
}

static void print_file(struct dump *d, int fd, const char *path, const struct stat *st)
{
	const char *name = strrchr(path, '/');
	char proc[64];

	fprintf(d->out, "%s mode %o owner %u:%u size %lld device %llx mtime %lld.%09ld", path,
		st->st_mode, st->st_uid, st->st_gid,
		S_ISDIR(st->st_mode) ? 0ll : (long long)st->st_size,
		(unsigned long long)st->st_rdev, (long long)st->st_mtim.tv_sec,
		st->st_mtim.tv_nsec);
	if (!d->links && !(name && strcmp(name, "/linked") == 0))
		fprintf(d->out, " links %lu ctime %lld.%09ld", (unsigned long)st->st_nlink,
			(long long)st->st_ctim.tv_sec, st->st_ctim.tv_nsec);
	(void)snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	if (S_ISREG(st->st_mode)) {
		int data = open(proc, O_RDONLY | O_CLOEXEC | O_NOATIME);

		if (data < 0)
			die("%s", path);
		fprintf(d->out, " sum %016llx", (unsigned long long)sum_of_file(data));
		(void)close(data);
	} else if (S_ISLNK(st->st_mode)) {
		char text[4096] = "";

		(void)!readlinkat(fd, "", text, sizeof(text) - 1);
		fprintf(d->out, " text %s", text);
	}
	print_xattrs(d, path);
	fputc('\n', d->out);
}

static int is_entry(const struct dirent *e)
{
	return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
}

static void print_tree(struct dump *d, int dir_fd, const char *name, const char *path)
{
	int fd = openat(dir_fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct dirent **entries;
	struct stat st;
	int n = 0;

	if (fd < 0 || fstat(fd, &st) < 0)
		die("%s", path);
	print_file(d, fd, path, &st);
	if (S_ISDIR(st.st_mode))
		n = scandirat(dir_fd, name, &entries, is_entry, alphasort);
	if (n < 0)
		die("%s", path);
	for (int i = 0; i < n; i++) {
		char *inner;

		if (asprintf(&inner, "%s/%s", path, entries[i]->d_name) < 0)
			die("asprintf");
		print_tree(d, fd, entries[i]->d_name, inner);
		free(inner);
		free(entries[i]);
	}
	if (S_ISDIR(st.st_mode))
		free(entries);
	(void)close(fd);
}

char *dump_tree(const char *name, bool links)
{
	char *text = NULL;
	size_t size;
	struct dump d = { .out = open_memstream(&text, &size), .links = links };

	if (!d.out)
		die("open_memstream");
	print_tree(&d, AT_FDCWD, name, name);
	if (fclose(d.out) != 0)
		die("fclose");
	return text;
}

bool dump_same(const char *before, const char *after, char *ret_line, unsigned long size)
{
	const char *line = after;

	if (strcmp(before, after) == 0)
		return true;
	for (; *before && *before == *after; before++, after++)
		if (*after == '\n')
			line = after + 1;
	(void)snprintf(ret_line, size, "%.*s", (int)strcspn(line, "\n"), line);
	return false;
}
