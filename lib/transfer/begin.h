/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The beginning of a transfer.
 */
#ifndef OVL_TRANSFER_BEGIN_H
#define OVL_TRANSFER_BEGIN_H

#include "transfer/transfer.h"

/** Initialize a transfer. @o, @q: borrowed until its end, transfer_done. */
void transfer_begin(struct transfer *t, struct ovlcp *o, const struct transfer_request *q);

#endif
