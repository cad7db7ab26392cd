/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Looks for data in all files of a tree, with the rights of the process.
 */
#ifndef ATTACK_SEARCH_H
#define ATTACK_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* Is called with an open file, of which @data of @size bytes is the beginning; of a FIFO nothing is
   read. */
typedef void search_fn(int fd, const char *path, const char *data, size_t size, void *payload);

/* Calls @found for each regular file and FIFO at @path and below it that can be opened for reading,
   links not followed. What disappears meanwhile is passed over. */
void search_tree(const char *path, search_fn *found, void *payload);

/* Where @mark begins in @data, or NULL. */
const char *search_mark(const char *data, size_t size, const char *mark);

#endif
