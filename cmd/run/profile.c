/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libseccomp, which runtimes write their filters with, drops a rule with a condition where one
 * without allows the same call. So calls that stop leave the lists of what is allowed, and for all
 * other requests of ioctl there are rules that allow them.
 *
 * Rules are read as the profiles of Docker and Podman have them, which are those of the OCI runtime
 * specification with conditions on capabilities and architectures ("includes", "excludes").
 */
#include "profile.h"

#include "base/dlopen_table.h"
#include "diag.h"
#include "ioctl_ranges.h"
#include "json.h"

#include <errno.h>
#include <jansson.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIBJANSSON "libjansson.so.4"

/* Where the service listens (packaging of ovl-run.socket). */
#define DEFAULT_SOCKET "/run/ovl-run/agent.sock"

#define ALLOW  "SCMP_ACT_ALLOW"
#define NOTIFY "SCMP_ACT_NOTIFY"

struct functions {
	__typeof__(&json_loadf) json_loadf;
	__typeof__(&json_dumpf) json_dumpf;
	__typeof__(&json_object) json_object;
	__typeof__(&json_object_get) json_object_get;
	__typeof__(&json_object_set_new) json_object_set_new;
	__typeof__(&json_array) json_array;
	__typeof__(&json_array_size) json_array_size;
	__typeof__(&json_array_get) json_array_get;
	__typeof__(&json_array_remove) json_array_remove;
	__typeof__(&json_array_append_new) json_array_append_new;
	__typeof__(&json_string) json_string;
	__typeof__(&json_string_value) json_string_value;
	__typeof__(&json_integer) json_integer;
	__typeof__(&json_object_size) json_object_size;
	__typeof__(&json_delete) json_delete;
};

static const struct dlopen_symbol symbols[] = {
	DLOPEN_SYMBOL(struct functions, json_loadf),
	DLOPEN_SYMBOL(struct functions, json_dumpf),
	DLOPEN_SYMBOL(struct functions, json_object),
	DLOPEN_SYMBOL(struct functions, json_object_get),
	DLOPEN_SYMBOL(struct functions, json_object_set_new),
	DLOPEN_SYMBOL(struct functions, json_array),
	DLOPEN_SYMBOL(struct functions, json_array_size),
	DLOPEN_SYMBOL(struct functions, json_array_get),
	DLOPEN_SYMBOL(struct functions, json_array_remove),
	DLOPEN_SYMBOL(struct functions, json_array_append_new),
	DLOPEN_SYMBOL(struct functions, json_string),
	DLOPEN_SYMBOL(struct functions, json_string_value),
	DLOPEN_SYMBOL(struct functions, json_integer),
	DLOPEN_SYMBOL(struct functions, json_object_size),
	DLOPEN_SYMBOL(struct functions, json_delete),
};

/* The calls that are helped. */
enum {
	CALL_IOCTL,
	CALL_COPY_RANGE,
	CALL_SENDFILE,
	CALLS
};

static const char *const calls[CALLS] = { "ioctl", "copy_file_range", "sendfile" };

static const uint32_t requests[] = { (uint32_t)FICLONE, (uint32_t)FICLONERANGE };

struct profile {
	struct functions json;
	json_t *top;
	/* of top */
	json_t *rules;
	/* everything that has no rule is allowed */
	bool allows_all;
	/* a call is allowed, with any arguments and to any caller */
	bool is_allowed[CALLS];
	/* a call has another rule, too */
	bool is_ruled[CALLS];
	/* memory was short */
	bool incomplete;
};

/* The text of the member @key of @object; "" without one. */
static const char *text_of(const struct profile *p, const json_t *object, const char *key)
{
	const char *text = p->json.json_string_value(p->json.json_object_get(object, key));

	return text ? text : "";
}

/* Which of the calls @name is; CALLS: none of them. */
static int call_of(const char *name)
{
	int i = 0;

	while (i < CALLS && (!name || strcmp(calls[i], name) != 0))
		i++;
	return i;
}

/* Whether the rule allows its calls with any arguments and to any caller. */
static bool is_unconditional(const struct profile *p, const json_t *rule)
{
	static const char *const conditions[] = { "includes", "excludes" };

	for (size_t i = 0; i < sizeof(conditions) / sizeof(*conditions); i++)
		if (p->json.json_object_size(p->json.json_object_get(rule, conditions[i])) > 0)
			return false;
	return strcmp(text_of(p, rule, "action"), ALLOW) == 0 &&
	       p->json.json_array_size(p->json.json_object_get(rule, "args")) == 0;
}

/* Note what the rule says of the calls; they leave it, if it allows them. */
static void take_out(struct profile *p, json_t *rule)
{
	json_t *names = p->json.json_object_get(rule, "names");
	const bool allows = is_unconditional(p, rule);
	int call;

	for (size_t i = p->json.json_array_size(names); i-- > 0;) {
		call = call_of(p->json.json_string_value(p->json.json_array_get(names, i)));
		if (call == CALLS)
			continue;
		*(allows ? &p->is_allowed[call] : &p->is_ruled[call]) = true;
		if (allows)
			(void)p->json.json_array_remove(names, i);
	}
	/* the older form of a rule, for one call */
	call = call_of(p->json.json_string_value(p->json.json_object_get(rule, "name")));
	if (call < CALLS)
		p->is_ruled[call] = true;
}

/* Drop the rules that have no call left, which runtimes refuse. */
static void drop_empty(struct profile *p)
{
	for (size_t i = p->json.json_array_size(p->rules); i-- > 0;) {
		const json_t *rule = p->json.json_array_get(p->rules, i);
		const json_t *names = p->json.json_object_get(rule, "names");

		if (names && p->json.json_array_size(names) == 0)
			(void)p->json.json_array_remove(p->rules, i);
	}
}

/* Drop the flag TSYNC, with which the kernel gives no listener (seccomp(2)). */
static void drop_tsync(struct profile *p)
{
	json_t *flags = p->json.json_object_get(p->top, "flags");

	for (size_t i = p->json.json_array_size(flags); i-- > 0;) {
		const char *flag = p->json.json_string_value(p->json.json_array_get(flags, i));

		if (flag && strcmp(flag, "SECCOMP_FILTER_FLAG_TSYNC") == 0)
			(void)p->json.json_array_remove(flags, i);
	}
}

static void put(struct profile *p, json_t *object, const char *key, json_t *value)
{
	if (p->json.json_object_set_new(object, key, value) != 0)
		p->incomplete = true;
}

static void append(struct profile *p, json_t *array, json_t *value)
{
	if (p->json.json_array_append_new(array, value) != 0)
		p->incomplete = true;
}

/* Add a rule for @call. @mask: of its argument number 1, which is @value; 0: whatever that is. */
static void append_rule(struct profile *p, const char *call, const char *action, uint32_t mask,
			uint32_t value)
{
	json_t *rule = p->json.json_object();
	json_t *names = p->json.json_array();
	json_t *args = mask ? p->json.json_array() : NULL;
	json_t *arg = mask ? p->json.json_object() : NULL;

	append(p, names, p->json.json_string(call));
	put(p, rule, "names", names);
	put(p, rule, "action", p->json.json_string(action));
	if (mask) {
		put(p, arg, "index", p->json.json_integer(1));
		put(p, arg, "value", p->json.json_integer(mask));
		put(p, arg, "valueTwo", p->json.json_integer(value));
		put(p, arg, "op", p->json.json_string("SCMP_CMP_MASKED_EQ"));
		append(p, args, arg);
		put(p, rule, "args", args);
	}
	append(p, p->rules, rule);
}

static void allow_range(uint32_t mask, uint32_t value, void *payload)
{
	append_rule(payload, calls[CALL_IOCTL], ALLOW, mask, value);
}

/* Add the rules for what the call @i asks for. */
static void append_rules(struct profile *p, int i)
{
	const size_t n = sizeof(requests) / sizeof(*requests);

	if (i != CALL_IOCTL) {
		append_rule(p, calls[i], NOTIFY, 0, 0);
		return;
	}
	for (size_t r = 0; r < n; r++)
		append_rule(p, calls[i], NOTIFY, UINT32_MAX, requests[r]);
	if (!p->allows_all)
		ioctl_ranges_without(requests, n, allow_range, p);
}

/* Change the profile. */
static void change(struct profile *p, const char *socket)
{
	p->allows_all = strcmp(text_of(p, p->top, "defaultAction"), ALLOW) == 0;
	for (size_t i = 0; i < p->json.json_array_size(p->rules); i++)
		take_out(p, p->json.json_array_get(p->rules, i));
	drop_empty(p);
	drop_tsync(p);
	for (int i = 0; i < CALLS; i++) {
		if (!p->is_ruled[i] && (p->is_allowed[i] || p->allows_all))
			append_rules(p, i);
		else if (p->is_allowed[i])
			append_rule(p, calls[i], ALLOW, 0, 0); /* as it was */
		if (p->is_ruled[i] || !(p->is_allowed[i] || p->allows_all))
			(void)diag_failure(0,
					   "warning: %s is not helped: the profile forbids it, or "
					   "has conditions for it",
					   calls[i]);
	}
	put(p, p->top, "listenerPath", p->json.json_string(socket));
}

/* Whether the profile hands calls to another program. The agent, in its place, would let them all
   go on. */
static bool has_listener(const struct profile *p)
{
	bool notifies = strcmp(text_of(p, p->top, "defaultAction"), NOTIFY) == 0;

	for (size_t i = 0; i < p->json.json_array_size(p->rules); i++)
		notifies |= strcmp(text_of(p, p->json.json_array_get(p->rules, i), "action"),
				   NOTIFY) == 0;
	return notifies;
}

/* Read the profile @name, or make one that allows everything. 0, or DIAG_FAILURE after a message.
 */
static int load_profile(struct profile *p, const char *name)
{
	const bool is_input = strcmp(name, "-") == 0;
	json_error_t error;
	FILE *f;

	if (!*name) {
		p->top = p->json.json_object();
		put(p, p->top, "defaultAction", p->json.json_string(ALLOW));
		put(p, p->top, "syscalls", p->json.json_array());
	} else {
		f = is_input ? stdin : fopen(name, "re");
		if (!f)
			return diag_failure_about(errno, "cannot open the profile", name);
		p->top = p->json.json_loadf(f, 0, &error);
		if (!is_input)
			(void)fclose(f);
		if (!p->top)
			return diag_failure(0, "%s is not JSON: line %d: %s", name, error.line,
					    error.text);
	}
	p->rules = p->json.json_object_get(p->top, "syscalls");
	if (!json_is_array(p->rules) && !p->incomplete)
		return diag_failure(0, "%s is not a seccomp profile: it has no list \"syscalls\"",
				    name);
	if (has_listener(p))
		return diag_failure(0,
				    "%s hands calls to another program (" NOTIFY
				    "), and the kernel allows one only; give the profile without",
				    name);
	return 0;
}

/* Print the profile. 0, or DIAG_FAILURE after a message. */
static int print(const struct profile *p)
{
	if (p->incomplete)
		return diag_no_memory();
	if (p->json.json_dumpf(p->top, stdout, JSON_INDENT(2)) != 0 || putchar('\n') == EOF)
		return diag_failure(errno, "error writing the profile");
	return 0;
}

int profile_print(const struct run_options *o)
{
	struct profile p = { .top = NULL };
	void *library =
		dlopen_table_load(LIBJANSSON, symbols, sizeof(symbols) / sizeof(*symbols), &p.json);
	int status;

	if (!library)
		return diag_failure(0, "--print-profile needs " JSON_MISSING);
	status = load_profile(&p, o->profile);
	if (status == 0) {
		change(&p, o->agent ? o->agent : DEFAULT_SOCKET);
		status = print(&p);
	}
	if (p.top)
		p.json.json_delete(p.top);
	dlopen_table_unload(library);
	return status;
}
