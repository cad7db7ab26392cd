/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The table is parsed by libmount, which only this file includes.
 *
 * libmount (2.38) decodes the octal escapes of the options, after which a comma in a path looks
 * like the end of an option. So the text of the kernel is kept beside libmount's table, and the
 * options of overlays are taken from it.
 */
#include "probe/mount_table.h"

#include "base/dlopen_table.h"
#include "probe/overlay_defaults.h"
#include "probe/overlay_options.h"

#include <errno.h>
#include <libmount/libmount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIBMOUNT  "libmount.so.1"
#define MOUNTINFO "/proc/self/mountinfo"

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

struct mount_table {
	void *library;
	struct mount_functions mnt;
	struct libmnt_table *mounts;
	struct libmnt_iter *iter;
	/* The text that libmount parsed; each line ends with a NUL byte now. */
	char *text;
	size_t len;
};

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
	return 0;
}

/* Let libmount parse the text, then end its lines with NUL bytes. 0, or -ENOENT. */
static int parse_text(struct mount_table *table)
{
	FILE *f = fmemopen(table->text, table->len, "r");
	int r = -ENOENT;

	if (f && table->mounts && table->iter &&
	    table->mnt.mnt_table_parse_stream(table->mounts, f, MOUNTINFO) == 0)
		r = 0;
	if (f)
		(void)fclose(f); /* only read */
	for (char *c = table->text; (c = memchr(c, '\n', table->len - (size_t)(c - table->text)));
	     c++)
		*c = '\0';
	return r;
}

int mount_table_open(struct mount_table **ret_table)
{
	struct mount_table *table = calloc(1, sizeof(*table));
	int r = -ENOENT;

	if (!table)
		return -ENOMEM;
	table->library =
		dlopen_table_load(LIBMOUNT, mount_symbols,
				  sizeof(mount_symbols) / sizeof(*mount_symbols), &table->mnt);
	if (table->library) {
		table->mounts = table->mnt.mnt_new_table();
		table->iter = table->mnt.mnt_new_iter(MNT_ITER_BACKWARD);
		r = read_text(table);
	}
	if (r == 0)
		r = parse_text(table);
	if (r < 0)
		mount_table_free(table);
	else
		*ret_table = table;
	return r;
}

void mount_table_free(struct mount_table *table)
{
	if (!table)
		return;
	if (table->iter)
		table->mnt.mnt_free_iter(table->iter);
	if (table->mounts)
		table->mnt.mnt_unref_table(table->mounts);
	dlopen_table_unload(table->library);
	free(table->text);
	free(table);
}

/* The next mount, from the last to the first, so that a mount precedes those it covers. */
static struct libmnt_fs *next_mount(const struct mount_table *table)
{
	struct libmnt_fs *fs = NULL;

	return table->mnt.mnt_table_next_fs(table->mounts, table->iter, &fs) == 0 ? fs : NULL;
}

static struct libmnt_fs *first_mount(const struct mount_table *table)
{
	table->mnt.mnt_reset_iter(table->iter, MNT_ITER_BACKWARD);
	return next_mount(table);
}

static struct libmnt_fs *find_mount(const struct mount_table *table, uint64_t id)
{
	struct libmnt_fs *fs = first_mount(table);

	while (fs && (uint64_t)table->mnt.mnt_fs_get_id(fs) != id)
		fs = next_mount(table);
	return fs;
}

int mount_table_device(const struct mount_table *table, uint64_t id, dev_t *ret_dev)
{
	struct libmnt_fs *fs = find_mount(table, id);

	if (!fs)
		return -ENOENT;
	*ret_dev = table->mnt.mnt_fs_get_devno(fs);
	return 0;
}

/* Whether @fs is a mount of the root directory of its filesystem. */
static bool is_root_mount(const struct mount_table *table, struct libmnt_fs *fs)
{
	const char *root = table->mnt.mnt_fs_get_root(fs);

	return root && strcmp(root, "/") == 0 && table->mnt.mnt_fs_get_target(fs);
}

int mount_table_root(const struct mount_table *table, uint64_t id, uint64_t *ret_id,
		     const char **ret_path)
{
	struct libmnt_fs *fs = find_mount(table, id);
	dev_t dev = fs ? table->mnt.mnt_fs_get_devno(fs) : 0;

	if (!fs)
		return -ENOENT;
	if (!is_root_mount(table, fs))
		for (fs = first_mount(table); fs; fs = next_mount(table))
			if (table->mnt.mnt_fs_get_devno(fs) == dev && is_root_mount(table, fs))
				break;
	if (!fs)
		return -ENOENT;
	*ret_id = (uint64_t)table->mnt.mnt_fs_get_id(fs);
	*ret_path = table->mnt.mnt_fs_get_target(fs);
	return 0;
}

/* The line of the mount @id in the text; NULL if there is none. */
static const char *find_line(const struct mount_table *table, uint64_t id)
{
	const char *line = table->text;

	while (line < table->text + table->len && strtoull(line, NULL, 10) != id)
		line += strlen(line) + 1;
	return line < table->text + table->len ? line : NULL;
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

bool mount_table_has_index(const struct mount_table *table, uint64_t id)
{
	struct overlay_options o;
	const char *value;
	bool is_on;

	if (overlay_options_parse(mount_table_overlay_options(table, id), &o) < 0)
		return false;
	value = o.index ? o.index : overlay_default("index");
	is_on = value && strcmp(value, "on") == 0;
	overlay_options_done(&o);
	return is_on;
}

static struct mount_table_fs to_mount_table_fs(const struct mount_table *table,
					       struct libmnt_fs *fs)
{
	return (struct mount_table_fs){
		.type = table->mnt.mnt_fs_get_fstype(fs),
		.source = table->mnt.mnt_fs_get_source(fs),
		.target = table->mnt.mnt_fs_get_target(fs),
		.root = table->mnt.mnt_fs_get_root(fs),
		.device = table->mnt.mnt_fs_get_devno(fs),
	};
}

int mount_table_fs(const struct mount_table *table, uint64_t id, struct mount_table_fs *ret_fs)
{
	struct libmnt_fs *fs = find_mount(table, id);

	if (!fs)
		return -ENOENT;
	*ret_fs = to_mount_table_fs(table, fs);
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
	struct mount_table_fs best = { 0 };

	if (path[0] != '/')
		return -ENOENT;
	for (struct libmnt_fs *fs = first_mount(table); fs; fs = next_mount(table)) {
		struct mount_table_fs it = to_mount_table_fs(table, fs);

		if (it.type && it.target && is_under(path, it.target) &&
		    (!best.target || strlen(it.target) > strlen(best.target)))
			best = it;
	}
	if (!best.type)
		return -ENOENT;
	*ret_fs = best;
	return 0;
}

int mount_table_upper_fs(const struct mount_table *table, uint64_t id,
			 struct mount_table_fs *ret_fs)
{
	struct mount_table_fs fs;
	struct overlay_options o;
	int r = overlay_options_parse(mount_table_overlay_options(table, id), &o);

	if (r == -EINVAL)
		return -ENOENT;
	if (r == 0)
		r = o.upper ? mount_table_holder(table, o.upper, &fs) : -ENOENT;
	/* an overlay cannot be an upper layer: the path is of another mount namespace */
	if (r == 0 && strcmp(fs.type, "overlay") == 0)
		r = -ENOENT;
	if (r == 0)
		*ret_fs = fs;
	overlay_options_done(&o);
	return r;
}
