/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Security contexts of SELinux, which are stored in an extended attribute.
 *
 * The only file that uses libselinux, which is loaded only to look up the default of the policy. A
 * context is set through the descriptor of the new file while it is empty. setfscreatecon(3) would
 * set it at creation, but it is state of the calling thread, which a library must not change.
 */
#include "attr/context.h"

#include "attr/attr.h"
#include "attr/xattr.h"
#include "base/dlopen_table.h"
#include "base/fd.h"
#include "sys/attrs.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CONTEXT "security.selinux"

int context_copy(struct attr_job *a)
{
	CLEANUP_FREE char *context = NULL;
	int64_t size = xattr_get(a->src_fd, CONTEXT, &context);

	if (size > 0)
		return sys_set_xattr(a->fd, CONTEXT, context, (size_t)size);
	a->failed_op = OVLCP_OP_GET_CONTEXT;
	return size < 0 ? (int)size : -ENODATA;
}

#ifdef HAVE_SELINUX_LABEL_H
#include <selinux/label.h>
#include <selinux/selinux.h>

#define LIBSELINUX "libselinux.so.1"

static const DLOPEN_NOTE(selinux_note, LIBSELINUX, "selinux", "Security contexts of the policy");

struct selinux_functions {
	__typeof__(&selabel_open) selabel_open;
	__typeof__(&selabel_lookup) selabel_lookup;
	__typeof__(&selabel_close) selabel_close;
	__typeof__(&freecon) freecon;
};

static const struct dlopen_symbol selinux_symbols[] = {
	DLOPEN_SYMBOL(struct selinux_functions, selabel_open),
	DLOPEN_SYMBOL(struct selinux_functions, selabel_lookup),
	DLOPEN_SYMBOL(struct selinux_functions, selabel_close),
	DLOPEN_SYMBOL(struct selinux_functions, freecon),
};

static int set_policy_default(int fd, const char *path, mode_t mode)
{
	struct selinux_functions f;
	void *library = dlopen_table_load(LIBSELINUX, selinux_symbols,
					  sizeof(selinux_symbols) / sizeof(*selinux_symbols), &f);
	struct selabel_handle *policy;
	char *context = NULL;
	int r;

	if (!library)
		return -errno;
	policy = f.selabel_open(SELABEL_CTX_FILE, NULL, 0);
	r = policy && f.selabel_lookup(policy, &context, path, (int)mode) == 0 ? 0 : -errno;
	if (r == 0)
		r = context ? sys_set_xattr(fd, CONTEXT, context, strlen(context) + 1) : -ENODATA;
	if (context)
		f.freecon(context);
	if (policy)
		f.selabel_close(policy);
	dlopen_table_unload(library);
	return r == -ENOENT ? -ENODATA : r;
}
#else
static int set_policy_default(int fd, const char *path, mode_t mode)
{
	(void)fd;
	(void)path;
	(void)mode;
	return -ENOSYS; /* built without libselinux */
}
#endif

int context_set(int fd, const char *context, const char *path, mode_t mode)
{
	if (context)
		return sys_set_xattr(fd, CONTEXT, context, strlen(context) + 1);
	return set_policy_default(fd, path, mode);
}
