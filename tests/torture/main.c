/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lets every system call of the program, and every allocation, fail in turn, and looks whether
 * anything was lost. tests/torture/run makes the filesystems that this needs.
 *
 *     torture --binary FAULT-BINARY --lab DIR [--long] [--scenario NAME] [--fault FUNCTION:WHAT@N]
 *             [--seed N] [--workers N]
 *
 * Prints TAP: a test for each scenario, and for each function whether it was made to fail.
 */
#include "errors.h"
#include "fail.h"
#include "run_program.h"
#include "scenarios.h"
#include "strace.h"
#include "torture.h"

#include <getopt.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct settings parse(int argc, char **argv)
{
	static const struct option options[] = {
		{ "binary", required_argument, NULL, 'b' },
		{ "lab", required_argument, NULL, 'l' },
		{ "long", no_argument, NULL, 'L' },
		{ "scenario", required_argument, NULL, 's' },
		{ "fault", required_argument, NULL, 'f' },
		{ "seed", required_argument, NULL, 'S' },
		{ "strace", required_argument, NULL, 't' },
		{ "workers", required_argument, NULL, 'w' },
		{ 0 },
	};
	struct settings s = { .workers = (int)sysconf(_SC_NPROCESSORS_ONLN), .seed = 1 };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case 'b':
			s.binary = optarg;
			break;
		case 'l':
			s.lab = optarg;
			break;
		case 'L':
			s.all = true;
			break;
		case 's':
			s.scenario = optarg;
			break;
		case 'f':
			s.fault = optarg;
			break;
		case 'S':
			s.seed = strtoull(optarg, NULL, 10);
			break;
		case 't':
			s.strace = optarg;
			break;
		case 'w':
			s.workers = atoi(optarg);
			break;
		default:
			exit(2);
		}
	}
	if (!s.binary || !s.lab || s.workers < 1)
		fail("--binary and --lab are needed");
	return s;
}

/* Ask the fault binary which functions it wraps. */
static void list_functions(const struct settings *s, struct results *r)
{
	static struct outcome o;
	const char *const argv[] = { s->binary, "--version", NULL };

	run_program(&o, argv, s->lab, "count", NULL, INPUT_FILE);
	for (const char *at = o.log; at && *at && r->function_count < FUNCTIONS_MAX;
	     at = strchr(at, '\n')) {
		at += *at == '\n';
		if (sscanf(at, "count %31s", r->functions[r->function_count].name) == 1)
			r->function_count++;
	}
	if (r->function_count < 3)
		fail("%s does not say what it wraps", s->binary);
}

/* Wait for all children. Whether each ended well. */
static bool wait_for_all(void)
{
	bool ok = true;

	for (int status; wait(&status) > 0;)
		ok = ok && status == 0;
	return ok;
}

/*
 * In a child: the whole life of a worker, in namespaces of mounts and of processes of its own. The
 * program looks through all mounts, through /proc for who executes a file, and in /dev/shm for what
 * it has recorded; with those of another worker, which come and go, the number of its calls would
 * change from one run to the next.
 */
static void be_worker(const struct settings *s, int number, struct results *r)
{
	pid_t pid = unshare(CLONE_NEWNS | CLONE_NEWPID) < 0 ? -1 : fork();

	if (pid < 0)
		fail("namespaces of a worker");
	if (pid > 0)
		/* not exit: LeakSanitizer makes a process, which the namespace, without its first
		   one, does not allow */
		_exit(wait_for_all() ? 0 : 1);
	if (mount("proc", "/proc", "proc", 0, NULL) < 0)
		fail("mount /proc");
	if (mount("tmpfs", "/dev/shm", "tmpfs", 0, NULL) < 0)
		fail("mount /dev/shm");
	torture_worker(s, number, r);
	exit(0);
}

/* Start the workers and wait for them. Whether each came to its end. */
static bool run_workers(const struct settings *s, struct results *r)
{
	fflush(stdout);
	for (int i = 0; i < s->workers; i++) {
		pid_t pid = fork();

		if (pid < 0)
			fail("fork");
		if (pid == 0)
			be_worker(s, i, r);
	}
	return wait_for_all();
}

static bool show_scenarios(const struct settings *s, const struct results *r, int *ret_count)
{
	struct result sum = { 0 };
	bool ok = true;

	for (int i = 0; i < scenario_count; i++) {
		const struct result *one = &r->scenarios[i];
		bool has_failed = one->losses || (!one->injected && !one->allocations);

		if ((s->scenario && strcmp(s->scenario, scenarios[i].name) != 0) ||
		    (s->strace && !strace_has(scenarios[i].name)))
			continue;
		printf("%s %d - %s: %ld faults injected, %ld allocations failed, %ld losses\n",
		       has_failed ? "not ok" : "ok", ++*ret_count, scenarios[i].name,
		       (long)one->injected, (long)one->allocations, (long)one->losses);
		sum.injected += one->injected;
		sum.allocations += one->allocations;
		sum.losses += one->losses;
		ok = ok && !has_failed;
	}
	printf("# seed %llu: %ld faults injected in %d scenarios, %ld allocations failed, "
	       "%ld losses\n",
	       (unsigned long long)s->seed, (long)sum.injected, *ret_count, (long)sum.allocations,
	       (long)sum.losses);
	return ok && *ret_count > 0;
}

/* A function that no scenario calls could fail as it likes. */
static bool show_functions(const struct results *r, int *ret_count)
{
	bool ok = true;

	for (int i = 0; i < r->function_count; i++) {
		const struct errors *e = errors_of(r->functions[i].name);
		const char *wrong = !e ? "has no row in tests/torture/errors.c"
				    : (e->failures || e->answers) && !r->functions[i].injected
					    ? "was never made to fail"
					    : NULL;

		if (wrong)
			printf("# sys_%s %s\n", r->functions[i].name, wrong);
		ok = ok && !wrong;
	}
	printf("%s %d - each of %d functions was made to fail\n", ok ? "ok" : "not ok",
	       ++*ret_count, r->function_count);
	return ok;
}

int main(int argc, char **argv)
{
	struct settings s = parse(argc, argv);
	struct results *r =
		mmap(NULL, sizeof(*r), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int count = 0;
	bool ok;

	if (r == MAP_FAILED)
		fail("mmap");
	umask(022);
	/* the program reads /proc/PID/maps; with a sanitizer its lines depend on the addresses */
	if (personality(ADDR_NO_RANDOMIZE) < 0)
		fail("personality");
	if (!s.strace)
		list_functions(&s, r);
	ok = run_workers(&s, r);
	if (!ok)
		printf("Bail out! a worker did not end\n");
	ok = show_scenarios(&s, r, &count) && ok;
	if (!s.scenario && !s.strace)
		ok = show_functions(r, &count) && ok;
	printf("1..%d\n", count);
	return ok ? 0 : 1;
}
