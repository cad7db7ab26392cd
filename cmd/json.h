/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON through libjansson, which is loaded when JSON is asked for. Only json.c includes its header.
 *
 * A document is built and printed. A failure to build it (only memory can be short) is kept until
 * json_print returns it, so that callers check nothing else.
 */
#ifndef OVL_CMD_JSON_H
#define OVL_CMD_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** The rest of a message "... needs " for a missing library: which one, and how to install it. */
#define JSON_MISSING                                                                               \
	"libjansson.so.4, which cannot be loaded; "                                                \
	"install libjansson4 (Debian, Ubuntu) or jansson (Fedora, Alpine)"

/** The loaded library, and whether the current document is complete. */
struct json;

/** A value: an object, an array, a text. The caller owns it until a put or append takes it over. */
struct json_t;

/**
 * Load the library. @ret_j: to be freed with json_close; untouched on failure.
 * Returns 0, -ENOENT if the library is missing, or -ENOMEM.
 */
int json_open(struct json **ret_j);

/** Unload the library and free @j. @j: may be NULL. Always returns NULL. */
struct json *json_close(struct json *j);

/** A new object, without members. Members keep the order in which they are put. */
struct json_t *json_new_object(struct json *j);

/** A new array, without items. */
struct json_t *json_new_array(struct json *j);

/** Put @value into @object. @key: ASCII, copied. @value: taken over, in every case. */
void json_put(struct json *j, struct json_t *object, const char *key, struct json_t *value);

/** Put a text. @text: UTF-8, copied. For other bytes there are json_put_name and json_put_bytes. */
void json_put_text(struct json *j, struct json_t *object, const char *key, const char *text);

/**
 * Put an object for a file name, which need not be text: { "path": NAME } if @name is UTF-8,
 * otherwise { "path_b64": BYTES } in base64 (RFC 4648). Exactly one of the keys is there, and no
 * byte is lost. @name: copied.
 */
void json_put_name(struct json *j, struct json_t *object, const char *key, const char *name);

/**
 * Put bytes that need not be text: under @key if they are UTF-8, otherwise in base64 under @key
 * with the suffix "_b64". @key: ASCII, copied. @bytes: copied.
 */
void json_put_bytes(struct json *j, struct json_t *object, const char *key, const char *bytes);

/** Put a number. Numbers above 2^63 - 1 are put as that. */
void json_put_number(struct json *j, struct json_t *object, const char *key, uint64_t number);

/** Put an inode number. One above 2^63 - 1, which overlays with xino=on have, is put as a string of
    its digits: libjansson knows no such integers. */
void json_put_inode(struct json *j, struct json_t *object, const char *key, uint64_t number);

/** Put true or false. */
void json_put_bool(struct json *j, struct json_t *object, const char *key, bool value);

/** Put null. */
void json_put_null(struct json *j, struct json_t *object, const char *key);

/** Append @value to @array. @value: taken over, in every case. */
void json_append(struct json *j, struct json_t *array, struct json_t *value);

/**
 * Print @value to @out on one line, and end the document. Other characters than printable ASCII
 * are \u escapes, so that a name cannot control the terminal. @value: taken over, in every case.
 * Returns 0; -ENOMEM if the document is incomplete, and then nothing is printed; or -errno of
 * writing to @out. Nothing is flushed.
 */
int json_print(struct json *j, struct json_t *value, FILE *out);

#endif
