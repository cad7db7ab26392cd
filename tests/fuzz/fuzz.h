/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a fuzz target is to libFuzzer and to driver.c.
 */
#ifndef OVL_TESTS_FUZZ_FUZZ_H
#define OVL_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/** Check everything that must hold for this input; aborts if it does not. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
