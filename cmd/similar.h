/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which word a name with a typing error may mean. The caller goes through its words:
 *
 *	size_t edits = similar_limit(len);
 *
 *	for each word
 *		if (similar_is_closer(word, name, len, &edits))
 *			best = word;
 */
#ifndef OVL_CMD_SIMILAR_H
#define OVL_CMD_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>

/** One more than the number of edits up to which a word is similar to a name of @len bytes, which
 * is a third of them. */
size_t similar_limit(size_t len);

/**
 * Whether @word differs from the first @len bytes of @name in fewer than *@edits edits; then that
 * number is stored there. An edit is a character too much, too few, another one, or two exchanged;
 * the beginning of a word, of three bytes or more, is one edit away from it.
 */
bool similar_is_closer(const char *word, const char *name, size_t len, size_t *edits);

#endif
