/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether every change of the two files of a copy shows: what their filesystems tell of changes,
 * and that no write to the source is under way. For this room only.
 */
#ifndef OVL_REMEMBER_TRAIL_H
#define OVL_REMEMBER_TRAIL_H

#include "remember/keep.h"

/** Whether every change of the destination, a new file, shows in its ctime. */
bool trail_shows_changes(struct memory *m, const struct keep_question *q);

/** Look at the source. Whether every change after the look, @ret, shows in another one. */
bool trail_look_at_source(struct memory *m, const struct keep_question *q, struct file_look *ret);

#endif
