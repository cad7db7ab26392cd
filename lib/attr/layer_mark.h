/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files of a layer of an overlay that mean something else in the overlay than they look like.
 */
#ifndef OVL_ATTR_LAYER_MARK_H
#define OVL_ATTR_LAYER_MARK_H

#include "ovlcp.h"

#include <sys/stat.h>

/**
 * What a file is in the overlay whose layer it is in, if it is seen in the layer itself: an overlay
 * hides these marks from its users.
 *
 * @fd: the file, open or O_PATH; may be negative for a device. @st: its stat.
 * Returns OVLCP_OP_LAYER_METACOPY, OVLCP_OP_LAYER_REDIRECT or OVLCP_OP_LAYER_WHITEOUT; or
 * OVLCP_OP_NONE if it is what it looks like, or cannot be asked. Only root sees the marks of
 * overlays without the option userxattr.
 */
enum ovlcp_op layer_mark(int fd, const struct stat *st);

#endif
