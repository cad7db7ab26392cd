/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pure functions, named after gnulib's argmatch: an abbreviation is ambiguous only if the keywords
 * it could mean have different values. Error messages are in diag.c.
 */
#include "argmatch.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum argmatch_result argmatch_find(const struct keyword *list, const char *text, size_t len,
				   unsigned int *ret_value)
{
	const struct keyword *found = NULL;
	bool ambiguous = false;

	for (const struct keyword *k = list; k->name; k++) {
		if (strncmp(k->name, text, len) != 0)
			continue;
		if (!k->name[len]) {
			*ret_value = k->value;
			return ARGMATCH_OK;
		}
		ambiguous = ambiguous || (found && found->value != k->value);
		found = k;
	}
	if (!found)
		return ARGMATCH_UNKNOWN;
	if (ambiguous || len == 0)
		return ARGMATCH_AMBIGUOUS;
	*ret_value = found->value;
	return ARGMATCH_OK;
}

/* The exponent of a unit: 1 for K, 2 for M ...; 0 if it is none. */
static unsigned int power_of(char unit)
{
	static const char units[] = "KMGTPE";
	const char *at = unit ? strchr(units, toupper((unsigned char)unit)) : NULL;

	return at ? (unsigned int)(at - units) + 1 : 0;
}

bool argmatch_size(const char *text, uint64_t *ret_size)
{
	unsigned int power;
	uint64_t size;
	uint64_t base = 1024;
	char *unit;

	if (!isdigit((unsigned char)*text)) /* strtoull accepts a sign and spaces */
		return false;
	errno = 0;
	size = strtoull(text, &unit, 10);
	power = power_of(*unit);
	if (errno || (*unit && !power))
		return false;
	if (*unit && strcmp(unit + 1, "B") == 0)
		base = 1000;
	else if (*unit && unit[1] && strcmp(unit + 1, "iB") != 0)
		return false;
	while (power-- > 0)
		if (__builtin_mul_overflow(size, base, &size))
			return false;
	*ret_size = size;
	return true;
}
