/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The copy-up of a source: makes an overlay bring the data of the source to its upper layer.
 */
#ifndef OVL_SOURCE_COPYUP_H
#define OVL_SOURCE_COPYUP_H

#include "session/emit.h"
#include "source/source.h"

/**
 * Copy the source up, once per source: a second call returns the result of the first. Nothing is
 * written to the source and its times are kept. On success s->fd is a descriptor of the
 * copied-up file.
 *
 * @events: receives a warning if the times could not be restored.
 * @metadata_only: facts.metadata_only; the kernel then changes the mtime, which is restored.
 * Returns 0; or -errno, and only s->copy_up and s->copy_up_error have changed.
 */
int source_copy_up(const struct ovlcp *o, struct source *s, struct event_sink *events,
		   bool metadata_only);

#endif
