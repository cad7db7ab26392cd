/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading directories in large steps, each step in the order of inode numbers: that is where
 * the files lie on most disks, and the order in which cp goes through a directory.
 *
 * A directory whose descriptor has to go is read to its end first: positions (telldir) are not
 * trusted over a close, because an overlay numbers the entries of a merged directory anew.
 */
#include "walk/dir_entries.h"

#include "base/fd.h"
#include "sys/names.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define STEP ((size_t)32 << 10)

struct dir_entries_item {
	/* Whether it comes after all that have false here. */
	bool late;
	uint64_t ino;
	/* Of the name in the buffer. */
	size_t at;
	unsigned char type;
};

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int by_turn(const void *a, const void *b)
{
	const struct dir_entries_item *x = a;
	const struct dir_entries_item *y = b;

	if (x->late != y->late)
		return x->late ? 1 : -1;
	return x->ino < y->ino ? -1 : x->ino > y->ino;
}

/* Take over the @len bytes at @buffer, which the kernel wrote, in place of what was there. */
static int take(struct dir_entries *e, char *buffer, size_t len)
{
	const size_t smallest = offsetof(struct sys_dirent, name) + 1;
	struct dir_entries_item *items = reallocarray(NULL, len / smallest + 1, sizeof(*items));
	size_t count = 0;

	if (!items)
		return -ENOMEM;
	for (size_t at = 0; at < len;) {
		const struct sys_dirent *d = (const void *)(buffer + at);

		if (!is_dots(d->name))
			items[count++] = (struct dir_entries_item){
				.ino = d->ino,
				.at = at + offsetof(struct sys_dirent, name),
				.type = d->type,
				.late = e->directories_last && d->type == DT_DIR,
			};
		at += d->len;
	}
	qsort(items, count, sizeof(*items), by_turn);
	free(e->buffer);
	free(e->items);
	e->buffer = buffer;
	e->items = items;
	e->count = count;
	e->at = 0;
	return 0;
}

static int fill(struct dir_entries *e, int fd)
{
	CLEANUP_FREE char *buffer = malloc(STEP);
	int64_t n = buffer ? sys_getdents(fd, buffer, STEP) : -ENOMEM;
	int r = n > 0 ? take(e, buffer, (size_t)n) : (int)n;

	if (n == 0)
		e->complete = true;
	if (n > 0 && r == 0)
		(void)TAKE_PTR(buffer); /* it is theirs */
	return r;
}

int dir_entries_next(struct dir_entries *e, int fd, struct dir_entry *ret_entry)
{
	const struct dir_entries_item *item;

	while (e->at == e->count) {
		int r = e->complete ? 0 : fill(e, fd);

		if (r < 0 || e->complete)
			return r;
	}
	item = &e->items[e->at++];
	*ret_entry = (struct dir_entry){ e->buffer + item->at, item->type };
	return 1;
}

/* Append what is left of @from to the names of @e, which are packed one after the other. */
static int append(struct dir_entries *e, size_t *len, const struct dir_entries *from)
{
	size_t more = 0;
	struct dir_entries_item *items;
	char *buffer;

	for (size_t i = from->at; i < from->count; i++)
		more += strlen(from->buffer + from->items[i].at) + 1;
	items = reallocarray(e->items, e->count + from->count - from->at + 1, sizeof(*items));
	e->items = items ? items : e->items;
	buffer = items ? realloc(e->buffer, *len + more + 1) : NULL;
	if (!buffer)
		return -ENOMEM;
	e->buffer = buffer;
	for (size_t i = from->at; i < from->count; i++) {
		const char *name = from->buffer + from->items[i].at;

		items[e->count] = from->items[i];
		items[e->count++].at = *len;
		*len += (size_t)(stpcpy(buffer + *len, name) - (buffer + *len)) + 1;
	}
	return 0;
}

int dir_entries_read_all(struct dir_entries *e, int fd)
{
	struct dir_entries all = { .complete = true };
	size_t len = 0;
	int r = append(&all, &len, e);

	while (r == 0 && !e->complete) {
		r = fill(e, fd);
		if (r == 0 && !e->complete)
			r = append(&all, &len, e);
	}
	if (r < 0) {
		dir_entries_done(&all);
		return r;
	}
	dir_entries_done(e);
	*e = all;
	return 0;
}

void dir_entries_done(struct dir_entries *e)
{
	free(e->buffer);
	free(e->items);
	*e = (struct dir_entries){ 0 };
}
