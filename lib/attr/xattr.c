/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Extended attributes, file capabilities among them.
 *
 * The only file that knows libattr, which reads /etc/xattr.conf; loaded when a file has
 * attributes. Its functions that copy cannot take the O_PATH descriptor of a symbolic link and
 * follow names instead, so the loop is here. Without libattr nothing but the access control
 * lists is left out: they are a matter of the mode.
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
#include <string.h>

#define LIBATTR "libattr.so.1"

struct functions {
	__typeof__(&attr_copy_action) attr_copy_action;
};

static const struct dlopen_symbol symbols[] = {
	DLOPEN_SYMBOL(struct functions, attr_copy_action),
};

/* libattr reads its file into a list of its own when it is first asked, without a lock. */
static pthread_mutex_t asking = PTHREAD_MUTEX_INITIALIZER;

static bool libattr_excludes(const struct functions *f, const char *name)
{
	bool is;

	pthread_mutex_lock(&asking);
	is = f->attr_copy_action(name, NULL) != 0;
	pthread_mutex_unlock(&asking);
	return is;
}

/* Whether the attribute is kept in another way, or not at all. */
static bool is_excluded(const struct functions *f, const char *name, bool no_context)
{
	if (no_context && strcmp(name, "security.selinux") == 0)
		return true;
	if (f->attr_copy_action)
		return libattr_excludes(f, name);
	return strncmp(name, "system.posix_acl_", strlen("system.posix_acl_")) == 0;
}

static int copy_value(int src_fd, int dst_fd, const char *name)
{
	int64_t size = sys_get_xattr(src_fd, name, NULL, 0);
	CLEANUP_FREE char *value = size < 0 ? NULL : malloc((size_t)size + 1);

	if (size >= 0 && !value)
		return -ENOMEM;
	if (size > 0)
		size = sys_get_xattr(src_fd, name, value, (size_t)size);
	if (size == -ENODATA) /* it has gone meanwhile */
		return 0;
	return size < 0 ? (int)size : sys_set_xattr(dst_fd, name, value, (size_t)size);
}

static int copy_all(int src_fd, int dst_fd, const char *names, size_t size, bool no_context)
{
	struct functions f = { NULL };
	void *library = dlopen_table_load(LIBATTR, symbols, sizeof(symbols) / sizeof(*symbols), &f);
	int first = 0;

	for (const char *name = names; name < names + size; name += strlen(name) + 1) {
		int r = is_excluded(&f, name, no_context) ? 0 : copy_value(src_fd, dst_fd, name);

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
		return 0; /* there are none */
	return n->size < 0 ? (int)n->size
			   : copy_all(a->src_fd, a->fd, n->list, (size_t)n->size, no_context);
}
