/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What people read: a difference with all that is needed to see it again, and the sums.
 */
#include "report.h"

#include <stdio.h>
#include <unistd.h>

/* What is shown of a part; a copy that was deeper than names can be has long ones. */
enum {
	SHOWN_LINES = 40,
	SHOWN_WIDTH = 400
};

void tally_add(struct tally *tally, const struct pair *pair)
{
	tally->pairs++;
	tally->differences += pair->differ && !pair->known;
	tally->known += pair->differ && pair->known;
	tally->content += pair->cp.status == 0;
	tally->blocked += pair->cp.blocked && pair->ovl.blocked;
	tally->unsteady += pair->unsteady;
	tally->disordered += !pair->same_order;
	for (size_t i = 0; i < known_count(); i++)
		tally->rows[i] += pair->differ && pair->known && (pair->rows >> i & 1);
}

void tally_join(struct tally *tally, const struct tally *other)
{
	tally->pairs += other->pairs;
	tally->differences += other->differences;
	tally->known += other->known;
	tally->content += other->content;
	tally->blocked += other->blocked;
	tally->unsteady += other->unsteady;
	tally->disordered += other->disordered;
	for (size_t i = 0; i < KNOWN_MAX; i++)
		tally->rows[i] += other->rows[i];
}

void tally_print(const struct tally *tally)
{
	printf("oracle: cp exits 0 in %lu, waits for a FIFO in %lu, the order of inodes decides in "
	       "%lu\n",
	       tally->content, tally->blocked, tally->unsteady);
	if (tally->disordered)
		printf("oracle: inodes in another order in %lu\n", tally->disordered);
	for (size_t i = 0; i < known_count(); i++) {
		if (tally->rows[i])
			printf("oracle: known, %lu times: %s\n", tally->rows[i], known_reason(i));
	}
	printf("oracle: %lu pairs, %lu differences, %lu known\n", tally->pairs, tally->differences,
	       tally->known);
}

static void report_lines(struct text *t, const struct lines *l, const char *indent)
{
	for (size_t i = 0; i < l->count && i < SHOWN_LINES; i++)
		text_printf(t, "%s%.*s\n", indent, SHOWN_WIDTH, l->line[i]);
	if (l->count > SHOWN_LINES)
		text_printf(t, "%s(%zu more)\n", indent, l->count - SHOWN_LINES);
}

/* The lines that differ, in the order of the files that they are about. */
static void report_part(struct text *t, const struct pair *pair, enum part part)
{
	struct text diff = { 0 };
	struct lines lines;

	text_printf(t, "%s (-cp +ovl-cp):\n", part_word(part));
	(void)lines_same(&pair->cp.part[part], &pair->ovl.part[part], &diff);
	lines_init(&lines, &diff, LINES_AS_THEY_ARE);
	report_lines(t, &lines, "");
	lines_done(&lines);
	text_done(&diff);
}

static void report_result(struct text *t, const char *name, const struct result *r)
{
	text_printf(t, "%s ended with:\n", name);
	report_lines(t, &r->part[PART_STATUS], "  ");
	text_printf(t, "%s said:\n", name);
	report_lines(t, &r->part[PART_WORDS], "  ");
}

void report_pair(struct text *t, const struct pair *pair, const struct setup *setup,
		 const struct scene *scene, uint64_t seed)
{
	text_printf(t, "== seed %llu%s", (unsigned long long)seed, pair->known ? ", known" : "");
	if (setup->people.root && setup->people.runner)
		text_printf(t, ", as user %u", setup->people.runner);
	text_puts(t, pair->same_order ? "\n" : ", inodes in another order\n");
	scene_command(t, scene, "cp");
	for (unsigned int i = 0; i < PARTS; i++) {
		if (pair->differ & 1u << i)
			report_part(t, pair, (enum part)i);
	}
	report_result(t, "cp", &pair->cp);
	report_result(t, "ovl-cp", &pair->ovl);
	text_puts(t, "\n");
}

void report_print(struct text *take_text)
{
	const char *at = text_string(take_text);
	size_t left = take_text->len;

	while (left) {
		ssize_t n = write(STDOUT_FILENO, at, left);

		if (n <= 0)
			die("standard output");
		at += n;
		left -= (size_t)n;
	}
	text_done(take_text);
}
