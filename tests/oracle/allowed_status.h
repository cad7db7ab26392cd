/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c that look at exit statuses only.
 */
#ifndef ORACLE_ALLOWED_STATUS_H
#define ORACLE_ALLOWED_STATUS_H

#include "compare.h"

#include <stdbool.h>

/* True if both programs failed, or were killed. */
bool allow_if_both_failed(const struct comparison *c);

/* True if ovl-cp exited with 0, whatever cp did. */
bool allow_if_ovl_succeeded(const struct comparison *c);

/* True if cp was killed because it waited for a FIFO or exceeded its time, whatever ovl-cp did. */
bool allow_if_cp_blocked(const struct comparison *c);

/* True if both programs were killed because they waited for a FIFO or exceeded their time. */
bool allow_if_both_blocked(const struct comparison *c);

/* True if ovl-cp was killed likewise, and cp exited with 1. */
bool allow_if_only_ovl_blocked(const struct comparison *c);

#endif
