/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a timestamp is what a filesystem with coarse timestamps made of another one.
 */
#ifndef OVL_PLAN_COARSE_TIME_H
#define OVL_PLAN_COARSE_TIME_H

#include <stdbool.h>
#include <sys/stat.h>

/**
 * Whether the mtime of the existing file @dst is @mtime, rounded down to what the filesystem of
 * @dst can store.
 *
 * What it can store is seen in the other timestamps of @dst: the kernel sets st_ctim itself, with
 * all the digits that the filesystem has.
 */
bool plan_is_coarse_mtime(const struct stat *dst, struct timespec mtime);

#endif
