/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * In mountinfo the kernel leaves out options that equal the defaults of the overlay module. The
 * defaults are module parameters, some with other names and values than the options. "uuid" has no
 * parameter, and its default depends on the kernel version, so it is unknown.
 */
#include "probe/overlay_defaults.h"

#include "probe/overlay_options.h"
#include "sys/status.h"

#include <stdio.h>
#include <string.h>

#define PARAMETERS "/sys/module/overlay/parameters/"

/* The value of a parameter of the module: 'Y' or 'N', or 0 if it cannot be read. */
static int read_parameter(const char *path)
{
	FILE *f = fopen(path, "re");
	int c = f ? fgetc(f) : 0;

	if (f)
		(void)fclose(f); /* only read */
	return c == 'Y' || c == 'N' ? c : 0;
}

/* The default of an option. */
struct option_default {
	const char *name;
	/* The parameter that decides; NULL: the default is always @no. */
	const char *path;
	const char *yes;
	/* NULL: default_for_redirects decides. */
	const char *no;
};

static const struct option_default defaults[] = {
	{ "metacopy", PARAMETERS "metacopy", "on", "off" },
	{ "index", PARAMETERS "index", "on", "off" },
	{ "xino", PARAMETERS "xino_auto", "auto", "off" },
	{ "redirect_dir", PARAMETERS "redirect_dir", "on", NULL },
	{ "nfs_export", PARAMETERS "nfs_export", "on", "off" },
	{ "verity", NULL, NULL, "off" },
	{ "volatile", NULL, NULL, "off" },
	{ "userxattr", NULL, NULL, "off" },
};

/* The default of redirect_dir if it is not "on": whether existing redirects are followed. */
static const char *default_for_redirects(void)
{
	switch (read_parameter(PARAMETERS "redirect_always_follow")) {
	case 'Y':
		return "follow";
	case 'N':
		return "nofollow";
	default:
		return NULL;
	}
}

static const char *default_value(const struct option_default *d)
{
	int c = d->path ? read_parameter(d->path) : 'N';

	if (c == 'Y')
		return d->yes;
	if (c == 'N')
		return d->no ? d->no : default_for_redirects();
	return NULL;
}

const char *overlay_default(const char *name)
{
	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++)
		if (strcmp(defaults[i].name, name) == 0)
			return default_value(&defaults[i]);
	return NULL;
}

const char *overlay_option_listed(const struct overlay_options *o, const char *name)
{
	const struct {
		const char *name;
		const char *value;
	} listed[] = {
		{ "metacopy", o->metacopy },
		{ "index", o->index },
		{ "xino", o->xino },
		{ "redirect_dir", o->redirect_dir },
		{ "nfs_export", o->nfs_export },
		{ "uuid", o->uuid },
		{ "verity", o->verity },
		{ "volatile", o->is_volatile ? "on" : NULL },
		{ "userxattr", o->userxattr ? "on" : NULL },
	};

	for (size_t i = 0; i < sizeof(listed) / sizeof(*listed); i++)
		if (strcmp(listed[i].name, name) == 0)
			return listed[i].value;
	return NULL;
}

/* Whether the overlay mount @id has the value @value of the option @name. An enum answer. */
static enum answer has_value(const struct mount_table *table, uint64_t id, const char *name,
			     const char *value)
{
	enum answer answer = ANSWER_NOT_ASKED;
	struct overlay_options o;
	const char *found;

	if (overlay_options_parse(mount_table_overlay_options(table, id), &o) < 0)
		return ANSWER_NOT_ASKED;
	found = overlay_option_listed(&o, name);
	if (!found && !o.cut) /* it is not in what was cut off */
		found = overlay_default(name);
	if (found)
		answer = strcmp(found, value) == 0 ? ANSWER_YES : ANSWER_NO;
	overlay_options_done(&o);
	return answer;
}

enum answer overlay_option_is(int fd, mount_table_fn *mounts, void *payload, const char *name,
			      const char *value)
{
	const struct mount_table *table = mounts(payload);
	uint64_t id;

	if (!table || sys_mount_id(fd, &id) < 0)
		return ANSWER_NOT_ASKED;
	return has_value(table, id, name, value);
}
