/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keywords that options accept.
 */
#ifndef OVL_CMD_KEYWORDS_H
#define OVL_CMD_KEYWORDS_H

#include "argmatch.h"

/** The value of "all"; it is not a bit of enum ovlcp_preserve. */
#define PRESERVE_ALL (~0u)

/** For --reflink: enum ovlcp_reflink. */
extern const struct keyword reflink_keywords[];
/** For --copy-up: enum ovlcp_copy_up. */
extern const struct keyword copy_up_keywords[];
/** For --preserve and --no-preserve: enum ovlcp_preserve, or PRESERVE_ALL. */
extern const struct keyword preserve_keywords[];
/** For --report-format: enum report_format. */
extern const struct keyword report_format_keywords[];
/** For --explain: enum explain_form. */
extern const struct keyword explain_keywords[];
/** For --fallback: enum fallback_mode. */
extern const struct keyword fallback_keywords[];
/** For --progress: enum progress_mode. */
extern const struct keyword progress_keywords[];
/** For --remember, unless it names a directory: enum ovlcp_remember. */
extern const struct keyword remember_keywords[];
/** For --require: enum ovlcp_require. */
extern const struct keyword require_keywords[];
/** Keywords of --fsync: enum ovlcp_fsync. */
extern const struct keyword fsync_keywords[];
/** For --share: enum ovlcp_share. */
extern const struct keyword share_keywords[];
/** For --sparse: enum ovlcp_sparse. */
extern const struct keyword sparse_keywords[];
/** For --update: enum ovlcp_update. */
extern const struct keyword update_keywords[];

#endif
