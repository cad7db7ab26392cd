/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers and keywords (cmd/argmatch.c, human.c, errname.c). The input is a number, and text.
 *
 * A size is read exactly as its digits and its unit say, or refused if it does not fit 64 bits or
 * is anything else. A size for people, read back, is the number but for half of its last digit. A
 * keyword is found by its text, or by the beginning of one whose meaning is the only one. An error
 * has the name that the C library gives it, if it has one.
 */
#include "input.h"

#include "argmatch.h"
#include "errname.h"
#include "human.h"
#include "keywords.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>

/* The size that @text is, in 128 bits; -1: none. */
static __int128 read_size(const char *text)
{
	static const char units[] = "KMGTPE";
	const char *unit;
	__int128 size = 0;
	int base = 1024;

	if (!isdigit((unsigned char)*text))
		return -1;
	for (; isdigit((unsigned char)*text); text++)
		if ((size = size * 10 + (*text - '0')) > UINT64_MAX)
			return -1;
	if (!*text)
		return size;
	unit = strchr(units, toupper((unsigned char)*text));
	if (!unit || (text[1] && strcmp(text + 1, "B") != 0 && strcmp(text + 1, "iB") != 0))
		return -1;
	if (strcmp(text + 1, "B") == 0)
		base = 1000;
	for (; unit >= units; unit--)
		if ((size *= base) > UINT64_MAX)
			return -1;
	return size;
}

static void check_size(const char *text)
{
	__int128 want = read_size(text);
	uint64_t size = 0;
	bool is = argmatch_size(text, &size);

	must(is == (want >= 0));
	must(!is || size == (uint64_t)want);
}

static void check_human(uint64_t number)
{
	static const char units[] = "KMGTPE";
	char text[HUMAN_SIZE_MAX];
	double value;
	char unit;
	unsigned long long bytes;

	must(human_size(number, text) == text && memchr(text, '\0', sizeof(text)));
	if (number < 1024) {
		must(sscanf(text, "%llu byte", &bytes) == 1 && bytes == number);
		return;
	}
	must(sscanf(text, "%lf %ciB", &value, &unit) == 2 && strchr(units, unit));
	must(value >= 1 && value < 1024);
	value = ldexp(value, 10 * (int)(strchr(units, unit) - units + 1));
	must(fabs(value - (double)number) <= 0.0501 * (value / strtod(text, NULL)));
}

/* Whether @list has keywords with two meanings that begin with @text. */
static bool is_ambiguous(const struct keyword *list, const char *text, const struct keyword *found)
{
	for (const struct keyword *k = list; k->name; k++)
		if (strncmp(k->name, text, strlen(text)) == 0 && k->value != found->value)
			return true;
	return false;
}

static void check_keyword(const struct keyword *list, const char *text)
{
	const struct keyword *exact = NULL;
	const struct keyword *first = NULL;
	unsigned int value = 0;
	enum argmatch_result r = argmatch_find(list, text, strlen(text), &value);

	for (const struct keyword *k = list; k->name; k++) {
		if (strcmp(k->name, text) == 0)
			exact = k;
		if (!first && strncmp(k->name, text, strlen(text)) == 0)
			first = k;
	}
	if (exact)
		must(r == ARGMATCH_OK && value == exact->value);
	else if (!first)
		must(r == ARGMATCH_UNKNOWN);
	else if (!*text || is_ambiguous(list, text, first))
		must(r == ARGMATCH_AMBIGUOUS);
	else
		must(r == ARGMATCH_OK && value == first->value);
}

static void check_error(int error)
{
	const char *name = errname(error);

	must(!name || (name[0] == 'E' && error > 0));
#if defined __GLIBC__ && __GLIBC_PREREQ(2, 32)
	const char *want = error > 0 ? strerrorname_np(error) : NULL;

	must(want ? name && strcmp(name, want) == 0 : !name);
#endif
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct keyword *const lists[] = { reflink_keywords, copy_up_keywords,
						preserve_keywords, sparse_keywords,
						update_keywords };
	struct input in = { data, size };
	uint64_t number = input_number(&in);
	char *text = input_text(&in);

	check_size(text);
	check_human(number);
	check_error((int)(uint32_t)number);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		check_keyword(lists[i], text);
	free(text);
	return 0;
}
