/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether copy_file_range may be more than a copy of bytes by the kernel.
 */
#ifndef OVL_PROBE_OFFLOAD_H
#define OVL_PROBE_OFFLOAD_H

#include <stdbool.h>

/**
 * Whether the filesystem that @fd lies on, which may be open by O_PATH, is known to leave
 * copy_file_range to the kernel, which reads and writes then, wherever it refuses FICLONE. Of a
 * filesystem that nobody has listed that is not known, and a server or a device may copy.
 */
bool cfr_offload_is_known_none(int fd);

#endif
