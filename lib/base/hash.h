/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * FNV-1a with 64 bits (draft-eastlake-fnv): finds a record, and notices one that was torn or
 * overwritten. It protects from no one who wants two texts to have one number.
 */
#ifndef OVL_BASE_HASH_H
#define OVL_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/** The hash of nothing, to begin with. */
#define HASH_START UINT64_C(0xcbf29ce484222325)

/** @hash, continued with the @len bytes of @data. */
static inline uint64_t hash_add(uint64_t hash, const void *data, size_t len)
{
	const unsigned char *bytes = data;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
	return hash;
}

#endif
