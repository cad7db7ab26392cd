/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words that options take.
 */
#ifndef OVL_CMD_CHOICES_H
#define OVL_CMD_CHOICES_H

#include "words.h"

/** What "all" stands for: beyond the bits of the library. */
#define PRESERVE_ALL (~0u)

/** For --reflink: enum ovlcp_reflink. */
extern const struct word reflink_words[];
/** For --copy-up: enum ovlcp_copy_up. */
extern const struct word copy_up_words[];
/** For --preserve and --no-preserve: enum ovlcp_preserve, or PRESERVE_ALL. */
extern const struct word preserve_words[];
/** For --report-format. */
extern const struct word report_format_words[];
/** For --fallback: enum fallback_mode. */
extern const struct word fallback_words[];
/** For --require: enum ovlcp_require. */
extern const struct word require_words[];
/** For --sparse: enum ovlcp_sparse. */
extern const struct word sparse_words[];
/** For --update: enum ovlcp_update. */
extern const struct word update_words[];

#endif
