/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Names of backups: simple ones with a suffix, or numbered ones (NAME.~N~).
 */
#include "target/backup.h"

#include "base/fd.h"
#include "base/tempname.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "target/removable.h"
#include "target/rename_new.h"
#include "walk/dir_entries.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Return the digits of @entry if it is @name.~DIGITS~, and their number in *@ret_len; or NULL. */
static const char *find_digits(const char *entry, const char *name, size_t *ret_len)
{
	size_t len = strlen(name);

	if (strncmp(entry, name, len) != 0 || strncmp(entry + len, ".~", 2) != 0)
		return NULL;
	entry += len + 2;
	*ret_len = strspn(entry, "0123456789");
	return *entry != '0' && *ret_len > 0 && strcmp(entry + *ret_len, "~") == 0 ? entry : NULL;
}

/* A backup number as text, because it may be as long as a file name. */
struct backup_number {
	char digits[NAME_MAX + 2];
	size_t len;
};

static void keep_higher(struct backup_number *n, const char *digits, size_t len)
{
	if (len > NAME_MAX || len < n->len ||
	    (len == n->len && strncmp(digits, n->digits, len) <= 0))
		return;
	memcpy(n->digits, digits, len);
	n->digits[len] = '\0';
	n->len = len;
}

static void add_one(struct backup_number *n)
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

/* Find the highest number among the backups of @name; none if the directory cannot be read. 0, or
   -errno. */
static int find_highest(int dir_fd, const char *name, struct backup_number *ret_n)
{
	CLEANUP_FD int fd = sys_open(dir_fd, ".", O_RDONLY | O_DIRECTORY, 0);
	struct dir_entries entries = { 0 };
	struct dir_entry entry;
	int r = fd < 0 ? fd : 1;

	*ret_n = (struct backup_number){ .len = 0 };
	while (r > 0 && (r = dir_entries_next(&entries, fd, &entry)) > 0) {
		size_t len;
		const char *digits = find_digits(entry.name, name, &len);

		if (digits)
			keep_higher(ret_n, digits, len);
	}
	dir_entries_done(&entries);
	return r == -EACCES ? 0 : r;
}

/* Maximum length of the name of a backup, as with cp; a longer name is cut and ends with "~". */
#define BACKUP_NAME_MAX (NAME_MAX - 1)

static void truncate_name(char *backup, size_t name_len)
{
	size_t end = name_len < BACKUP_NAME_MAX ? name_len : BACKUP_NAME_MAX - 1;

	if (strlen(backup) > BACKUP_NAME_MAX)
		strcpy(backup + end, "~");
}

static bool is_numbered(const struct backup_number *highest, const struct ovlcp_options *opt)
{
	return opt->backup == OVLCP_BACKUP_NUMBERED ||
	       (opt->backup == OVLCP_BACKUP_EXISTING && highest->len > 0);
}

/* The name of the numbered backup after the highest one. 0, or -ENOMEM. */
static int next_name(const char *name, struct backup_number *highest, char **ret_name)
{
	add_one(highest);
	if (asprintf(ret_name, "%s.~%s~", name, highest->digits) < 0)
		return -ENOMEM;
	truncate_name(*ret_name, strlen(name));
	return 0;
}

int backup_simple_name(const char *name, const struct ovlcp_options *opt, char **ret_name)
{
	if (asprintf(ret_name, "%s%s", name, opt->backup_suffix ? opt->backup_suffix : "~") < 0)
		return -ENOMEM;
	truncate_name(*ret_name, strlen(name));
	return 0;
}

/* The name of the simple backup; or, if the number of the highest is given, of the next one. */
static int make_name(const char *name, const struct ovlcp_options *opt,
		     struct backup_number *highest, char **ret_name)
{
	return highest ? next_name(name, highest, ret_name)
		       : backup_simple_name(name, opt, ret_name);
}

int backup_name(int dir_fd, const char *name, const struct ovlcp_options *opt, char **ret_name)
{
	struct backup_number number = { .len = 0 };
	int r = opt->backup == OVLCP_BACKUP_SIMPLE ? 0 : find_highest(dir_fd, name, &number);

	return r < 0 ? r
		     : make_name(name, opt, is_numbered(&number, opt) ? &number : NULL, ret_name);
}

/* Numbers that are tried where other processes make backups, too, or the directory cannot be read.
 */
#define NUMBERS_MAX 65536

/* Give @name the name @backup as well, in place of a file of that name if @replace. 0, or -errno.
 */
static int link_backup(int dir_fd, const char *name, const char *backup, bool replace)
{
	char temporary[TEMPNAME_SIZE];
	int r = removable_check(dir_fd, name); /* else the link would stay */

	if (r < 0)
		return r;
	r = sys_link(dir_fd, name, dir_fd, backup, false);
	if (r != -EEXIST || !replace)
		return r;
	tempname(temporary);
	r = sys_link(dir_fd, name, dir_fd, temporary, false);
	if (r < 0)
		return r;
	r = sys_rename(dir_fd, temporary, backup, true);
	/* it is left if rename failed, or did nothing because both names are one file */
	(void)sys_unlink(dir_fd, temporary); /* mostly ENOENT */
	return r;
}

static int give_name(int dir_fd, const char *name, const char *backup, enum backup_way way,
		     bool numbered)
{
	if (way == BACKUP_LINK)
		return link_backup(dir_fd, name, backup, !numbered);
	if (numbered || way == BACKUP_RENAME_NEW)
		return rename_new(dir_fd, name, backup);
	return sys_rename(dir_fd, name, backup, true);
}

int backup_make(int dir_fd, const char *name, const struct ovlcp_options *opt, enum backup_way way,
		char **ret_name)
{
	struct backup_number number = { .len = 0 };
	int r = opt->backup == OVLCP_BACKUP_SIMPLE ? 0 : find_highest(dir_fd, name, &number);
	const bool numbered = is_numbered(&number, opt);

	for (int i = 0; r >= 0 && i < NUMBERS_MAX; i++) {
		CLEANUP_FREE char *backup = NULL;

		r = make_name(name, opt, numbered ? &number : NULL, &backup);
		if (r == 0)
			r = give_name(dir_fd, name, backup, way, numbered);
		if (r == 0)
			*ret_name = TAKE_PTR(backup);
		if (r != -EEXIST || !numbered)
			return r;
		r = 0; /* another process has made this one: the next number */
	}
	return r < 0 ? r : -EEXIST;
}
