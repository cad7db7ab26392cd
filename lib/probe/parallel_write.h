/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a file of a filesystem is written faster by two threads than by one.
 */
#ifndef OVL_PROBE_PARALLEL_WRITE_H
#define OVL_PROBE_PARALLEL_WRITE_H

#include <stdbool.h>

/**
 * Whether the filesystem of @fd was measured to gain by a second thread that reads while the first
 * one writes. False for every one that is not in the list, as a server may want its data in order.
 *
 * @clones: whether the filesystem may be one that can clone.
 */
bool parallel_write_pays(int fd, bool clones);

#endif
