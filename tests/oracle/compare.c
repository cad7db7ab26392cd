/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns the result of a run into parts that are sorted lines of text, and compares those of two
 * runs. Two programs that both wait for a FIFO are equal: how far they came before they were killed
 * is not compared, because cp promises nothing about it.
 */
#include "compare.h"

#include "dump.h"
#include "stderr_names.h"

#include <string.h>

static const char *const part_names[PARTS] = {
	[PART_TREE] = "tree",	  [PART_STATUS] = "status",
	[PART_NAMES] = "names",	  [PART_HAS_STDERR] = "has-stderr",
	[PART_STDOUT] = "stdout", [PART_STDERR] = "stderr",
};

const char *part_name(enum part part)
{
	return part_names[part];
}

unsigned int part_flag(const char *name, size_t len)
{
	for (unsigned int i = 0; i < PARTS; i++) {
		if (strlen(part_names[i]) == len && strncmp(part_names[i], name, len) == 0)
			return 1u << i;
	}
	return 0;
}

static void add_run_end(struct text *t, const struct outcome *o)
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
	struct dump_rules rules = { .since = outcome->began,
				    .until = outcome->ended,
				    .holes = holes };
	struct text parts[PARTS] = { 0 };

	(void)dump_tree(&parts[PART_TREE], dir, &rules); /* says what it left out */
	add_run_end(&parts[PART_STATUS], outcome);
	stderr_as_cp(&parts[PART_STDERR], text_string(&outcome->err), program->name);
	stderr_add_names(&parts[PART_NAMES], text_string(&parts[PART_STDERR]));
	text_puts(&parts[PART_HAS_STDERR],
		  outcome->err.len ? "wrote to standard error" : "standard error is empty");
	text_puts(&parts[PART_STDOUT], text_string(&outcome->out));
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

unsigned int result_differences(const struct result *a, const struct result *b, unsigned int wanted)
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

bool result_stderr_has(const struct result *r, const char *piece)
{
	const struct lines *l = &r->part[PART_STDERR];

	for (size_t i = 0; i < l->count; i++) {
		if (strstr(l->line[i], piece))
			return true;
	}
	return !piece[0];
}
