/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The mounts that files are on.
 */
#ifndef OVL_RUN_MOUNT_H
#define OVL_RUN_MOUNT_H

#include <stdbool.h>
#include <stdint.h>

/** Whether the open files @a and @b are on one mount. False also where that cannot be found out. */
bool mount_is_same(int a, int b);

/** The root directory of a process. */
struct mount_root {
	/** Id of its mount. */
	uint64_t mount;
	/** Its inode number. */
	uint64_t ino;
	/** The numbers of its device. */
	uint32_t dev_major, dev_minor;
};

/** Look at the root directory of this process. Returns whether its mount is known. */
bool mount_find_root(struct mount_root *ret);

#endif
