/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The copy-up of a source: makes an overlay bring the data of the source to its upper layer.
 */
#ifndef OVL_SOURCE_COPYUP_H
#define OVL_SOURCE_COPYUP_H

#include "model/facts.h"
#include "session/emit.h"
#include "source/source.h"

/**
 * Copy the source up, once per source: a second call returns the result of the first. Nothing is
 * written to the source and its times are kept. On success s->fd is a descriptor of the
 * copied-up file.
 *
 * @events: receives a warning if the times could not be restored.
 * @f: on fuse-overlayfs src_range_shares, by which a copy-up is counted or not; copy_up_opens,
 * whether it must be opened for writing; metadata_only, when the kernel changes the mtime, which is
 * restored. Returns 0; or -errno, and only s->copy_up and s->copy_up_error have changed. -EAGAIN:
 * another process holds a lease on it, which an open for writing would break.
 */
int source_copy_up(struct ovlcp *o, struct source *s, struct event_sink *events,
		   const struct facts *f);

/** Whether a process that can be seen from here holds a lease on the open source. */
bool source_is_leased(struct ovlcp *o, const struct source *s);

#endif
