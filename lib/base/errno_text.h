/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Texts of errno, also where the C library has none.
 */
#ifndef OVL_BASE_ERRNO_TEXT_H
#define OVL_BASE_ERRNO_TEXT_H

/** Return the text of @error: a static one, or that of strerror(3) with its lifetime; never NULL.
 */
const char *errno_text(int error);

#endif
