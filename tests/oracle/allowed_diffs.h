/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c that look at the command line and at which files were created,
 * linked, removed or changed.
 */
#ifndef ORACLE_ALLOWED_DIFFS_H
#define ORACLE_ALLOWED_DIFFS_H

#include "compare.h"

#include <stdbool.h>

/* True if --parents and at least two operands were given. */
bool allow_if_parents_of_many(const struct comparison *c);

/* True if --parents was given, and a name that ends in "." or "..", maybe with slashes after it. */
bool allow_if_parents_of_dots(const struct comparison *c);

/* True if -u was given. */
bool allow_if_update(const struct comparison *c);

/* True if cp left empty files, and nothing else differs. */
bool allow_if_cp_left_empty_files(const struct comparison *c);

/* True if a backup was asked for, and ovl-cp did not refuse to put a directory in the place of a
   file. */
bool allow_if_backup_makes_room(const struct comparison *c);

/* True if cp made backups, or looked for them, in the wrong directory. */
bool allow_if_backup_misplaced(const struct comparison *c);

/* True if both failed, and cp restored a file from a backup in the wrong directory. */
bool allow_if_wrong_backup_restored(const struct comparison *c);

/* True if cp -u made hard links of files that it skipped as up to date. */
bool allow_if_update_linked(const struct comparison *c);

/* True if both failed, and cp removed or backed up what ovl-cp left as it was. */
bool allow_if_ovl_kept_existing(const struct comparison *c);

/* True if -s was given, and ovl-cp made hard links of symbolic links. */
bool allow_if_ovl_linked_symlinks(const struct comparison *c);

/* True if only directories of the source tree differ, which a recursive copy changed. */
bool allow_if_source_dirs_changed(const struct comparison *c);

/* True if only leading directories of --parents differ that had been destinations before. */
bool allow_if_leading_dirs_changed(const struct comparison *c);

/* True if both failed, and only metadata of directories differs. */
bool allow_if_only_dirs_differ(const struct comparison *c);

/* True if both waited for a FIFO, and existing files were to be backed up or removed. */
bool allow_if_replaced_and_blocked(const struct comparison *c);

/* True if -f was given, and only ovl-cp left a symbolic link that leads to itself. */
bool allow_if_symlink_loop_kept(const struct comparison *c);

#endif
