/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Draws a row for each file. A character stands for a fixed number of bytes, the cell, and shows
 * the class of most of them. Pure.
 */
#include "map.h"

#include "human.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of a row that are not cells: the letter and a space. */
#define ROW_EXTRA 2
/* Filesystems share blocks of this size, or multiples of it. */
#define BLOCK 4096
/* Minimum of cells in a row. */
#define CELLS_MIN 10

/* The characters of sets of files, in the order of overlap->sets. */
static const char *const set_utf8[] = { "█", "▓", "▒", "a", "b", "c", "d", "e", "f", "g",
					"h", "i", "j", "k", "l", "m", "n", "p", "q", "r",
					"s", "t", "u", "v", "w", "x", "y", "z" };
static const char *const set_ascii[] = { "#", "%", "+", "a", "b", "c", "d", "e", "f", "g",
					 "h", "i", "j", "k", "l", "m", "n", "p", "q", "r",
					 "s", "t", "u", "v", "w", "x", "y", "z" };
#define SET_SYMBOLS (sizeof(set_utf8) / sizeof(*set_utf8))

_Static_assert(sizeof(set_utf8) == sizeof(set_ascii), "a character in each for every set");

/* The other kinds of pieces; OVERLAP_COMMON: sets for which there is no character left. */
static const struct {
	const char *utf8;
	const char *ascii;
	const char *meaning;
} kinds[OVERLAP_KIND_COUNT] = {
	[OVERLAP_COMMON] = { "*", "*", "other sets of these files" },
	[OVERLAP_EXCLUSIVE] = { "░", "-", "not shared" },
	[OVERLAP_SHARED_ELSEWHERE] = { "o", "o",
				       "shared, but not with the other files shown here" },
	[OVERLAP_UNKNOWN] = { "?", "?",
			      "location unknown: not on disk yet, or stored with the metadata" },
	[OVERLAP_HOLE] = { "·", ".", "hole" },
};

/* A picture while it is drawn. Its classes are the sets that have a character, then the kinds. */
struct picture {
	FILE *out;
	const struct overlap *overlap;
	const struct map_style *style;
	/* Bytes of a cell. */
	uint64_t cell;
	/* Sets by number: by_set[i].bytes is its index in overlap->sets. */
	struct overlap_set *by_set;
	size_t classes;
	/* Bytes of each class in the current cell. */
	uint64_t *tally;
	/* Bytes of each kind in all files. */
	uint64_t totals[OVERLAP_KIND_COUNT];
};

static size_t symbols(const struct overlap *s)
{
	return s->set_count < SET_SYMBOLS ? s->set_count : SET_SYMBOLS;
}

static int compare_sets(const void *a, const void *b)
{
	const struct overlap_set *x = a;
	const struct overlap_set *y = b;

	return x->set < y->set ? -1 : x->set > y->set;
}

/* The class of a piece. */
static size_t class_of(const struct picture *p, const struct overlap_piece *piece)
{
	size_t n = symbols(p->overlap);
	const struct overlap_set key = { piece->set, 0 };
	const struct overlap_set *found;

	if (piece->kind != OVERLAP_COMMON)
		return n + piece->kind;
	/* see by_set: bytes is the class here */
	found = bsearch(&key, p->by_set, n, sizeof(key), compare_sets);
	return found ? (size_t)found->bytes : n + OVERLAP_COMMON;
}

static const char *symbol_of(const struct picture *p, size_t class)
{
	size_t n = symbols(p->overlap);

	if (class < n)
		return p->style->utf8 ? set_utf8[class] : set_ascii[class];
	return p->style->utf8 ? kinds[class - n].utf8 : kinds[class - n].ascii;
}

/* Draw a cell as the class with the most bytes; if two are equal, as the first of them. */
static void draw_cell(struct picture *p)
{
	size_t most = 0;

	for (size_t i = 1; i < p->classes; i++)
		if (p->tally[i] > p->tally[most])
			most = i;
	fputs(symbol_of(p, most), p->out);
	memset(p->tally, 0, p->classes * sizeof(*p->tally));
}

static void draw_row(struct picture *p, const struct overlap_pieces *pieces)
{
	uint64_t left = p->cell; /* bytes missing in the current cell */

	for (size_t i = 0; i < pieces->count; i++) {
		const struct overlap_piece *piece = &pieces->list[i];
		size_t class = class_of(p, piece);
		uint64_t bytes = piece->end - piece->start;

		p->totals[piece->kind] += bytes;
		while (bytes) {
			uint64_t part = bytes < left ? bytes : left;

			p->tally[class] += part;
			bytes -= part;
			left -= part;
			if (left == 0) {
				draw_cell(p);
				left = p->cell;
			}
		}
	}
	if (left < p->cell)
		draw_cell(p);
}

static void draw_rows(struct picture *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		fprintf(p->out, "%c ", 'A' + (int)i);
		draw_row(p, &p->overlap->pieces[i]);
		fputc('\n', p->out);
	}
}

static void print_names(struct picture *p, const struct overlap_file *files,
			const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char size[HUMAN_SIZE_MAX];

		fprintf(p->out, "%c  %10s  %s\n", 'A' + (int)i, human_size(files[i].size, size),
			names[i]);
	}
}

/* "A+B+D" */
static void print_set(FILE *out, uint32_t set)
{
	const char *plus = "";

	for (int i = 0; i < OVERLAP_FILES_MAX; i++)
		if (set & UINT32_C(1) << i) {
			fprintf(out, "%s%c", plus, 'A' + i);
			plus = "+";
		}
}

static void print_legend(struct picture *p)
{
	const struct overlap *s = p->overlap;
	char size[HUMAN_SIZE_MAX];
	uint64_t rest = 0;

	fprintf(p->out, "\nOne character is %s of a file, and shows what most of it is:\n",
		human_size(p->cell, size));
	for (size_t i = 0; i < s->set_count; i++)
		if (i < SET_SYMBOLS) {
			fprintf(p->out, "  %s  %10s  ", symbol_of(p, i),
				human_size(s->sets[i].bytes, size));
			print_set(p->out, s->sets[i].set);
			fputs(" share it\n", p->out);
		} else {
			rest += s->sets[i].bytes;
		}
	p->totals[OVERLAP_COMMON] = rest;
	for (size_t kind = 0; kind < OVERLAP_KIND_COUNT; kind++)
		if (p->totals[kind])
			fprintf(p->out, "  %s  %10s  %s\n", symbol_of(p, symbols(s) + kind),
				human_size(p->totals[kind], size), kinds[kind].meaning);
}

/* The size of a cell with which the largest file fills a row. */
static uint64_t cell_size(const struct overlap_file *files, size_t n, size_t width)
{
	size_t cells = width < CELLS_MIN + ROW_EXTRA ? CELLS_MIN : width - ROW_EXTRA;
	uint64_t largest = 1;

	for (size_t i = 0; i < n; i++)
		if (files[i].size > largest)
			largest = files[i].size;
	largest = largest / cells + (largest % cells != 0);
	/* a multiple of blocks, if it is more than one */
	if (largest > BLOCK && largest <= UINT64_MAX - BLOCK)
		largest = (largest + BLOCK - 1) / BLOCK * BLOCK;
	return largest;
}

static int picture_init(struct picture *p)
{
	size_t n = symbols(p->overlap);

	p->classes = n + OVERLAP_KIND_COUNT;
	p->tally = calloc(p->classes, sizeof(*p->tally));
	p->by_set = calloc(n + 1, sizeof(*p->by_set));
	if (!p->tally || !p->by_set)
		return -1;
	for (size_t i = 0; i < n; i++)
		p->by_set[i] = (struct overlap_set){ p->overlap->sets[i].set, i };
	qsort(p->by_set, n, sizeof(*p->by_set), compare_sets);
	return 0;
}

char *map_draw(const struct overlap_file *files, const char *const *names, size_t n,
	       const struct map_style *style)
{
	struct overlap overlap;
	struct picture p = { .overlap = &overlap, .style = style };
	char *text = NULL;
	size_t len;

	p.out = open_memstream(&text, &len);
	p.cell = cell_size(files, n, style->width);
	if (overlap_find(files, n, &overlap) == 0 && picture_init(&p) == 0 && p.out) {
		print_names(&p, files, names, n);
		fputc('\n', p.out);
		draw_rows(&p, n);
		print_legend(&p);
	}
	if (!p.out || !p.by_set || !p.tally || ferror(p.out)) {
		if (p.out)
			(void)fclose(p.out); /* its text is incomplete anyway */
		free(text);
		text = NULL;
	} else if (fclose(p.out) != 0) {
		free(text);
		text = NULL;
	}
	free(p.tally);
	free(p.by_set);
	overlap_done(&overlap);
	return text;
}
