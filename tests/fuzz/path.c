/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Paths as text (lib/base/path.c, pathbuf.c, lib/probe/layer_path.c). The input are strings that
 * end with NUL bytes: two paths, a mount point, a root, and names.
 *
 * A path is its parts, one after the other. A name that is joined to a directory stays in it: the
 * result is the directory, one slash and a single name, never ".." and never empty. A path that
 * grew by names and is cut again is what it was. A layer path has no empty name, no "." and no
 * "..", whatever mount point, root and redirect it was made of.
 */
#include "input.h"

#include "base/path.h"
#include "base/pathbuf.h"
#include "probe/layer_path.h"

#include <errno.h>

#define NAMES_MAX 16

static void check_split(const char *path)
{
	struct path_parts p = path_split(path);
	size_t end = p.dir_len + p.name_len;
	size_t slashes = strspn(path + end, "/");

	must(end <= strlen(path) && end + slashes == strlen(path));
	must(p.dir_len == 0 || path[p.dir_len - 1] == '/');
	must(!memchr(path + p.dir_len, '/', p.name_len));
	must(p.name_len > 0 || p.dir_len == 0 || end == strlen(path));
	must(!p.must_be_dir || slashes > 0);
}

static bool is_one_name(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, "..") != 0;
}

static void check_join(const char *dir, const char *path)
{
	char *joined = path_join_name(dir, path);
	size_t len = strlen(dir);
	const char *name;

	must(joined);
	while (len > 0 && dir[len - 1] == '/')
		len--;
	must(strncmp(joined, dir, len) == 0);
	name = joined + len;
	/* in "" there is no slash, which would lead to the root directory */
	must(*dir ? *name++ == '/' : true);
	must(is_one_name(name));
	if (!path_is_dots(path) && path_split(path).name_len > 0) {
		struct path_parts p = path_split(path);

		must(strlen(name) == p.name_len && memcmp(name, path + p.dir_len, p.name_len) == 0);
	}
	free(joined);
}

static void check_sibling(const char *path, const char *name)
{
	char *sibling = path_sibling(path, name);
	size_t dir_len = path_split(path).dir_len;

	must(sibling && strlen(sibling) == dir_len + strlen(name));
	must(memcmp(sibling, path, dir_len) == 0 && strcmp(sibling + dir_len, name) == 0);
	free(sibling);
}

static void check_pathbuf(const char *path, struct input *in)
{
	struct pathbuf p = { 0 };
	size_t lens[NAMES_MAX];
	size_t n = 0;
	size_t begin;

	must(pathbuf_set(&p, path) == 0 && strcmp(p.text, path) == 0);
	pathbuf_trim(&p);
	must(p.len == strlen(p.text) && strncmp(path, p.text, p.len) == 0);
	must(p.len < 2 || p.text[p.len - 1] != '/' || p.text[p.len - 2] != '/');
	begin = p.len;
	for (; n < NAMES_MAX && in->left; n++) {
		char *name = input_text(in);

		lens[n] = p.len;
		must(pathbuf_push(&p, name) == 0);
		must(p.len == strlen(p.text) && p.len < p.room);
		must(strcmp(p.text + p.len - strlen(name), name) == 0);
		must(lens[n] == 0 || p.text[p.len - strlen(name) - 1] == '/');
		free(name);
	}
	while (n-- > 0)
		pathbuf_cut(&p, lens[n]);
	must(p.len == begin && strncmp(p.text, path, begin) == 0 && !p.text[begin]);
	pathbuf_done(&p);
	must(!p.text && p.len == 0 && p.room == 0);
}

/* Whether @path is a layer path. */
static bool is_layer_path(const char *path)
{
	while (true) {
		size_t len = strcspn(path, "/");

		if (len == 0 || (len <= 2 && strspn(path, ".") >= len))
			return false;
		if (!path[len])
			return true;
		path += len + 1;
	}
}

/* Redirect the name number @which of @path to @to. */
static void check_redirect(const char *path, unsigned int which, const char *to)
{
	const char *name = path;
	char *moved = NULL;
	size_t len;
	int r;

	while (which-- > 0 && strchr(name, '/'))
		name = strchr(name, '/') + 1;
	len = strcspn(name, "/");
	r = layer_path_redirect(path, len, strlen(name + len), to, &moved);
	must(r == 0 || r == -ENOENT);
	if (r == 0) {
		size_t rest = strlen(name + len);

		must(is_layer_path(moved) && strlen(moved) >= rest);
		must(strcmp(moved + strlen(moved) - rest, name + len) == 0);
		/* only an absolute redirect leads out of the directory */
		must(*to == '/' || strncmp(moved, path, (size_t)(name - path)) == 0);
		free(moved);
	}
}

static void check_layer_path(const char *name, const char *target, const char *root,
			     const char *redirect)
{
	char *path = NULL;
	int r = layer_path_of(name, target, root, &path);

	must(r == 0 || r == -ENOENT);
	if (r < 0)
		return;
	must(is_layer_path(path));
	check_redirect(path, strlen(redirect) % 4, redirect);
	free(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	char *path = input_text(&in);
	char *other = input_text(&in);
	char *target = input_text(&in);
	char *root = input_text(&in);

	check_split(path);
	check_split(other);
	check_join(path, other);
	check_sibling(path, other);
	check_layer_path(path, target, root, other);
	check_pathbuf(path, &in);
	free(path);
	free(other);
	free(target);
	free(root);
	return 0;
}
