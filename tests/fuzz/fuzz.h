/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The interface of a fuzz target, for libFuzzer and driver.c.
 */
#ifndef OVL_TESTS_FUZZ_FUZZ_H
#define OVL_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/** Check everything that must hold for the @size bytes at @data; aborts if it does not. 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
