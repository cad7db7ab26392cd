/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where the data of a file lies on its device, as FIEMAP tells it.
 */
#ifndef OVL_SYS_EXTENTS_H
#define OVL_SYS_EXTENTS_H

#include <stdbool.h>
#include <stdint.h>

/** An extent of a file, as FIEMAP tells it. */
struct sys_extent {
	/** Where it begins in the file. */
	uint64_t logical;
	/** Where it begins on the device; meaningless if it is not known. */
	uint64_t physical;
	/** Its length in the file. */
	uint64_t length;
	/** Whether another file, or another part of this one, uses its blocks too. */
	bool shared;
	/** Whether its place is known: it is allocated, and not kept inside of metadata. */
	bool known;
	/** Whether it is compressed or encrypted: then its place is that of a larger unit. */
	bool encoded;
};

/** Takes an extent; a negative result ends the listing and is passed on. */
typedef int sys_extent_fn(const struct sys_extent *e, void *payload);

/**
 * Call @fn for each extent of @fd in the order of the file (FIEMAP). 0; -EOPNOTSUPP or -ENOTTY
 * where the filesystem does not tell; or what @fn returned.
 */
int sys_extents(int fd, sys_extent_fn *fn, void *payload);

/**
 * Bytes of @fd that lie in extents shared with another file, by FIEMAP.
 * For reports only: a layout read this way is never used for copying, because extents that
 * are not yet allocated are not shown.
 */
int64_t sys_shared_bytes(int fd);

#endif
