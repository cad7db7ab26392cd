/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Making one thing under a name that nothing else has.
 */
#ifndef OVL_EXEC_MAKE_H
#define OVL_EXEC_MAKE_H

#include "model/plan.h"

#include <sys/stat.h>

/** What to make. Everything is borrowed. */
struct exec_create_args {
	enum file_kind kind;
	/** Mode with its type bits, subject to the umask; for data, directories, special files. */
	mode_t mode;
	/** Device number, for special files. */
	dev_t rdev;
	/** What a symbolic link holds. */
	const char *text;
	/** Directory of the file that a hard link leads to. */
	int from_fd;
	/** Its path from there. */
	const char *from;
	/** Whether that is followed if it is a symbolic link. */
	bool follow;
};

/**
 * Make it, called @name in the directory @dir_fd.
 * Returns a descriptor that the caller owns: for data open for reading and writing, for a
 * directory open for reading, for a symbolic link or a special file by O_PATH; for a hard link
 * -EBADF in *@ret_fd. 0, or -errno; -EEXIST if the name is taken; -ESTALE if somebody has put
 * something else in its place at once.
 */
int exec_create(int dir_fd, const char *name, const struct exec_create_args *m, int *ret_fd);

/** Open the directory @name for filling it, not through a link unless @follow. fd, or -errno. */
int exec_open_directory(int dir_fd, const char *name, bool follow);

/** What the symbolic link @name holds; to be freed. 0, or -errno. */
int exec_read_link(int dir_fd, const char *name, char **ret_text);

#endif
