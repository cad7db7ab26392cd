/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linked into the fault binary: the functions of the C library that allocate memory or make a
 * thread, as lib/ and cmd/ call them. They share one number: "alloc" counts all allocations.
 *
 * make-wraps reads the names from the definitions, which have to be on one line each.
 */
#include "fault.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A function that is wrapped, and the one that takes its place. */
#define WRAPPED(type, name, ...)                                                                   \
	extern type __real_##name(__VA_ARGS__);                                                    \
	extern type __wrap_##name(__VA_ARGS__)

WRAPPED(void *, malloc, size_t);
WRAPPED(void *, calloc, size_t, size_t);
WRAPPED(void *, realloc, void *, size_t);
WRAPPED(void *, reallocarray, void *, size_t, size_t);
WRAPPED(int, posix_memalign, void **, size_t, size_t);
WRAPPED(char *, strdup, const char *);
WRAPPED(char *, strndup, const char *, size_t);
WRAPPED(char *, realpath, const char *, char *);
WRAPPED(FILE *, fopen, const char *, const char *);
WRAPPED(FILE *, fmemopen, void *, size_t, const char *);
WRAPPED(FILE *, open_memstream, char **, size_t *);
WRAPPED(ssize_t, getdelim, char **, size_t *, int, FILE *);
WRAPPED(ssize_t, __getdelim, char **, size_t *, int, FILE *);
WRAPPED(int, vasprintf, char **, const char *, va_list) __attribute__((format(printf, 2, 0)));
WRAPPED(int, __vasprintf_chk, char **, int, const char *, va_list)
__attribute__((format(printf, 3, 0)));
WRAPPED(int, pthread_create, pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
extern int __wrap_asprintf(char **, const char *, ...) __attribute__((format(printf, 2, 3)));
extern int __wrap___asprintf_chk(char **, int, const char *, ...)
	__attribute__((format(printf, 3, 4)));

static bool fails(void)
{
	if (fault_next(fault_alloc).kind == FAULT_NONE)
		return false;
	errno = ENOMEM;
	return true;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
	return fails() ? NULL : __real_realloc(p, size);
}

void *__wrap_reallocarray(void *p, size_t n, size_t size)
{
	return fails() ? NULL : __real_reallocarray(p, n, size);
}

int __wrap_posix_memalign(void **ret, size_t alignment, size_t size)
{
	return fails() ? ENOMEM : __real_posix_memalign(ret, alignment, size);
}

char *__wrap_strdup(const char *s)
{
	return fails() ? NULL : __real_strdup(s);
}

char *__wrap_strndup(const char *s, size_t n)
{
	return fails() ? NULL : __real_strndup(s, n);
}

char *__wrap_realpath(const char *path, char *resolved)
{
	return fails() ? NULL : __real_realpath(path, resolved);
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
	struct fault fault = fault_next(fault_fopen);

	errno = fault.error;
	return fault.kind == FAULT_NONE ? __real_fopen(path, mode) : NULL;
}

FILE *__wrap_fmemopen(void *buf, size_t size, const char *mode)
{
	return fails() ? NULL : __real_fmemopen(buf, size, mode);
}

FILE *__wrap_open_memstream(char **ret, size_t *ret_size)
{
	return fails() ? NULL : __real_open_memstream(ret, ret_size);
}

ssize_t __wrap_getdelim(char **line, size_t *room, int delimiter, FILE *f)
{
	return fails() ? -1 : __real_getdelim(line, room, delimiter, f);
}

ssize_t __wrap___getdelim(char **line, size_t *room, int delimiter, FILE *f)
{
	return fails() ? -1 : __real_getdelim(line, room, delimiter, f);
}

int __wrap_vasprintf(char **ret, const char *format, va_list args)
{
	return fails() ? -1 : __real_vasprintf(ret, format, args);
}

int __wrap___vasprintf_chk(char **ret, int flag, const char *format, va_list args)
{
	(void)flag;
	return fails() ? -1 : __real_vasprintf(ret, format, args);
}

int __wrap_asprintf(char **ret, const char *format, ...)
{
	va_list args;
	int n;

	if (fails())
		return -1;
	va_start(args, format);
	n = __real_vasprintf(ret, format, args);
	va_end(args);
	return n;
}

int __wrap___asprintf_chk(char **ret, int flag, const char *format, ...)
{
	va_list args;
	int n;

	(void)flag;
	if (fails())
		return -1;
	va_start(args, format);
	n = __real_vasprintf(ret, format, args);
	va_end(args);
	return n;
}

int __wrap_pthread_create(pthread_t *ret, const pthread_attr_t *attr, void *(*f)(void *), void *arg)
{
	struct fault fault = fault_next(fault_thread);

	return fault.kind == FAULT_NONE ? __real_pthread_create(ret, attr, f, arg) : fault.error;
}
