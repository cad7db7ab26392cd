/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The copy-up of a source.
 */
#ifndef OVL_SOURCE_COPYUP_H
#define OVL_SOURCE_COPYUP_H

#include "session/emit.h"
#include "source/source.h"

/**
 * Make the overlay copy the source up, once per source: a second call repeats the first
 * one's outcome. Nothing is written to the source; its times stay as they are. On success
 * s->fd is a descriptor of the copied-up file.
 *
 * @events: gets a warning if the times could not be restored.
 * @metadata_only: facts.metadata_only; the kernel then changes the mtime, which is restored.
 * Returns 0; or -errno, and nothing has changed but for that.
 */
int source_copy_up(const struct ovlcp *o, struct source *s, struct event_sink *events,
		   bool metadata_only);

#endif
