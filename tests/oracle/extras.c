/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Extended attributes of the files of a tree. Access control lists and capabilities are written in
 * the format of the kernel (linux/posix_acl_xattr.h, struct vfs_cap_data), so that no library can
 * change them. A filesystem without extended attributes is not an error: neither sandbox has any.
 */
#include "extras.h"

#include <errno.h>
#include <sys/xattr.h>

#define ACL_ENTRY(tag, perm, id) tag, 0, perm, 0, id
#define ACL_ANY			 0xff, 0xff, 0xff, 0xff
#define ACL_OF_1001		 0xe9, 0x03, 0, 0

/* Version 2; owner rwx, user 1001 rwx, group r, mask rx, others r. */
static const unsigned char acl[] = {
	2,
	0,
	0,
	0,
	ACL_ENTRY(0x01, 7, ACL_ANY),
	ACL_ENTRY(0x02, 7, ACL_OF_1001),
	ACL_ENTRY(0x04, 4, ACL_ANY),
	ACL_ENTRY(0x10, 5, ACL_ANY),
	ACL_ENTRY(0x20, 4, ACL_ANY),
};

/* Likewise, with a mask of rwx and nothing for others. */
static const unsigned char default_acl[] = {
	2,
	0,
	0,
	0,
	ACL_ENTRY(0x01, 7, ACL_ANY),
	ACL_ENTRY(0x02, 5, ACL_OF_1001),
	ACL_ENTRY(0x04, 5, ACL_ANY),
	ACL_ENTRY(0x10, 7, ACL_ANY),
	ACL_ENTRY(0x20, 0, ACL_ANY),
};

/* Version 2, effective, permitted CAP_NET_RAW. */
static const unsigned char capability[] = {
	1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};

static const struct extra {
	unsigned int flag;
	const char *name;
	const void *value;
	size_t len;
} table[] = {
	{ NODE_USER_XATTR, "user.one", "1", 1 },
	{ NODE_USER_XATTR_2, "user.two", "\0\377\n", 3 },
	{ NODE_TRUSTED_XATTR, "trusted.three", "333", 3 },
	{ NODE_ACL, "system.posix_acl_access", acl, sizeof(acl) },
	{ NODE_DEFAULT_ACL, "system.posix_acl_default", default_acl, sizeof(default_acl) },
	{ NODE_CAPABILITY, "security.capability", capability, sizeof(capability) },
};

void extras_set(const char *path, unsigned int which)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct extra *e = &table[i];

		if ((which & e->flag) && setxattr(path, e->name, e->value, e->len, 0) != 0 &&
		    errno != EOPNOTSUPP && errno != EPERM)
			die("%s: %s", path, e->name);
	}
}

void extras_script(struct text *t, const char *quoted, unsigned int which)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const unsigned char *value = table[i].value;

		if (!(which & table[i].flag))
			continue;
		text_printf(t, "setfattr -n %s -v 0x", table[i].name);
		for (size_t j = 0; j < table[i].len; j++)
			text_printf(t, "%02x", value[j]);
		text_printf(t, " %s\n", quoted);
	}
}
