/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Brings what a run did into parts that are lines of text, and compares those of two runs. Two
 * programs that both wait for a FIFO agree: how far they came is not asked, as nobody would.
 */
#include "compare.h"

#include "dump.h"
#include "said.h"

#include <string.h>

static const char *const part_words[PARTS] = {
	[PART_TREE] = "tree", [PART_STATUS] = "status", [PART_NAMES] = "names",
	[PART_SAID] = "said", [PART_OUT] = "out",	[PART_WORDS] = "words",
};

const char *part_word(enum part part)
{
	return part_words[part];
}

unsigned int part_flag(const char *word, size_t len)
{
	for (unsigned int i = 0; i < PARTS; i++) {
		if (strlen(part_words[i]) == len && strncmp(part_words[i], word, len) == 0)
			return 1u << i;
	}
	return 0;
}

static void end_words(struct text *t, const struct outcome *o)
{
	static const char *const words[] = {
		[RUN_EXITED] = "exit status",
		[RUN_KILLED] = "signal",
		[RUN_CUT] = "no end in time, signal",
		[RUN_BLOCKED] = "waits for a FIFO, signal",
	};

	text_printf(t, "%s %d", words[o->end], o->status);
}

void result_init(struct result *r, const struct outcome *outcome, const char *dir,
		 const struct program *program, bool holes)
{
	struct dump_rules rules = { outcome->began, outcome->ended, holes };
	struct text parts[PARTS] = { 0 };

	dump_tree(&parts[PART_TREE], dir, &rules);
	end_words(&parts[PART_STATUS], outcome);
	said_as_cp(&parts[PART_WORDS], text_string(&outcome->err), program->name);
	said_names(&parts[PART_NAMES], text_string(&parts[PART_WORDS]));
	text_puts(&parts[PART_SAID], outcome->err.len ? "says something" : "says nothing");
	text_puts(&parts[PART_OUT], text_string(&outcome->out));
	for (unsigned int i = 0; i < PARTS; i++) {
		lines_init(&r->part[i], &parts[i], i == PART_NAMES ? LINES_UNIQUE : LINES_SORTED);
		text_done(&parts[i]);
	}
	r->blocked = outcome->end == RUN_BLOCKED;
	r->status = outcome->end == RUN_EXITED ? outcome->status : 128 + outcome->status;
}

void result_done(struct result *r)
{
	for (unsigned int i = 0; i < PARTS; i++)
		lines_done(&r->part[i]);
}

unsigned int compare(const struct result *a, const struct result *b, unsigned int wanted)
{
	unsigned int differ = 0;

	if (a->blocked && b->blocked)
		return 0;
	for (unsigned int i = 0; i < PARTS; i++) {
		if ((wanted & 1u << i) && !lines_same(&a->part[i], &b->part[i], NULL))
			differ |= 1u << i;
	}
	return differ;
}

bool result_says(const struct result *r, const char *piece)
{
	const struct lines *l = &r->part[PART_WORDS];

	for (size_t i = 0; i < l->count; i++) {
		if (strstr(l->line[i], piece))
			return true;
	}
	return !piece[0];
}
