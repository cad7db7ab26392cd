/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Units are powers of 1024. One decimal, rounded to the nearest, to the even one of two that are as
 * near. Async-signal-safe: without stdio and floating point.
 */
#include "human.h"

#include "text.h"

/* @bytes in tenths of 2^@bits bytes. */
static uint64_t tenths_of(uint64_t bytes, unsigned int bits)
{
	const uint64_t unit = UINT64_C(1) << bits;
	const uint64_t rest = bytes % unit * 10; /* of 2^60 at most: it fits */
	const uint64_t tenths = bytes / unit * 10 + rest / unit;
	const uint64_t half = unit / 2;
	const uint64_t more = rest % unit;

	return tenths + (more > half || (more == half && tenths % 2));
}

const char *human_size(uint64_t bytes, char text[HUMAN_SIZE_MAX])
{
	static const char *const units[] = { " KiB", " MiB", " GiB", " TiB", " PiB", " EiB" };
	struct text t = text_begin(text, HUMAN_SIZE_MAX);
	uint64_t tenths;
	unsigned int unit = 0;

	if (bytes < 1024) {
		text_add_number(&t, bytes);
		text_add(&t, bytes == 1 ? " byte" : " bytes");
		return text;
	}
	/* what would be printed as 1024.0 is 1.0 of the next unit */
	while ((tenths = tenths_of(bytes, 10 * (unit + 1))) >= 10240 && unit < 5)
		unit++;
	text_add_number(&t, tenths / 10);
	text_add(&t, ".");
	text_add_number(&t, tenths % 10);
	text_add(&t, units[unit]);
	return text;
}
