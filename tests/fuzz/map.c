/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which bytes files share, and the picture of it (cmd/stat/extent_overlap.c, map.c). The input are
 * files with their extents, by ascending offset but otherwise as an odd filesystem may report them.
 *
 * The pieces of a file follow one another from 0 to its size. What two files are said to share is
 * in both of them, at one physical offset of one device. The picture has a line for each file, with
 * as many characters as its size needs, and none that is not in the legend.
 */
#include "input.h"

#include "stat/extent_overlap.h"
#include "stat/map.h"

#define FILES_MAX   4
#define EXTENTS_MAX 12

/* Files of the input; extents begin where the last one ended, or later. */
static size_t read_files(struct input *in, struct overlap_file files[FILES_MAX],
			 struct ovlcp_extent extents[FILES_MAX][EXTENTS_MAX])
{
	size_t n = 1 + input_below(in, FILES_MAX);

	for (size_t i = 0; i < n; i++) {
		size_t count = input_below(in, EXTENTS_MAX + 1);
		uint64_t at = 0;

		files[i] = (struct overlap_file){ .size = input_number(in),
						  .extents = extents[i],
						  .extent_count = count,
						  .has_extents = !input_flag(in),
						  .device = input_below(in, 2) };
		for (size_t k = 0; k < count; k++) {
			unsigned int flags = input_byte(in);

			at += flags & 16 ? input_number(in) >> 8 : 0;
			extents[i][k] = (struct ovlcp_extent){ .logical = at,
							       .physical = input_number(in),
							       .length = input_number(in) >> 8,
							       .shared = flags & 1,
							       .known = !(flags & 2),
							       .encoded = flags & 4 };
			at += extents[i][k].length;
		}
	}
	return n;
}

/* Whether the byte @at of @f is in an extent at the physical offset @physical. */
static bool has_byte(const struct overlap_file *f, uint64_t physical)
{
	for (size_t k = 0; k < f->extent_count; k++) {
		const struct ovlcp_extent *e = &f->extents[k];
		uint64_t length = e->encoded ? 1 : e->length;

		if (e->known && e->logical < f->size && physical >= e->physical &&
		    physical - e->physical < length)
			return true;
	}
	return false;
}

/* The physical offset of the byte @at of @f, which is in a known extent. */
static uint64_t physical_of(const struct overlap_file *f, uint64_t at)
{
	for (size_t k = 0; k < f->extent_count; k++) {
		const struct ovlcp_extent *e = &f->extents[k];

		if (e->known && at >= e->logical && at - e->logical < e->length)
			return e->physical + (e->encoded ? 0 : at - e->logical);
	}
	abort();
}

static void check_piece(const struct overlap_file *files, size_t n, size_t i,
			const struct overlap_piece *p)
{
	uint64_t physical;

	must(p->kind < OVERLAP_KIND_COUNT);
	must((p->kind == OVERLAP_COMMON) == ((p->set & (p->set - 1)) != 0));
	if (p->kind == OVERLAP_HOLE || p->kind == OVERLAP_UNKNOWN) {
		must(p->set == 0);
		return;
	}
	must(p->set & UINT32_C(1) << i && p->set < UINT32_C(1) << n);
	physical = physical_of(&files[i], p->start);
	for (size_t k = 0; k < n; k++)
		if (p->set & UINT32_C(1) << k)
			must(files[k].device == files[i].device && has_byte(&files[k], physical));
}

static void check_pieces(const struct overlap_file *files, size_t n)
{
	struct overlap o;

	must(overlap_find(files, n, &o) == 0);
	for (size_t i = 0; i < n; i++) {
		uint64_t at = 0;

		for (size_t k = 0; k < o.pieces[i].count; k++) {
			const struct overlap_piece *p = &o.pieces[i].list[k];

			must(p->start == at && p->end > at);
			check_piece(files, n, i, p);
			at = p->end;
		}
		must(at == files[i].size);
	}
	for (size_t k = 0; k < o.set_count; k++)
		must(o.sets[k].set & (o.sets[k].set - 1));
	overlap_done(&o);
}

/* Rows of characters after the names; ASCII, so that a byte is a character. */
static void check_picture(const struct overlap_file *files, size_t n, size_t width)
{
	static const char *const names[] = { "'a'", "'b'", "'c'", "'d'" };
	const struct map_style style = { .width = width, .utf8 = false };
	char *text = map_draw(files, names, n, &style);
	size_t cells = width < 12 ? 10 : width - 2;
	const char *row;

	must(text);
	row = strstr(text, "\n\n");
	must(row);
	row += 2;
	for (size_t i = 0; i < n; i++) {
		size_t len = strcspn(row, "\n");
		uint64_t largest = 0;

		for (size_t k = 0; k < n; k++)
			largest = files[k].size > largest ? files[k].size : largest;
		must(row[0] == 'A' + (int)i && row[1] == ' ' && len <= cells + 2);
		must((len == 2) == (files[i].size == 0));
		must(files[i].size < largest || largest < cells || len > cells / 4);
		row += len + 1;
	}
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ovlcp_extent extents[FILES_MAX][EXTENTS_MAX];
	struct overlap_file files[FILES_MAX];
	struct input in = { data, size };
	size_t width = input_byte(&in);
	size_t n = read_files(&in, files, extents);

	check_pieces(files, n);
	check_picture(files, n, width);
	return 0;
}
