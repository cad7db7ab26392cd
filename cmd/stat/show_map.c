/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gets the extents of the files, and prints the picture and notes on what it cannot show: physical
 * offsets can be compared only on one device, and on an overlay the device is not always known.
 */
#include "show_map.h"

#include "device.h"
#include "diag.h"
#include "map.h"
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Maximum of notes about devices. */
#define NOTES_MAX 8

/* A file of the picture. */
struct map_file {
	char *name; /* quoted */
	struct ovlcp_info *info;
	struct ovlcp_extent *extents;
	struct device device;
};

/* All files of the picture, and what map_draw needs of them. */
struct map_files {
	struct map_file list[OVERLAP_FILES_MAX];
	struct overlap_file files[OVERLAP_FILES_MAX];
	const char *names[OVERLAP_FILES_MAX];
	size_t count;
};

/* Returned instead of -errno for what is not a regular file; not an errno, which may have another
 * cause. */
#define NOT_REGULAR (-10000)

/*
 * Open @path if it is a regular file, as opening a device can have effects. Returns a descriptor,
 * -errno or NOT_REGULAR.
 */
static int open_regular(const char *path, struct stat *ret_st)
{
	struct stat st;
	int fd;
	int r;

	if (stat(path, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return NOT_REGULAR;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	r = fstat(fd, ret_st) < 0 ? -errno : S_ISREG(ret_st->st_mode) ? fd : NOT_REGULAR;
	if (r < 0)
		close(fd);
	return r;
}

/*
 * Get the info and the extents of @path. Returns 0, -errno or NOT_REGULAR. @path is
 * resolved more than once: if it is replaced meanwhile, the picture mixes two files, no more.
 */
static int inspect_file(struct ovlcp *session, const char *path, struct map_file *s,
			struct overlap_file *f)
{
	struct stat st;
	int fd = open_regular(path, &st);
	int64_t n;
	int r;

	if (fd < 0)
		return fd;
	r = ovlcp_inspect(session, AT_FDCWD, path, &s->info);
	n = r == 0 ? ovlcp_extents(fd, sizeof(*s->extents), &s->extents) : 0;
	close(fd);
	if (r < 0)
		return r;
	if (n < 0 && n != -EOPNOTSUPP && n != -ENOTTY)
		return (int)n;
	s->device = device_of(s->info, st.st_dev);
	f->size = (uint64_t)st.st_size;
	f->extents = s->extents;
	f->extent_count = n > 0 ? (size_t)n : 0;
	f->has_extents = n >= 0;
	return 0;
}

static void map_file_done(struct map_file *s)
{
	free(s->name);
	free(s->extents);
	ovlcp_info_free(s->info);
	*s = (struct map_file){ .name = NULL };
}

static int add_path(struct ovlcp *session, struct map_files *all, const char *path)
{
	struct map_file *s = &all->list[all->count];
	struct overlap_file *f = &all->files[all->count];
	int r = inspect_file(session, path, s, f);

	if (r == 0) {
		s->name = diag_quote(path);
		r = s->name ? 0 : -ENOMEM;
	}
	if (r < 0) {
		map_file_done(s);
		if (r == NOT_REGULAR)
			return diag_failure_about(0, "not a regular file:", path);
		return diag_failure_about(-r, "cannot inspect", path);
	}
	all->names[all->count] = s->name;
	f->device = (unsigned int)all->count;
	for (size_t i = 0; i < all->count; i++)
		if (device_compare(&all->list[i].device, &s->device) == DEVICE_SAME) {
			f->device = all->files[i].device;
			break;
		}
	all->count++;
	return 0;
}

/* Print the letters of the files on the device of file @of: "A, B". */
static void print_letters(const struct map_files *all, size_t of)
{
	const char *comma = "";

	for (size_t i = 0; i < all->count; i++)
		if (all->files[i].device == of) {
			printf("%s%c", comma, 'A' + (int)i);
			comma = ", ";
		}
}

/* Print a note about two devices. @a and @b: the first file on each. */
static void print_note(const struct map_files *all, size_t a, size_t b)
{
	print_letters(all, a);
	fputs(" | ", stdout);
	print_letters(all, b);
	if (device_compare(&all->list[a].device, &all->list[b].device) == DEVICE_DIFFERENT)
		puts("  on different filesystems: they share nothing");
	else
		puts("  unknown whether they are on one filesystem;\n"
		     "       what they may share is not shown");
}

static void print_notes(const struct map_files *all)
{
	size_t notes = 0;

	for (size_t b = 1; b < all->count; b++)
		for (size_t a = 0; a < b; a++) {
			if (all->files[a].device != a || all->files[b].device != b)
				continue;
			if (notes++ == 0)
				putchar('\n');
			if (notes <= NOTES_MAX)
				print_note(all, a, b);
		}
	if (notes > NOTES_MAX)
		printf("... and %zu more such pairs\n", notes - NOTES_MAX);
	for (size_t i = 0; i < all->count; i++)
		if (!all->files[i].has_extents && all->files[i].size)
			printf("\n%c  its filesystem does not report extents (no FIEMAP)\n",
			       'A' + (int)i);
}

static int draw(const struct map_files *all)
{
	const struct map_style style = { terminal_width(), terminal_is_utf8() };
	char *picture = map_draw(all->files, all->names, all->count, &style);

	if (!picture)
		return diag_no_memory();
	fputs(picture, stdout);
	print_notes(all);
	diag_note_stdout();
	free(picture);
	return 0;
}

int show_map(struct ovlcp *session, char *const *paths, size_t n)
{
	struct map_files *all = calloc(1, sizeof(*all));
	int status = 0;

	if (!all)
		return diag_no_memory();
	for (size_t i = 0; i < n; i++) {
		int r = add_path(session, all, paths[i]);

		status = r ? r : status;
	}
	if (all->count) {
		int r = draw(all);

		status = r ? r : status;
	}
	for (size_t i = 0; i < all->count; i++)
		map_file_done(&all->list[i]);
	free(all);
	return status;
}
