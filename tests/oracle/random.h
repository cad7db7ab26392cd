/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pseudorandom numbers.
 */
#ifndef ORACLE_RANDOM_H
#define ORACLE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A generator whose seed determines its sequence, on every machine. */
struct random {
	/* The state of splitmix64. */
	uint64_t state;
};

/* Starts the sequence of @seed and @stream; the streams of one seed are independent. */
void random_init(struct random *r, uint64_t seed, unsigned int stream);

/* The next number, uniform in 64 bits. */
uint64_t random_next(struct random *r);

/* A number from 0 to @n - 1; @n is not 0. */
unsigned int random_below(struct random *r, unsigned int n);

/* True with a probability of @percent. */
bool random_chance(struct random *r, unsigned int percent);

/* An index below @n, with a probability by weight; the weights are @stride bytes apart. */
size_t random_weighted(struct random *r, const unsigned int *weights, size_t n, size_t stride);

/* A pointer to a random row of a table whose rows have a field "weight". */
#define random_row(r, table)                                                                       \
	(&(table)[random_weighted((r), &(table)[0].weight, sizeof(table) / sizeof((table)[0]),     \
				  sizeof((table)[0]))])

#endif
