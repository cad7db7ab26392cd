/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of the scenarios.
 */
#ifndef TORTURE_FILES_H
#define TORTURE_FILES_H

#include "lab.h"

/** What scenarios copy. */
lab_fill_fn files_source;
/** The same without what XFS and overlays do not need: a few small files and a big one. */
lab_fill_fn files_source_big;
/** A file "huge" that two threads copy, with a hole. */
lab_fill_fn files_source_huge;
/** With the nodatacow flag (btrfs). */
lab_fill_fn files_source_nocow;

/** An existing file "old", and an older backup. */
lab_fill_fn files_old;
/** A file that is equal to that of files_source. */
lab_fill_fn files_twin;
/** Backups of "old" with numbers. */
lab_fill_fn files_numbered;
/** An existing tree "tree" that a copy is merged with. */
lab_fill_fn files_old_tree;
/** Directories "a", "b" for a fan-out. */
lab_fill_fn files_dirs;
/** A symbolic link "old" to "real/old". */
lab_fill_fn files_old_symlink;

#endif
