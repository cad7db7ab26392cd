/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Options that an overlay does not list.
 *
 * The kernel leaves out those that equal the defaults of its module, which have other names and
 * values than the options. "uuid" is no parameter, and its default was another in older kernels.
 */
#include "probe/overlay_defaults.h"

#include "probe/overlay_options.h"

#include <stdio.h>
#include <string.h>

#define PARAMETERS "/sys/module/overlay/parameters/"

/* A parameter of the module: 'Y' or 'N', or 0 if it cannot be read. */
static int parameter(const char *path)
{
	FILE *f = fopen(path, "re");
	int c = f ? fgetc(f) : 0;

	if (f)
		(void)fclose(f); /* only read */
	return c == 'Y' || c == 'N' ? c : 0;
}

/* What an option is if it is not listed. */
struct unlisted {
	const char *name;
	/* The parameter that says so, or NULL if it is always @no. */
	const char *path;
	const char *yes;
	const char *no;
};

static const struct unlisted unlisted[] = {
	{ "metacopy", PARAMETERS "metacopy", "on", "off" },
	{ "index", PARAMETERS "index", "on", "off" },
	{ "xino", PARAMETERS "xino_auto", "auto", "off" },
	{ "redirect_dir", PARAMETERS "redirect_dir", "on", NULL },
	{ "nfs_export", PARAMETERS "nfs_export", "on", "off" },
	{ "verity", NULL, NULL, "off" },
	{ "volatile", NULL, NULL, "off" },
	{ "userxattr", NULL, NULL, "off" },
};

/* Without redirects for renames, those that are there may be followed or not. */
static const char *redirects_are_followed(void)
{
	switch (parameter(PARAMETERS "redirect_always_follow")) {
	case 'Y':
		return "follow";
	case 'N':
		return "nofollow";
	default:
		return NULL;
	}
}

static const char *ask(const struct unlisted *u)
{
	int c = u->path ? parameter(u->path) : 'N';

	if (c == 'Y')
		return u->yes;
	if (c == 'N')
		return u->no ? u->no : redirects_are_followed();
	return NULL;
}

const char *overlay_default(const char *name)
{
	for (size_t i = 0; i < sizeof(unlisted) / sizeof(*unlisted); i++)
		if (strcmp(unlisted[i].name, name) == 0)
			return ask(&unlisted[i]);
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
