/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The device that the data of a file is on, as far as it can be determined. Physical offsets can be
 * compared only on one device.
 */
#ifndef OVL_STAT_DEVICE_H
#define OVL_STAT_DEVICE_H

#include "ovlcp.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** The device of a file's data. Strings belong to the info. */
struct device {
	/** Device number (st_dev); 0 if it is unknown. */
	dev_t number;
	/** Mount id of the overlay; 0 if the file is not on one. */
	uint64_t overlay;
	/** Whether all lower layers of the overlay are on one filesystem, and the data is on that.
	 */
	bool on_only_lower;
	/** Type of the filesystem of the data, "" if it is unknown. */
	const char *fs_type;
	/** UUID of that filesystem, "" if it is unknown. */
	const char *fs_uuid;
};

/** Whether two files are on one device. */
enum device_relation {
	/** They are. */
	DEVICE_SAME,
	/** They are not, and can share nothing. */
	DEVICE_DIFFERENT,
	/** It is unknown. */
	DEVICE_UNKNOWN,
};

/**
 * The device of the data of a file.
 *
 * @i: the info of the file; borrowed, also by the result. @file_device: st_dev of the file.
 * @directory_device: st_dev of a directory on the same mount, which on an overlay is the number of
 * the overlay itself; 0 if it is unknown.
 */
struct device device_of(const struct ovlcp_info *i, dev_t file_device, dev_t directory_device);

/** Whether the data of two files is on one device. */
enum device_relation device_compare(const struct device *a, const struct device *b);

#endif
