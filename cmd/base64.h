/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bytes in base64.
 */
#ifndef OVL_CMD_BASE64_H
#define OVL_CMD_BASE64_H

/**
 * The bytes of @bytes, up to its NUL, in base64 (RFC 4648, section 4: with padding, without
 * newlines). Returns a string to be freed; NULL when memory is short.
 */
char *base64(const char *bytes);

#endif
