/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_SHRINK_H
#define ORACLE_SHRINK_H

#include "pair.h"

/*
 * Makes @scene, in which the parts @differ differ (flags, 1 << PART_), as small as it can be while
 * one of them still does for no known reason; @place is as for pair_run().
 */
void shrink(struct scene *scene, const struct setup *setup, const char *place, unsigned int differ);

#endif
