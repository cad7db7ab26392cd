/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What root and the hostile processes of one attack have in common: the words by which data is
 * recognized, and memory with counters.
 *
 * All names are relative to the laboratory, a directory of root's:
 *	outside	root's; must stay as it is, whatever is copied: the canaries
 *	his	the tree of the hostile user: source or destination
 *	src	root's tree, if his is the destination
 *	dst	root's destination, if his is the source
 */
#ifndef ATTACK_H
#define ATTACK_H

#include <stdatomic.h>
#include <stdbool.h>

/* The hostile user and group; owns no files elsewhere. */
#define HOSTILE_ID 65534

/* Data of the hostile user. */
#define MARK_HIS "HIS-BYTES "
/* Data that every user may read. */
#define MARK_PLAIN "PLAIN-BYTES "
/* What all secrets begin with. */
#define MARK_SECRET "SECRET-"
/* A file with mode 600 outside of the trees. */
#define MARK_OUTSIDE MARK_SECRET "OUTSIDE "
/* A file with mode 644 in a directory with mode 700, outside of the trees. */
#define MARK_PRIVATE MARK_SECRET "PRIVATE "
/* A file of root's with mode 600 in the tree that is copied. */
#define MARK_INSIDE MARK_SECRET "INSIDE "
/* A file outside of the trees that every user may read. */
#define MARK_OPEN "OUTSIDE-OPEN "

/* What the hostile processes are to do. */
enum phase {
	PHASE_RUN,
	/* Wait, while the trees are compared and made anew. */
	PHASE_PAUSE,
	PHASE_END,
};

/* Memory that all processes of an attack share. */
struct shared {
	/* enum phase */
	atomic_int phase;
	/* The number of hostile processes that wait. */
	atomic_int waiting;
	/* Whether "dst" is emptied before each copy in this round. */
	atomic_int is_fresh;
	/* Runs of the program, those with exit status 0, and those that were stopped. */
	atomic_ulong copies;
	atomic_ulong complete;
	atomic_ulong stuck;
	/* Lines of messages of the program: each is about something that was exchanged. */
	atomic_ulong messages;
	/* Names that were exchanged, directories that were moved, modes that were changed. */
	atomic_ulong swaps;
	atomic_ulong moves;
	atomic_ulong modes;
	/* Files that were opened while root copied, to read them and to write to them. */
	atomic_ulong reads;
	atomic_ulong writes;
	/* Rules that were broken. */
	atomic_ulong breaches;
};

struct mode;

/* One attack. */
struct attack {
	const struct mode *mode;
	const char *program;
	struct shared *shared;
	double seconds;
	unsigned int seed;
};

/* Prints a message with strerror(errno), and exits with status 2. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Counts a breach, and prints it to standard error; the first 20 of them. */
void breach(const struct attack *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
