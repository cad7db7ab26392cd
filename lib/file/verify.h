/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Compares a copy with its source (OVLCP_VERIFY).
 */
#ifndef OVL_FILE_VERIFY_H
#define OVL_FILE_VERIFY_H

#include "model/event.h"
#include "transfer/transfer.h"

/**
 * Compare the destination of @t, which has its data, with the source: by their extents if it was
 * cloned and the filesystem lists them, otherwise byte for byte.
 *
 * @e: receives how it was compared; on failure the error, and the offset of the first difference.
 * Returns 0; or -errno, which is not emitted, -EBADMSG if they differ.
 */
int verify_copy(const struct transfer *t, struct ovlcp_event *e);

/** How the copy of the dry run @t would be compared. */
enum ovlcp_verified verify_prediction(const struct transfer *t);

#endif
