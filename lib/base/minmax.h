/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The smaller and the larger of two numbers.
 */
#ifndef OVL_BASE_MINMAX_H
#define OVL_BASE_MINMAX_H

#include <stdint.h>

/** Return the smaller of @a and @b. */
static inline uint64_t min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/** Return the larger of @a and @b. */
static inline uint64_t max_u64(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

#endif
