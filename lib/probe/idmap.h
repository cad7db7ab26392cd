/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether the owner of a file is somebody in this user namespace.
 */
#ifndef OVL_JOB_MAPPED_H
#define OVL_JOB_MAPPED_H

#include <stdbool.h>
#include <sys/stat.h>

/**
 * Whether owner and group of @st are mapped in the user namespace of the caller; also true where
 * that cannot be told, because there is no /proc, or somebody is mapped to the number that stands
 * for nobody.
 */
bool owner_is_mapped(const struct stat *st);

#endif
