/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Names of backups.
 */
#include "target/backup.h"

#include "base/fd.h"
#include "sys/descriptor.h"
#include "walk/dir_entries.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

const char *backup_suffix(const struct ovlcp_options *opt)
{
	return opt->backup_suffix ? opt->backup_suffix : "~";
}

/* The digits of @entry if it is @name.~DIGITS~; their number in *@ret_len. Or NULL. */
static const char *digits_of(const char *entry, const char *name, size_t *ret_len)
{
	size_t len = strlen(name);

	if (strncmp(entry, name, len) != 0 || strncmp(entry + len, ".~", 2) != 0)
		return NULL;
	entry += len + 2;
	*ret_len = strspn(entry, "0123456789");
	return *entry != '0' && *ret_len > 0 && strcmp(entry + *ret_len, "~") == 0 ? entry : NULL;
}

/* Numbers are as long as names may be, so they are compared and counted as text. */
struct number {
	char digits[NAME_MAX + 2];
	size_t len;
};

static void take_if_higher(struct number *n, const char *digits, size_t len)
{
	if (len > NAME_MAX || len < n->len ||
	    (len == n->len && strncmp(digits, n->digits, len) <= 0))
		return;
	memcpy(n->digits, digits, len);
	n->digits[len] = '\0';
	n->len = len;
}

static void add_one(struct number *n)
{
	size_t i = n->len;

	while (i > 0 && n->digits[i - 1] == '9')
		n->digits[--i] = '0';
	if (i > 0) {
		n->digits[i - 1]++;
		return;
	}
	memmove(n->digits + 1, n->digits, n->len + 1);
	n->digits[0] = '1';
	n->len++;
}

/* The highest number that a backup of @name has; none if the directory cannot be read. */
static int highest(int dir_fd, const char *name, struct number *ret_n)
{
	CLEANUP_FD int fd = sys_open(dir_fd, ".", O_RDONLY | O_DIRECTORY, 0);
	struct dir_entries entries = { 0 };
	struct dir_entry entry;
	int r = fd < 0 ? fd : 1;

	*ret_n = (struct number){ .len = 0 };
	while (r > 0 && (r = dir_entries_next(&entries, fd, &entry)) > 0) {
		size_t len;
		const char *digits = digits_of(entry.name, name, &len);

		if (digits)
			take_if_higher(ret_n, digits, len);
	}
	dir_entries_done(&entries);
	return r == -EACCES ? 0 : r;
}

/* The longest name that a backup gets, as with cp; a longer one is cut and ends with "~". */
#define LONGEST (NAME_MAX - 1)

static void shorten(char *backup, size_t name_len)
{
	size_t end = name_len < LONGEST ? name_len : LONGEST - 1;

	if (strlen(backup) > LONGEST)
		strcpy(backup + end, "~");
}

int backup_name(int dir_fd, const char *name, const struct ovlcp_options *opt, char **ret_name)
{
	struct number number = { .len = 0 };
	int r = 0;

	if (opt->backup != OVLCP_BACKUP_SIMPLE)
		r = highest(dir_fd, name, &number);
	if (r < 0)
		return r;
	if (number.len == 0 && opt->backup != OVLCP_BACKUP_NUMBERED) {
		r = asprintf(ret_name, "%s%s", name, backup_suffix(opt));
	} else {
		add_one(&number);
		r = asprintf(ret_name, "%s.~%s~", name, number.digits);
	}
	if (r < 0)
		return -ENOMEM;
	shorten(*ret_name, strlen(name));
	return 0;
}
