/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether two files that can be looked at now are one and the same.
 *
 * st_dev and st_ino are the identity of a file on an ordinary filesystem. Elsewhere they are a hint
 * only: an overlay and a filesystem in user space may show two files of two filesystems, or of two
 * btrfs subvolumes, under one pair of numbers, and may number a file anew once the kernel has
 * forgotten it (kernel documentation of overlayfs, "Inode properties").
 *
 * Who asks: the checks for "the same file" (target/inspect.c), the memory of hard links (file/),
 * the destinations of a fan-out, and the checks for cycles (tree/cycle.c).
 */
#ifndef OVL_PROBE_IDENTITY_H
#define OVL_PROBE_IDENTITY_H

#include <stdbool.h>
#include <sys/stat.h>

/** A file to look at. The strings and descriptors are borrowed. */
struct identity_file {
	/** Directory that name is relative to, or AT_FDCWD; without a name, the file itself. */
	int fd;
	/** Path of the file; NULL: fd is the file. */
	const char *name;
	/** Whether a symbolic link of that name is followed. */
	bool follow;
};

/**
 * Whether st_dev and st_ino identify a file on the filesystem of @f, and stay the same.
 *
 * True only for filesystems that are known for it; also false if the filesystem cannot be asked.
 */
bool identity_is_certain(const struct identity_file *f);

/** Whether mode, owner, number of links, size, mtime and ctime are equal: of one file they are, if
    no process changes it between the looks. */
bool identity_looks_equal(const struct stat *a, const struct stat *b);

/**
 * Whether @a and @b are one file. Where numbers are a hint only, each is looked at again until it
 * has stayed the same between two looks; if it never does, the answer is 1, the careful one.
 *
 * Returns 1 or 0; -errno if one of them cannot be looked at.
 */
int identity_same(const struct identity_file *a, const struct identity_file *b);

#endif
