/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Says that libmount is missing, where much of what is asked for cannot be told without it.
 */
#ifndef OVL_CMD_MOUNT_LIBRARY_H
#define OVL_CMD_MOUNT_LIBRARY_H

/** Print a warning if libmount, which libovlcp loads to find mounts, cannot be loaded. */
void mount_library_check(void);

#endif
