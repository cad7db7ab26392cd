/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Async-signal-safe (signal-safety(7)): nothing here allocates, locks or asks for the locale.
 */
#include "text.h"

#include "human.h"

/* Digits of the largest number, and a NUL. */
#define NUMBER_MAX 21

struct text text_begin(char *buffer, size_t size)
{
	buffer[0] = '\0';
	return (struct text){ .buffer = buffer, .size = size };
}

void text_add(struct text *t, const char *s)
{
	while (*s && t->len + 1 < t->size)
		t->buffer[t->len++] = *s++;
	t->buffer[t->len] = '\0';
}

void text_add_number(struct text *t, uint64_t n)
{
	char digits[NUMBER_MAX];
	size_t at = sizeof(digits) - 1;

	digits[at] = '\0';
	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	text_add(t, digits + at);
}

void text_add_size(struct text *t, uint64_t bytes)
{
	char size[HUMAN_SIZE_MAX];

	text_add(t, human_size(bytes, size));
}

void text_add_time(struct text *t, uint64_t seconds)
{
	const struct {
		uint64_t seconds;
		const char *unit;
		const char *part;
	} units[] = { { 3600, " h", " min" }, { 60, " min", " s" }, { 1, " s", NULL } };
	size_t i = 0;

	while (units[i].part && seconds < units[i].seconds)
		i++;
	text_add_number(t, seconds / units[i].seconds);
	text_add(t, units[i].unit);
	if (!units[i].part)
		return;
	text_add(t, " ");
	text_add_number(t, seconds % units[i].seconds / units[i + 1].seconds);
	text_add(t, units[i].part);
}
