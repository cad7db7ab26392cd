/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How a row of a decision table is matched: sets of conditions that must be true, or false.
 *
 * The tables are in existing.c, method.c and same_file.c; each has conditions of its own. The first
 * row that matches wins, and the last row has an empty rule, which always matches.
 */
#ifndef OVL_PLAN_RULE_H
#define OVL_PLAN_RULE_H

#include <stdbool.h>
#include <stdint.h>

/** Condition number @n of a table, 0 to 63. */
#define COND(n) (UINT64_C(1) << (n))

/** When a row applies. */
struct rule {
	/** Conditions that must all be true. */
	uint64_t all_of;
	/** Conditions that must all be false. */
	uint64_t none_of;
};

/** Initializer of a struct rule: all of @all, none of @none. */
#define WHEN(all, none)                                                                            \
	{                                                                                          \
		(all), (none)                                                                      \
	}

/** The set that holds @cond if @is, and otherwise nothing. */
static inline uint64_t cond_if(bool is, uint64_t cond)
{
	return is ? cond : 0;
}

/** Whether a row with @rule applies where exactly @conds are true. */
static inline bool rule_matches(const struct rule *rule, uint64_t conds)
{
	return (conds & rule->all_of) == rule->all_of && !(conds & rule->none_of);
}

#endif
