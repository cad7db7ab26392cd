/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Paths and types are parsed by libmount, which only this file includes; device numbers and the
 * options of overlays are read from the text of the kernel, so that a copy does not load it.
 *
 * libmount (2.38) decodes the octal escapes of the options, after which a comma in a path looks
 * like the end of an option. So the text of the kernel is kept beside libmount's table, and the
 * options of overlays are taken from it.
 */
#include "probe/mount_table.h"

#include "base/dlopen_table.h"

#include <errno.h>
#include <libmount/libmount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#define LIBMOUNT  "libmount.so.1"
#define MOUNTINFO "/proc/self/mountinfo"

static const DLOPEN_NOTE(mount_note, LIBMOUNT, "mounts",
			 "Where overlays and their layers are mounted");

struct mount_functions {
	__typeof__(&mnt_new_table) mnt_new_table;
	__typeof__(&mnt_table_parse_stream) mnt_table_parse_stream;
	__typeof__(&mnt_unref_table) mnt_unref_table;
	__typeof__(&mnt_table_next_fs) mnt_table_next_fs;
	__typeof__(&mnt_new_iter) mnt_new_iter;
	__typeof__(&mnt_reset_iter) mnt_reset_iter;
	__typeof__(&mnt_free_iter) mnt_free_iter;
	__typeof__(&mnt_fs_get_id) mnt_fs_get_id;
	__typeof__(&mnt_fs_get_devno) mnt_fs_get_devno;
	__typeof__(&mnt_fs_get_fstype) mnt_fs_get_fstype;
	__typeof__(&mnt_fs_get_source) mnt_fs_get_source;
	__typeof__(&mnt_fs_get_target) mnt_fs_get_target;
	__typeof__(&mnt_fs_get_root) mnt_fs_get_root;
};

static const struct dlopen_symbol mount_symbols[] = {
	DLOPEN_SYMBOL(struct mount_functions, mnt_new_table),
	DLOPEN_SYMBOL(struct mount_functions, mnt_table_parse_stream),
	DLOPEN_SYMBOL(struct mount_functions, mnt_unref_table),
	DLOPEN_SYMBOL(struct mount_functions, mnt_table_next_fs),
	DLOPEN_SYMBOL(struct mount_functions, mnt_new_iter),
	DLOPEN_SYMBOL(struct mount_functions, mnt_reset_iter),
	DLOPEN_SYMBOL(struct mount_functions, mnt_free_iter),
	DLOPEN_SYMBOL(struct mount_functions, mnt_fs_get_id),
	DLOPEN_SYMBOL(struct mount_functions, mnt_fs_get_devno),
	DLOPEN_SYMBOL(struct mount_functions, mnt_fs_get_fstype),
	DLOPEN_SYMBOL(struct mount_functions, mnt_fs_get_source),
	DLOPEN_SYMBOL(struct mount_functions, mnt_fs_get_target),
	DLOPEN_SYMBOL(struct mount_functions, mnt_fs_get_root),
};

/* The table of libmount, which is loaded when it is first needed: most questions are answered by
   the text alone. */
struct parsed_table {
	void *library;
	struct mount_functions mnt;
	struct libmnt_table *mounts;
	struct libmnt_iter *iter;
	/* Whether loading was tried, and whether it succeeded. */
	bool is_tried;
	bool is_complete;
};

struct mount_table {
	/* mountinfo; each line ends with a NUL byte. */
	char *text;
	size_t len;
	/* Owned; changed by the first question that needs it. */
	struct parsed_table *parsed;
};

/* Replace every byte @from of the text by @to. */
static void replace_bytes(const struct mount_table *table, char from, char to)
{
	char *end = table->text + table->len;

	for (char *c = table->text; (c = memchr(c, from, (size_t)(end - c))); c++)
		*c = to;
}

/* Read all of mountinfo. 0, or -ENOENT. */
static int read_text(struct mount_table *table)
{
	FILE *f = fopen(MOUNTINFO, "re");
	size_t room = 0;
	ssize_t n;

	if (!f)
		return -ENOENT;
	n = getdelim(&table->text, &room, '\0', f);
	(void)fclose(f); /* only read */
	if (n <= 0)
		return -ENOENT;
	table->len = (size_t)n;
	replace_bytes(table, '\n', '\0');
	return 0;
}

/* Let libmount parse the text. Whether it did. */
static bool parse_text(const struct mount_table *table)
{
	struct parsed_table *p = table->parsed;
	bool is_parsed = false;
	FILE *f;

	replace_bytes(table, '\0', '\n');
	f = fmemopen(table->text, table->len, "r");
	if (f) {
		is_parsed = p->mnt.mnt_table_parse_stream(p->mounts, f, MOUNTINFO) == 0;
		(void)fclose(f); /* only read */
	}
	replace_bytes(table, '\n', '\0');
	return is_parsed;
}

/* Return the table of libmount; NULL if there is no libmount, or memory is short. */
static const struct parsed_table *parsed_of(const struct mount_table *table)
{
	struct parsed_table *p = table->parsed;

	if (!p->is_tried) {
		p->is_tried = true;
		p->library =
			dlopen_table_load(LIBMOUNT, mount_symbols,
					  sizeof(mount_symbols) / sizeof(*mount_symbols), &p->mnt);
		if (p->library) {
			p->mounts = p->mnt.mnt_new_table();
			p->iter = p->mnt.mnt_new_iter(MNT_ITER_BACKWARD);
		}
		p->is_complete = p->mounts && p->iter && parse_text(table);
	}
	return p->is_complete ? p : NULL;
}

int mount_table_open(struct mount_table **ret_table)
{
	struct mount_table *table = calloc(1, sizeof(*table));
	int r = -ENOMEM;

	if (!table)
		return -ENOMEM;
	table->parsed = calloc(1, sizeof(*table->parsed));
	if (table->parsed)
		r = read_text(table);
	if (r < 0)
		mount_table_free(table);
	else
		*ret_table = table;
	return r;
}

void mount_table_free(struct mount_table *table)
{
	struct parsed_table *p = table ? table->parsed : NULL;

	if (!table)
		return;
	if (p && p->iter)
		p->mnt.mnt_free_iter(p->iter);
	if (p && p->mounts)
		p->mnt.mnt_unref_table(p->mounts);
	if (p)
		dlopen_table_unload(p->library);
	free(p);
	free(table->text);
	free(table);
}

/* The next mount, from the last to the first, so that a mount precedes those it covers. */
static struct libmnt_fs *next_mount(const struct parsed_table *p)
{
	struct libmnt_fs *fs = NULL;

	return p->mnt.mnt_table_next_fs(p->mounts, p->iter, &fs) == 0 ? fs : NULL;
}

/* @p: NULL if there is no table. */
static struct libmnt_fs *first_mount(const struct parsed_table *p)
{
	if (!p)
		return NULL;
	p->mnt.mnt_reset_iter(p->iter, MNT_ITER_BACKWARD);
	return next_mount(p);
}

static struct libmnt_fs *find_mount(const struct parsed_table *p, uint64_t id)
{
	struct libmnt_fs *fs = first_mount(p);

	while (fs && (uint64_t)p->mnt.mnt_fs_get_id(fs) != id)
		fs = next_mount(p);
	return fs;
}

/* The line of the mount @id in the text; NULL if there is none. */
static const char *find_line(const struct mount_table *table, uint64_t id)
{
	const char *line = table->text;

	while (line < table->text + table->len && strtoull(line, NULL, 10) != id)
		line += strlen(line) + 1;
	return line < table->text + table->len ? line : NULL;
}

int mount_table_device(const struct mount_table *table, uint64_t id, dev_t *ret_dev)
{
	const char *line = find_line(table, id);
	unsigned int major;
	unsigned int minor;

	if (!line || sscanf(line, "%*u %*u %u:%u", &major, &minor) != 2)
		return -ENOENT;
	*ret_dev = makedev(major, minor);
	return 0;
}

/* Whether @fs is a mount of the root directory of its filesystem. */
static bool is_root_mount(const struct parsed_table *p, struct libmnt_fs *fs)
{
	const char *root = p->mnt.mnt_fs_get_root(fs);

	return root && strcmp(root, "/") == 0 && p->mnt.mnt_fs_get_target(fs);
}

int mount_table_root(const struct mount_table *table, uint64_t id, uint64_t *ret_id,
		     const char **ret_path)
{
	const struct parsed_table *p = parsed_of(table);
	struct libmnt_fs *fs = find_mount(p, id);
	dev_t dev = fs ? p->mnt.mnt_fs_get_devno(fs) : 0;

	if (!fs)
		return -ENOENT;
	if (!is_root_mount(p, fs))
		for (fs = first_mount(p); fs; fs = next_mount(p))
			if (p->mnt.mnt_fs_get_devno(fs) == dev && is_root_mount(p, fs))
				break;
	if (!fs)
		return -ENOENT;
	*ret_id = (uint64_t)p->mnt.mnt_fs_get_id(fs);
	*ret_path = p->mnt.mnt_fs_get_target(fs);
	return 0;
}

bool mount_table_is_fuse_overlay(const struct mount_table *table, uint64_t id)
{
	const char *line = find_line(table, id);

	return line && strstr(line, " - fuse.fuse-overlayfs "); /* no field before holds a space */
}

const char *mount_table_overlay_options(const struct mount_table *table, uint64_t id)
{
	static const char type[] = " - overlay "; /* no field before it holds a space */
	const char *line = find_line(table, id);
	const char *rest = line ? strstr(line, type) : NULL;

	/* skip the source of the mount, in which any byte is possible */
	rest = rest ? strchr(rest + strlen(type), ' ') : NULL;
	return rest ? rest + 1 : NULL;
}

static struct mount_table_fs to_mount_table_fs(const struct parsed_table *p, struct libmnt_fs *fs)
{
	return (struct mount_table_fs){
		.type = p->mnt.mnt_fs_get_fstype(fs),
		.source = p->mnt.mnt_fs_get_source(fs),
		.target = p->mnt.mnt_fs_get_target(fs),
		.root = p->mnt.mnt_fs_get_root(fs),
		.device = p->mnt.mnt_fs_get_devno(fs),
	};
}

int mount_table_fs(const struct mount_table *table, uint64_t id, struct mount_table_fs *ret_fs)
{
	const struct parsed_table *p = parsed_of(table);
	struct libmnt_fs *fs = find_mount(p, id);

	if (!fs)
		return -ENOENT;
	*ret_fs = to_mount_table_fs(p, fs);
	return ret_fs->type ? 0 : -ENOENT;
}

/* Whether @path is @dir or below it; both are absolute. */
static bool is_under(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	while (len > 0 && dir[len - 1] == '/')
		len--;
	return strncmp(path, dir, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

int mount_table_holder(const struct mount_table *table, const char *path,
		       struct mount_table_fs *ret_fs)
{
	const struct parsed_table *p = parsed_of(table);
	struct mount_table_fs best = { 0 };

	if (path[0] != '/')
		return -ENOENT;
	for (struct libmnt_fs *fs = first_mount(p); fs; fs = next_mount(p)) {
		struct mount_table_fs it = to_mount_table_fs(p, fs);

		if (it.type && it.target && is_under(path, it.target) &&
		    (!best.target || strlen(it.target) > strlen(best.target)))
			best = it;
	}
	if (!best.type)
		return -ENOENT;
	*ret_fs = best;
	return 0;
}
