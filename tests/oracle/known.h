/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_KNOWN_H
#define ORACLE_KNOWN_H

#include "compare.h"

/* How many differences can be known. */
#define KNOWN_MAX 64u

/* How many are. */
size_t known_count(void);

/* Why there is a difference that row @row knows, as a sentence. */
const char *known_reason(size_t row);

/*
 * Whether rows together know why the parts @differ (flags, 1 << PART_) differ; @ret_rows gets a
 * flag for each row that was needed.
 */
bool known(const struct scene *scene, const struct result *cp, const struct result *ovl,
	   unsigned int differ, uint64_t *ret_rows);

#endif
