/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Down into directories and up again, at the source and at every destination in step.
 */
#ifndef OVL_TREE_DIRECTORY_H
#define OVL_TREE_DIRECTORY_H

#include "tree/traverse.h"

/**
 * Make and enter the directory @src, which was looked at. @above_len: length of the path without
 * its name. 0; or -errno, also if it was entered at some destinations.
 */
int dir_enter(struct traverse *w, struct source *src, const char *name, size_t above_len);

/** Give the lowest directory its attributes and go up. 0, or -errno. */
int dir_leave(struct traverse *w);

#endif
