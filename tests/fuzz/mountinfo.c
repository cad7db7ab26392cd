/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of mounts (lib/probe/mount_table.c). The input is a byte, and if that is odd a text in
 * the place of /proc/self/mountinfo; if it is even mounts, which are written as the kernel writes
 * them (fs/proc_namespace.c): numbers of one byte, and strings that end with NUL bytes.
 *
 * Of mounts of the kernel everything comes back, byte by byte, whatever is in their strings:
 * device, type, source, root, mount point, the options of overlays in their escaped form. The mount
 * that holds a path, and the mount of a root directory, are those that a search of the list finds.
 * Of any other text no option is returned that is not the end of a line.
 */
#include "fake_proc.h"
#include "input.h"

#include "probe/mount_table.h"

#include <errno.h>
#include <stdio.h>
#include <sys/sysmacros.h>

#define MOUNTS_MAX 8

struct mount {
	uint64_t id;
	unsigned int major;
	unsigned int minor;
	char *root;
	char *target;
	char *type;
	char *source;
	char *options;
	/* options as the kernel escapes them */
	char *listed;
};

struct mounts {
	struct mount list[MOUNTS_MAX];
	size_t count;
};

/* @text with the escapes of the kernel, to be freed. */
static char *escape(const char *text)
{
	char *escaped = malloc(4 * strlen(text) + 1);
	char *to = escaped;

	must(escaped);
	for (; *text; text++)
		if (strchr(" \t\n\\", *text))
			to += sprintf(to, "\\%03o", (unsigned char)*text);
		else
			*to++ = *text;
	*to = '\0';
	return escaped;
}

static void write_field(FILE *out, const char *text, char after)
{
	char *escaped = escape(text);

	fprintf(out, "%s%c", escaped, after);
	free(escaped);
}

/* An absolute path: a slash, and the text of the input. */
static char *read_path(struct input *in)
{
	char *text = input_text(in);
	char *path = NULL;

	must(asprintf(&path, "/%s", text) > 0);
	free(text);
	return path;
}

static struct mount read_mount(struct input *in, size_t number)
{
	struct mount m = { .id = number + 1 + 8 * input_byte(in),
			   .major = input_byte(in),
			   .minor = input_byte(in),
			   .root = read_path(in),
			   .target = read_path(in) };
	char *text = input_text(in);

	must(asprintf(&m.type, "%s", *text ? text : "overlay") > 0);
	free(text);
	m.source = input_text(in);
	text = input_text(in);
	must(asprintf(&m.options, "rw%s%s", *text ? "," : "", text) > 0);
	free(text);
	m.listed = escape(m.options);
	return m;
}

static void write_mount(FILE *out, const struct mount *m)
{
	fprintf(out, "%u 1 %u:%u ", (unsigned int)m->id, m->major, m->minor);
	write_field(out, m->root, ' ');
	write_field(out, m->target, ' ');
	fprintf(out, "rw,relatime shared:1 - ");
	write_field(out, m->type, ' ');
	write_field(out, m->source, ' ');
	fprintf(out, "%s\n", m->listed);
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_root(const struct mount *m)
{
	return strcmp(m->root, "/") == 0;
}

static bool is_one_device(const struct mount *a, const struct mount *b)
{
	return a->major == b->major && a->minor == b->minor;
}

static void check_text(const struct mount_table *t, const struct mount *m)
{
	const char *options = mount_table_overlay_options(t, m->id);
	dev_t device = 0;

	must(mount_table_device(t, m->id, &device) == 0);
	must(device == makedev(m->major, m->minor));
	must(same_text(options, strcmp(m->type, "overlay") == 0 ? m->listed : NULL));
}

static void check_parsed(const struct mount_table *t, const struct mount *m)
{
	struct mount_table_fs fs = { 0 };

	must(mount_table_fs(t, m->id, &fs) == 0);
	must(fs.device == makedev(m->major, m->minor));
	must(same_text(fs.type, m->type) && same_text(fs.root, m->root));
	must(same_text(fs.target, m->target));
	/* libmount makes nothing of "none", as of a source that is not there */
	must(same_text(fs.source, m->source) || strcmp(m->source, "none") == 0 || !*m->source);
}

static void check_root(const struct mount_table *t, const struct mounts *all, const struct mount *m)
{
	const struct mount *want = is_root(m) ? m : NULL;
	const char *path = NULL;
	uint64_t id = 0;
	int r = mount_table_root(t, m->id, &id, &path);

	for (size_t i = all->count; !want && i-- > 0;)
		if (is_root(&all->list[i]) && is_one_device(&all->list[i], m))
			want = &all->list[i];
	must(r == (want ? 0 : -ENOENT));
	must(!want || (id == want->id && strcmp(path, want->target) == 0));
}

static bool is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	while (len > 0 && dir[len - 1] == '/')
		len--;
	return strncmp(path, dir, len) == 0 && (path[len] == '/' || !path[len]);
}

static void check_holder(const struct mount_table *t, const struct mounts *all, const char *path)
{
	const struct mount *want = NULL;
	struct mount_table_fs fs = { 0 };
	int r = mount_table_holder(t, path, &fs);

	for (size_t i = all->count; i-- > 0;)
		if (is_below(path, all->list[i].target) &&
		    (!want || strlen(all->list[i].target) > strlen(want->target)))
			want = &all->list[i];
	must(r == (want && path[0] == '/' ? 0 : -ENOENT));
	must(r < 0 || (same_text(fs.target, want->target) && same_text(fs.type, want->type) &&
		       fs.device == makedev(want->major, want->minor)));
}

static void check_mounts(const struct mounts *all, const char *path)
{
	struct mount_table *table = NULL;
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	must(out);
	for (size_t i = 0; i < all->count; i++)
		write_mount(out, &all->list[i]);
	must(fclose(out) == 0);
	fake_proc(text, len);
	must(mount_table_open(&table) == 0);
	for (size_t i = 0; i < all->count; i++) {
		check_text(table, &all->list[i]);
		check_parsed(table, &all->list[i]);
		check_text(table, &all->list[i]);
		check_root(table, all, &all->list[i]);
		check_holder(table, all, all->list[i].target);
	}
	check_holder(table, all, path);
	must(!mount_table_overlay_options(table, UINT64_MAX));
	mount_table_free(table);
	free(text);
}

static void run_mounts(struct input *in)
{
	struct mounts all = { 0 };
	char *path = input_text(in);

	do
		all.list[all.count] = read_mount(in, all.count);
	while (++all.count < MOUNTS_MAX && in->left);
	check_mounts(&all, path);
	for (size_t i = 0; i < all.count; i++) {
		free(all.list[i].root);
		free(all.list[i].target);
		free(all.list[i].type);
		free(all.list[i].source);
		free(all.list[i].options);
		free(all.list[i].listed);
	}
	free(path);
}

/* Whether @end is the end of a line of @text. */
static bool ends_line(const char *text, const char *end)
{
	for (const char *at = text; (at = strstr(at, end)); at++)
		if (!at[strlen(end)] || at[strlen(end)] == '\n')
			return true;
	return false;
}

static void run_text(const char *text)
{
	struct mount_table *table = NULL;
	struct mount_table_fs fs;
	const char *path;
	uint64_t id;
	dev_t device;

	fake_proc(text, strlen(text));
	must(mount_table_open(&table) == (*text ? 0 : -ENOENT));
	for (uint64_t i = 0; table && i < 4; i++) {
		const char *options = mount_table_overlay_options(table, i);

		must(!options || (!strchr(options, '\n') && ends_line(text, options)));
		(void)mount_table_device(table, i, &device);
		if (mount_table_fs(table, i, &fs) == 0)
			must(fs.type);
		if (mount_table_root(table, i, &id, &path) == 0)
			must(path != NULL);
	}
	if (table && mount_table_holder(table, "/a/b", &fs) == 0)
		must(fs.type && is_below("/a/b", fs.target));
	mount_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	char *text;

	if (!input_flag(&in)) {
		run_mounts(&in);
		return 0;
	}
	text = input_text(&in);
	run_text(text);
	free(text);
	return 0;
}
