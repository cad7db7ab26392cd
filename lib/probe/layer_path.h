/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Layer paths: the path of a file from the root of an overlay, or of one of its layers. Text only,
 * no file is opened.
 *
 * A layer path has no slash at either end, no empty name, no "." and no "..". It is the same in the
 * overlay and in its layers, unless a redirect says otherwise.
 */
#ifndef OVL_PROBE_LAYER_PATH_H
#define OVL_PROBE_LAYER_PATH_H

#include <stddef.h>

/**
 * The layer path of a file whose absolute path is known.
 *
 * @name: absolute path of the file.
 * @target: mount point of the overlay.
 * @root: the directory (or file) of the overlay that is mounted there, as in mountinfo; "/" if all
 * of it is.
 * @ret_path: to be freed.
 * Returns 0; -ENOENT if @name is not below the mount point, or is the root itself; -ENOMEM.
 */
int layer_path_of(const char *name, const char *target, const char *root, char **ret_path);

/**
 * The layer path for the layers below one in which a name has a redirect (the overlay xattr of a
 * directory that was renamed, or of a metacopy file).
 *
 * @path: layer path so far, such as "a/b/c".
 * @name_len: bytes of the name with the redirect; 1 if it is "b".
 * @rest_len: bytes after that name, with the slash; 2 for "/c".
 * @redirect: value of the xattr. "x" is another name in the same directory: "a/x/c". "/x/y" is a
 * path from the root of the layer: "x/y/c".
 * @ret_path: to be freed.
 * Returns 0; -ENOENT if the kernel would not follow @redirect; -ENOMEM.
 */
int layer_path_redirect(const char *path, size_t name_len, size_t rest_len, const char *redirect,
			char **ret_path);

#endif
