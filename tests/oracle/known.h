/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of known differences: those between cp and ovl-cp that are intended.
 */
#ifndef ORACLE_KNOWN_H
#define ORACLE_KNOWN_H

#include "compare.h"

/* Most rows that the table may have: each is one bit of a uint64_t. */
#define KNOWN_MAX 64u

/* The number of rows. */
size_t known_count(void);

/* The reason for the difference that row @row allows, as a sentence. */
const char *known_reason(size_t row);

/*
 * True if rows of the table together allow all parts @differ (flags, 1 << PART_) to differ.
 * @ret_rows gets a flag, 1 << row, for each row that was needed.
 */
bool known_allows(const struct comparison *c, unsigned int differ, uint64_t *ret_rows);

#endif
