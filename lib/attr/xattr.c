/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Extended attributes, file capabilities among them.
 *
 * The only file that knows libattr, which reads /etc/xattr.conf; loaded when a file has
 * attributes. Its functions that copy cannot take the O_PATH descriptor of a symbolic link and
 * follow names instead, so the loop is here. Without libattr nothing but the access control
 * lists is left out: they are a matter of the mode.
 */
#include "attr/attr.h"

#include "base/fd.h"
#include "base/lazy.h"
#include "sys/sys.h"

#include <attr/error_context.h>
#include <attr/libattr.h>
#include <errno.h>
#include <string.h>

#define LIBATTR "libattr.so.1"

struct functions {
	__typeof__(&attr_copy_action) attr_copy_action;
};

static const struct lazy_symbol symbols[] = {
	LAZY_SYMBOL(struct functions, attr_copy_action),
};

/* Whether the attribute is kept in another way, or not at all. */
static bool is_excluded(const struct functions *f, const char *name, bool no_context)
{
	if (no_context && strcmp(name, "security.selinux") == 0)
		return true;
	if (f->attr_copy_action)
		return f->attr_copy_action(name, NULL) != 0;
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
	void *library = lazy_load(LIBATTR, symbols, sizeof(symbols) / sizeof(*symbols), &f);
	int first = 0;

	for (const char *name = names; name < names + size; name += strlen(name) + 1) {
		int r = is_excluded(&f, name, no_context) ? 0 : copy_value(src_fd, dst_fd, name);

		first = first ? first : r;
	}
	lazy_unload(library);
	return first;
}

int xattr_keep(int src_fd, int dst_fd, bool no_context)
{
	int64_t size = sys_list_xattr(src_fd, NULL, 0);
	CLEANUP_FREE char *names = size > 0 ? malloc((size_t)size) : NULL;

	if (size == -EOPNOTSUPP || size == -ENOSYS || size == 0)
		return 0; /* there are none */
	if (size > 0 && !names)
		return -ENOMEM;
	if (size > 0)
		size = sys_list_xattr(src_fd, names, (size_t)size);
	return size < 0 ? (int)size : copy_all(src_fd, dst_fd, names, (size_t)size, no_context);
}
