/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a command for which some calls of the kernel do not exist:
 *
 *	deny COUNTS FEATURE=ERROR... -- COMMAND ARG...
 *
 * FEATURE is a row of the table below, ERROR one of "errors", as old kernels, other filesystems and
 * the filters of containers answer. Adds "FEATURE N" to the file COUNTS for each that was denied N
 * times, so that a test can tell that it tested something.
 *
 * By seccomp(2): a filter asks this process about the calls in question, which counts them
 * (SECCOMP_RET_USER_NOTIF, Linux 5.0). The filter holds for this process too, so after that it must
 * not make the calls that the table has.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_cachestat /* Linux 6.5 */
#define SYS_cachestat 451
#endif

/* A call is meant if its argument number "arg" has the bits "value" among those of "mask". */
static const struct feature {
	const char *name;
	long nr;
	unsigned int arg;
	uint32_t mask;
	uint32_t value;
} features[] = {
	{ "FICLONE", SYS_ioctl, 1, UINT32_MAX, (uint32_t)FICLONE },
	{ "FICLONERANGE", SYS_ioctl, 1, UINT32_MAX, (uint32_t)FICLONERANGE },
	{ "FIDEDUPERANGE", SYS_ioctl, 1, UINT32_MAX, (uint32_t)FIDEDUPERANGE },
	{ "FIEMAP", SYS_ioctl, 1, UINT32_MAX, (uint32_t)FS_IOC_FIEMAP },
	{ "FSGETXATTR", SYS_ioctl, 1, UINT32_MAX, (uint32_t)FS_IOC_FSGETXATTR },
	{ "GETFLAGS", SYS_ioctl, 1, UINT32_MAX, (uint32_t)FS_IOC_GETFLAGS },
	{ "O_TMPFILE", SYS_openat, 2, O_TMPFILE & ~O_DIRECTORY, O_TMPFILE & ~O_DIRECTORY },
	{ "SEEK_DATA", SYS_lseek, 2, UINT32_MAX, SEEK_DATA },
	{ "SEEK_HOLE", SYS_lseek, 2, UINT32_MAX, SEEK_HOLE },
	{ "cachestat", SYS_cachestat, 0, 0, 0 },
	{ "close_range", SYS_close_range, 0, 0, 0 },
	{ "copy_file_range", SYS_copy_file_range, 0, 0, 0 },
	{ "faccessat2", SYS_faccessat2, 0, 0, 0 },
	{ "fallocate", SYS_fallocate, 0, 0, 0 },
	{ "fgetxattr", SYS_fgetxattr, 0, 0, 0 },
	{ "flistxattr", SYS_flistxattr, 0, 0, 0 },
	{ "fstatfs", SYS_fstatfs, 0, 0, 0 },
	{ "getrandom", SYS_getrandom, 0, 0, 0 },
	{ "io_uring_setup", SYS_io_uring_setup, 0, 0, 0 },
	{ "kcmp", SYS_kcmp, 0, 0, 0 },
	{ "link_empty_path", SYS_linkat, 4, AT_EMPTY_PATH, AT_EMPTY_PATH },
	{ "mincore", SYS_mincore, 0, 0, 0 },
	{ "memfd_create", SYS_memfd_create, 0, 0, 0 },
	{ "name_to_handle_at", SYS_name_to_handle_at, 0, 0, 0 },
	{ "openat2", SYS_openat2, 0, 0, 0 },
	{ "renameat2", SYS_renameat2, 0, 0, 0 },
	{ "sched_getaffinity", SYS_sched_getaffinity, 0, 0, 0 },
	{ "seccomp", SYS_seccomp, 0, 0, 0 },
	{ "statx", SYS_statx, 0, 0, 0 },
	{ "syncfs", SYS_syncfs, 0, 0, 0 },
};
enum {
	FEATURES = sizeof(features) / sizeof(*features)
};

static const struct {
	const char *name;
	int error;
} errors[] = {
	{ "EINVAL", EINVAL },	      { "ENOSYS", ENOSYS }, { "ENOTTY", ENOTTY },
	{ "EOPNOTSUPP", EOPNOTSUPP }, { "EPERM", EPERM },   { "EXDEV", EXDEV },
};

/* What is denied: errors of features, 0 for those that are not; and how often it was. */
struct denied {
	int error[FEATURES];
	unsigned long times[FEATURES];
};

static _Noreturn void die(const char *what)
{
	perror(what);
	exit(125);
}

/* Add the rule "FEATURE=ERROR" to @d. */
static void parse(const char *rule, struct denied *d)
{
	size_t length = strcspn(rule, "=");
	size_t f = 0;
	size_t e = 0;

	while (f < FEATURES &&
	       (strlen(features[f].name) != length || strncmp(features[f].name, rule, length) != 0))
		f++;
	while (e < sizeof(errors) / sizeof(*errors) && rule[length] &&
	       strcmp(errors[e].name, rule + length + 1) != 0)
		e++;
	if (f == FEATURES || e == sizeof(errors) / sizeof(*errors) || !rule[length]) {
		fprintf(stderr, "deny: no such rule: %s\n", rule);
		exit(125);
	}
	d->error[f] = errors[e].error;
}

/* Whether the call with these numbers is @f. */
static int is_feature(const struct feature *f, long nr, uint32_t arg)
{
	return f->nr == nr && (arg & f->mask) == f->value;
}

/* The filter: a call that is denied is a question to the listener. Returns its descriptor. */
static int install(const struct denied *d)
{
	struct sock_filter code[FEATURES * 6 + 2];
	unsigned short n = 0;
	struct sock_fprog program = { .filter = code };

	for (size_t i = 0; i < FEATURES; i++) {
		/* the low half of an argument, on a little-endian machine */
		unsigned int at =
			(unsigned int)offsetof(struct seccomp_data, args) + 8 * features[i].arg;

		if (d->error[i] == 0)
			continue;
		code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
							 offsetof(struct seccomp_data, nr));
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
							 (uint32_t)features[i].nr, 0, 4);
		code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at);
		code[n++] =
			(struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, features[i].mask);
		code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
							 features[i].value, 0, 1);
		code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
	}
	code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	program.len = n;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		die("deny: no_new_privs");
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
			    &program);
}

/* Answer one question with the error of its feature. */
static void answer(int listener, struct denied *d)
{
	struct seccomp_notif asked;
	struct seccomp_notif_resp reply;

	memset(&asked, 0, sizeof(asked));
	memset(&reply, 0, sizeof(reply));
	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0)
		return; /* the caller was killed */
	reply.id = asked.id;
	for (size_t i = 0; i < FEATURES; i++) {
		uint32_t arg = (uint32_t)asked.data.args[features[i].arg];

		if (d->error[i] == 0 || !is_feature(&features[i], asked.data.nr, arg))
			continue;
		reply.error = -d->error[i];
		d->times[i]++;
		break;
	}
	(void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &reply); /* it may be gone */
}

static void add_counts(int counts, const struct denied *d)
{
	for (size_t i = 0; i < FEATURES; i++) {
		char line[64];
		int length;

		if (d->times[i] == 0)
			continue;
		length = snprintf(line, sizeof(line), "%s %lu\n", features[i].name, d->times[i]);
		if (write(counts, line, (size_t)length) != length)
			die("deny: counts");
	}
}

/* Answer questions until @child has ended. Returns its status for a shell. */
static int serve(pid_t child, int listener, struct denied *d)
{
	struct pollfd wait_for[2] = { { .fd = listener, .events = POLLIN }, { .events = POLLIN } };
	int status = 0;

	wait_for[1].fd = (int)syscall(SYS_pidfd_open, child, 0);
	if (wait_for[1].fd < 0)
		die("deny: pidfd_open");
	while (!(wait_for[1].revents & POLLIN)) {
		if (poll(wait_for, 2, -1) < 0 && errno != EINTR)
			die("deny: poll");
		if (wait_for[0].revents & POLLIN)
			answer(listener, d);
	}
	if (waitpid(child, &status, 0) < 0)
		die("deny: waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	struct denied d = { .error = { 0 } };
	int i = 2;
	int counts;
	int listener;
	int status;
	pid_t child;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		parse(argv[i], &d);
	if (i + 1 >= argc) {
		fputs("usage: deny COUNTS FEATURE=ERROR... -- COMMAND ARG...\n", stderr);
		return 125;
	}
	counts = open(argv[1], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (counts < 0)
		die(argv[1]);
	listener = install(&d);
	if (listener < 0)
		die("deny: seccomp");
	child = fork();
	if (child < 0)
		die("deny: fork");
	if (child == 0) {
		execvp(argv[i + 1], argv + i + 1);
		die(argv[i + 1]);
	}
	status = serve(child, listener, &d);
	add_counts(counts, &d);
	return status;
}
