/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Creating a file under a name that is not taken.
 */
#ifndef OVL_EXEC_CREATE_H
#define OVL_EXEC_CREATE_H

#include "model/plan.h"

#include <stdbool.h>
#include <sys/types.h>

/** What to create. Everything is borrowed. */
struct exec_create_args {
	/** Kind of file. */
	enum file_kind kind;
	/** Mode with type bits, less the umask; for data, directories and special files. */
	mode_t mode;
	/** Whether data is opened for writing only, because reading too was refused a moment ago.
	 */
	bool write_only;
	/** Device number, for special files. */
	dev_t rdev;
	/** Target of a symbolic link. */
	const char *text;
	/** Directory that from is relative to, for hard links. */
	int from_fd;
	/** Path of the existing file that a hard link is made to. */
	const char *from;
	/** Whether from is followed if it is a symbolic link. */
	bool follow;
};

/**
 * Create @name in the directory @dir_fd.
 *
 * @ret_fd: receives a descriptor, owned by the caller. Of data it is open for reading and writing
 * (see write_only), of a directory for reading (O_PATH if it is not readable), of a symbolic link
 * or a special file it is O_PATH; for a hard link it is -EBADF. Returns 0, or -errno. -EEXIST: the
 * name is taken. -ESTALE: another process replaced the new file before it was opened.
 */
int exec_create(int dir_fd, const char *name, const struct exec_create_args *args, int *ret_fd);

/**
 * Open the directory @name, relative to @dir_fd, to create files in it.
 *
 * @follow: whether @name may be a symbolic link.
 * Returns a descriptor, owned by the caller; O_PATH if the directory is not readable. Or -errno.
 */
int exec_open_directory(int dir_fd, const char *name, bool follow);

/**
 * Read the target of the symbolic link @name, relative to @dir_fd; of @dir_fd itself if @name is
 * "".
 *
 * @ret_text: receives the target, to be freed with free(3).
 * Returns 0, or -errno.
 */
int exec_read_link(int dir_fd, const char *name, char **ret_text);

#endif
