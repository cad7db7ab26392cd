/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libmount's view of the mounts: the only file that knows libmount.
 *
 * Not for opening anything under a layer. The surprising fact: libmount (2.38) undoes the octal
 * escapes of the options, after which a comma in a path looks like the end of the option: the text
 * of the kernel is kept beside libmount's table.
 */
#include "probe/layout.h"

#include "base/lazy.h"
#include "probe/options.h"
#include "probe/overlay.h"

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

static const struct lazy_symbol symbols[] = {
	LAZY_SYMBOL(struct functions, mnt_new_table),
	LAZY_SYMBOL(struct functions, mnt_table_parse_stream),
	LAZY_SYMBOL(struct functions, mnt_unref_table),
	LAZY_SYMBOL(struct functions, mnt_table_next_fs),
	LAZY_SYMBOL(struct functions, mnt_new_iter),
	LAZY_SYMBOL(struct functions, mnt_reset_iter),
	LAZY_SYMBOL(struct functions, mnt_free_iter),
	LAZY_SYMBOL(struct functions, mnt_fs_get_id),
	LAZY_SYMBOL(struct functions, mnt_fs_get_devno),
	LAZY_SYMBOL(struct functions, mnt_fs_get_fstype),
	LAZY_SYMBOL(struct functions, mnt_fs_get_source),
	LAZY_SYMBOL(struct functions, mnt_fs_get_target),
	LAZY_SYMBOL(struct functions, mnt_fs_get_root),
};

struct layout {
	void *library;
	struct functions mnt;
	struct libmnt_table *table;
	struct libmnt_iter *iter;
	/* What libmount read, and its length; each line ends with a NUL byte. */
	char *text;
	size_t len;
};

/* Read the table of the kernel in one go, whatever its size. */
static int read_text(struct layout *l)
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
static int parse_text(struct layout *l)
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

int layout_open(struct layout **ret_l)
{
	struct layout *l = calloc(1, sizeof(*l));
	int r = -ENOENT;

	if (!l)
		return -ENOMEM;
	l->library = lazy_load(LIBMOUNT, symbols, sizeof(symbols) / sizeof(*symbols), &l->mnt);
	if (l->library) {
		l->table = l->mnt.mnt_new_table();
		l->iter = l->mnt.mnt_new_iter(MNT_ITER_BACKWARD);
		r = read_text(l);
	}
	if (r == 0)
		r = parse_text(l);
	if (r < 0)
		layout_free(l);
	else
		*ret_l = l;
	return r;
}

void layout_free(struct layout *l)
{
	if (!l)
		return;
	if (l->iter)
		l->mnt.mnt_free_iter(l->iter);
	if (l->table)
		l->mnt.mnt_unref_table(l->table);
	lazy_unload(l->library);
	free(l->text);
	free(l);
}

/* The mounts from the last to the first, so that what is mounted on top comes first. */
static struct libmnt_fs *next(const struct layout *l)
{
	struct libmnt_fs *fs = NULL;

	return l->mnt.mnt_table_next_fs(l->table, l->iter, &fs) == 0 ? fs : NULL;
}

static struct libmnt_fs *first(const struct layout *l)
{
	l->mnt.mnt_reset_iter(l->iter, MNT_ITER_BACKWARD);
	return next(l);
}

static struct libmnt_fs *find(const struct layout *l, uint64_t id)
{
	struct libmnt_fs *fs = first(l);

	while (fs && (uint64_t)l->mnt.mnt_fs_get_id(fs) != id)
		fs = next(l);
	return fs;
}

int layout_device(const struct layout *l, uint64_t id, dev_t *ret_dev)
{
	struct libmnt_fs *fs = find(l, id);

	if (!fs)
		return -ENOENT;
	*ret_dev = l->mnt.mnt_fs_get_devno(fs);
	return 0;
}

static bool shows_root(const struct layout *l, struct libmnt_fs *fs)
{
	const char *root = l->mnt.mnt_fs_get_root(fs);

	return root && strcmp(root, "/") == 0 && l->mnt.mnt_fs_get_target(fs);
}

int layout_root(const struct layout *l, uint64_t id, uint64_t *ret_id, const char **ret_path)
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
static const char *line_of(const struct layout *l, uint64_t id)
{
	const char *line = l->text;

	while (line < l->text + l->len && strtoull(line, NULL, 10) != id)
		line += strlen(line) + 1;
	return line < l->text + l->len ? line : NULL;
}

const char *layout_overlay_options(const struct layout *l, uint64_t id)
{
	static const char type[] = " - overlay "; /* no field before it holds a space */
	const char *line = line_of(l, id);
	const char *rest = line ? strstr(line, type) : NULL;

	/* what is mounted, which may be no text at all, comes in between */
	rest = rest ? strchr(rest + strlen(type), ' ') : NULL;
	return rest ? rest + 1 : NULL;
}

bool layout_has_index(const struct layout *l, uint64_t id)
{
	struct overlay o;
	const char *value;
	bool is_on;

	if (overlay_parse(layout_overlay_options(l, id), &o) < 0)
		return false;
	value = o.index ? o.index : options_default("index");
	is_on = value && strcmp(value, "on") == 0;
	overlay_done(&o);
	return is_on;
}

static struct layout_fs describe(const struct layout *l, struct libmnt_fs *fs)
{
	return (struct layout_fs){
		.type = l->mnt.mnt_fs_get_fstype(fs),
		.source = l->mnt.mnt_fs_get_source(fs),
		.target = l->mnt.mnt_fs_get_target(fs),
		.root = l->mnt.mnt_fs_get_root(fs),
		.device = l->mnt.mnt_fs_get_devno(fs),
	};
}

int layout_fs(const struct layout *l, uint64_t id, struct layout_fs *ret_fs)
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

int layout_holder(const struct layout *l, const char *path, struct layout_fs *ret_fs)
{
	struct layout_fs best = { 0 };

	if (path[0] != '/')
		return -ENOENT;
	for (struct libmnt_fs *fs = first(l); fs; fs = next(l)) {
		struct layout_fs it = describe(l, fs);

		if (it.type && it.target && is_under(path, it.target) &&
		    (!best.target || strlen(it.target) > strlen(best.target)))
			best = it;
	}
	if (!best.type)
		return -ENOENT;
	*ret_fs = best;
	return 0;
}

int layout_upper_fs(const struct layout *l, uint64_t id, struct layout_fs *ret_fs)
{
	struct layout_fs fs;
	struct overlay o;
	int r = overlay_parse(layout_overlay_options(l, id), &o);

	if (r == -EINVAL)
		return -ENOENT;
	if (r == 0)
		r = o.upper ? layout_holder(l, o.upper, &fs) : -ENOENT;
	/* an overlay cannot be an upper layer: the name is one of another namespace */
	if (r == 0 && strcmp(fs.type, "overlay") == 0)
		r = -ENOENT;
	if (r == 0)
		*ret_fs = fs;
	overlay_done(&o);
	return r;
}
