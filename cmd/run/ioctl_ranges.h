/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The requests of ioctl that do not stop, for profiles whose rules compare a masked value.
 */
#ifndef OVL_RUN_IOCTL_RANGES_H
#define OVL_RUN_IOCTL_RANGES_H

#include <stddef.h>
#include <stdint.h>

/** Takes a range: all requests whose bits in @mask are @value. */
typedef void ioctl_range_fn(uint32_t mask, uint32_t value, void *payload);

/**
 * Call @fn for ranges that together are all 32-bit numbers but the @n of @requests, and have none
 * in common.
 */
void ioctl_ranges_without(const uint32_t *requests, size_t n, ioctl_range_fn *fn, void *payload);

#endif
