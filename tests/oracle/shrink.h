/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Test-case reduction.
 */
#ifndef ORACLE_SHRINK_H
#define ORACLE_SHRINK_H

#include "pair.h"

/*
 * Reduces @setup, with which the parts @differ differ (flags, 1 << PART_), as far as one of them
 * still differs and the difference is not known; @pair_dir is as for pair_run().
 */
void shrink(struct setup *setup, const struct config *config, const char *pair_dir,
	    unsigned int differ);

#endif
