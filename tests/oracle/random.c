/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pseudorandom numbers: splitmix64, which has one word of state and gives the same sequence on
 * every machine, so that a seed is enough to reproduce a case.
 */
#include "random.h"

void random_init(struct random *r, uint64_t seed, unsigned int stream)
{
	r->state = seed;
	r->state = random_next(r) + stream * UINT64_C(0x632be59bd9b4e019);
	(void)random_next(r); /* so that the sequences of adjacent streams diverge */
}

uint64_t random_next(struct random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

unsigned int random_below(struct random *r, unsigned int n)
{
	return (unsigned int)((random_next(r) >> 32) * n >> 32);
}

bool random_chance(struct random *r, unsigned int percent)
{
	return random_below(r, 100) < percent;
}

size_t random_weighted(struct random *r, const unsigned int *weights, size_t n, size_t stride)
{
	const char *at = (const char *)weights;
	unsigned int sum = 0;
	unsigned int left;

	for (size_t i = 0; i < n; i++)
		sum += *(const unsigned int *)(const void *)(at + i * stride);
	left = random_below(r, sum);
	for (size_t i = 0; i < n; i++) {
		unsigned int weight = *(const unsigned int *)(const void *)(at + i * stride);

		if (left < weight)
			return i;
		left -= weight;
	}
	return n - 1;
}
