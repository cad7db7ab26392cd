/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * LD_PRELOAD: lets the allocation with the number NOMEM_AT fail, as if memory were short just then;
 * with "+" after the number all from that one on.
 */
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

/* The functions of glibc that these replace. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t size);

static long fail_at;
static bool fail_after;
static atomic_long count;

__attribute__((constructor)) static void read_number(void)
{
	const char *text = getenv("NOMEM_AT");
	char *end = NULL;

	fail_at = text ? strtol(text, &end, 10) : 0;
	fail_after = end && *end == '+';
}

static bool must_fail(void)
{
	long number = atomic_fetch_add(&count, 1) + 1;

	if (fail_at == 0 || number < fail_at || (number > fail_at && !fail_after))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return must_fail() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return must_fail() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	return must_fail() ? NULL : __libc_realloc(p, size);
}
