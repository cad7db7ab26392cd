/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which filesystem holds the data of a file on an overlay, by numbers of the kernel: neither paths
 * nor UUIDs are proof.
 */
#ifndef OVL_API_DATA_PLACE_H
#define OVL_API_DATA_PLACE_H

#include "model/info.h"
#include "session/session.h"

#include <sys/stat.h>

/**
 * Fill i->data_device and i->on_upper_fs. A lower layer whose path is found to lead elsewhere is no
 * longer visible in i->layers.
 *
 * @i: its layer, layers and options are known. @fd, @st: the file, open for reading or O_PATH.
 */
void place_data(struct ovlcp *o, struct ovlcp_info *i, int fd, const struct stat *st);

/** Whether the inode number changes after a copy-up: 1, 0, or -1 if it is unknown. */
int place_changes_ino(const struct ovlcp_info *i);

#endif
