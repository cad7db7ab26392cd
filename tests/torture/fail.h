/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A failure of the test itself: it cannot go on.
 */
#ifndef TORTURE_FAIL_H
#define TORTURE_FAIL_H

/** Print a message with the text of errno and exit with status 2. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
