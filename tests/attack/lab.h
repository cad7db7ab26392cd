/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The files of an attack.
 */
#ifndef ATTACK_LAB_H
#define ATTACK_LAB_H

#include "attack.h"

/* Names in each directory of a tree that the hostile processes exchange, ended by NULL: files,
   directories, a symbolic link, a FIFO, a hard link. */
extern const char *const lab_slots[];

/* Names in each directory of his tree that they are exchanged with, ended by NULL: links to each
   canary, his own and root's, and other kinds of files. */
extern const char *const lab_baits[];

/* The directories of a tree, relative to it, ended by NULL; "." is the first. */
extern const char *const lab_dirs[];

/* Makes the canaries. */
void lab_make_outside(void);

/* Removes the other trees, and makes them anew. */
void lab_make_trees(const struct attack *a);

/* The directory in which his tree is. */
const char *lab_tree(const struct attack *a);

/* Removes @name in @dir_fd and all that is below it, without following links. */
void lab_remove(int dir_fd, const char *name);

#endif
