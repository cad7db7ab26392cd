/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parser of overlay options (lib/probe/overlay_options.c), with hostile input.
 *
 * For any text the parser does not crash and returns no more than the text contains; and its
 * result, formatted as the kernel would list it, is parsed to the same result again.
 */
#include "fuzz.h"

#include "probe/overlay_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Write a byte with the outer escapes, those of mountinfo. */
static void write_octal(FILE *f, char c)
{
	if (strchr(", \t\n\\", c))
		fprintf(f, "\\%03o", (unsigned char)c);
	else
		fputc(c, f);
}

/* @special: bytes that get a backslash, the inner escape; "" for none. */
static void write_value(FILE *f, const char *value, const char *special)
{
	for (; *value; value++) {
		if (strchr(special, *value))
			write_octal(f, '\\');
		write_octal(f, *value);
	}
}

static void write_option(FILE *f, const char *name, const char *value, const char *special)
{
	if (!value)
		return;
	fprintf(f, "%s=", name);
	write_value(f, value, special);
	fputc(',', f);
}

static void write_list(FILE *f, const struct overlay_options *o)
{
	fprintf(f, "lowerdir=");
	for (size_t i = 0; i < o->lowers; i++) {
		if (o->lower[i].data_only)
			fprintf(f, "::");
		else if (i > 0)
			fputc(':', f);
		write_value(f, o->lower[i].path, ":\\,");
	}
	fputc(',', f);
}

static void write_one_by_one(FILE *f, const struct overlay_options *o)
{
	for (size_t i = 0; i < o->lowers; i++)
		write_option(f, o->lower[i].data_only ? "datadir+" : "lowerdir+", o->lower[i].path,
			     "");
}

/* @o as text, to be freed. @list: all layers in one option. */
static char *write_overlay(const struct overlay_options *o, bool list)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	must(f);
	(list ? write_list : write_one_by_one)(f, o);
	write_option(f, "upperdir", o->upper, ":\\,");
	write_option(f, "workdir", o->work, ":\\,");
	write_option(f, "metacopy", o->metacopy, "");
	write_option(f, "index", o->index, "");
	write_option(f, "xino", o->xino, "");
	write_option(f, "redirect_dir", o->redirect_dir, "");
	write_option(f, "nfs_export", o->nfs_export, "");
	write_option(f, "uuid", o->uuid, "");
	write_option(f, "verity", o->verity, "");
	fprintf(f, "%s%send", o->is_volatile ? "volatile," : "", o->userxattr ? "userxattr," : "");
	must(fclose(f) == 0);
	return text;
}

static void check_same(const struct overlay_options *a, const struct overlay_options *b)
{
	must(a->lowers == b->lowers);
	for (size_t i = 0; i < a->lowers; i++)
		must(same_text(a->lower[i].path, b->lower[i].path) &&
		     a->lower[i].data_only == b->lower[i].data_only);
	must(same_text(a->upper, b->upper) && same_text(a->work, b->work));
	must(same_text(a->metacopy, b->metacopy) && same_text(a->index, b->index));
	must(same_text(a->xino, b->xino) && same_text(a->redirect_dir, b->redirect_dir));
	must(same_text(a->nfs_export, b->nfs_export) && same_text(a->uuid, b->uuid));
	must(same_text(a->verity, b->verity));
	must(a->is_volatile == b->is_volatile && a->userxattr == b->userxattr);
}

static void check_again(const struct overlay_options *o, bool list)
{
	char *text = write_overlay(o, list);
	struct overlay_options again;

	must(overlay_options_parse(text, &again) == 0);
	check_same(o, &again);
	/* the text is complete */
	must(again.cut == (o->upper && !o->work));
	overlay_options_done(&again);
	free(text);
}

/* Every layer has a path, data-only layers are last, and there is no more than in the text. */
static void check_bounds(const struct overlay_options *o, size_t len)
{
	size_t sum = (o->upper ? strlen(o->upper) : 0) + (o->work ? strlen(o->work) : 0);

	for (size_t i = 0; i < o->lowers; i++) {
		must(o->lower[i].path[0] != '\0');
		must(i == 0 || o->lower[i].data_only || !o->lower[i - 1].data_only);
		sum += strlen(o->lower[i].path);
	}
	must(!o->upper || o->upper[0] != '\0');
	must(!o->work || o->work[0] != '\0');
	must(sum <= len && o->lowers <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	struct overlay_options o;

	must(text);
	must(overlay_options_parse(text, &o) == 0);
	check_bounds(&o, strlen(text));
	check_again(&o, true);
	check_again(&o, false);
	overlay_options_done(&o);
	must(!o.lower && !o.upper && o.lowers == 0);
	free(text);
	return 0;
}
