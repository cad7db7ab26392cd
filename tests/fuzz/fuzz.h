/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The interface of a fuzz target, for libFuzzer, AFL++ and driver.c.
 */
#ifndef OVL_TESTS_FUZZ_FUZZ_H
#define OVL_TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/** Check everything that must hold for the @size bytes at @data; aborts if it does not. 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Say which property does not hold, and abort. */
static inline void broken(const char *file, int line, const char *text)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, text);
	abort();
}

/** Abort, which a fuzzer reports, unless it holds; unlike assert, also with NDEBUG. */
#define must(holds) ((holds) ? (void)0 : broken(__FILE__, __LINE__, #holds))

#endif
