/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Extended attributes, including file capabilities.
 *
 * The only file that uses libattr, which reads /etc/xattr.conf; it is loaded when a file has
 * attributes. Its functions that copy cannot use the O_PATH descriptor of a symbolic link, and take
 * paths instead, so the loop is here. Without libattr only ACLs are excluded: they are copied with
 * the mode.
 */
#include "attr/xattr.h"

#include "attr/attr.h"
#include "base/dlopen_table.h"
#include "base/fd.h"
#include "sys/attrs.h"

#include <attr/error_context.h>
#include <attr/libattr.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define LIBATTR "libattr.so.1"

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

/* Whether the attribute is copied elsewhere, or not at all. */
static bool is_excluded(const struct libattr_functions *f, const char *name, bool no_context)
{
	if (no_context && strcmp(name, "security.selinux") == 0)
		return true;
	if (f->attr_copy_action)
		return libattr_excludes(f, name);
	return strncmp(name, "system.posix_acl_", strlen("system.posix_acl_")) == 0;
}

static int copy_xattr(int src_fd, int dst_fd, const char *name)
{
	int64_t size = sys_get_xattr(src_fd, name, NULL, 0);
	CLEANUP_FREE char *value = size < 0 ? NULL : malloc((size_t)size + 1);

	if (size >= 0 && !value)
		return -ENOMEM;
	if (size > 0)
		size = sys_get_xattr(src_fd, name, value, (size_t)size);
	if (size == -ENODATA) /* it was removed meanwhile */
		return 0;
	return size < 0 ? (int)size : sys_set_xattr(dst_fd, name, value, (size_t)size);
}

static int copy_xattrs(int src_fd, int dst_fd, const char *names, size_t size, bool no_context)
{
	struct libattr_functions f = { NULL };
	void *library = dlopen_table_load(LIBATTR, libattr_symbols,
					  sizeof(libattr_symbols) / sizeof(*libattr_symbols), &f);
	int first = 0;

	for (const char *name = names; name < names + size; name += strlen(name) + 1) {
		int r = is_excluded(&f, name, no_context) ? 0 : copy_xattr(src_fd, dst_fd, name);

		first = first ? first : r;
	}
	dlopen_table_unload(library);
	return first;
}

void attr_names_list(struct attr_names *n, int fd)
{
	n->listed = true;
	n->size = sys_list_xattr(fd, NULL, 0);
	if (n->size <= 0)
		return;
	n->list = malloc((size_t)n->size);
	n->size = n->list ? sys_list_xattr(fd, n->list, (size_t)n->size) : -ENOMEM;
}

bool attr_names_have(const struct attr_names *n, const char *name)
{
	for (const char *at = n->list; n->size > 0 && at < n->list + n->size; at += strlen(at) + 1)
		if (strcmp(at, name) == 0)
			return true;
	return false;
}

void attr_names_done(struct attr_names *n)
{
	free(n->list);
	*n = (struct attr_names){ .listed = false };
}

int xattr_copy(const struct attr_job *a, bool no_context)
{
	const struct attr_names *n = &a->names;

	if (n->size == -EOPNOTSUPP || n->size == -ENOSYS || n->size == 0)
		return 0; /* the source has none */
	return n->size < 0 ? (int)n->size
			   : copy_xattrs(a->src_fd, a->fd, n->list, (size_t)n->size, no_context);
}
