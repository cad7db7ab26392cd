/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The wrappers of fopen. An empty file is /dev/null, which fmemopen may not be able to make.
 */
#include "fake_proc.h"

#include "fuzz.h"

#include <stdio.h>
#include <string.h>

static char *content;
static size_t content_len;

FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fopen64(const char *path, const char *mode);

void fake_proc(const char *text, size_t len)
{
	content = (char *)(uintptr_t)text; /* fmemopen takes a pointer that may be written to */
	content_len = len;
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
	if (strncmp(path, "/proc/", 6) != 0)
		return __real_fopen(path, mode);
	return content_len ? fmemopen(content, content_len, "r") : __real_fopen("/dev/null", mode);
}

FILE *__wrap_fopen64(const char *path, const char *mode)
{
	return __wrap_fopen(path, mode);
}
