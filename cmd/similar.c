/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The distance of two words is that of Damerau and Levenshtein, by the optimal string alignment.
 */
#include "similar.h"

#include <string.h>

/* Longest name that is compared, in bytes. */
#define NAME_MAX_LEN 32
/* Shortest beginning of a word that counts as one edit, however long the word is, in bytes. */
#define ABBREVIATION_MIN 3

static size_t min_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Number of edits between @a and @b, both of at most NAME_MAX_LEN bytes. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t d[NAME_MAX_LEN + 1][NAME_MAX_LEN + 1]; /* of the first i bytes of a and j of b */

	for (size_t i = 0; i <= a_len; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= b_len; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= a_len; i++)
		for (size_t j = 1; j <= b_len; j++) {
			const size_t edit = a[i - 1] != b[j - 1];

			d[i][j] = min_of(d[i - 1][j - 1] + edit,
					 1 + min_of(d[i - 1][j], d[i][j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = min_of(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[a_len][b_len];
}

size_t similar_limit(size_t len)
{
	return len / 3 + 1;
}

bool similar_is_closer(const char *word, const char *name, size_t len, size_t *edits)
{
	size_t n;

	if (!*word || len > NAME_MAX_LEN || strlen(word) > NAME_MAX_LEN)
		return false;
	n = distance(name, len, word, strlen(word));
	if (n > 1 && len >= ABBREVIATION_MIN && strncmp(word, name, len) == 0)
		n = 1;
	if (n >= *edits)
		return false;
	*edits = n;
	return true;
}
