/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the data of a file is provided, in words for people.
 */
#ifndef OVL_CMD_METHODS_H
#define OVL_CMD_METHODS_H

#include "ovlcp.h"

/** Words for @method, such as "copied by read and write"; never NULL. */
const char *method_words(enum ovlcp_method method);

#endif
