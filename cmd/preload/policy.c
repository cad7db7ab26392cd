/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The environment is read once, by the constructor: the program may change it, also in another
 * thread. Nothing of the process changes by that.
 */
#include "preload/policy.h"

#include "argmatch.h"
#include "keywords.h"
#include "run/copy_up.h"
#include "run/mount.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

static struct policy policy = { .copy = { .size = sizeof(policy.copy),
					  .copy_up_min = COPY_UP_MIN } };
static char report[PATH_MAX];
static struct mount_root own_root;
static atomic_bool is_active;

static bool set_copy_up(const char *value)
{
	unsigned int when = 0;

	if (argmatch_find(copy_up_keywords, value, strlen(value), &when) != ARGMATCH_OK)
		return false;
	policy.copy.copy_up = (enum ovlcp_copy_up)when;
	return when != OVLCP_COPY_UP_NEVER;
}

static bool set_copy_up_min(const char *value)
{
	return argmatch_size(value, &policy.copy.copy_up_min);
}

static bool set_report(const char *value)
{
	if (strlen(value) >= sizeof(report))
		return false;
	strcpy(report, value);
	return true;
}

/* Read the environment. Whether calls are to be helped. */
static bool read_environment(void)
{
	static const struct {
		const char *name;
		bool (*set)(const char *value);
	} variables[] = {
		{ "OVL_CP_COPY_UP", set_copy_up },
		{ "OVL_CP_COPY_UP_MIN", set_copy_up_min },
		{ "OVL_CP_REPORT", set_report },
	};

	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *value = secure_getenv(variables[i].name);

		if (value && *value && !variables[i].set(value))
			return false;
	}
	if (policy.copy.copy_up == OVLCP_COPY_UP_ALWAYS)
		policy.copy.copy_up_min = 1;
	return true;
}

__attribute__((constructor)) static void initialise(void)
{
	policy.report = report;
	/* the loader ignores LD_PRELOAD then, unless this library is a set-id one itself */
	if (!getauxval(AT_SECURE) && read_environment() && mount_find_root(&own_root))
		atomic_store(&is_active, true);
}

const struct policy *policy_get(void)
{
	return atomic_load_explicit(&is_active, memory_order_acquire) ? &policy : NULL;
}

bool policy_has_own_root(void)
{
	struct mount_root root;

	return mount_find_root(&root) && root.mount == own_root.mount && root.ino == own_root.ino &&
	       root.dev_major == own_root.dev_major && root.dev_minor == own_root.dev_minor;
}
