/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Symbolic links below a named destination: they are followed only if every link on the way belongs
 * to the caller or to root, and the way ends below that destination.
 *
 * Otherwise a user who can put a link into a tree that is copied, or into a directory that is
 * copied to, chooses which file is overwritten. openat2(2) with RESOLVE_BENEATH knows no owners,
 * and refuses a link that leaves the directory and comes back.
 */
#ifndef OVL_TARGET_BENEATH_H
#define OVL_TARGET_BENEATH_H

#include <sys/stat.h>

/** Where a symbolic link ends. End it with beneath_done. */
struct beneath {
	/** Directory of the last name, O_PATH; owned. */
	int dir_fd;
	/** The last name, which is no symbolic link; owned. */
	char *name;
	/** The file of that name, O_PATH, owned; or -ENOENT if there is none. */
	int fd;
};

/**
 * Follow the symbolic link @name in @dir_fd. @top: stat of the named destination; NULL: the link is
 * the named destination itself, which may lead anywhere.
 *
 * Returns 0; -EPERM if a link on the way belongs to another user, -EXDEV if the way ends outside of
 * @top or, without @top, leads through /proc to an open file, -ELOOP after 40 links as the kernel
 * (path_resolution(7)), or another -errno. @ret_b must be ended on failure too.
 */
int beneath_follow(int dir_fd, const char *name, const struct stat *top, struct beneath *ret_b);

/** Close and free what @b owns. */
void beneath_done(struct beneath *b);

#endif
