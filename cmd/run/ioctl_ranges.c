/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Halves the range of all numbers again and again: a half with none of the requests is given out, a
 * half with some is halved, one that is a request is left out.
 */
#include "ioctl_ranges.h"

#include <stdbool.h>

/* What does not change on the way down. */
struct search {
	const uint32_t *requests;
	size_t n;
	ioctl_range_fn *fn;
	void *payload;
};

static bool has_request(const struct search *s, uint32_t mask, uint32_t value)
{
	for (size_t i = 0; i < s->n; i++)
		if ((s->requests[i] & mask) == value)
			return true;
	return false;
}

/* Give out the parts of the range @mask, @value. @bit: the highest that is not in @mask; 0: none.
 */
static void split(const struct search *s, uint32_t mask, uint32_t value, uint32_t bit)
{
	if (!has_request(s, mask, value)) {
		s->fn(mask, value, s->payload);
		return;
	}
	if (bit == 0)
		return;
	split(s, mask | bit, value, bit >> 1);
	split(s, mask | bit, value | bit, bit >> 1);
}

void ioctl_ranges_without(const uint32_t *requests, size_t n, ioctl_range_fn *fn, void *payload)
{
	const struct search s = { requests, n, fn, payload };

	split(&s, 0, 0, UINT32_C(1) << 31);
}
