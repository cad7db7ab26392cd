/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Access control lists (ACL), which are part of the permissions of a file: those of POSIX, and
 * those of NFSv4, which are copied as they are.
 *
 * The only file that uses libacl. All access is by descriptor: where libacl has only a function for
 * paths, it gets the path in /proc/self/fd. The library is loaded when a file has an ACL, which is
 * rare.
 */
#include "attr/acl.h"

#include "attr/attr.h"
#include "attr/xattr.h"
#include "base/dlopen_table.h"
#include "base/fd.h"
#include "sys/attrs.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <endian.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/acl.h>

#define LIBACL "libacl.so.1"

static const DLOPEN_NOTE(acl_note, LIBACL, "acl", "Access control lists");

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

/* The ACL that says the same as the permission bits of @mode. NULL with errno. */
static acl_t acl_of_mode(const struct acl_functions *f, mode_t mode)
{
	char text[] = "u::---,g::---,o::---";

	for (unsigned int i = 0; i < 9; i++)
		if (mode & (mode_t)S_IRUSR >> i)
			text[3 + i / 3 * 7 + i % 3] = "rwx"[i % 3];
	return f->acl_from_text(text);
}

/* acl_get_fd and acl_set_fd fail with EBADF for an O_PATH descriptor. Without an ACL the functions
   make one from the mode, but not on a filesystem that has no ACLs (EOPNOTSUPP). */
static acl_t get_access(const struct acl_functions *f, const struct attr_job *a)
{
	char path[SYS_FD_PATH_SIZE];
	acl_t acl = f->acl_get_fd(a->src_fd);

	sys_fd_path(a->src_fd, path);
	if (!acl && errno == EBADF)
		acl = f->acl_get_file(path, ACL_TYPE_ACCESS);
	return acl || errno != EOPNOTSUPP ? acl : acl_of_mode(f, a->src->st_mode);
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

static int source_error(struct attr_job *a, int r)
{
	a->failed_op = OVLCP_OP_GET_XATTR;
	return r;
}

static int copy_access(const struct acl_functions *f, struct attr_job *a)
{
	acl_t acl = get_access(f, a);
	int r = acl ? set_access(f, a->fd, acl) : source_error(a, -errno);

	if (acl)
		(void)f->acl_free(acl); /* fails only if it is not an ACL */
	return r;
}

#define ACCESS	 "system.posix_acl_access"
#define DEFAULTS "system.posix_acl_default"

/* Whether the source has an ACL: 1, 0 or -errno. ACLs are among its extended attributes; but a
   filesystem that cannot list those may have them all the same. */
static int source_has_acl(struct attr_job *a, bool defaults)
{
	const struct attr_names *n = &a->names;
	int r = attr_names_error(n);

	if (r == 0 && n->listed && n->size >= 0)
		return attr_names_have(n, defaults ? DEFAULTS : ACCESS);
	if (r == 0)
		r = sys_has_acl(a->src_fd, defaults);
	return r < 0 ? source_error(a, r) : r;
}

/* Copy the default ACL of a directory, which new entries inherit. */
static int copy_defaults(const struct acl_functions *f, struct attr_job *a)
{
	char src[SYS_FD_PATH_SIZE];
	char dst[SYS_FD_PATH_SIZE];
	acl_t acl;
	int r = source_has_acl(a, true);

	sys_fd_path(a->src_fd, src);
	sys_fd_path(a->fd, dst);
	if (r == 0) {
		r = sys_has_acl(a->fd, true);
		return r > 0 && f->acl_delete_def_file(dst) < 0 ? -errno : r < 0 ? r : 0;
	}
	if (r < 0)
		return r;
	acl = f->acl_get_file(src, ACL_TYPE_DEFAULT);
	if (!acl)
		return source_error(a, -errno);
	r = f->acl_set_file(dst, ACL_TYPE_DEFAULT, acl) == 0 ? 0 : -errno;
	(void)f->acl_free(acl); /* as above */
	return r;
}

/* Whether an ACL must be copied or removed: 1, 0 or -errno. */
static int has_any_acl(struct attr_job *a)
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

/* An entry of an ACL as the kernel gives it, after 4 bytes with the version; little-endian. */
struct raw_entry {
	uint16_t tag;
	uint16_t permissions;
	uint32_t id;
};

/* The permissions that an access ACL leaves to those who are not named in it. */
struct unnamed {
	/* whether it has more entries than a mode can express */
	bool is_extended;
	/* permission bits of the owning group, as in st_mode */
	mode_t group;
};

/* Read what the source's access ACL gives the owning group. 0, or -errno; -ENODATA: it has none. */
static int read_unnamed(int fd, struct unnamed *ret_unnamed)
{
	CLEANUP_FREE char *value = NULL;
	int64_t size = xattr_get(fd, ACCESS, &value);
	mode_t mask = S_IRWXG;

	*ret_unnamed = (struct unnamed){ .group = S_IRWXG };
	for (int64_t at = 4; at + (int64_t)sizeof(struct raw_entry) <= size;
	     at += (int64_t)sizeof(struct raw_entry)) {
		struct raw_entry e;
		mode_t group;

		memcpy(&e, value + at, sizeof(e));
		group = (mode_t)(le16toh(e.permissions) << 3) & S_IRWXG;
		if (le16toh(e.tag) == ACL_GROUP_OBJ)
			ret_unnamed->group = group;
		else if (le16toh(e.tag) == ACL_MASK)
			mask = group;
		ret_unnamed->is_extended |=
			le16toh(e.tag) == ACL_USER || le16toh(e.tag) == ACL_GROUP;
	}
	ret_unnamed->group &= mask;
	return size < 0 ? (int)size : 0;
}

/* Bits of @mode that are no more than the source's ACL gives without its named entries: the group
   gets what its own entry has, or what everybody has. */
static mode_t mode_without_acl(const struct attr_job *a, mode_t mode)
{
	struct unnamed u = { .group = 0 };
	int r = a->src_fd < 0 ? -EBADF : read_unnamed(a->src_fd, &u);

	if (r < 0 && r != -ENODATA && r != -EOPNOTSUPP)
		u.group = 0; /* unknown */
	return mode & ~(mode_t)(S_IRWXG & ~(u.group | (mode & S_IRWXO) << 3));
}

/* Whether the mode of the destination came with the ACL. Some filesystems in user space store any
   attribute, and do not know this one. */
static bool is_in_force(const struct attr_job *a, mode_t mode)
{
	const mode_t bits = S_IRWXU | S_IRWXG | S_IRWXO;
	struct stat st;

	return sys_fstat(a->fd, &st) == 0 && (st.st_mode & bits) == (mode & bits);
}

static int copy_acls(struct attr_job *a)
{
	struct acl_functions f;
	void *library = load_libacl(&f);
	int r;

	if (!library)
		return -errno;
	r = copy_access(&f, a);
	if (r == 0 && a->kind == KIND_DIRECTORY)
		r = copy_defaults(&f, a);
	dlopen_table_unload(library);
	return r;
}

/* Whether the mode of the source says the same as its ACL, which has three entries then. */
static bool is_source_acl_trivial(struct attr_job *a)
{
	struct unnamed u;

	return (a->kind != KIND_DIRECTORY || source_has_acl(a, true) == 0) &&
	       read_unnamed(a->src_fd, &u) == 0 && !u.is_extended;
}

int acl_copy(struct attr_job *a, mode_t *mode)
{
	int r = has_any_acl(a);

	if (r == 0)
		return 0;
	if (r > 0)
		r = copy_acls(a);
	if (r == -EOPNOTSUPP && is_source_acl_trivial(a))
		r = 0;
	if (r < 0 || !is_in_force(a, *mode))
		*mode = mode_without_acl(a, *mode);
	/* an ACL that the destination keeps is not put in force: these bits are its mask */
	if (r < 0 && sys_has_acl(a->fd, false) != 0)
		*mode &= ~(mode_t)S_IRWXG;
	return r < 0 ? r : 1;
}

/* Names of the extended attributes with ACLs of NFSv4 (nfs4_acl(5)). */
static const char *const nfs4_names[] = { "system.nfs4_acl", "system.nfs4acl" };

static uint32_t get_u32(const char *at)
{
	uint32_t n;

	memcpy(&n, at, sizeof(n));
	return be32toh(n);
}

static bool is_everyone(const char *who, size_t len)
{
	static const char *const all[] = { "OWNER@", "GROUP@", "EVERYONE@" };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (len == strlen(all[i]) && memcmp(who, all[i], len) == 0)
			return true;
	return false;
}

/*
 * Whether an ACL of NFSv4 says no more than a mode, as those that a server makes of modes: entries
 * that allow or deny, are not inherited, and name no user or group. In XDR (RFC 7530, 6.2.1): the
 * number of entries; for each its type, flags, permissions, and the length and text of a name.
 */
static bool is_nfs4_trivial(const char *acl, int64_t size)
{
	const int64_t header = 16;
	const uint32_t inherited = 0x0f; /* ACE4_FILE_INHERIT_ACE to ACE4_INHERIT_ONLY_ACE */
	uint32_t count = size < 4 ? UINT32_MAX : get_u32(acl);
	int64_t at = 4;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t len = size - at < header ? UINT32_MAX : get_u32(acl + at + 12);

		if ((int64_t)len > size - at - header || get_u32(acl + at) > 1 ||
		    (get_u32(acl + at + 4) & inherited) || !is_everyone(acl + at + header, len))
			return false;
		at += header + (((int64_t)len + 3) & ~INT64_C(3));
	}
	return true;
}

/* Copy one ACL of NFSv4. 0, or -errno. */
static int copy_nfs4(struct attr_job *a, const char *name)
{
	CLEANUP_FREE char *value = NULL;
	int r = xattr_copy_one(a, name);
	int64_t size = r == -EOPNOTSUPP ? xattr_get(a->src_fd, name, &value) : -EOPNOTSUPP;

	return size >= 0 && is_nfs4_trivial(value, size) ? 0 : r;
}

int acl_copy_nfs4(struct attr_job *a)
{
	int first = 0;

	for (size_t i = 0; i < sizeof(nfs4_names) / sizeof(*nfs4_names); i++)
		if (attr_names_have(&a->names, nfs4_names[i])) {
			int r = copy_nfs4(a, nfs4_names[i]);

			first = first ? first : r;
		}
	return first;
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
		return -errno;
	acl = acl_of_mode(&f, S_IRUSR | S_IWUSR); /* the caller sets the mode */
	r = acl ? set_access(&f, fd, acl) : -errno;
	if (acl)
		(void)f.acl_free(acl); /* as above */
	dlopen_table_unload(library);
	return r;
}
