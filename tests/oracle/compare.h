/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_COMPARE_H
#define ORACLE_COMPARE_H

#include "run.h"

/* What of two runs is compared. */
enum part {
	/* The files. */
	PART_TREE,
	/* How it ended. */
	PART_STATUS,
	/* The set of names in messages. */
	PART_NAMES,
	/* Whether there are messages at all. */
	PART_SAID,
	/* The lines of standard output. */
	PART_OUT,
	/* The lines of standard error. */
	PART_WORDS,
	/* How many there are. */
	PARTS,
};

/* What one program did, each part as lines. */
struct result {
	/* The lines. */
	struct lines part[PARTS];
	/* Whether it waited for a FIFO. */
	bool blocked;
	/* Its exit status, or 128 and the signal. */
	int status;
};

/* The word for a part. */
const char *part_word(enum part part);

/* The flag of the part with the word of length @len at @word; 0 if there is none. */
unsigned int part_flag(const char *word, size_t len);

/* Looks at what a run in the sandbox @dir did. */
void result_init(struct result *r, const struct outcome *outcome, const char *dir,
		 const struct program *program, bool holes);

/* Frees what result_init() made. */
void result_done(struct result *r);

/* The parts of @wanted in which the results differ; both are flags, 1 << PART_. */
unsigned int compare(const struct result *a, const struct result *b, unsigned int wanted);

/* Whether a line that the program wrote to standard error holds @piece. */
bool result_says(const struct result *r, const char *piece);

#endif
