/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lets the product read text of a fuzzer where it opens a file of /proc. Linked with
 * -Wl,--wrap=fopen, and --wrap=fopen64 for the C libraries that have it.
 */
#ifndef OVL_TESTS_FUZZ_FAKE_PROC_H
#define OVL_TESTS_FUZZ_FAKE_PROC_H

#include <stddef.h>

/** From now on every file of /proc has the @len bytes at @text, which are borrowed. */
void fake_proc(const char *text, size_t len);

#endif
