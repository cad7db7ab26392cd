/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls libjansson through a table of function pointers, see base/dlopen_table.h.
 *
 * Inline functions of its header (json_decref, json_object_set) call the library by name and cannot
 * be used here. They are not needed: every value has one owner, so references are never counted.
 */
#include "json.h"

#include "base/dlopen_table.h"
#include "base64.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIBJANSSON "libjansson.so.4"

static const DLOPEN_NOTE(jansson_note, LIBJANSSON, "json", "Reports and descriptions in JSON");

struct functions {
	__typeof__(&json_object) json_object;
	__typeof__(&json_array) json_array;
	__typeof__(&json_string) json_string;
	__typeof__(&json_integer) json_integer;
	__typeof__(&json_true) json_true;
	__typeof__(&json_false) json_false;
	__typeof__(&json_null) json_null;
	__typeof__(&json_object_set_new) json_object_set_new;
	__typeof__(&json_array_append_new) json_array_append_new;
	__typeof__(&json_dump_callback) json_dump_callback;
	__typeof__(&json_delete) json_delete;
};

static const struct dlopen_symbol symbols[] = {
	DLOPEN_SYMBOL(struct functions, json_object),
	DLOPEN_SYMBOL(struct functions, json_array),
	DLOPEN_SYMBOL(struct functions, json_string),
	DLOPEN_SYMBOL(struct functions, json_integer),
	DLOPEN_SYMBOL(struct functions, json_true),
	DLOPEN_SYMBOL(struct functions, json_false),
	DLOPEN_SYMBOL(struct functions, json_null),
	DLOPEN_SYMBOL(struct functions, json_object_set_new),
	DLOPEN_SYMBOL(struct functions, json_array_append_new),
	DLOPEN_SYMBOL(struct functions, json_dump_callback),
	DLOPEN_SYMBOL(struct functions, json_delete),
};

struct json {
	void *library;
	struct functions call;
	/* an allocation failed: part of the current document is missing */
	bool incomplete;
};

int json_open(struct json **ret_j)
{
	struct json *j = calloc(1, sizeof(*j));

	if (!j)
		return -ENOMEM;
	j->library = dlopen_table_load(LIBJANSSON, symbols, sizeof(symbols) / sizeof(*symbols),
				       &j->call);
	if (!j->library) {
		free(j);
		return -ENOENT;
	}
	*ret_j = j;
	return 0;
}

struct json *json_close(struct json *j)
{
	if (j)
		dlopen_table_unload(j->library);
	free(j);
	return NULL;
}

/* Returns @value; if it is NULL, the document is incomplete. */
static struct json_t *check_value(struct json *j, struct json_t *value)
{
	j->incomplete = j->incomplete || !value;
	return value;
}

struct json_t *json_new_object(struct json *j)
{
	return check_value(j, j->call.json_object());
}

struct json_t *json_new_array(struct json *j)
{
	return check_value(j, j->call.json_array());
}

static struct json_t *new_text(struct json *j, const char *text)
{
	return check_value(j, j->call.json_string(text));
}

static struct json_t *new_name(struct json *j, const char *name)
{
	struct json_t *object = json_new_object(j);
	struct json_t *text = j->call.json_string(name); /* NULL if it is not UTF-8 */
	char *encoded = text ? NULL : base64(name);

	if (text)
		json_put(j, object, "path", text);
	else
		json_put(j, object, "path_b64", encoded ? new_text(j, encoded) : NULL);
	free(encoded);
	return object;
}

void json_put(struct json *j, struct json_t *object, const char *key, struct json_t *value)
{
	/* with NULL for the object or the value it fails and frees the value */
	if (j->call.json_object_set_new(object, key, value) != 0)
		j->incomplete = true;
}

void json_put_text(struct json *j, struct json_t *object, const char *key, const char *text)
{
	json_put(j, object, key, new_text(j, text));
}

void json_put_name(struct json *j, struct json_t *object, const char *key, const char *name)
{
	json_put(j, object, key, new_name(j, name));
}

void json_put_bytes(struct json *j, struct json_t *object, const char *key, const char *bytes)
{
	struct json_t *text = j->call.json_string(bytes); /* NULL if it is not UTF-8 */
	char *encoded = text ? NULL : base64(bytes);
	char *other_key;

	if (text) {
		json_put(j, object, key, text);
		return;
	}
	if (asprintf(&other_key, "%s_b64", key) >= 0) {
		json_put(j, object, other_key, encoded ? new_text(j, encoded) : NULL);
		free(other_key);
	} else {
		j->incomplete = true;
	}
	free(encoded);
}

void json_put_number(struct json *j, struct json_t *object, const char *key, uint64_t number)
{
	json_int_t value = number < INT64_MAX ? (json_int_t)number : INT64_MAX;

	json_put(j, object, key, j->call.json_integer(value));
}

void json_put_inode(struct json *j, struct json_t *object, const char *key, uint64_t number)
{
	char text[sizeof("18446744073709551615")];

	if (number <= INT64_MAX) {
		json_put_number(j, object, key, number);
		return;
	}
	snprintf(text, sizeof(text), "%" PRIu64, number);
	json_put(j, object, key, new_text(j, text));
}

void json_put_bool(struct json *j, struct json_t *object, const char *key, bool value)
{
	json_put(j, object, key, value ? j->call.json_true() : j->call.json_false());
}

void json_put_null(struct json *j, struct json_t *object, const char *key)
{
	json_put(j, object, key, j->call.json_null());
}

void json_append(struct json *j, struct json_t *array, struct json_t *value)
{
	if (j->call.json_array_append_new(array, value) != 0)
		j->incomplete = true;
}

/* Write a part of a document, with DEL escaped: it controls terminals, but not for JSON. */
static int write_part(const char *part, size_t len, void *out)
{
	while (len > 0) {
		const char *del = memchr(part, 0x7f, len);
		size_t plain = del ? (size_t)(del - part) : len;

		if (fwrite(part, 1, plain, out) != plain || (del && fputs("\\u007f", out) == EOF))
			return -1;
		part += plain + (del != NULL);
		len -= plain + (del != NULL);
	}
	return 0;
}

int json_print(struct json *j, struct json_t *value, FILE *out)
{
	int r = j->incomplete || !value ? -ENOMEM : 0;

	errno = 0;
	if (r == 0 && (j->call.json_dump_callback(value, write_part, out,
						  JSON_COMPACT | JSON_ENSURE_ASCII) != 0 ||
		       fputc('\n', out) == EOF))
		r = errno ? -errno : -ENOMEM;
	if (value)
		j->call.json_delete(value);
	j->incomplete = false;
	return r;
}
