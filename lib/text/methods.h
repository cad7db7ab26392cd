/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Words for methods.
 */
#ifndef OVL_TEXT_METHODS_H
#define OVL_TEXT_METHODS_H

#include "ovlcp.h"

/** Return words for @method, such as "cloned"; static, never NULL. */
const char *text_method(enum ovlcp_method method);

#endif
