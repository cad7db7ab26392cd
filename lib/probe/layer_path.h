/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The way to a file inside an overlay and inside its layers: text only, nothing is opened.
 *
 * A way is the names from the root of the overlay, or of a layer, down to the file: without a
 * slash at either end, without empty names, "." and "..".
 */
#ifndef OVL_PROBE_WAY_H
#define OVL_PROBE_WAY_H

#include <stddef.h>

/**
 * The way inside a filesystem to a file that is seen as @name.
 *
 * @name: absolute path of the file.
 * @target: where the filesystem is mounted.
 * @root: the directory (or file) of it that is mounted there, as in mountinfo; "/" for all.
 * @ret_way: to be freed. Returns 0; -ENOENT if @name does not lie there or is the root itself;
 * -ENOMEM.
 */
int layer_path_of(const char *name, const char *target, const char *root, char **ret_way);

/**
 * The way in the layers below a name that was moved away from there.
 *
 * @way: in those layers, but for the redirect; "a/b/c".
 * @name_len: bytes of the name that carries the redirect; 1 if it is "b".
 * @rest_len: bytes after it, with the slash; 2 for "/c".
 * @redirect: its text. "x" is another name in the same directory, "a/x/c"; "/x/y" is a way from
 * the root of the layer, "x/y/c".
 * @ret_way: to be freed. Returns 0; -ENOENT if @redirect is none that a kernel follows; -ENOMEM.
 */
int layer_path_redirect(const char *way, size_t name_len, size_t rest_len, const char *redirect,
			char **ret_way);

#endif
