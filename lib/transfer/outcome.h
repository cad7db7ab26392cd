/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The end of a transfer: how the data was provided, why that way, and the error.
 */
#ifndef OVL_TRANSFER_OUTCOME_H
#define OVL_TRANSFER_OUTCOME_H

#include "transfer/transfer.h"

/**
 * Fill t->outcome and t->err because the plan has ended. @is_complete: the data is complete, and
 * was provided by @method. Returns 0, or -errno of the transfer.
 */
int outcome_fill(struct transfer *t, bool is_complete, enum ovlcp_method method);

#endif
