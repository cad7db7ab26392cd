/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * POSIX access control lists, which belong to the permissions of a file.
 *
 * The only file that knows libacl, and only by descriptors: where it has no function for one,
 * its functions for paths get the one in /proc/self/fd. It is loaded when a file has a list,
 * which few have.
 */
#include "attr/acl.h"

#include "attr/attr.h"
#include "attr/xattr.h"
#include "base/dlopen_table.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <sys/acl.h>

#define LIBACL "libacl.so.1"

struct functions {
	__typeof__(&acl_get_fd) acl_get_fd;
	__typeof__(&acl_set_fd) acl_set_fd;
	__typeof__(&acl_get_file) acl_get_file;
	__typeof__(&acl_set_file) acl_set_file;
	__typeof__(&acl_delete_def_file) acl_delete_def_file;
	__typeof__(&acl_from_text) acl_from_text;
	__typeof__(&acl_free) acl_free;
};

static const struct dlopen_symbol symbols[] = {
	DLOPEN_SYMBOL(struct functions, acl_get_fd),
	DLOPEN_SYMBOL(struct functions, acl_set_fd),
	DLOPEN_SYMBOL(struct functions, acl_get_file),
	DLOPEN_SYMBOL(struct functions, acl_set_file),
	DLOPEN_SYMBOL(struct functions, acl_delete_def_file),
	DLOPEN_SYMBOL(struct functions, acl_from_text),
	DLOPEN_SYMBOL(struct functions, acl_free),
};

static void *load(struct functions *ret_f)
{
	return dlopen_table_load(LIBACL, symbols, sizeof(symbols) / sizeof(*symbols), ret_f);
}

static acl_t get_access(const struct functions *f, int fd)
{
	char path[SYS_FD_PATH_SIZE];
	acl_t acl = f->acl_get_fd(fd); /* made from the mode where there is no list */

	sys_fd_path(fd, path);
	return acl || errno != EBADF ? acl : f->acl_get_file(path, ACL_TYPE_ACCESS);
}

static int set_access(const struct functions *f, int fd, acl_t acl)
{
	char path[SYS_FD_PATH_SIZE];

	if (f->acl_set_fd(fd, acl) == 0)
		return 0;
	sys_fd_path(fd, path);
	if (errno == EBADF && f->acl_set_file(path, ACL_TYPE_ACCESS, acl) == 0)
		return 0;
	return -errno;
}

static int keep_access(const struct functions *f, int src_fd, int dst_fd)
{
	acl_t acl = get_access(f, src_fd);
	int r = acl ? set_access(f, dst_fd, acl) : -errno;

	if (acl)
		(void)f->acl_free(acl); /* fails for what is no list only */
	return r;
}

/* The list for new entries of a directory. */
static int keep_defaults(const struct functions *f, int src_fd, int dst_fd)
{
	char src[SYS_FD_PATH_SIZE];
	char dst[SYS_FD_PATH_SIZE];
	acl_t acl;
	int r;

	sys_fd_path(src_fd, src);
	sys_fd_path(dst_fd, dst);
	if (!sys_has_acl(src_fd, true))
		return !sys_has_acl(dst_fd, true) || f->acl_delete_def_file(dst) == 0 ? 0 : -errno;
	acl = f->acl_get_file(src, ACL_TYPE_DEFAULT);
	r = acl && f->acl_set_file(dst, ACL_TYPE_DEFAULT, acl) == 0 ? 0 : -errno;
	if (acl)
		(void)f->acl_free(acl); /* as above */
	return r;
}

/* A filesystem that names attributes at all names its lists among them. */
static bool source_has(const struct attr_job *a, bool defaults)
{
	const struct attr_names *n = &a->names;

	if (n->listed && n->size >= 0)
		return attr_names_have(n, defaults ? "system.posix_acl_default"
						   : "system.posix_acl_access");
	return sys_has_acl(a->src_fd, defaults);
}

/* Whether either file has a list that matters. */
static bool has_any(const struct attr_job *a)
{
	bool directory = a->kind == KIND_DIRECTORY;

	if (source_has(a, false) || (directory && source_has(a, true)))
		return true;
	/* a new file can have one from its directory's default list only */
	return (!a->created || a->inherits) &&
	       (sys_has_acl(a->fd, false) || (directory && sys_has_acl(a->fd, true)));
}

int acl_copy(const struct attr_job *a)
{
	struct functions f;
	void *library;
	int r;

	if (!has_any(a))
		return 0;
	library = load(&f);
	if (!library)
		return -ENOSYS;
	r = keep_access(&f, a->src_fd, a->fd);
	if (r == 0 && a->kind == KIND_DIRECTORY)
		r = keep_defaults(&f, a->src_fd, a->fd);
	dlopen_table_unload(library);
	return r < 0 ? r : 1;
}

int acl_remove(int fd)
{
	struct functions f;
	void *library;
	acl_t acl;
	int r;

	if (!sys_has_acl(fd, false))
		return 0;
	library = load(&f);
	if (!library)
		return -ENOSYS;
	acl = f.acl_from_text("u::rw,g::-,o::-"); /* the mode is set afterwards */
	r = acl ? set_access(&f, fd, acl) : -errno;
	if (acl)
		(void)f.acl_free(acl); /* as above */
	dlopen_table_unload(library);
	return r;
}
