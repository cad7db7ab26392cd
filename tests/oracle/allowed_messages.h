/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c that look at what the programs wrote: prompts, quoting, messages
 * of -v and errors.
 */
#ifndef ORACLE_ALLOWED_MESSAGES_H
#define ORACLE_ALLOWED_MESSAGES_H

#include "compare.h"

#include <stdbool.h>

/* True if cp prompted, an answer was "no" or missing, and only ovl-cp failed because of it. */
bool allow_if_prompt_declined(const struct comparison *c);

/* True if cp was refused a chmod, and ovl-cp reports no failure to preserve permissions. */
bool allow_if_mode_already_set(const struct comparison *c);

/* True if a path that cp resolved again no longer exists: the copy replaced a symlink in it. */
bool allow_if_cp_path_broke(const struct comparison *c);

/* True if the same holds, and ovl-cp, which keeps directories open, read and created its links. */
bool allow_if_ovl_path_held(const struct comparison *c);

/* True if cp reports a bare path that it can no longer reach, and ovl-cp does not. */
bool allow_if_cp_path_closed(const struct comparison *c);

/* True if -u was given and cp reports more removed files: it replaced a skipped file by itself. */
bool allow_if_update_removed_itself(const struct comparison *c);

/* True if -f was given, the tree has a symlink to itself, and ovl-cp prompted more often. */
bool allow_if_symlink_loop_prompted(const struct comparison *c);

/* True if cp quoted a name with both an apostrophe and unprintable bytes, which it does wrong. */
bool allow_if_cp_misquoted(const struct comparison *c);

#endif
