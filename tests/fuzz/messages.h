/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Collects what the product writes to standard error, and checks that it has the form of messages.
 */
#ifndef OVL_TESTS_FUZZ_MESSAGES_H
#define OVL_TESTS_FUZZ_MESSAGES_H

/** Divert standard error, until messages_end. What a sanitizer reports still goes there. */
void messages_begin(void);

/**
 * Restore standard error. Abort unless every line of what was written begins as one of a message,
 * and has no byte that controls a terminal; and unless there is a message if @failed.
 */
void messages_end(int failed);

#endif
