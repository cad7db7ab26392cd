/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a source is one more link of a file that was copied before.
 */
#ifndef OVL_FILE_LINK_PEER_H
#define OVL_FILE_LINK_PEER_H

#include "copy/dest.h"

/**
 * Find the earlier destination that the copy of @src becomes a hard link to. Where numbers are no
 * proof of identity (probe/identity.h), its contents must be those of the source: a regular source
 * is opened then.
 *
 * @ret_earlier: filled if there is one, or may be; its strings belong to the map of @p.
 * Returns 1 or 0; -errno if it cannot be told whether ret_earlier is one.
 */
int link_peer_find(struct copy *c, const struct dest *p, struct source *src,
		   struct copied_dest *ret_earlier);

#endif
