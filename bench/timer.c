/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs commands in turns, A B C A B C ..., and prints the resources of each run as a line of CSV.
 *
 * usage: timer [-n ROUNDS] [-w WARMUPS] [-C WHERE] [-p PREPARE] [-g DIRECTORY] [-l LABEL]
 *              NAME COMMAND [ARGUMENT...] ';' [NAME COMMAND [ARGUMENT...] ';']...
 *
 * On a busy machine only adjacent runs can be compared, hence the turns. Before each run bash runs
 * PREPARE, which is not timed, with the name in $NAME. The commands run in the directory WHERE,
 * which the timer itself does not keep in use. With -g the filesystem of DIRECTORY is synced before
 * and after each run, outside of the measured time: its growth is a column, and no run pays for the
 * dirty pages of the one before. Columns, after LABEL:
 * name,round,wall_s,user_s,sys_s,rss_kib,bytes,status.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MAX_COMMANDS = 64
};

struct command {
	const char *name;
	char **argv;
};

struct options {
	int rounds;
	int warmups;
	const char *where; /* NULL: the current directory */
	char *prepare;
	const char *label;
	int grow_fd; /* -1: not measured */
};

struct run {
	double wall;
	struct rusage usage;
	int status; /* as $? of a shell */
};

static double seconds(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double of_timeval(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int shell_status(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Discards the output of the commands, but not their errors. */
static void become(char *argv[], const char *where)
{
	int null = open("/dev/null", O_RDWR);

	if (where != NULL && chdir(where) < 0)
		_exit(126);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		_exit(126);
	(void)execvp(argv[0], argv);
	_exit(127);
}

static struct run run_once(char *argv[], const char *where)
{
	struct run run;
	double start = seconds();
	pid_t child = fork();
	int status;

	if (child < 0)
		err(1, "fork");
	if (child == 0)
		become(argv, where);
	if (wait4(child, &status, 0, &run.usage) != child)
		err(1, "wait4");
	run.wall = seconds() - start;
	run.status = shell_status(status);
	return run;
}

static void prepare(const struct options *opt, const char *name)
{
	char shell[] = "bash";
	char option[] = "-c";
	char *argv[] = { shell, option, opt->prepare, NULL };

	if (opt->prepare == NULL)
		return;
	if (setenv("NAME", name, 1) < 0 || run_once(argv, NULL).status != 0)
		errx(1, "the preparation before %s failed", name);
}

static long long used_now(int fd)
{
	struct statfs fs;

	if (syncfs(fd) < 0 || fstatfs(fd, &fs) < 0)
		err(1, "syncfs");
	return (long long)(fs.f_blocks - fs.f_bfree) * fs.f_bsize;
}

/*
 * The bytes in use, after all pending writes. XFS frees the blocks of removed files in the
 * background, so it is asked until two answers are equal.
 */
static long long used(int fd)
{
	const struct timespec pause = { .tv_nsec = 10 * 1000 * 1000 };
	long long before;
	long long now;

	if (fd < 0)
		return 0;
	now = used_now(fd);
	for (int i = 0; i < 100; i++) {
		before = now;
		(void)nanosleep(&pause, NULL);
		now = used_now(fd);
		if (now == before)
			break;
	}
	return now;
}

static void turn(const struct options *opt, const struct command *command, int round)
{
	long long before;
	struct run run;

	prepare(opt, command->name);
	before = used(opt->grow_fd);
	run = run_once(command->argv, opt->where);
	before = used(opt->grow_fd) - before;
	if (round < 0)
		return;
	printf("%s%s%s,%d,%.6f,%.6f,%.6f,%ld,%lld,%d\n", opt->label, *opt->label ? "," : "",
	       command->name, round, run.wall, of_timeval(run.usage.ru_utime),
	       of_timeval(run.usage.ru_stime), run.usage.ru_maxrss, before, run.status);
	(void)fflush(stdout);
}

/* Splits argv at each ";"; returns the number of commands. */
static int parse_commands(char *argv[], struct command *ret_commands)
{
	int count = 0;

	while (*argv != NULL) {
		struct command *command = &ret_commands[count++];

		if (count > MAX_COMMANDS)
			errx(2, "more than %d commands", MAX_COMMANDS);
		command->name = *argv++;
		command->argv = argv;
		while (*argv != NULL && strcmp(*argv, ";") != 0)
			argv++;
		if (*argv == NULL || argv == command->argv)
			errx(2, "%s: want NAME COMMAND... ';'", command->name);
		*argv++ = NULL;
	}
	return count;
}

static int open_directory(const char *name)
{
	int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		err(1, "%s", name);
	return fd;
}

static struct options parse_options(int argc, char *argv[])
{
	struct options opt = { .rounds = 5, .warmups = 1, .label = "", .grow_fd = -1 };
	int letter;

	/* "+": does not parse the options of the commands. */
	while ((letter = getopt(argc, argv, "+n:w:C:p:g:l:")) != -1) {
		if (letter == 'n')
			opt.rounds = atoi(optarg);
		else if (letter == 'w')
			opt.warmups = atoi(optarg);
		else if (letter == 'C')
			opt.where = optarg;
		else if (letter == 'p')
			opt.prepare = optarg;
		else if (letter == 'g')
			opt.grow_fd = open_directory(optarg);
		else if (letter == 'l')
			opt.label = optarg;
		else
			exit(2);
	}
	return opt;
}

int main(int argc, char *argv[])
{
	static struct command commands[MAX_COMMANDS + 1];
	struct options opt = parse_options(argc, argv);
	int count = parse_commands(argv + optind, commands);

	for (int round = -opt.warmups; round < opt.rounds; round++)
		for (int i = 0; i < count; i++)
			turn(&opt, &commands[i], round);
	return 0;
}
