/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Temporary names beside a destination (base/tempname.h).
 */
#ifndef OVL_TARGET_TEMPORARY_H
#define OVL_TARGET_TEMPORARY_H

#include "target/target.h"

/** Remove @name, a temporary one in the directory of @t, if it is there. If it stays, a warning
    about it is emitted. */
void temporary_remove(const struct target *t, const char *name);

#endif
