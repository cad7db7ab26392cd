/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Creates trees on disk, and removes them.
 */
#ifndef ORACLE_MAKE_H
#define ORACLE_MAKE_H

#include "text.h"
#include "tree.h"

/* Creates @tree in the empty directory @dir, and sets mode, owner and time of @dir too. */
void make_tree(const struct tree *tree, const char *dir, const struct people *people);

/* True if the entries of each directory have their inode numbers in the same order in both. */
bool make_same_order(const struct tree *tree, const char *dir_a, const char *dir_b);

/* Appends shell commands that create @tree in the current directory; as root with its owners. */
void make_script(struct text *t, const struct tree *tree, const struct people *people);

/* Creates the directory @path and its parents, unless they exist. */
void make_dirs(const char *path);

/* Removes the directory @path recursively, if it exists. */
void remove_tree(const char *path);

#endif
