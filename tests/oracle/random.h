/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_RANDOM_H
#define ORACLE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sequence of numbers that its seed decides, on every machine. */
struct random {
	/* What the next number is made of. */
	uint64_t state;
};

/* Starts the sequence of @seed; each @stream of one seed is another sequence. */
void random_init(struct random *r, uint64_t seed, unsigned int stream);

/* The next number. */
uint64_t random_next(struct random *r);

/* A number from 0 to @n - 1; @n is not 0. */
unsigned int random_below(struct random *r, unsigned int n);

/* True in @percent of 100 calls. */
bool random_chance(struct random *r, unsigned int percent);

/* An index below @n, each as often as its weight says; the weights are @stride bytes apart. */
size_t random_weighted(struct random *r, const unsigned int *weights, size_t n, size_t stride);

/* The same for a table whose rows have a field "weight". */
#define random_row(r, table)                                                                       \
	(&(table)[random_weighted((r), &(table)[0].weight, sizeof(table) / sizeof((table)[0]),     \
				  sizeof((table)[0]))])

#endif
