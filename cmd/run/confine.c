/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The library loads libmount when it needs it. In the root directory of a container that would be
 * the container's, and its code would run with the rights of a process there, but without the
 * filter of the container, and with descriptors of this program. So libraries are loaded before,
 * and none can be loaded after that.
 */
#include "confine.h"

#include "base/dlopen_table.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#define LIBMOUNT "libmount.so.1"

/* Calls that are forbidden: always, or if argument number 2, the protection, has PROT_EXEC. */
static const struct {
	const char *name;
	uint32_t protection;
} forbidden[] = {
	{ "mmap", PROT_EXEC },	   { "mmap2", PROT_EXEC }, /* of 32-bit machines; left out on others
							    */
	{ "mprotect", PROT_EXEC }, { "pkey_mprotect", PROT_EXEC }, { "execve", 0 },
	{ "execveat", 0 },
};

void confine_load_libraries(void)
{
	/* it stays loaded; NULL: it is not there */
	(void)dlopen_table_load(LIBMOUNT, NULL, 0, NULL);
}

int confine(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int r = ctx ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < sizeof(forbidden) / sizeof(*forbidden); i++)
		r = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EACCES),
				     seccomp_syscall_resolve_name(forbidden[i].name),
				     forbidden[i].protection ? 1 : 0,
				     SCMP_A2(SCMP_CMP_MASKED_EQ, forbidden[i].protection,
					     forbidden[i].protection));
	if (r == 0)
		r = seccomp_load(ctx); /* sets no_new_privs, too */
	if (ctx)
		seccomp_release(ctx);
	return r;
}
