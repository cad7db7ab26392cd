/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wcwidth(3) knows wide characters, and those that combine with the one before. In a locale without
 * multibyte characters, which a message has before the user's is set, UTF-8 is counted by its first
 * bytes.
 */
#include "columns.h"

#include <string.h>
#include <wchar.h>

static size_t is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t columns_of_character(const char *at, size_t *ret_len)
{
	mbstate_t state = { 0 };
	wchar_t wide;
	size_t len = mbrtowc(&wide, at, strlen(at), &state);
	int columns;

	*ret_len = 1;
	if (len == 0 || len > strlen(at)) /* no character of this locale */
		return is_continuation(*at) ? 0 : 1;
	*ret_len = len;
	columns = wcwidth(wide);
	return columns < 0 ? 1 : (size_t)columns;
}

size_t columns_of(const char *text, size_t len)
{
	size_t columns = 0;
	size_t n;

	for (size_t at = 0; at < len && text[at]; at += n)
		columns += columns_of_character(text + at, &n);
	return columns;
}
