/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * 64 random bits in hexadecimal. If getrandom(2) fails, the clock has to do, which others can
 * predict: no harm, as the file is created by a call that fails if the name is taken.
 */
#include "base/tempname.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

void tempname(char name[TEMPNAME_SIZE])
{
	uint64_t random;

	if (getrandom(&random, sizeof(random), 0) != sizeof(random)) {
		struct timespec now = { 0 };

		(void)clock_gettime(CLOCK_MONOTONIC, &now); /* any number will do */
		random = (uint64_t)now.tv_sec << 30 | (uint64_t)now.tv_nsec;
	}
	(void)snprintf(name, TEMPNAME_SIZE, ".ovl-cp.%016" PRIx64, random); /* fits */
}
