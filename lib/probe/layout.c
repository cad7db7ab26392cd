/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libmount's view of the mounts: the only file that knows libmount.
 *
 * Not for opening anything under a layer. The surprising fact: an overlay does not list the
 * options that equal the module's defaults, so a missing "index" sends us to the module.
 */
#include "probe/layout.h"

#include "base/lazy.h"

#include <errno.h>
#include <libmount/libmount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIBMOUNT "libmount.so.1"

struct functions {
	__typeof__(&mnt_new_table_from_file) mnt_new_table_from_file;
	__typeof__(&mnt_unref_table) mnt_unref_table;
	__typeof__(&mnt_table_next_fs) mnt_table_next_fs;
	__typeof__(&mnt_new_iter) mnt_new_iter;
	__typeof__(&mnt_reset_iter) mnt_reset_iter;
	__typeof__(&mnt_free_iter) mnt_free_iter;
	__typeof__(&mnt_fs_get_id) mnt_fs_get_id;
	__typeof__(&mnt_fs_get_devno) mnt_fs_get_devno;
	__typeof__(&mnt_fs_get_fstype) mnt_fs_get_fstype;
	__typeof__(&mnt_fs_get_root) mnt_fs_get_root;
	__typeof__(&mnt_fs_get_source) mnt_fs_get_source;
	__typeof__(&mnt_fs_get_target) mnt_fs_get_target;
	__typeof__(&mnt_fs_get_fs_options) mnt_fs_get_fs_options;
	__typeof__(&mnt_optstr_get_option) mnt_optstr_get_option;
};

static const struct lazy_symbol symbols[] = {
	LAZY_SYMBOL(struct functions, mnt_new_table_from_file),
	LAZY_SYMBOL(struct functions, mnt_unref_table),
	LAZY_SYMBOL(struct functions, mnt_table_next_fs),
	LAZY_SYMBOL(struct functions, mnt_new_iter),
	LAZY_SYMBOL(struct functions, mnt_reset_iter),
	LAZY_SYMBOL(struct functions, mnt_free_iter),
	LAZY_SYMBOL(struct functions, mnt_fs_get_id),
	LAZY_SYMBOL(struct functions, mnt_fs_get_devno),
	LAZY_SYMBOL(struct functions, mnt_fs_get_fstype),
	LAZY_SYMBOL(struct functions, mnt_fs_get_root),
	LAZY_SYMBOL(struct functions, mnt_fs_get_source),
	LAZY_SYMBOL(struct functions, mnt_fs_get_target),
	LAZY_SYMBOL(struct functions, mnt_fs_get_fs_options),
	LAZY_SYMBOL(struct functions, mnt_optstr_get_option),
};

struct layout {
	void *library;
	struct functions mnt;
	struct libmnt_table *table;
	struct libmnt_iter *iter;
};

int layout_open(struct layout **ret_l)
{
	struct layout *l = calloc(1, sizeof(*l));

	if (!l)
		return -ENOMEM;
	l->library = lazy_load(LIBMOUNT, symbols, sizeof(symbols) / sizeof(*symbols), &l->mnt);
	if (l->library) {
		l->table = l->mnt.mnt_new_table_from_file("/proc/self/mountinfo");
		l->iter = l->mnt.mnt_new_iter(MNT_ITER_BACKWARD);
	}
	if (!l->table || !l->iter) {
		layout_free(l);
		return -ENOENT;
	}
	*ret_l = l;
	return 0;
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

/* The value of option @name of @fs, borrowed; NULL if it is not listed. */
static const char *option(const struct layout *l, struct libmnt_fs *fs, const char *name,
			  size_t *ret_len)
{
	const char *options = l->mnt.mnt_fs_get_fs_options(fs);
	char *value = NULL;

	if (!options || l->mnt.mnt_optstr_get_option(options, name, &value, ret_len) != 0)
		return NULL;
	return value;
}

static bool index_by_default(void)
{
	FILE *f = fopen("/sys/module/overlay/parameters/index", "re");
	bool on = f && fgetc(f) == 'Y';

	if (f)
		(void)fclose(f); /* only read */
	return on;
}

bool layout_has_index(const struct layout *l, uint64_t id)
{
	struct libmnt_fs *fs = find(l, id);
	const char *value;
	size_t len = 0;

	if (!fs)
		return false;
	value = option(l, fs, "index", &len);
	return value ? len == 2 && strncmp(value, "on", len) == 0 : index_by_default();
}

static struct layout_fs describe(const struct layout *l, struct libmnt_fs *fs)
{
	return (struct layout_fs){
		.type = l->mnt.mnt_fs_get_fstype(fs),
		.source = l->mnt.mnt_fs_get_source(fs),
		.target = l->mnt.mnt_fs_get_target(fs),
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
static bool is_under(const char *path, size_t path_len, const char *dir)
{
	size_t len = strlen(dir);

	while (len > 0 && dir[len - 1] == '/')
		len--;
	return path_len >= len && strncmp(path, dir, len) == 0 &&
	       (path_len == len || path[len] == '/');
}

int layout_upper_fs(const struct layout *l, uint64_t id, struct layout_fs *ret_fs)
{
	struct libmnt_fs *overlay = find(l, id);
	struct layout_fs best = { 0 };
	const char *upper;
	size_t len = 0;

	upper = overlay ? option(l, overlay, "upperdir", &len) : NULL;
	if (!upper)
		return -ENOENT;
	for (struct libmnt_fs *fs = first(l); fs; fs = next(l)) {
		struct layout_fs it = describe(l, fs);

		if (it.type && it.target && is_under(upper, len, it.target) &&
		    (!best.target || strlen(it.target) > strlen(best.target)))
			best = it;
	}
	/* an overlay cannot be an upper layer: the name is one of another namespace */
	if (!best.type || strcmp(best.type, "overlay") == 0)
		return -ENOENT;
	*ret_fs = best;
	return 0;
}
