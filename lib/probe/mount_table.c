/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libmount's view of the mounts: the only file that knows libmount.
 *
 * Not for opening anything under a layer. The surprising fact: libmount (2.38) undoes the octal
 * escapes of the options, after which a comma in a path looks like the end of the option: the text
 * of the kernel is kept beside libmount's table.
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

struct functions {
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

static const struct dlopen_symbol symbols[] = {
	DLOPEN_SYMBOL(struct functions, mnt_new_table),
	DLOPEN_SYMBOL(struct functions, mnt_table_parse_stream),
	DLOPEN_SYMBOL(struct functions, mnt_unref_table),
	DLOPEN_SYMBOL(struct functions, mnt_table_next_fs),
	DLOPEN_SYMBOL(struct functions, mnt_new_iter),
	DLOPEN_SYMBOL(struct functions, mnt_reset_iter),
	DLOPEN_SYMBOL(struct functions, mnt_free_iter),
	DLOPEN_SYMBOL(struct functions, mnt_fs_get_id),
	DLOPEN_SYMBOL(struct functions, mnt_fs_get_devno),
	DLOPEN_SYMBOL(struct functions, mnt_fs_get_fstype),
	DLOPEN_SYMBOL(struct functions, mnt_fs_get_source),
	DLOPEN_SYMBOL(struct functions, mnt_fs_get_target),
	DLOPEN_SYMBOL(struct functions, mnt_fs_get_root),
};

struct mount_table {
	void *library;
	struct functions mnt;
	struct libmnt_table *table;
	struct libmnt_iter *iter;
	/* What libmount read, and its length; each line ends with a NUL byte. */
	char *text;
	size_t len;
};

/* Read the table of the kernel in one go, whatever its size. */
static int read_text(struct mount_table *l)
{
	FILE *f = fopen(MOUNTINFO, "re");
	size_t room = 0;
	ssize_t n;

	if (!f)
		return -ENOENT;
	n = getdelim(&l->text, &room, '\0', f);
	(void)fclose(f); /* only read */
	if (n <= 0)
		return -ENOENT;
	l->len = (size_t)n;
	return 0;
}

/* Let libmount read the text. */
static int parse_text(struct mount_table *l)
{
	FILE *f = fmemopen(l->text, l->len, "r");
	int r = -ENOENT;

	if (f && l->table && l->iter && l->mnt.mnt_table_parse_stream(l->table, f, MOUNTINFO) == 0)
		r = 0;
	if (f)
		(void)fclose(f); /* only read */
	for (char *c = l->text; (c = memchr(c, '\n', l->len - (size_t)(c - l->text))); c++)
		*c = '\0';
	return r;
}

int mount_table_open(struct mount_table **ret_l)
{
	struct mount_table *l = calloc(1, sizeof(*l));
	int r = -ENOENT;

	if (!l)
		return -ENOMEM;
	l->library =
		dlopen_table_load(LIBMOUNT, symbols, sizeof(symbols) / sizeof(*symbols), &l->mnt);
	if (l->library) {
		l->table = l->mnt.mnt_new_table();
		l->iter = l->mnt.mnt_new_iter(MNT_ITER_BACKWARD);
		r = read_text(l);
	}
	if (r == 0)
		r = parse_text(l);
	if (r < 0)
		mount_table_free(l);
	else
		*ret_l = l;
	return r;
}

void mount_table_free(struct mount_table *l)
{
	if (!l)
		return;
	if (l->iter)
		l->mnt.mnt_free_iter(l->iter);
	if (l->table)
		l->mnt.mnt_unref_table(l->table);
	dlopen_table_unload(l->library);
	free(l->text);
	free(l);
}

/* The mounts from the last to the first, so that what is mounted on top comes first. */
static struct libmnt_fs *next(const struct mount_table *l)
{
	struct libmnt_fs *fs = NULL;

	return l->mnt.mnt_table_next_fs(l->table, l->iter, &fs) == 0 ? fs : NULL;
}

static struct libmnt_fs *first(const struct mount_table *l)
{
	l->mnt.mnt_reset_iter(l->iter, MNT_ITER_BACKWARD);
	return next(l);
}

static struct libmnt_fs *find(const struct mount_table *l, uint64_t id)
{
	struct libmnt_fs *fs = first(l);

	while (fs && (uint64_t)l->mnt.mnt_fs_get_id(fs) != id)
		fs = next(l);
	return fs;
}

int mount_table_device(const struct mount_table *l, uint64_t id, dev_t *ret_dev)
{
	struct libmnt_fs *fs = find(l, id);

	if (!fs)
		return -ENOENT;
	*ret_dev = l->mnt.mnt_fs_get_devno(fs);
	return 0;
}

static bool shows_root(const struct mount_table *l, struct libmnt_fs *fs)
{
	const char *root = l->mnt.mnt_fs_get_root(fs);

	return root && strcmp(root, "/") == 0 && l->mnt.mnt_fs_get_target(fs);
}

int mount_table_root(const struct mount_table *l, uint64_t id, uint64_t *ret_id,
		     const char **ret_path)
{
	struct libmnt_fs *fs = find(l, id);
	dev_t dev = fs ? l->mnt.mnt_fs_get_devno(fs) : 0;

	if (!fs)
		return -ENOENT;
	if (!shows_root(l, fs))
		for (fs = first(l); fs; fs = next(l))
			if (l->mnt.mnt_fs_get_devno(fs) == dev && shows_root(l, fs))
				break;
	if (!fs)
		return -ENOENT;
	*ret_id = (uint64_t)l->mnt.mnt_fs_get_id(fs);
	*ret_path = l->mnt.mnt_fs_get_target(fs);
	return 0;
}

/* The line of the mount @id; NULL if it is not listed. */
static const char *line_of(const struct mount_table *l, uint64_t id)
{
	const char *line = l->text;

	while (line < l->text + l->len && strtoull(line, NULL, 10) != id)
		line += strlen(line) + 1;
	return line < l->text + l->len ? line : NULL;
}

const char *mount_table_overlay_options(const struct mount_table *l, uint64_t id)
{
	static const char type[] = " - overlay "; /* no field before it holds a space */
	const char *line = line_of(l, id);
	const char *rest = line ? strstr(line, type) : NULL;

	/* what is mounted, which may be no text at all, comes in between */
	rest = rest ? strchr(rest + strlen(type), ' ') : NULL;
	return rest ? rest + 1 : NULL;
}

bool mount_table_has_index(const struct mount_table *l, uint64_t id)
{
	struct overlay_options o;
	const char *value;
	bool is_on;

	if (overlay_options_parse(mount_table_overlay_options(l, id), &o) < 0)
		return false;
	value = o.index ? o.index : overlay_default("index");
	is_on = value && strcmp(value, "on") == 0;
	overlay_options_done(&o);
	return is_on;
}

static struct mount_table_fs describe(const struct mount_table *l, struct libmnt_fs *fs)
{
	return (struct mount_table_fs){
		.type = l->mnt.mnt_fs_get_fstype(fs),
		.source = l->mnt.mnt_fs_get_source(fs),
		.target = l->mnt.mnt_fs_get_target(fs),
		.root = l->mnt.mnt_fs_get_root(fs),
		.device = l->mnt.mnt_fs_get_devno(fs),
	};
}

int mount_table_fs(const struct mount_table *l, uint64_t id, struct mount_table_fs *ret_fs)
{
	struct libmnt_fs *fs = find(l, id);

	if (!fs)
		return -ENOENT;
	*ret_fs = describe(l, fs);
	return ret_fs->type ? 0 : -ENOENT;
}

/* Whether @path lies under @dir, both absolute. */
static bool is_under(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	while (len > 0 && dir[len - 1] == '/')
		len--;
	return strncmp(path, dir, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

int mount_table_holder(const struct mount_table *l, const char *path, struct mount_table_fs *ret_fs)
{
	struct mount_table_fs best = { 0 };

	if (path[0] != '/')
		return -ENOENT;
	for (struct libmnt_fs *fs = first(l); fs; fs = next(l)) {
		struct mount_table_fs it = describe(l, fs);

		if (it.type && it.target && is_under(path, it.target) &&
		    (!best.target || strlen(it.target) > strlen(best.target)))
			best = it;
	}
	if (!best.type)
		return -ENOENT;
	*ret_fs = best;
	return 0;
}

int mount_table_upper_fs(const struct mount_table *l, uint64_t id, struct mount_table_fs *ret_fs)
{
	struct mount_table_fs fs;
	struct overlay_options o;
	int r = overlay_options_parse(mount_table_overlay_options(l, id), &o);

	if (r == -EINVAL)
		return -ENOENT;
	if (r == 0)
		r = o.upper ? mount_table_holder(l, o.upper, &fs) : -ENOENT;
	/* an overlay cannot be an upper layer: the name is one of another namespace */
	if (r == 0 && strcmp(fs.type, "overlay") == 0)
		r = -ENOENT;
	if (r == 0)
		*ret_fs = fs;
	overlay_options_done(&o);
	return r;
}
