/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints the name of a file, then lines of a label and a text. Names, labels of filesystems and all
 * else that comes from a disk is quoted, so that it cannot control the terminal.
 *
 * The lines are for people, and their wording may change; programs read --json.
 */
#include "info_text.h"

#include "clone_advice.h"
#include "diag.h"
#include "human.h"
#include "quote.h"
#include "terminal.h"
#include "wrap.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The column that the texts begin at. */
#define TEXT_COLUMN 14
/* Maximum of lower layers that are printed; container images have dozens. */
#define LOWER_MAX 12

/* Options of an overlay that change what a copy or a copy-up does. */
static const char *const text_options[] = { "metacopy",	    "index",	"xino",
					    "redirect_dir", "volatile", "userxattr" };

static void print_label(const char *name)
{
	printf("  %-*s", TEXT_COLUMN - 2, name);
	diag_note_stdout();
}

static int print_wrapped(const char *name, char *text)
{
	if (!text)
		return -ENOMEM;
	print_label(name);
	wrap(stdout, text, TEXT_COLUMN, terminal_width());
	diag_note_stdout();
	free(text);
	return 0;
}

/* Print @before, and @text quoted. */
static void print_quoted(const char *before, const char *text)
{
	char *quoted = diag_quote(text);

	printf("%s%s", before, quoted ? quoted : QUOTE_NO_MEMORY);
	diag_note_stdout();
	free(quoted);
}

static const char *file_kind(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "regular file";
	case S_IFDIR:
		return "directory";
	case S_IFLNK:
		return "symbolic link";
	case S_IFIFO:
		return "FIFO";
	case S_IFSOCK:
		return "socket";
	case S_IFBLK:
		return "block device";
	case S_IFCHR:
		return "character device";
	default:
		return "file of an unknown kind";
	}
}

/* "regular file, 5.0 MiB (5242880 bytes), 4.0 MiB of them in holes, inode 16". To be freed. */
static char *file_text(const struct ovlcp_info *i)
{
	const uint64_t size = ovlcp_info_size(i);
	const uint64_t data = ovlcp_info_bytes_data(i);
	char number[HUMAN_SIZE_MAX];
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	fputs(file_kind(ovlcp_info_mode(i)), out);
	if (S_ISREG(ovlcp_info_mode(i))) {
		fprintf(out, ", %s", human_size(size, number));
		if (size >= 1024)
			fprintf(out, " (%" PRIu64 " bytes)", size);
		if (data < size)
			fprintf(out, ", %s of them in holes", human_size(size - data, number));
	}
	fprintf(out, ", inode %" PRIu64, ovlcp_info_ino(i));
	return fclose(out) == 0 ? text : NULL;
}

static int print_file(const struct ovlcp_info *i)
{
	int r = print_wrapped("file", file_text(i));

	print_label("hard links");
	printf("%" PRIu64 "\n", ovlcp_info_hard_links(i));
	return r;
}

static void print_extents(const struct ovlcp_info *i)
{
	uint64_t shared = ovlcp_info_bytes_shared(i);
	char text[HUMAN_SIZE_MAX];

	if (!S_ISREG(ovlcp_info_mode(i)))
		return;
	print_label("extents");
	if (!ovlcp_info_has_extents(i)) {
		puts("unknown: no permission to read the file, or no FIEMAP");
		return;
	}
	printf("%" PRIu64 "; ", ovlcp_info_extents(i));
	if (shared)
		printf("%s shared with other files\n", human_size(shared, text));
	else
		puts("nothing shared with other files");
}

/* Print @before, and @word, quoted only if it is none. */
static void print_word(const char *before, const char *word)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789._-";

	if (word[strspn(word, letters)])
		print_quoted(before, word);
	else
		printf("%s%s", before, word);
}

/* "ext4, label 'root', UUID 1b4e28ba-..." */
static void print_fs(const char *type, const char *fs_label, const char *uuid)
{
	if (*type)
		print_word("", type);
	else
		fputs("a filesystem of unknown type", stdout);
	if (*fs_label)
		print_quoted(", label ", fs_label);
	if (*uuid)
		print_word(", UUID ", uuid);
	putchar('\n');
}

/* @before: "mounted at " or "". Without /proc the place is not known. */
static void print_mount_point(const char *before, const struct ovlcp_info *i)
{
	if (*ovlcp_info_mount_point(i))
		print_quoted(before, ovlcp_info_mount_point(i));
	else
		printf("%san unknown place", before);
}

static void print_filesystem(const struct ovlcp_info *i)
{
	print_label("filesystem");
	print_fs(ovlcp_info_fs_type(i), ovlcp_info_fs_label(i), ovlcp_info_fs_uuid(i));
	print_label("mounted at");
	print_mount_point("", i);
	if (*ovlcp_info_fs_source(i))
		print_quoted(" from ", ovlcp_info_fs_source(i));
	puts(ovlcp_info_read_only(i) ? ", read-only" : "");
}

/* "metacopy=off index=on ...". To be freed; NULL if memory is short. */
static char *options_text(const struct ovlcp_info *i)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	for (size_t n = 0; out && n < sizeof(text_options) / sizeof(*text_options); n++) {
		const char *value = ovlcp_info_option(i, text_options[n], NULL);

		fprintf(out, "%s%s=%s", n ? " " : "", text_options[n], *value ? value : "?");
	}
	if (!out || fclose(out) != 0) {
		free(text);
		return NULL;
	}
	return text;
}

static void print_layer(const struct ovlcp_layer_info *layer, const char *name)
{
	print_label(name);
	print_quoted("", layer->path);
	if (!layer->visible) {
		puts(" (in another mount namespace, or removed; not opened)");
		return;
	}
	printf("\n%*s", TEXT_COLUMN, "");
	print_fs(layer->fs_type, layer->fs_label, layer->fs_uuid);
}

static const char *role_text(enum ovlcp_role role)
{
	switch (role) {
	case OVLCP_ROLE_UPPER:
		return "upper layer";
	case OVLCP_ROLE_WORK:
		return "(work dir)";
	case OVLCP_ROLE_LOWER:
		return "lower layer";
	case OVLCP_ROLE_DATA:
		return "data layer";
	case OVLCP_ROLE_COUNT:
		break;
	}
	return "layer";
}

static void print_layers(const struct ovlcp_info *i)
{
	size_t left = 0;
	size_t lowers = 0;

	for (size_t n = 0; n < ovlcp_info_layers(i); n++) {
		const struct ovlcp_layer_info *layer = ovlcp_info_layer_at(i, n);

		if (layer->role ==
		    OVLCP_ROLE_WORK) /* always on the filesystem of the upper layer */
			continue;
		if (layer->role != OVLCP_ROLE_UPPER && ++lowers > LOWER_MAX)
			left++;
		else
			print_layer(layer, role_text(layer->role));
	}
	if (left) {
		print_label("");
		printf("and %zu more, which --json lists\n", left);
	}
	if (ovlcp_info_layers_cut(i)) {
		print_label("");
		puts("and more: the kernel truncates the list");
	} else if (ovlcp_info_layers(i) == 0) {
		print_label("layers");
		puts("unknown: their paths are not visible from here");
	}
}

static int print_overlay(const struct ovlcp_info *i)
{
	int r;

	print_label("overlay");
	print_mount_point("mounted at ", i);
	puts(ovlcp_info_read_only(i) ? ", read-only" : ", read-write");
	r = print_wrapped("options", options_text(i));
	print_layers(i);
	return r;
}

int info_text(const struct ovlcp_info *i, const char *path)
{
	int r;

	print_quoted("", path);
	putchar('\n');
	r = print_file(i);
	print_label("data");
	wrap(stdout, clone_advice_layer(i), TEXT_COLUMN, terminal_width());
	print_extents(i);
	if (r == 0)
		r = print_wrapped("clone", clone_advice_clone(i));
	if (r == 0)
		r = print_wrapped("copy-up", clone_advice_copy_up(i));
	if (r == 0 && ovlcp_info_layer(i) != OVLCP_LAYER_NONE && !clone_advice_is_fuse(i))
		r = print_overlay(i);
	else if (r == 0)
		print_filesystem(i);
	return r;
}
