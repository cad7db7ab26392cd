/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Units are powers of 1024. One decimal, rounded to the nearest.
 */
#include "human.h"

#include <inttypes.h>
#include <stdio.h>

const char *human_size(uint64_t bytes, char text[HUMAN_SIZE_MAX])
{
	static const char units[] = "KMGTPE";
	double size = (double)bytes;
	size_t unit = 0;

	if (bytes < 1024) {
		snprintf(text, HUMAN_SIZE_MAX, "%" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
		return text;
	}
	size /= 1024;
	/* 1023.95 and more would be printed as 1024.0: take the next unit */
	while (size >= 1023.95 && unit + 2 < sizeof(units)) {
		size /= 1024;
		unit++;
	}
	snprintf(text, HUMAN_SIZE_MAX, "%.1f %ciB", size, units[unit]);
	return text;
}
