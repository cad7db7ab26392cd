/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is in a directory: each file, with all that a copy decides.
 */
#ifndef TORTURE_SNAPSHOT_H
#define TORTURE_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/** In what two files differ. */
enum difference {
	DIFF_TYPE = 1u << 0,
	/** Bytes of a file, text of a link, number of a device. */
	DIFF_DATA = 1u << 1,
	DIFF_HOLES = 1u << 2,
	DIFF_MODE = 1u << 3,
	DIFF_OWNER = 1u << 4,
	DIFF_TIMES = 1u << 5,
	DIFF_XATTR = 1u << 6,
	DIFF_ACL = 1u << 7,
	/** Which other names are hard links of the file. */
	DIFF_LINKS = 1u << 8,
};

/** A file; times that are not old, that is, not set by the test or copied from there, are 0. */
struct node {
	/** Its path in the directory. */
	char *path;
	struct stat st;
	uint64_t data;
	uint64_t holes;
	uint64_t xattrs;
	uint64_t acls;
	/** The index of the first path of the same inode. */
	size_t first;
};

/** Files, sorted by path. */
struct snapshot {
	struct node *nodes;
	size_t count;
};

/** What is in @dir, which may be missing, without what is in @without (a name in it, or NULL). */
void snapshot_take(struct snapshot *s, const char *dir, const char *without);

/** The file @path, or NULL. */
const struct node *snapshot_find(const struct snapshot *s, const char *path);

/** In what two files, each of its snapshot, differ: a set of enum difference, without DIFF_LINKS.
 */
unsigned int node_compare(const struct node *a, const struct node *b);

/** Whether the snapshots are equal but for differences that are @ignored; if not, @ret says where.
 */
bool snapshot_same(const struct snapshot *a, const struct snapshot *b, unsigned int ignored,
		   char *ret, size_t size);

/** Append the names of the @differences to @ret. */
void difference_words(unsigned int differences, char *ret, size_t size);

void snapshot_done(struct snapshot *s);

#endif
