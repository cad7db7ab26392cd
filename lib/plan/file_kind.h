/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is created for a source, by its type and the options.
 */
#ifndef OVL_PLAN_FILE_KIND_H
#define OVL_PLAN_FILE_KIND_H

#include "model/plan.h"
#include "ovlcp.h"

#include <stdbool.h>
#include <sys/types.h>

/** What is created for a source of @mode, if no other hard link of it was copied before. */
enum file_kind plan_file_kind(mode_t mode, const struct ovlcp_options *opt);

/** The operation to report if creating a file of @kind for a source of @mode fails. */
enum ovlcp_op plan_create_op(enum file_kind kind, mode_t mode);

/**
 * Whether an existing destination is looked up by lstat: for a source of @mode, of which a file of
 * @kind is made. Only data is written through symbolic links, and only if nothing is removed first.
 */
bool plan_lstat_dest(enum file_kind kind, mode_t mode, const struct ovlcp_options *opt);

/** Whether a symbolic link at the source is followed. @from_caller: the caller named the source. */
bool plan_follows(const struct ovlcp_options *opt, bool from_caller);

#endif
