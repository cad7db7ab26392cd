/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Directories are read in batches of one getdents64(2), each sorted by inode number: that is the
 * order of the inodes on most disks, and the order in which cp copies a directory.
 *
 * A directory is read to its end before its descriptor is closed: positions (telldir) are not valid
 * after it is opened again, because an overlay numbers the entries of a merged directory anew.
 */
#include "walk/dir_entries.h"

#include "base/fd.h"
#include "sys/names.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of one getdents64(2). */
#define BATCH_SIZE ((size_t)32 << 10)

struct dir_entries_item {
	/* Whether it is sorted after the items that have false here. */
	bool is_late;
	uint64_t ino;
	/* Offset of its name in the buffer. */
	size_t name_at;
	unsigned char type;
};

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int compare_items(const void *a, const void *b)
{
	const struct dir_entries_item *x = a;
	const struct dir_entries_item *y = b;

	if (x->is_late != y->is_late)
		return x->is_late ? 1 : -1;
	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	/* Two names of one file stay as the directory has them: qsort(3) of musl, and of some
	   releases of glibc, is not stable. */
	return x->name_at < y->name_at ? -1 : 1;
}

/* Make room for a batch of @len bytes. 0, or -ENOMEM. */
static int make_room(struct dir_entries *e, size_t len)
{
	const size_t smallest = offsetof(struct sys_dirent, name) + 1;
	struct dir_entries_item *items = reallocarray(e->items, len / smallest + 1, sizeof(*items));
	char *buffer;

	if (!items)
		return -ENOMEM;
	e->items = items;
	buffer = realloc(e->buffer, len);
	if (!buffer)
		return -ENOMEM;
	e->buffer = buffer;
	return 0;
}

/* Replace the batch of @e, which was returned, by the @len bytes at @read. 0, or -ENOMEM. */
static int take_batch(struct dir_entries *e, const char *read, size_t len)
{
	size_t count = 0;

	if (make_room(e, len) < 0)
		return -ENOMEM;
	memcpy(e->buffer, read, len);
	for (size_t at = 0; at < len;) {
		const struct sys_dirent *d = (const void *)(read + at);

		if (!is_dots(d->name))
			e->items[count++] = (struct dir_entries_item){
				.ino = d->ino,
				.name_at = at + offsetof(struct sys_dirent, name),
				.type = d->type,
				.is_late = e->directories_last && d->type == DT_DIR,
			};
		at += d->len;
	}
	qsort(e->items, count, sizeof(*e->items), compare_items);
	e->count = count;
	e->at = 0;
	return 0;
}

/* Read the next batch, or set e->complete at the end. 0, or -errno. It is read onto the stack:
   memory of this size for each directory, most of which are small, would be mapped and unmapped
   each time by musl. */
static int read_batch(struct dir_entries *e, int fd)
{
	_Alignas(struct sys_dirent) char buffer[BATCH_SIZE];
	const int64_t n = sys_getdents(fd, buffer, sizeof(buffer));

	if (n == 0)
		e->complete = true;
	return n > 0 ? take_batch(e, buffer, (size_t)n) : (int)n;
}

int dir_entries_next(struct dir_entries *e, int fd, struct dir_entry *ret_entry)
{
	const struct dir_entries_item *item;

	while (e->at == e->count) {
		int r = e->complete ? e->error : read_batch(e, fd);

		if (r < 0 || e->complete)
			return r;
	}
	item = &e->items[e->at++];
	*ret_entry = (struct dir_entry){ e->buffer + item->name_at, item->type };
	return 1;
}

/* Append the rest of @from to @e, whose buffer holds @len bytes of names. 0, or -ENOMEM. */
static int append_rest(struct dir_entries *e, size_t *len, const struct dir_entries *from)
{
	size_t more = 0;
	struct dir_entries_item *items;
	char *buffer;

	for (size_t i = from->at; i < from->count; i++)
		more += strlen(from->buffer + from->items[i].name_at) + 1;
	items = reallocarray(e->items, e->count + from->count - from->at + 1, sizeof(*items));
	e->items = items ? items : e->items;
	buffer = items ? realloc(e->buffer, *len + more + 1) : NULL;
	if (!buffer)
		return -ENOMEM;
	e->buffer = buffer;
	for (size_t i = from->at; i < from->count; i++) {
		const char *name = from->buffer + from->items[i].name_at;

		items[e->count] = from->items[i];
		items[e->count++].name_at = *len;
		*len += (size_t)(stpcpy(buffer + *len, name) - (buffer + *len)) + 1;
	}
	return 0;
}

int dir_entries_read_all(struct dir_entries *e, int fd)
{
	struct dir_entries all = { .complete = true };
	size_t len = 0;
	int r = append_rest(&all, &len, e);

	while (r == 0 && !e->complete) {
		r = read_batch(e, fd);
		if (r == 0 && !e->complete)
			r = append_rest(&all, &len, e);
	}
	all.error = r < 0 ? r : e->error;
	dir_entries_done(e);
	*e = all;
	return r;
}

void dir_entries_done(struct dir_entries *e)
{
	free(e->buffer);
	free(e->items);
	*e = (struct dir_entries){ 0 };
}
