/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Extended attributes, including file capabilities.
 *
 * The only file that uses libattr, which reads /etc/xattr.conf; it is loaded when a file has
 * attributes. Its functions that copy cannot use the O_PATH descriptor of a symbolic link, and take
 * paths instead, so the loop is here. Access control lists are copied with the mode (acl.c).
 */
#include "attr/xattr.h"

#include "attr/attr.h"
#include "base/dlopen_table.h"
#include "base/fd.h"
#include "sys/attrs.h"
#include "sys/status.h"

#include <attr/error_context.h>
#include <attr/libattr.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define LIBATTR	   "libattr.so.1"
#define XATTR_CONF "/etc/xattr.conf"

static const DLOPEN_NOTE(attr_note, LIBATTR, "xattr",
			 "Extended attributes that /etc/xattr.conf excludes");

/* A value or a list that has grown between two calls is asked for anew, but not for ever: it may be
   another user who lets it grow, or a filesystem whose two answers do not agree. */
enum {
	TRIES = 16
};

struct libattr_functions {
	__typeof__(&attr_copy_action) attr_copy_action;
};

static const struct dlopen_symbol libattr_symbols[] = {
	DLOPEN_SYMBOL(struct libattr_functions, attr_copy_action),
};

/* The first call of attr_copy_action reads /etc/xattr.conf into a global list, without a lock. */
static pthread_mutex_t libattr_lock = PTHREAD_MUTEX_INITIALIZER;

static bool libattr_excludes(const struct libattr_functions *f, const char *name)
{
	bool is;

	pthread_mutex_lock(&libattr_lock);
	is = f->attr_copy_action(name, NULL) != 0;
	pthread_mutex_unlock(&libattr_lock);
	return is;
}

/* Whether the attribute is one that xattr.conf of attr 2.5.1 skips: attributes that xfs shows for
   what it stores elsewhere, that only the kernel writes, or that mean nothing in another file. */
static bool is_skipped_by_default(const char *name)
{
	static const char *const patterns[] = {
		"trusted.SGI_ACL_DEFAULT", "trusted.SGI_ACL_FILE", "trusted.SGI_CAP_FILE",
		"trusted.SGI_DMI_*",	   "trusted.SGI_MAC_FILE", "xfsroot.*",
		"user.Beagle.*",	   "security.evm",	   "afs.*",
	};

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
		if (fnmatch(patterns[i], name, 0) == 0)
			return true;
	return false;
}

/* Whether xattr.conf excludes the attribute; that of a usual system where there is none. */
static bool is_excluded_by_config(const struct libattr_functions *f, const char *name)
{
	struct stat st;

	if (f->attr_copy_action && libattr_excludes(f, name))
		return true;
	return is_skipped_by_default(name) &&
	       !(f->attr_copy_action && sys_stat(AT_FDCWD, XATTR_CONF, true, &st) == 0);
}

/*
 * Whether the attribute binds a file of an overlay's layer to its inode: a handle of the file that
 * it was copied up from, the number of links, its entry in the index. Two files that have the same
 * ones cannot both be looked up in the overlay (ESTALE; fs/overlayfs/overlayfs.h and
 * ovl_get_inode()), or get one inode number there (fuse-overlayfs). Not what says something about
 * the content: metacopy, redirect, opaque, whiteout.
 */
static bool is_bound_to_inode(const char *name)
{
	static const char *const prefixes[] = { "trusted.overlay.", "user.overlay.",
						"user.fuseoverlayfs." };
	static const char *const bound[] = { "origin", "nlink", "upper" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		for (size_t k = 0; k < sizeof(bound) / sizeof(*bound); k++)
			if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0 &&
			    strcmp(name + strlen(prefixes[i]), bound[k]) == 0)
				return true;
	return false;
}

/* Whether the attribute is an access control list; /etc/xattr.conf has the same names. */
static bool is_acl(const char *name)
{
	static const char *const lists[] = { "system.posix_acl_access", "system.posix_acl_default",
					     "system.nfs4_acl", "system.nfs4acl" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (strcmp(name, lists[i]) == 0)
			return true;
	return false;
}

/* Whether the attribute belongs to the data of a file: the kernel removes it, or makes it anew,
   when the file is written (capabilities(7), "File capabilities"; IMA and EVM). */
static bool is_bound_to_data(const char *name)
{
	static const char *const names[] = { "security.capability", "security.ima",
					     "security.evm" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Whether the attribute is copied elsewhere, or not at all. */
static bool is_excluded(const struct attr_job *a, const struct libattr_functions *f,
			const char *name, bool no_context)
{
	if (a->supersedes && is_bound_to_data(name))
		return true;
	if (no_context && strcmp(name, "security.selinux") == 0)
		return true;
	if (is_bound_to_inode(name) || is_acl(name))
		return true;
	return is_excluded_by_config(f, name);
}

int64_t xattr_get(int fd, const char *name, char **ret_value)
{
	int64_t size = -ERANGE;

	*ret_value = NULL;
	for (int i = 0; size == -ERANGE && i < TRIES; i++) {
		int64_t room = sys_get_xattr(fd, name, NULL, 0);
		CLEANUP_FREE char *value = room > 0 ? malloc((size_t)room) : NULL;

		if (room <= 0)
			return room;
		size = value ? sys_get_xattr(fd, name, value, (size_t)room) : -ENOMEM;
		if (size > 0)
			*ret_value = TAKE_PTR(value);
	}
	return size;
}

int xattr_copy_one(struct attr_job *a, const char *name)
{
	CLEANUP_FREE char *value = NULL;
	int64_t size = xattr_get(a->src_fd, name, &value);

	if (size == -ENODATA) /* it was removed meanwhile */
		return 0;
	if (size >= 0)
		return sys_set_xattr(a->fd, name, value ? value : "", (size_t)size);
	a->failed_op = OVLCP_OP_GET_XATTR;
	return (int)size;
}

static int copy_xattrs(struct attr_job *a, bool no_context)
{
	struct libattr_functions f = { NULL };
	void *library = dlopen_table_load(LIBATTR, libattr_symbols,
					  sizeof(libattr_symbols) / sizeof(*libattr_symbols), &f);
	const char *end = a->names.list + a->names.size;
	enum ovlcp_op first_op = OVLCP_OP_NONE;
	int first = 0;

	for (const char *name = a->names.list; name < end; name += strlen(name) + 1) {
		int r;

		a->failed_op = OVLCP_OP_NONE;
		r = is_excluded(a, &f, name, no_context) ? 0 : xattr_copy_one(a, name);
		first_op = first ? first_op : a->failed_op;
		first = first ? first : r;
	}
	a->failed_op = first_op;
	dlopen_table_unload(library);
	return first;
}

void attr_names_list(struct attr_names *n, int fd)
{
	n->listed = true;
	n->list = n->few;
	n->size = sys_list_xattr(fd, n->few, sizeof(n->few));
	for (int i = 0; n->size == -ERANGE && i < TRIES; i++) { /* more names than a few */
		int64_t room = sys_list_xattr(fd, NULL, 0);
		char *list = room > 0 ? malloc((size_t)room) : NULL;

		n->size = room <= 0 ? room : -ENOMEM;
		if (list)
			n->size = sys_list_xattr(fd, list, (size_t)room);
		if (list && n->size >= 0)
			n->list = list;
		else
			free(list);
	}
}

bool attr_names_have(const struct attr_names *n, const char *name)
{
	for (const char *at = n->list; n->size > 0 && at < n->list + n->size; at += strlen(at) + 1)
		if (strcmp(at, name) == 0)
			return true;
	return false;
}

int attr_names_error(const struct attr_names *n)
{
	return n->size < 0 && n->size != -EOPNOTSUPP && n->size != -ENOSYS ? (int)n->size : 0;
}

void attr_names_done(struct attr_names *n)
{
	if (n->list != n->few)
		free(n->list);
	n->list = NULL;
	n->size = 0;
	n->listed = false;
}

int xattr_copy(struct attr_job *a, bool no_context)
{
	int r = attr_names_error(&a->names);

	if (r < 0)
		a->failed_op = OVLCP_OP_GET_XATTR;
	return r < 0 || a->names.size <= 0 ? r : copy_xattrs(a, no_context);
}
