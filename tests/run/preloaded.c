/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls of libc in a process that is not at rest:
 *
 *	preloaded CASE SOURCE PREFIX
 *
 * clones SOURCE into new files whose names begin with PREFIX, by FICLONE, and checks what the case
 * is about. Prints nothing and ends with 0, or says what was not as it should be.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 8

static const char *source;
static const char *prefix;

static _Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
static _Noreturn void fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	(void)vprintf(format, arguments);
	va_end(arguments);
	printf(" (%s)\n", strerror(errno));
	(void)fflush(stdout);
	_exit(1);
}

static int open_source(void)
{
	int fd = open(source, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		fail("cannot open %s", source);
	return fd;
}

static int create(int number)
{
	char name[4096];
	int fd;

	(void)snprintf(name, sizeof(name), "%s%d", prefix, number);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		fail("cannot create %s", name);
	return fd;
}

/* Clone into the file with the number @number. The errno of the call; 0: done. */
static int try_clone(int number)
{
	int src = open_source();
	int dst = create(number);
	int e;

	errno = ERANGE;
	e = ioctl(dst, FICLONE, src) < 0 ? errno : 0;
	if (e == 0 && errno != ERANGE)
		fail("errno was changed by a call without a failure");
	(void)close(src);
	(void)close(dst);
	return e;
}

static void clone_or_fail(int number)
{
	errno = try_clone(number);
	if (errno)
		fail("the clone %d failed", number);
}

/* The open descriptors. */
static int count_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	if (!dir)
		fail("cannot list the descriptors");
	while (readdir(dir))
		n++;
	(void)closedir(dir);
	return n;
}

static void plain(void)
{
	clone_or_fail(1);
}

/* EXDEV as without help, and no change of anything. */
static void refused(void)
{
	errno = try_clone(1);
	if (errno != EXDEV)
		fail("the clone did not fail with EXDEV");
}

/* Whether a library whose path has @name in it is loaded. */
static bool is_loaded(const char *name)
{
	FILE *maps = fopen("/proc/self/maps", "re");
	char line[4096];
	bool found = false;

	if (!maps)
		fail("no list of libraries");
	while (!found && fgets(line, sizeof(line), maps))
		found = strstr(line, name);
	(void)fclose(maps);
	return found;
}

/* The same where the library was loaded nevertheless. */
static void loaded_refused(void)
{
	if (!is_loaded("libovlcp-preload.so"))
		fail("the library was not loaded");
	refused();
}

static void *clone_in_thread(void *number)
{
	clone_or_fail(*(int *)number);
	return NULL;
}

static void threads(void)
{
	pthread_t thread[THREADS];
	int number[THREADS];

	for (int i = 0; i < THREADS; i++) {
		number[i] = i + 1;
		if (pthread_create(&thread[i], NULL, clone_in_thread, &number[i]) != 0)
			fail("no thread");
	}
	for (int i = 0; i < THREADS; i++)
		(void)pthread_join(thread[i], NULL);
}

/* A thread with the smallest stack that is promised to be enough. */
static void small_stack(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	int number = 1;

	(void)pthread_attr_init(&attributes);
	(void)pthread_attr_setstacksize(&attributes, 64 << 10);
	if (pthread_create(&thread, &attributes, clone_in_thread, &number) != 0)
		fail("no thread");
	(void)pthread_join(thread, NULL);
}

static void in_fork(void)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		clone_or_fail(1);
		_exit(0);
	}
	if (waitpid(child, &status, 0) != child || status != 0)
		fail("the child failed");
	clone_or_fail(2);
}

static void in_vfork(void)
{
	volatile int e = 0;
	int src = open_source();
	int dst = create(1);
	int status;
	pid_t child = vfork();

	if (child == 0) {
		e = ioctl(dst, FICLONE, src) < 0 ? errno : 0;
		_exit(0);
	}
	if (waitpid(child, &status, 0) != child || status != 0 || e)
		fail("the child failed");
	clone_or_fail(2);
}

static int pipe_ends[2];
static volatile sig_atomic_t ticks, bad_ticks;

/* FIONREAD of a pipe that holds three bytes. */
static void ask_pipe(int number)
{
	const int error = errno;
	int n = -1;

	(void)number;
	if (ioctl(pipe_ends[0], FIONREAD, &n) < 0 || n != 3)
		bad_ticks++;
	ticks++;
	errno = error;
}

/* @first: when it comes for the first time, in microseconds. */
static void start_timer(void (*handler)(int), int flags, long first)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };
	const struct itimerval often = { { 0, 200 }, { 0, first } };

	/* once: the timer may be running already, and its handler asks the pipe */
	if (pipe_ends[1] == 0 && (pipe(pipe_ends) < 0 || write(pipe_ends[1], "abc", 3) != 3))
		fail("no pipe");
	if (sigaction(SIGALRM, &action, NULL) < 0 || setitimer(ITIMER_REAL, &often, NULL) < 0)
		fail("no timer");
}

/* A timer whose handler calls ioctl, without and with SA_RESTART. */
static void timer(void)
{
	start_timer(ask_pipe, 0, 200);
	clone_or_fail(1);
	start_timer(ask_pipe, SA_RESTART, 200);
	clone_or_fail(2);
	while (ticks < 2)
		(void)pause();
	if (bad_ticks)
		fail("%d of %d handlers had a wrong answer", (int)bad_ticks, (int)ticks);
}

static sigjmp_buf back;

static void jump(int number)
{
	(void)number;
	siglongjmp(back, 1);
}

/* A handler that leaves what it has interrupted: never in the midst of a copy-up, which would leave
   descriptors open. */
static void longjmp_out(void)
{
	const int before = count_fds() + 2 + 2; /* the pipe, the two of the clone */
	const struct itimerval never = { { 0, 0 }, { 0, 0 } };
	int src = open_source();
	int dst = create(1);

	if (sigsetjmp(back, 1) == 0) {
		start_timer(jump, 0, 3000);
		(void)ioctl(dst, FICLONE, src);
		for (;;)
			(void)pause();
	}
	(void)setitimer(ITIMER_REAL, &never, NULL);
	if (count_fds() != before)
		fail("there are %d descriptors instead of %d", count_fds(), before);
}

static void clone_in_handler_of(int number)
{
	(void)number;
	clone_or_fail(1);
}

static void in_handler(void)
{
	struct sigaction action = { .sa_handler = clone_in_handler_of };

	if (sigaction(SIGUSR1, &action, NULL) < 0 || raise(SIGUSR1) != 0)
		fail("no signal");
	clone_or_fail(2);
}

/* Mask and handlers are what they were. */
static void signals_kept(void)
{
	sigset_t before;
	sigset_t after;

	start_timer(ask_pipe, SA_RESTART, 200);
	(void)sigemptyset(&before);
	(void)sigaddset(&before, SIGUSR2);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	(void)sigprocmask(SIG_SETMASK, NULL, &before);
	clone_or_fail(1);
	(void)sigprocmask(SIG_SETMASK, NULL, &after);
	for (int i = 1; i < NSIG; i++)
		if (sigismember(&before, i) != sigismember(&after, i))
			fail("signal %d is blocked otherwise", i);
}

static void fds(void)
{
	const int before = count_fds();

	for (int i = 1; i <= 3; i++)
		clone_or_fail(i);
	if (count_fds() != before)
		fail("there are %d descriptors instead of %d", count_fds(), before);
}

/* No descriptor is left for a copy-up. */
static void no_fds(void)
{
	int src = open_source();
	int dst = create(1);
	int fd = 0;

	while (fd >= 0)
		fd = dup(src);
	if (ioctl(dst, FICLONE, src) == 0)
		return;
	if (errno != EXDEV)
		fail("the clone did not fail with EXDEV");
}

/* A lease that ends when the file is opened once more, which would wait for its holder: this
   process. */
static void leased(void)
{
	int src = open_source();
	int dst = create(1);

	(void)alarm(20); /* /proc/sys/fs/lease-break-time is 45 */
	if (fcntl(src, F_SETLEASE, F_WRLCK) < 0)
		fail("no lease");
	if (ioctl(dst, FICLONE, src) == 0 || errno != EXDEV)
		fail("the clone did not fail with EXDEV");
	if (fcntl(src, F_GETLEASE) != F_WRLCK)
		fail("the lease is lost");
}

/* Whether this process holds a lock on @fd. Asked by a child: to the holder it is not shown. */
static bool holds_lock(int fd)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

		_exit(fcntl(fd, F_GETLK, &lock) < 0 || lock.l_type == F_UNLCK ||
		      lock.l_pid != getppid());
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		fail("no child");
	return status == 0;
}

/* Locks of the source and of the destination, which a process loses when it closes any descriptor
   of the file. */
static void locked(void)
{
	struct flock shared = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_len = 1 };
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int src = open_source();
	int dst = create(1);

	if (fcntl(src, F_SETLK, &shared) < 0 || fcntl(dst, F_SETLK, &whole) < 0)
		fail("no locks");
	if (ioctl(dst, FICLONE, src) == 0 || errno != EXDEV)
		fail("the clone did not fail with EXDEV");
	if (!holds_lock(src) || !holds_lock(dst))
		fail("a lock is lost");
}

/* Is cancelled at the first call that it can happen in, which ioctl is not. @fds: source and
   destination. */
static void *clone_cancelled(void *fds)
{
	const int *fd = fds;

	(void)pthread_cancel(pthread_self());
	if (ioctl(fd[1], FICLONE, fd[0]) < 0)
		fail("the clone failed");
	pthread_testcancel();
	return NULL;
}

/* A request to be cancelled stays for the calls of the program. */
static void cancelled(void)
{
	const int before = count_fds();
	int fds[] = { open_source(), create(1) };
	struct stat st;
	pthread_t thread;
	void *result;

	if (pthread_create(&thread, NULL, clone_cancelled, fds) != 0 ||
	    pthread_join(thread, &result) != 0 || result != PTHREAD_CANCELED)
		fail("the thread was not cancelled");
	if (fstat(fds[1], &st) < 0 || st.st_size == 0)
		fail("the thread was cancelled too early");
	if (count_fds() != before + 2)
		fail("there are %d descriptors instead of %d", count_fds(), before + 2);
	clone_or_fail(2);
}

/* In the root directory NEW_ROOT of the environment, where libraries could be those of a stranger.
 */
static void chrooted(void)
{
	int src = open_source();
	int dst = create(1);

	if (chroot(getenv("NEW_ROOT")) < 0 || access("/proc/self/fd/0", F_OK) < 0)
		fail("no other root directory");
	if (ioctl(dst, FICLONE, src) == 0 || errno != EXDEV)
		fail("the clone did not fail with EXDEV");
}

/* Requests of other kinds, of a pipe and a file, with and without an argument. */
static void others(void)
{
	int src = open_source();
	int n = 0;
	int flags = -1;

	if (pipe(pipe_ends) < 0 || write(pipe_ends[1], "abc", 3) != 3)
		fail("no pipe");
	if (ioctl(pipe_ends[0], FIONREAD, &n) < 0 || n != 3)
		fail("FIONREAD: %d", n);
	if (ioctl(src, FS_IOC_GETFLAGS, &flags) < 0 || flags == -1)
		fail("FS_IOC_GETFLAGS: %d", flags);
	if (ioctl(src, FIOCLEX) < 0 || !(fcntl(src, F_GETFD) & FD_CLOEXEC))
		fail("FIOCLEX");
	if (ioctl(src, TIOCGWINSZ, &n) == 0 || errno != ENOTTY)
		fail("TIOCGWINSZ of a file");
	if (ioctl(-1, FICLONE, src) == 0 || errno != EBADF)
		fail("FICLONE into no file");
	if (ioctl(src, FICLONERANGE, NULL) == 0 || errno != EFAULT)
		fail("FICLONERANGE of no range");
}

static const struct {
	const char *name;
	void (*run)(void);
} cases[] = {
	{ "plain", plain },
	{ "refused", refused },
	{ "loaded-refused", loaded_refused },
	{ "threads", threads },
	{ "small-stack", small_stack },
	{ "fork", in_fork },
	{ "vfork", in_vfork },
	{ "timer", timer },
	{ "longjmp", longjmp_out },
	{ "handler", in_handler },
	{ "signals", signals_kept },
	{ "fds", fds },
	{ "no-fds", no_fds },
	{ "leased", leased },
	{ "locked", locked },
	{ "cancelled", cancelled },
	{ "chrooted", chrooted },
	{ "others", others },
};

int main(int argc, char *argv[])
{
	if (argc == 4) {
		source = argv[2];
		prefix = argv[3];
		for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
			if (strcmp(argv[1], cases[i].name) == 0) {
				cases[i].run();
				return 0;
			}
	}
	(void)fprintf(stderr, "usage: preloaded CASE SOURCE PREFIX\n");
	return 2;
}
