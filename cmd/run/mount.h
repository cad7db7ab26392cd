/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether two files are on one mount.
 */
#ifndef OVL_RUN_MOUNT_H
#define OVL_RUN_MOUNT_H

#include <stdbool.h>

/** Whether the open files @a and @b are on one mount. False also where that cannot be found out. */
bool mount_is_same(int a, int b);

#endif
