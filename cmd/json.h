/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON through libjansson, which is loaded when JSON is asked for: the only file that knows it
 * is json.c.
 *
 * A document is put together and printed. What fails on the way (memory is all that can) is
 * remembered and told by json_print, so that nothing needs to be checked before.
 */
#ifndef OVL_CMD_JSON_H
#define OVL_CMD_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** The end of the sentence "... needs" when json_open finds no library. */
#define JSON_MISSING                                                                               \
	"libjansson.so.4, which cannot be loaded; "                                                \
	"install libjansson4 (Debian, Ubuntu) or jansson (Fedora, Alpine)"

/** The library, and whether the document at hand is complete. */
struct json;

/** A value: an object, an array, a text. Owned by who made it until it is put somewhere. */
struct json_t;

/**
 * Load the library. @ret_j: to be freed with json_close; untouched on failure.
 * Returns 0, -ENOENT if the library is missing, or -ENOMEM.
 */
int json_open(struct json **ret_j);

/** Let go of the library. @j: may be NULL. Always returns NULL. */
struct json *json_close(struct json *j);

/** A new object, without members. Members keep the order in which they are put. */
struct json_t *json_new_object(struct json *j);

/** A new array, without items. */
struct json_t *json_new_array(struct json *j);

/** A new text. @text: UTF-8, copied. What may be anything else is put by json_put_name. */
struct json_t *json_new_text(struct json *j, const char *text);

/**
 * A new object for a name, which is bytes and not always text: { "path": NAME } if @name is
 * UTF-8, otherwise { "path_b64": BYTES } in base64 (RFC 4648). Exactly one of the two is there,
 * and either tells every byte. @name: copied.
 */
struct json_t *json_new_name(struct json *j, const char *name);

/** Put @value into @object. @key: ASCII, copied. @value: taken over, in every case. */
void json_put(struct json *j, struct json_t *object, const char *key, struct json_t *value);

/** Put a text: see json_new_text. */
void json_put_text(struct json *j, struct json_t *object, const char *key, const char *text);

/** Put a name: see json_new_name. */
void json_put_name(struct json *j, struct json_t *object, const char *key, const char *name);

/**
 * Put bytes that are not always text: as @key if they are UTF-8, otherwise in base64 under the
 * same key with "_b64" after it. @key: ASCII, copied. @bytes: copied.
 */
void json_put_bytes(struct json *j, struct json_t *object, const char *key, const char *bytes);

/** Put a number. All digits are kept up to 2^63 - 1, which stands for what is above. */
void json_put_number(struct json *j, struct json_t *object, const char *key, uint64_t number);

/** Put true or false. */
void json_put_bool(struct json *j, struct json_t *object, const char *key, bool value);

/** Put null. */
void json_put_null(struct json *j, struct json_t *object, const char *key);

/** Put @value at the end of @array. @value: taken over, in every case. */
void json_append(struct json *j, struct json_t *array, struct json_t *value);

/**
 * Print @value on one line of @out, in ASCII (other characters are \u escapes, so that a name
 * does nothing to a terminal), and end the document. @value: taken over, in every case.
 * Returns 0; -ENOMEM if the document is not complete, and then prints nothing; or -errno of
 * what @out said. Nothing is flushed.
 */
int json_print(struct json *j, struct json_t *value, FILE *out);

#endif
