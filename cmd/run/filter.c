/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libseccomp writes the filter, which is loaded by the system call itself: version 2.5 does not
 * know SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (Linux 5.19), without which a signal makes a call
 * begin anew although it is being answered, for ever if the signals come often enough
 * (seccomp_unotify(2), "Design goals"; the runtime of Go sends itself one every 10 ms).
 *
 * Calls of the 32-bit architecture of the same machine stop as well, but for sendfile, whose offset
 * has another size there.
 */
#include "filter.h"

#include <errno.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/filter.h>

/* A rule: a call stops, if it has an argument number 1 of the value "request", or always (0). */
struct rule {
	const char *name;
	uint32_t request;
	enum filter_call call;
	bool is_native_only;
};

static const struct rule rules[] = {
	{ "ioctl", (uint32_t)FICLONE, FILTER_IOCTL, false },
	{ "ioctl", (uint32_t)FICLONERANGE, FILTER_IOCTL, false },
	{ "copy_file_range", 0, FILTER_COPY_RANGE, false },
	{ "sendfile", 0, FILTER_SENDFILE, true },
};
enum {
	RULES = sizeof(rules) / sizeof(*rules)
};

/* The other architecture whose programs this kernel runs; 0: none. */
static uint32_t second_arch(void)
{
	switch (seccomp_arch_native()) {
	case SCMP_ARCH_X86_64:
		return SCMP_ARCH_X86;
	case SCMP_ARCH_AARCH64:
		return SCMP_ARCH_ARM;
	default:
		return 0;
	}
}

int filter_call(uint32_t arch, int nr)
{
	const uint32_t native = seccomp_arch_native();

	if (arch != native && arch != second_arch())
		return -1;
	for (size_t i = 0; i < RULES; i++)
		if ((arch == native || !rules[i].is_native_only) &&
		    seccomp_syscall_resolve_name_arch(arch, rules[i].name) == nr)
			return (int)rules[i].call;
	return -1;
}

static int add_rule(scmp_filter_ctx ctx, const struct rule *r)
{
	const int nr = seccomp_syscall_resolve_name(r->name);

	/* the kernel reads 32 bits of the request */
	if (r->request)
		return seccomp_rule_add(ctx, SCMP_ACT_NOTIFY, nr, 1,
					SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, r->request));
	return seccomp_rule_add(ctx, SCMP_ACT_NOTIFY, nr, 0);
}

/* Add all rules, those for every architecture last, when all have been added. 0, or -errno. */
static int add_rules(scmp_filter_ctx ctx)
{
	/* other architectures are not ours to forbid */
	int r = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ALLOW);

	for (size_t i = 0; r == 0 && i < RULES; i++)
		if (rules[i].is_native_only)
			r = add_rule(ctx, &rules[i]);
	if (r == 0 && second_arch())
		r = seccomp_arch_add(ctx, second_arch());
	for (size_t i = 0; r == 0 && i < RULES; i++)
		if (!rules[i].is_native_only)
			r = add_rule(ctx, &rules[i]);
	return r;
}

/* Load the program of @len bytes at @code. The descriptor of the listener, or -errno. */
static int load(void *code, size_t len)
{
	struct sock_fprog program = { .len = (unsigned short)(len / sizeof(struct sock_filter)),
				      .filter = code };
	const unsigned long listen = SECCOMP_FILTER_FLAG_NEW_LISTENER;
	long fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
			  listen | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, &program);

	if (fd < 0 && errno == EINVAL) /* before Linux 5.19 */
		fd = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, listen, &program);
	return fd < 0 ? -errno : (int)fd;
}

/* Give up rights to gain by executing a program, then load. As load. */
static int load_without_new_rights(void *code, size_t len)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : load(code, len);
}

/* The same in a child, which sends no signal at its end (clone(2)): what is given up for nothing
   cannot be had again. 0, or -errno. */
static int try_without_new_rights(void *code, size_t len)
{
	pid_t child = (pid_t)syscall(SYS_clone, 0UL, NULL, NULL, NULL, NULL);
	int status = 0;

	if (child == 0) {
		int r = load_without_new_rights(code, len);

		_exit(r < 0 ? -r : 0);
	}
	if (child < 0 || waitpid(child, &status, __WALL) < 0)
		return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EINTR;
}

/* Load it, with no_new_privs where the kernel wants that. As load. */
static int load_permitted(void *code, size_t len)
{
	int r = load(code, len);

	if (r != -EACCES) /* EACCES: neither CAP_SYS_ADMIN nor no_new_privs */
		return r;
	r = try_without_new_rights(code, len);
	return r < 0 ? r : load_without_new_rights(code, len);
}

/* Load the filter @ctx. The descriptor of the listener, or -errno. */
static int load_filter(scmp_filter_ctx ctx)
{
	int file = memfd_create("filter", MFD_CLOEXEC);
	int r = file < 0 ? -errno : seccomp_export_bpf(ctx, file);
	struct stat st;
	void *code;

	if (r == 0 && fstat(file, &st) < 0)
		r = -errno;
	if (r == 0) {
		code = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, file, 0);
		r = code == MAP_FAILED ? -errno : load_permitted(code, (size_t)st.st_size);
		if (code != MAP_FAILED)
			(void)munmap(code, (size_t)st.st_size);
	}
	if (file >= 0)
		(void)close(file);
	return r;
}

int filter_install(void)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);
	int r = ctx ? add_rules(ctx) : -ENOMEM;

	if (r == 0)
		r = load_filter(ctx);
	if (ctx)
		seccomp_release(ctx);
	return r;
}
