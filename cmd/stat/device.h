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

/** The device of a file's data. */
struct device {
	/** Device number of the superblock that holds the data; 0 if it is unknown. */
	dev_t number;
	/** st_dev of a file that is not on an overlay, or of one on a lower layer: the number that
	    overlayfs shows for the filesystem of the layer; otherwise 0. */
	dev_t pseudo;
	/** Mount id of the overlay; 0 if the file is not on one. */
	uint64_t overlay;
	/** Whether the data is on the filesystem of the upper layer of the overlay: 1, 0 or -1. */
	int on_upper_fs;
	/** Whether the data is on its lower layer, and there is only one. */
	bool is_only_lower;
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

/** The device of the data of a file. @file_device: st_dev of the file. */
struct device device_of(const struct ovlcp_info *i, dev_t file_device);

/** Whether the data of two files is on one device. */
enum device_relation device_compare(const struct device *a, const struct device *b);

#endif
