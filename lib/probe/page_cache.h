/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a file can be read without its device.
 */
#ifndef OVL_PROBE_PAGE_CACHE_H
#define OVL_PROBE_PAGE_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/**
 * Whether the page cache has the file @fd, by samples from all of it: at least 15 of 16 pages.
 * False if that cannot be asked; holes are not in the page cache.
 *
 * @fd: open for reading. @st: of @fd.
 */
bool page_cache_has(int fd, const struct stat *st);

#endif
