/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a program in its sandbox, in an environment that the seed decides completely. A program that
 * opens a FIFO waits for the other end, which is never opened: /proc/PID/wchan tells that it does,
 * because waiting for the time limit would cost seconds each time.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Most bytes of output that are compared. A program that copies its own copy until names are too
   long writes much, and its last line matters. */
#define OUTPUT_MAX (4l << 20)
/* A runaway program must not fill the disk. */
#define FILE_MAX (64l << 20)

#define NS_PER_S INT64_C(1000000000)

enum {
	STEP_MS = 25,
	CANNOT_RUN = 127
};

/* Variables that are passed on to a program: the options of sanitizers and coverage. */
static const char *const passed[] = {
	"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "GCOV_PREFIX", "LLVM_PROFILE_FILE",
};

enum {
	PASSED = sizeof(passed) / sizeof(passed[0]),
	FIXED = 3
};

/* The arguments and the environment of a program. */
struct exec_args {
	const char *argv[2 * ARGS_MAX + 2];
	const char *envp[FIXED + VARIABLES + PASSED + 1];
	char own[PASSED][256];
};

static void exec_args_init(struct exec_args *w, const struct program *program,
			   const struct setup *setup)
{
	size_t n = 0;

	w->argv[n++] = program->name;
	for (size_t i = 0; i < setup->args.count; i++) {
		for (size_t j = 0; j < setup->args.list[i].count; j++)
			w->argv[n++] = setup->args.list[i].words[j];
	}
	w->argv[n] = NULL;
	w->envp[0] = "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
	w->envp[1] = "LC_ALL=C";
	w->envp[2] = "TZ=UTC";
	n = FIXED;
	for (size_t i = 0; i < VARIABLES; i++) {
		if (setup->variables[i])
			w->envp[n++] = setup->variables[i];
	}
	for (size_t i = 0; i < PASSED; i++) {
		const char *value = getenv(passed[i]);

		if (value && snprintf(w->own[i], sizeof(w->own[i]), "%s=%s", passed[i], value) <
				     (int)sizeof(w->own[i]))
			w->envp[n++] = w->own[i];
	}
	w->envp[n] = NULL;
}

static int memory_file(const char *name, const char *content)
{
	int fd = memfd_create(name, MFD_CLOEXEC);

	if (fd < 0 || write(fd, content, strlen(content)) < 0 || lseek(fd, 0, SEEK_SET) != 0 ||
	    fchmod(fd, 0666) != 0)
		die("a file in memory");
	return fd;
}

static bool become_user(uid_t uid)
{
	return syscall(SYS_setgroups, 0, NULL) == 0 && syscall(SYS_setresgid, uid, uid, uid) == 0 &&
	       syscall(SYS_setresuid, uid, uid, uid) == 0;
}

static _Noreturn void child(const struct program *program, const struct exec_args *w,
			    const struct setup *setup, const char *dir, const struct people *people,
			    const int fds[3])
{
	const struct rlimit no_core = { 0, 0 };
	const struct rlimit file = { FILE_MAX, FILE_MAX };
	bool ok = setpgid(0, 0) == 0 && chdir(dir) == 0 && setrlimit(RLIMIT_CORE, &no_core) == 0 &&
		  setrlimit(RLIMIT_FSIZE, &file) == 0;

	for (int i = 0; i < 3; i++)
		ok = ok && dup2(fds[i], i) == i;
	umask(setup->mask);
	if (people->root && people->runner)
		ok = ok && become_user(people->runner);
	if (ok)
		execve(program->path, (char *const *)(uintptr_t)w->argv,
		       (char *const *)(uintptr_t)w->envp);
	_exit(CANNOT_RUN);
}

/* True if the process sleeps in open() of a FIFO. */
static bool waits_for_partner(pid_t pid)
{
	char name[64] = "";
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/wchan", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	if (read(fd, name, sizeof(name) - 1) < 0)
		name[0] = '\0';
	close(fd);
	return strcmp(name, "wait_for_partner") == 0 || strcmp(name, "fifo_open") == 0;
}

/* The CPU time of the process in nanoseconds; 0 if it has exited. */
static int64_t cpu_time_ns(pid_t pid)
{
	struct timespec t = { 0 };
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
		return 0;
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

/*
 * Waits until the process exits. Kills it with its process group if it waits for a FIFO, after
 * @limit seconds of CPU time, or after @limit seconds without any: on a busy machine a run takes
 * longer than @limit, but not more CPU time.
 */
static enum run_end wait_or_kill(pid_t pid, unsigned int limit)
{
	int64_t used = 0;
	unsigned int idle_ms = 0;
	struct pollfd p = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
	enum run_end end = RUN_CUT;

	if (p.fd < 0)
		die("watching a process");
	while (idle_ms < limit * 1000 && used < limit * NS_PER_S) {
		int64_t now;

		if (poll(&p, 1, STEP_MS) == 1) {
			end = RUN_EXITED;
			break;
		}
		if (waits_for_partner(pid)) {
			end = RUN_BLOCKED;
			break;
		}
		now = cpu_time_ns(pid);
		idle_ms = now > used ? 0 : idle_ms + STEP_MS;
		used = now > used ? now : used;
	}
	close(p.fd);
	if (end != RUN_EXITED)
		(void)kill(-pid, SIGKILL); /* it may have ended just now */
	return end;
}

static void read_output(struct text *ret_text, int fd)
{
	char buf[4096];
	ssize_t n;
	off_t at = 0;

	while (at < OUTPUT_MAX && (n = pread(fd, buf, sizeof(buf), at)) > 0) {
		text_add(ret_text, buf, (size_t)n);
		at += n;
	}
	close(fd);
}

void run_program(struct outcome *ret_outcome, const struct program *program,
		 const struct setup *setup, const char *dir, const struct people *people,
		 unsigned int limit)
{
	int fds[3] = { memory_file("in", setup->answers), memory_file("out", ""),
		       memory_file("err", "") };
	struct exec_args w;
	int status;
	pid_t pid;

	*ret_outcome = (struct outcome){ 0 };
	exec_args_init(&w, program, setup);
	clock_gettime(CLOCK_REALTIME_COARSE, &ret_outcome->began);
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0)
		child(program, &w, setup, dir, people, fds);
	(void)setpgid(pid, pid); /* the child does it too, because either may run first */
	ret_outcome->end = wait_or_kill(pid, limit);
	if (waitpid(pid, &status, 0) != pid)
		die("waiting for a process");
	clock_gettime(CLOCK_REALTIME, &ret_outcome->ended);
	if (ret_outcome->end == RUN_EXITED && WIFSIGNALED(status))
		ret_outcome->end = RUN_KILLED;
	ret_outcome->status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
	close(fds[0]);
	read_output(&ret_outcome->out, fds[1]);
	read_output(&ret_outcome->err, fds[2]);
	if (ret_outcome->end == RUN_EXITED && ret_outcome->status == CANNOT_RUN) {
		errno = EACCES;
		die("%s cannot be run here", program->path);
	}
}

void outcome_done(struct outcome *outcome)
{
	text_done(&outcome->out);
	text_done(&outcome->err);
}
