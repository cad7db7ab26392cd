/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Names for files that exist for a moment only.
 */
#ifndef OVL_BASE_TEMPNAME_H
#define OVL_BASE_TEMPNAME_H

/** Bytes that a name takes, its end included. */
#define TEMPNAME_SIZE sizeof(".ovl-cp.0123456789abcdef")

/** Make up a name that nobody can guess; whoever uses it still makes sure that it is new. */
void tempname(char name[TEMPNAME_SIZE]);

#endif
