/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a source becomes, by its type and by what is asked for.
 */
#ifndef OVL_PLAN_FILE_KIND_H
#define OVL_PLAN_FILE_KIND_H

#include "model/facts.h"
#include "model/plan.h"

#include <sys/types.h>

/** What a source of @mode becomes, when it is met for the first time. */
enum file_kind plan_file_kind(mode_t mode, const struct ovlcp_options *opt);

/** What failed if @make of a file of @mode failed. */
enum ovlcp_op plan_create_op(enum file_kind make, mode_t mode);

/**
 * Whether the destination of a source of @mode is looked at without following it, if it is a
 * symbolic link: only data is written through links, and only where nothing is to be removed first.
 */
bool plan_lstat_dest(enum file_kind make, mode_t mode, const struct ovlcp_options *opt);

/** Whether links at the source are followed. @named: whether the source was named. */
bool plan_follows(const struct ovlcp_options *opt, bool named);

#endif
