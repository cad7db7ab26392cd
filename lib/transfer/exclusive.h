/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether a destination can be trusted to hold what was written to it.
 */
#ifndef OVL_TRANSFER_EXCLUSIVE_H
#define OVL_TRANSFER_EXCLUSIVE_H

#include "transfer/transfer.h"

/**
 * Whether no other user can have the destination open for writing, now or later: it is new, belongs
 * to the caller and stays his, and its mode lets no other user write. A dry run takes a file that
 * would be new for one.
 */
bool exclusive_to_caller(const struct transfer *t);

#endif
