/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Powers of 1024, with one digit after the point. Rounded to the nearest, as far as a tenth goes.
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
	/* what would be shown as 1024.0 is one of the next unit */
	while (size >= 1023.95 && unit + 2 < sizeof(units)) {
		size /= 1024;
		unit++;
	}
	snprintf(text, HUMAN_SIZE_MAX, "%.1f %ciB", size, units[unit]);
	return text;
}
