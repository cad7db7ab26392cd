/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Copies an event with its strings, so that it outlives the call that emits it.
 */
#ifndef OVL_SESSION_EVENT_COPY_H
#define OVL_SESSION_EVENT_COPY_H

#include "model/event.h"

#include <stddef.h>

/** Bytes that event_copy needs for the strings of @e, which is complete (event_complete). */
size_t event_copy_size(const struct ovlcp_event *e);

/** Copy @e to @ret_e, and its strings to @strings, which has event_copy_size bytes. */
void event_copy(const struct ovlcp_event *e, struct ovlcp_event *ret_e, char *strings);

#endif
