/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * POSIX access control lists (ACL), which are part of the permissions of a file.
 *
 * The only file that uses libacl. All access is by descriptor: where libacl has only a function for
 * paths, it gets the path in /proc/self/fd. The library is loaded when a file has an ACL, which is
 * rare.
 */
#include "attr/acl.h"

#include "attr/attr.h"
#include "attr/xattr.h"
#include "base/dlopen_table.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/acl.h>

#define LIBACL "libacl.so.1"

struct acl_functions {
	__typeof__(&acl_get_fd) acl_get_fd;
	__typeof__(&acl_set_fd) acl_set_fd;
	__typeof__(&acl_get_file) acl_get_file;
	__typeof__(&acl_set_file) acl_set_file;
	__typeof__(&acl_delete_def_file) acl_delete_def_file;
	__typeof__(&acl_from_text) acl_from_text;
	__typeof__(&acl_free) acl_free;
};

static const struct dlopen_symbol acl_symbols[] = {
	DLOPEN_SYMBOL(struct acl_functions, acl_get_fd),
	DLOPEN_SYMBOL(struct acl_functions, acl_set_fd),
	DLOPEN_SYMBOL(struct acl_functions, acl_get_file),
	DLOPEN_SYMBOL(struct acl_functions, acl_set_file),
	DLOPEN_SYMBOL(struct acl_functions, acl_delete_def_file),
	DLOPEN_SYMBOL(struct acl_functions, acl_from_text),
	DLOPEN_SYMBOL(struct acl_functions, acl_free),
};

static void *load_libacl(struct acl_functions *ret_f)
{
	return dlopen_table_load(LIBACL, acl_symbols, sizeof(acl_symbols) / sizeof(*acl_symbols),
				 ret_f);
}

/* acl_get_fd and acl_set_fd fail with EBADF for an O_PATH descriptor. */
static acl_t get_access(const struct acl_functions *f, int fd)
{
	char path[SYS_FD_PATH_SIZE];
	acl_t acl = f->acl_get_fd(fd); /* without an ACL, one made from the mode */

	sys_fd_path(fd, path);
	return acl || errno != EBADF ? acl : f->acl_get_file(path, ACL_TYPE_ACCESS);
}

static int set_access(const struct acl_functions *f, int fd, acl_t acl)
{
	char path[SYS_FD_PATH_SIZE];

	if (f->acl_set_fd(fd, acl) == 0)
		return 0;
	sys_fd_path(fd, path);
	if (errno == EBADF && f->acl_set_file(path, ACL_TYPE_ACCESS, acl) == 0)
		return 0;
	return -errno;
}

static int copy_access(const struct acl_functions *f, int src_fd, int dst_fd)
{
	acl_t acl = get_access(f, src_fd);
	int r = acl ? set_access(f, dst_fd, acl) : -errno;

	if (acl)
		(void)f->acl_free(acl); /* fails only if it is not an ACL */
	return r;
}

/* Copy the default ACL of a directory, which new entries inherit. */
static int copy_defaults(const struct acl_functions *f, int src_fd, int dst_fd)
{
	char src[SYS_FD_PATH_SIZE];
	char dst[SYS_FD_PATH_SIZE];
	acl_t acl;
	int r = sys_has_acl(src_fd, true);

	sys_fd_path(src_fd, src);
	sys_fd_path(dst_fd, dst);
	if (r == 0) {
		r = sys_has_acl(dst_fd, true);
		return r > 0 && f->acl_delete_def_file(dst) < 0 ? -errno : r < 0 ? r : 0;
	}
	if (r < 0)
		return r;
	acl = f->acl_get_file(src, ACL_TYPE_DEFAULT);
	r = acl && f->acl_set_file(dst, ACL_TYPE_DEFAULT, acl) == 0 ? 0 : -errno;
	if (acl)
		(void)f->acl_free(acl); /* as above */
	return r;
}

/* Whether the source has an ACL: 1, 0 or -errno. If its extended attributes were listed, ACLs are
   among them. */
static int source_has_acl(const struct attr_job *a, bool defaults)
{
	const struct attr_names *n = &a->names;

	if (n->listed && n->size >= 0)
		return attr_names_have(n, defaults ? "system.posix_acl_default"
						   : "system.posix_acl_access");
	return sys_has_acl(a->src_fd, defaults);
}

/* Whether an ACL must be copied or removed: 1, 0 or -errno. */
static int has_any_acl(const struct attr_job *a)
{
	bool directory = a->kind == KIND_DIRECTORY;
	int r = source_has_acl(a, false);

	if (r == 0 && directory)
		r = source_has_acl(a, true);
	/* a new file has an ACL only if it inherited the default ACL of its directory */
	if (r != 0 || (a->created && !a->inherits))
		return r;
	r = sys_has_acl(a->fd, false);
	return r == 0 && directory ? sys_has_acl(a->fd, true) : r;
}

int acl_copy(const struct attr_job *a)
{
	struct acl_functions f;
	void *library;
	int r = has_any_acl(a);

	if (r <= 0)
		return r;
	library = load_libacl(&f);
	if (!library)
		return -ENOSYS;
	r = copy_access(&f, a->src_fd, a->fd);
	if (r == 0 && a->kind == KIND_DIRECTORY)
		r = copy_defaults(&f, a->src_fd, a->fd);
	dlopen_table_unload(library);
	return r < 0 ? r : 1;
}

int acl_remove(int fd)
{
	struct acl_functions f;
	void *library;
	acl_t acl;
	int r = sys_has_acl(fd, false);

	if (r <= 0)
		return r;
	library = load_libacl(&f);
	if (!library)
		return -ENOSYS;
	acl = f.acl_from_text("u::rw,g::-,o::-"); /* the caller sets the mode */
	r = acl ? set_access(&f, fd, acl) : -errno;
	if (acl)
		(void)f.acl_free(acl); /* as above */
	dlopen_table_unload(library);
	return r;
}
