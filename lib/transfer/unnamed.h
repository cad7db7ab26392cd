/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Bytes that later destinations depend on are first copied into a file without a name, if another
 * user else could write to this destination: what he writes must not get into the others.
 *
 * The others are cloned from that file; a stream, which can be read only once, is read again from
 * it.
 */
#ifndef OVL_TRANSFER_UNNAMED_H
#define OVL_TRANSFER_UNNAMED_H

#include "transfer/transfer.h"

/**
 * Carry out @step, which copies bytes, by way of an unnamed file if one is needed; t->unnamed_fd is
 * that file then. If none can be created the bytes go to the destination, and t->cannot_give says
 * that it must not be a donor.
 *
 * Returns the result of @step; or -errno if the destination cannot get the data of the unnamed
 * file.
 */
int unnamed_carry_out(struct transfer *t, int (*step)(struct transfer *t));

/** Fill t->cannot_give as unnamed_carry_out would, before a dry run of a step that copies bytes. */
void unnamed_predict(struct transfer *t);

#endif
