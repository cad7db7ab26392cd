/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What an errno means for the choice of the next step.
 */
#ifndef OVL_PLAN_ERRCLASS_H
#define OVL_PLAN_ERRCLASS_H

#include "model/plan.h"

#include <stdbool.h>

/** What it means for the next step that @method ended with @error: a positive errno, or 0. */
enum plan_class plan_classify(enum plan_method method, int error);

/**
 * Whether a clone that failed with @error (positive errno) was denied by a filter for system calls,
 * as containers have (seccomp): no filesystem answers FICLONE with these.
 */
bool plan_is_filtered(int error);

/**
 * Whether @error, the errno (positive) of an open for reading and writing, may not be one of an
 * open for writing only: there are filesystems that write in sequence, and rights to write alone.
 */
bool plan_may_write_only(int error);

/**
 * Whether @error, the errno (positive) of a hard link to an earlier copy, says that there can be
 * none, where a file can be made nevertheless: in another filesystem, mount or project (EXDEV), of
 * a file that has as many as are possible (EMLINK), or on a filesystem without hard links.
 */
bool plan_link_is_refused(int error);

/**
 * Whether OVLCP_FORCE removes an existing file that could not be opened because of @error (positive
 * errno): not if the call was interrupted, or the process or the system ran out of something. A new
 * file could not be made then, either.
 */
bool plan_may_remove(int error);

#endif
