/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether copy_file_range(2) may be offloaded to a server or a device.
 */
#ifndef OVL_PROBE_CFR_OFFLOAD_H
#define OVL_PROBE_CFR_OFFLOAD_H

#include <stdbool.h>

/**
 * Whether the filesystem of @fd, which may be O_PATH, is known to have no copy offload: where it
 * refuses FICLONE, the kernel carries out copy_file_range by reading and writing. False for every
 * filesystem that is not in the list, as a server or a device may copy there.
 */
bool cfr_offload_is_known_none(int fd);

#endif
