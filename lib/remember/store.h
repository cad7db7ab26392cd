/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A table on disk for small records: two files in a directory of the caller alone.
 *
 * Several processes may use it at the same time, without a lock: a record is appended by one
 * write(2), then its place by another. What is lost or torn by that is not found, or has a wrong
 * checksum. When the file of the records is full, or its filesystem, both are begun anew.
 */
#ifndef OVL_REMEMBER_STORE_H
#define OVL_REMEMBER_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The most bytes of a record. */
#define STORE_RECORD_MAX ((size_t)9 * 1024)

/** An open table. */
struct store {
	/** The directory; owned. */
	int dir_fd;
	/** Where each record begins, by its key; owned. */
	int index_fd;
	/** The records, one after the other; owned. */
	int log_fd;
	/** Bytes of the records at which both files are begun anew. */
	int64_t log_max;
};

/** A table that is not open. */
#define STORE_CLOSED ((struct store){ -EBADF, -EBADF, -EBADF, 0 })

/**
 * Open the table in the directory @path, which is created if it is missing, with mode 0700.
 *
 * @is_dry: nothing is created; a table that is missing, and could be created, is an empty one, that
 * stays closed. @ret_s: STORE_CLOSED on failure. Returns 0, or -errno; -EPERM: the directory, or a
 * file in it, belongs to another user, or another user has rights to it; -ENOTDIR or -ELOOP: it is
 * none.
 */
int store_open(const char *path, bool is_dry, struct store *ret_s);

/** Record @data, of @len bytes, at most STORE_RECORD_MAX, instead of what @key had. 0, or -errno.
 */
int store_put(struct store *s, uint64_t key, const void *data, size_t len);

/**
 * The record of @key. @buf: STORE_RECORD_MAX bytes, filled.
 * Returns its length in bytes; -ENOENT if there is none; or another -errno.
 */
int64_t store_get(const struct store *s, uint64_t key, void *buf);

/** Close the table. */
void store_close(struct store *s);

/** Remove the table in the directory @path, and the directory if nothing else is in it. 0, also if
    there is none; or -errno as store_open. */
int store_remove(const char *path);

#endif
