/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * On which device the data of a file lies, as far as it can be told: places on two devices are
 * numbers that have nothing to do with each other.
 */
#ifndef OVL_STAT_DEVICE_H
#define OVL_STAT_DEVICE_H

#include "ovlcp.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** Where the data of a file lies. */
struct device {
	/** Number of the device; 0 where it cannot be told. */
	dev_t number;
	/** Id of the mount of its overlay; 0 if it is not on one. */
	uint64_t overlay;
	/** Whether it lies on the only filesystem that this overlay has below its upper layer. */
	bool on_only_lower;
	/** Type of that filesystem, "" where it cannot be told; belongs to the info. */
	const char *fs_type;
	/** UUID of that filesystem, "" where it cannot be told; belongs to the info. */
	const char *fs_uuid;
};

/** What can be said about two places. */
enum device_relation {
	/** On one device. */
	DEVICE_SAME,
	/** On two, which can share nothing. */
	DEVICE_DIFFERENT,
	/** It cannot be told. */
	DEVICE_UNKNOWN,
};

/**
 * The place of a file. @i: what is known about it; borrowed, and its strings are kept.
 * @file_device: st_dev of the file. @directory_device: st_dev of a directory on the same mount,
 * which on an overlay is that of the overlay itself; 0 where there is none to ask.
 */
struct device device_of(const struct ovlcp_info *i, dev_t file_device, dev_t directory_device);

/** What can be said about two places. */
enum device_relation device_compare(const struct device *a, const struct device *b);

#endif
