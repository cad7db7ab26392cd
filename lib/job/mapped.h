/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether the owner of a file exists in this user namespace.
 */
#ifndef OVL_JOB_MAPPED_H
#define OVL_JOB_MAPPED_H

#include <stdbool.h>
#include <sys/stat.h>

/**
 * Whether user and group of @st are mapped in the user namespace of this process; who is not has
 * the number of nobody, as a file of nobody's own has, which counts as not mapped, too, unless all
 * numbers are. An overlay refuses to copy up such files (EOVERFLOW). For dry runs.
 */
bool mapped_owner(const struct stat *st);

#endif
