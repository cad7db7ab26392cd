/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a file is being executed, is active swap space, or has a lease on it.
 */
#ifndef OVL_PROBE_IN_USE_H
#define OVL_PROBE_IN_USE_H

#include <stdbool.h>
#include <sys/stat.h>

/**
 * Whether a process executes the file of @st, so that opening it for writing would fail with
 * ETXTBSY. Processes of other PID namespaces are not seen. For dry runs only: all of /proc is read.
 */
bool is_executing(const struct stat *st);

/**
 * Whether the file of @st is active swap space, which can be neither written nor removed. Reads
 * /proc/swaps. A swap file in a layer is not recognised through the overlay.
 */
bool is_active_swap(const struct stat *st);

/**
 * Whether a process holds a lease (fcntl(2), F_SETLEASE) on the file @ino of the filesystem @dev,
 * so that opening it for writing would wait, and take the lease away. Reads /proc/locks. Processes
 * of other PID namespaces are not seen.
 */
bool is_leased(dev_t dev, ino_t ino);

#endif
