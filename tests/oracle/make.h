/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_MAKE_H
#define ORACLE_MAKE_H

#include "text.h"
#include "tree.h"

/* Makes @tree in the directory @dir, which is empty and gets its mode, owner and time too. */
void make_tree(const struct tree *tree, const char *dir, const struct people *people);

/* Whether the entries of each directory have their inode numbers in the same order in both. */
bool make_same_order(const struct tree *tree, const char *dir_a, const char *dir_b);

/* Adds shell commands that make @tree in the current directory, as root its owners too. */
void make_script(struct text *t, const struct tree *tree, const struct people *people);

/* Makes directory @path, with all above it. */
void make_dirs(const char *path);

/* Removes directory @path with all that is in it, if it is there. */
void make_gone(const char *path);

#endif
