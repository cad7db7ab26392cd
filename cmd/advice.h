/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What can be done where data is not shared.
 */
#ifndef OVL_CMD_ADVICE_H
#define OVL_CMD_ADVICE_H

#include "ovlcp.h"

/** A sentence for people, without a full stop; NULL where there is nothing to say. */
const char *advice_on(enum ovlcp_why why);

#endif
