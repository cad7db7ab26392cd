/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * POSIX access control lists, which belong to the permissions of a file.
 *
 * The only file that knows libacl, and only by descriptors: its functions that take a path
 * follow links. It is loaded when a file has a list, which few have.
 */
#include "attr/attr.h"

#include "base/lazy.h"
#include "sys/sys.h"

#include <errno.h>
#include <sys/acl.h>

#define LIBACL "libacl.so.1"

struct functions {
	__typeof__(&acl_get_fd) acl_get_fd;
	__typeof__(&acl_set_fd) acl_set_fd;
	__typeof__(&acl_free) acl_free;
};

static const struct lazy_symbol symbols[] = {
	LAZY_SYMBOL(struct functions, acl_get_fd),
	LAZY_SYMBOL(struct functions, acl_set_fd),
	LAZY_SYMBOL(struct functions, acl_free),
};

int acl_keep(int src_fd, int dst_fd)
{
	struct functions f;
	void *library;
	acl_t acl;
	int r;

	/* the destination may have one from its directory's default list */
	if (!sys_has_acl(src_fd) && !sys_has_acl(dst_fd))
		return 0;
	library = lazy_load(LIBACL, symbols, sizeof(symbols) / sizeof(*symbols), &f);
	if (!library)
		return -ENOSYS;
	acl = f.acl_get_fd(src_fd); /* made from the mode where there is no list */
	r = acl && f.acl_set_fd(dst_fd, acl) == 0 ? 1 : -errno;
	if (acl)
		(void)f.acl_free(acl); /* fails for what is no list only */
	lazy_unload(library);
	return r;
}
