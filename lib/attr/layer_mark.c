/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The marks of overlayfs on the files of its layers (fs/overlayfs/overlayfs.h, and
 * Documentation/filesystems/overlayfs.rst).
 *
 * They are looked for only where a file can have one, so that a copy makes no call more for most
 * files.
 */
#include "attr/layer_mark.h"

#include "attr/xattr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/sysmacros.h>

/* A device 0/0 is a whiteout. */
static bool is_whiteout_device(const struct stat *st)
{
	return S_ISCHR(st->st_mode) && st->st_rdev == makedev(0, 0);
}

/* A file without data that is not empty: the data of a metacopy is on a lower layer. */
static bool may_be_metacopy(const struct stat *st)
{
	return S_ISREG(st->st_mode) && (uint64_t)st->st_blocks * 512 < (uint64_t)st->st_size;
}

/* An empty file; with an attribute it is a whiteout, too (since Linux 6.7). */
static bool may_be_whiteout(const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_size == 0;
}

static bool may_be_redirect(const struct stat *st)
{
	return S_ISDIR(st->st_mode);
}

static const struct mark_row {
	bool (*may_be)(const struct stat *st);
	const char *trusted;
	const char *user;
	enum ovlcp_op op;
} mark_rows[] = {
	{ may_be_metacopy, "trusted.overlay.metacopy", "user.overlay.metacopy",
	  OVLCP_OP_LAYER_METACOPY },
	{ may_be_whiteout, "trusted.overlay.whiteout", "user.overlay.whiteout",
	  OVLCP_OP_LAYER_WHITEOUT },
	{ may_be_redirect, "trusted.overlay.redirect", "user.overlay.redirect",
	  OVLCP_OP_LAYER_REDIRECT },
};

static bool has_mark(int fd, const struct mark_row *row)
{
	struct attr_names names = { .listed = false };
	bool has;

	attr_names_list(&names, fd);
	has = attr_names_have(&names, row->trusted) || attr_names_have(&names, row->user);
	attr_names_done(&names);
	return has;
}

enum ovlcp_op layer_mark(int fd, const struct stat *st)
{
	if (is_whiteout_device(st))
		return OVLCP_OP_LAYER_WHITEOUT;
	for (size_t i = 0; fd >= 0 && i < sizeof(mark_rows) / sizeof(*mark_rows); i++)
		if (mark_rows[i].may_be(st) && has_mark(fd, &mark_rows[i]))
			return mark_rows[i].op;
	return OVLCP_OP_NONE;
}
