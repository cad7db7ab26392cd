/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Random names for temporary files.
 */
#ifndef OVL_BASE_TEMPNAME_H
#define OVL_BASE_TEMPNAME_H

/** Bytes of a name, with its NUL byte. */
#define TEMPNAME_SIZE sizeof(".ovl-cp.0123456789abcdef")

/**
 * Write a random name, which others cannot predict. The caller creates the file with a call that
 * fails if the name is taken.
 */
void tempname(char name[TEMPNAME_SIZE]);

#endif
