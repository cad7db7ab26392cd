/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c about the metadata of files: modes, access control lists, extended
 * attributes, holes.
 */
#ifndef ORACLE_ALLOWED_ATTRS_H
#define ORACLE_ALLOWED_ATTRS_H

#include "compare.h"

#include <stdbool.h>

/* True if files differ only in set-ID and sticky bits, which cp left set on existing files. */
bool allow_if_mode_bits_left(const struct comparison *c);

/* True if directories differ only in set-ID and sticky bits, which cp left. */
bool allow_if_dir_bits_left(const struct comparison *c);

/* True if ovl-cp kept extended attributes of directories, by options with which cp loses them. */
bool allow_if_dir_xattrs_kept(const struct comparison *c);

/* True if --sparse was given and files differ only in which blocks are holes. */
bool allow_if_holes_differ(const struct comparison *c);

/* True if --sparse was given and files differ in holes and in set-ID and sticky bits. */
bool allow_if_mode_bits_and_holes_differ(const struct comparison *c);

/* True if attributes were preserved, and only files that are read-only to their owner differ. */
bool allow_if_read_only_differs(const struct comparison *c);

/* True if -s was given, and cp set extended attributes that ovl-cp did not. */
bool allow_if_symlinks_got_xattrs(const struct comparison *c);

#endif
