/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The extents of a file: which blocks of the device hold its data (FIEMAP).
 */
#ifndef OVL_SYS_EXTENTS_H
#define OVL_SYS_EXTENTS_H

#include <stdbool.h>
#include <stdint.h>

/** An extent, from struct fiemap_extent; all sizes in bytes. */
struct sys_extent {
	/** Offset in the file. */
	uint64_t logical;
	/** Offset on the device; meaningless unless known. */
	uint64_t physical;
	/** Length in the file. */
	uint64_t length;
	/** Whether another file, or another extent of this one, refers to the same blocks. */
	bool shared;
	/** Whether physical is known: the extent is allocated, and not inlined in metadata. */
	bool known;
	/** Whether it is compressed or encrypted: physical is that of a larger unit then. */
	bool encoded;
	/** Whether its blocks hold data; false if it is inlined in metadata, or only reserved
	    (unwritten) and read as zeros. */
	bool has_data;
};

/** Called for an extent, which is borrowed; a negative result ends the listing. */
typedef int sys_extent_fn(const struct sys_extent *e, void *payload);

/**
 * Call @fn for each extent of @fd, in the order of the file.
 *
 * @payload: is passed to @fn.
 * Returns 0; -EOPNOTSUPP or -ENOTTY if the filesystem has no FIEMAP; or a negative result of @fn.
 */
int sys_extents(int fd, sys_extent_fn *fn, void *payload);

/**
 * Bytes of @fd in shared extents, or -errno as sys_extents.
 *
 * For reports only, never for a decision about the data: extents that are not yet allocated are
 * not listed.
 */
int64_t sys_shared_bytes(int fd);

#endif
