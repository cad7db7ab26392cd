/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The text of paths: bytes between slashes, no encoding, no file system.
 */
#ifndef OVL_BASE_PATH_H
#define OVL_BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

/** A path taken apart: "a/b/c//" is directory "a/b/" and name "c", with a trailing slash. */
struct path_parts {
	/** Bytes of the path up to and including the slash before the name; 0 if there is none. */
	size_t dir_len;
	/** Bytes of the name, which begins at dir_len; 0 for "" and for "/". */
	size_t name_len;
	/** Whether slashes follow the name, so that it must be a directory. */
	bool must_be_dir;
};

/** Take @path apart. */
struct path_parts path_split(const char *path);

/** Whether the name of @path is "." or "..". */
bool path_is_dots(const char *path);

/**
 * The name that the file @path gets in a directory, to be freed; NULL when memory is short.
 * ".", ".." and "/" have none: what is in them goes into the directory itself, ".".
 */
char *path_name(const char *path);

/** @path with @name in the place of its own; to be freed. NULL when memory is short. */
char *path_sibling(const char *path, const char *name);

/** @dir, one slash, and path_name(@path); to be freed. Returns NULL when memory is short. */
char *path_join_name(const char *dir, const char *path);

#endif
