/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The output of the oracle: each difference with everything needed to reproduce it, and counts.
 */
#include "report.h"

#include <stdio.h>
#include <unistd.h>

/* How much of a part is printed: a copy of itself may produce many lines of up to PATH_MAX bytes.
 */
enum {
	SHOWN_LINES = 40,
	SHOWN_WIDTH = 400
};

void tally_add(struct tally *tally, const struct pair *pair)
{
	tally->pairs++;
	tally->differences += pair->differ && !pair->known;
	tally->known += pair->differ && pair->known;
	tally->succeeded += pair->cp.status == 0;
	tally->blocked += pair->cp.blocked && pair->ovl.blocked;
	tally->nondeterministic += pair->nondeterministic;
	tally->disordered += !pair->same_order;
	for (size_t i = 0; i < known_count(); i++)
		tally->rows[i] += pair->differ && pair->known && (pair->rows >> i & 1);
}

void tally_merge(struct tally *tally, const struct tally *other)
{
	tally->pairs += other->pairs;
	tally->differences += other->differences;
	tally->known += other->known;
	tally->succeeded += other->succeeded;
	tally->blocked += other->blocked;
	tally->nondeterministic += other->nondeterministic;
	tally->disordered += other->disordered;
	for (size_t i = 0; i < KNOWN_MAX; i++)
		tally->rows[i] += other->rows[i];
}

void tally_print(const struct tally *tally)
{
	printf("oracle: cp exits 0 in %lu, waits for a FIFO in %lu, the order of inodes decides in "
	       "%lu\n",
	       tally->succeeded, tally->blocked, tally->nondeterministic);
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

/* The lines that differ, sorted by the files that they are about. */
static void report_part(struct text *t, const struct pair *pair, enum part part)
{
	struct text diff = { 0 };
	struct lines lines;

	text_printf(t, "%s (-cp +ovl-cp):\n", part_name(part));
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
	text_printf(t, "%s wrote:\n", name);
	report_lines(t, &r->part[PART_STDERR], "  ");
}

void report_pair(struct text *t, const struct pair *pair, const struct config *config,
		 const struct setup *setup, uint64_t seed)
{
	text_printf(t, "== seed %llu%s", (unsigned long long)seed, pair->known ? ", known" : "");
	if (config->people.root && config->people.runner)
		text_printf(t, ", as user %u", config->people.runner);
	text_puts(t, pair->same_order ? "\n" : ", inodes in another order\n");
	setup_command(t, setup, "cp");
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
