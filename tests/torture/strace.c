/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fewer errors than errors.c, because strace takes long: what matters is that the calls are those
 * of the program that is installed. write(2) is left out, as it prints the messages, too.
 */
#include "strace.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *call;
	const char *failures;
} rows[] = {
	{ "openat", "EIO EMFILE EACCES ENOMEM" },
	{ "close", "EIO" },
	{ "read", "EIO" },
	{ "pread64", "EIO" },
	{ "pwrite64", "EIO ENOSPC" },
	{ "lseek", "EIO" },
	{ "ftruncate", "EIO ENOSPC" },
	{ "newfstatat", "EIO ENOMEM" },
	{ "fstat", "EIO ENOMEM" },
	{ "statx", "EIO EACCES" },
	{ "fstatfs", "EIO" },
	{ "fcntl", "EMFILE" },
	{ "ioctl", "EIO ENOSPC EOPNOTSUPP EXDEV EPERM" },
	{ "copy_file_range", "EIO ENOSPC EXDEV EINVAL" },
	{ "mkdirat", "ENOSPC EIO EACCES" },
	{ "mknodat", "ENOSPC EIO EPERM" },
	{ "symlinkat", "ENOSPC EIO EACCES" },
	{ "linkat", "ENOSPC EIO EMLINK EPERM" },
	{ "readlinkat", "EIO" },
	{ "renameat", "EIO EACCES" },
	{ "renameat2", "EIO EINVAL EACCES" },
	{ "unlinkat", "EIO EACCES" },
	{ "getdents64", "EIO ENOMEM" },
	{ "fchmod", "EIO EPERM" },
	{ "fchown", "EIO EROFS" },
	{ "fchownat", "EIO EROFS" },
	{ "utimensat", "EIO EPERM EROFS" },
	{ "fsetxattr", "EIO ENOSPC EPERM" },
	{ "fgetxattr", "EIO ENOMEM" },
	{ "flistxattr", "EIO ENOMEM" },
};

enum {
	ROWS = sizeof(rows) / sizeof(*rows)
};

bool strace_has(const char *scenario)
{
	static const char *const names[] = {
		"clone",
		"range",
		"read-write",
		"attributes",
		"acl",
		"sparse",
		"overwrite-read-write",
		"backup",
		"archive-ext4",
		"merge-backup",
		"one-pass",
		"donor",
		"stream",
		"copy-up",
		"layer-bypass",
		"parents",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], scenario) == 0)
			return true;
	return false;
}

const char *const *strace_wrap(struct strace_args *a, const char *strace, const char *const argv[],
			       const char *fault)
{
	const char *at = strchr(fault, '@');
	const char *colon = strchr(fault, ':');
	size_t n = 0;

	strcpy(a->trace, "trace=munmap");
	for (size_t i = 0; i < ROWS; i++) {
		strcat(a->trace, ",");
		strcat(a->trace, rows[i].call);
	}
	a->argv[n++] = strace;
	a->argv[n++] = "-qq";
	a->argv[n++] = "-o";
	a->argv[n++] = "/dev/fd/999";
	a->argv[n++] = "-e";
	a->argv[n++] = a->trace;
	if (at && colon) {
		snprintf(a->inject, sizeof(a->inject), "inject=%.*s:error=%.*s:when=%s",
			 (int)(colon - fault), fault, (int)(at - colon - 1), colon + 1, at + 1);
		a->argv[n++] = "-e";
		a->argv[n++] = a->inject;
	}
	for (size_t i = 0; argv[i] && n + 1 < STRACE_ARGS; i++)
		a->argv[n++] = argv[i];
	a->argv[n] = NULL;
	return a->argv;
}

/* How often the @log up to @end has the call @name. */
static long count_calls(const char *log, const char *end, const char *name)
{
	size_t len = strlen(name);
	long count = 0;

	for (const char *at = log; at && at < end; at = strchr(at, '\n')) {
		at += *at == '\n';
		count += strncmp(at, name, len) == 0 && at[len] == '(';
	}
	return count;
}

static void plan_call(struct plan *p, const char *call, const char *failures, long from, long to)
{
	char text[100];

	for (const char *word = failures; *word; word += strcspn(word, " ")) {
		word += *word == ' ';
		for (long n = from; n <= to; n++) {
			snprintf(text, sizeof(text), "%s:%.*s@%ld", call, (int)strcspn(word, " "),
				 word, n);
			plan_one(p, text);
			strcat(text, "+");
			plan_one(p, text);
		}
	}
}

void strace_plan(struct plan *p, const char *log)
{
	/* the linker unmaps its cache when all libraries are there */
	const char *linked = strstr(log, "munmap(");
	const char *end = log + strlen(log);

	for (size_t i = 0; i < ROWS; i++)
		plan_call(p, rows[i].call, rows[i].failures,
			  count_calls(log, linked ? linked : log, rows[i].call) + 1,
			  count_calls(log, end, rows[i].call));
}
