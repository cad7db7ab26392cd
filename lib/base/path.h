/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Paths as text: bytes between slashes, in no encoding; no file is opened.
 */
#ifndef OVL_BASE_PATH_H
#define OVL_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

/** The parts of a path: "a/b/c//" is directory "a/b/" and name "c", with trailing slashes. */
struct path_parts {
	/** Bytes of the path up to and including the slash before the name; 0 if there is none. */
	size_t dir_len;
	/** Bytes of the name, which begins at dir_len; 0 for "" and "/". */
	size_t name_len;
	/** Whether slashes follow the name, so that it can only be a directory. */
	bool must_be_dir;
};

/** Split @path. */
struct path_parts path_split(const char *path);

/** Whether the last name of @path is "." or "..". */
bool path_is_dots(const char *path);

/** The directory that @path leads through, with its slash, or "."; to be freed. NULL if memory is
    short. */
char *path_directory(const char *path);

/** @path with its last name replaced by @name; to be freed. NULL if memory is short. */
char *path_sibling(const char *path, const char *name);

/**
 * @dir, one slash, and the name that the file @path gets there; to be freed. NULL if memory is
 * short.
 * ".", ".." and "/" have no name: what is in them goes into the directory itself, ".".
 */
char *path_join_name(const char *dir, const char *path);

#endif
