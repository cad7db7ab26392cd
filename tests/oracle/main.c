/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * oracle: a differential tester. It runs GNU cp and ovl-cp with the same random command line on
 * equal random files, and reports where the results differ. The seed decides everything, so that
 *	oracle --seed=S --count=1 --keep
 * reproduces a difference, and --shrink reduces it to a short script. See --help.
 */
#include "report.h"
#include "shrink.h"

#include "make.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char help[] =
	"Usage: oracle --ovl=PROGRAM --dir=SCRATCH [OPTION]...\n"
	"Compare PROGRAM with cp on random files, with random command lines.\n\n"
	"  --cp=PROGRAM     the cp to compare with (default /bin/cp)\n"
	"  --seed=FIRST     the first seed (default 1)\n"
	"  --count=N        the number of seeds (default 1)\n"
	"  --user=UID       root makes the files, the user UID runs the programs\n"
	"  --compare=PARTS  of tree,status,names,has-stderr,stdout,stderr (default: all but "
	"stderr)\n"
	"  --limit=SECONDS  of CPU time for one run, and as long without any (default 10)\n"
	"  --jobs=N         the number of seeds that run at a time (default 1)\n"
	"  --keep           keep the sandboxes of differences, and print the script of their "
	"files\n"
	"  --shrink         reduce each difference to a short script\n"
	"  --script         only print the script of each seed\n"
	"  --verbose        print each command, and known differences too\n\n"
	"The exit status is 1 if there are differences that are not known.\n";

enum mode {
	MODE_COMPARE,
	MODE_SHRINK,
	MODE_SCRIPT
};

struct options {
	struct config config;
	enum mode mode;
	unsigned long long seed;
	unsigned long count;
	unsigned long jobs;
	char cp[PATH_MAX];
	char ovl[PATH_MAX];
};

enum option_id {
	ID_CP = 1,
	ID_OVL,
	ID_DIR,
	ID_SEED,
	ID_COUNT,
	ID_USER,
	ID_COMPARE,
	ID_LIMIT,
	ID_JOBS,
	ID_KEEP,
	ID_SHRINK,
	ID_SCRIPT,
	ID_VERBOSE,
	ID_HELP,
};

static const struct option long_options[] = {
	{ "cp", required_argument, NULL, ID_CP },
	{ "ovl", required_argument, NULL, ID_OVL },
	{ "dir", required_argument, NULL, ID_DIR },
	{ "seed", required_argument, NULL, ID_SEED },
	{ "count", required_argument, NULL, ID_COUNT },
	{ "user", required_argument, NULL, ID_USER },
	{ "compare", required_argument, NULL, ID_COMPARE },
	{ "limit", required_argument, NULL, ID_LIMIT },
	{ "jobs", required_argument, NULL, ID_JOBS },
	{ "keep", no_argument, NULL, ID_KEEP },
	{ "shrink", no_argument, NULL, ID_SHRINK },
	{ "script", no_argument, NULL, ID_SCRIPT },
	{ "verbose", no_argument, NULL, ID_VERBOSE },
	{ "help", no_argument, NULL, ID_HELP },
	{ 0 },
};

static unsigned long long parse_number(const char *word)
{
	char *end;
	unsigned long long n;

	errno = 0;
	n = strtoull(word, &end, 10);
	if (*end || end == word || errno) {
		errno = EINVAL;
		die("%s", word);
	}
	return n;
}

static void program_path(char ret_path[PATH_MAX], const char *word)
{
	if (!realpath(word, ret_path))
		die("%s", word);
}

static unsigned int parse_parts(const char *names)
{
	unsigned int flags = 0;

	while (*names) {
		size_t len = strcspn(names, ",");
		unsigned int flag = part_flag(names, len);

		if (!flag) {
			errno = EINVAL;
			die("--compare=%s", names);
		}
		flags |= flag;
		names += len + (names[len] == ',');
	}
	return flags;
}

static void set_option(struct options *o, int id, char *value)
{
	switch (id) {
	case ID_CP:
		program_path(o->cp, value);
		break;
	case ID_OVL:
		program_path(o->ovl, value);
		o->config.ovl.path = o->ovl;
		break;
	case ID_DIR:
		o->config.scratch = value;
		break;
	case ID_SEED:
		o->seed = parse_number(value);
		break;
	case ID_COUNT:
		o->count = parse_number(value);
		break;
	case ID_USER:
		o->config.people.runner = (uid_t)parse_number(value);
		break;
	case ID_COMPARE:
		o->config.wanted = parse_parts(value);
		break;
	case ID_LIMIT:
		o->config.limit = (unsigned int)parse_number(value);
		break;
	case ID_JOBS:
		o->jobs = parse_number(value);
		break;
	case ID_KEEP:
		o->config.keep = true;
		break;
	case ID_SHRINK:
		o->mode = MODE_SHRINK;
		break;
	case ID_SCRIPT:
		o->mode = MODE_SCRIPT;
		break;
	case ID_VERBOSE:
		o->config.verbose = true;
		break;
	case ID_HELP:
		fputs(help, stdout);
		exit(0);
	default:
		exit(2);
	}
}

static void parse_options(struct options *o, int argc, char **argv)
{
	int id;

	o->config.people = (struct people){ geteuid() == 0, geteuid() };
	o->config.wanted = (1u << PARTS) - 1 - (1u << PART_STDERR);
	o->config.limit = 10;
	o->seed = o->count = o->jobs = 1;
	o->config.cp = (struct program){ o->cp, "cp" };
	o->config.ovl.name = "ovl-cp";
	program_path(o->cp, "/bin/cp");
	while ((id = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		set_option(o, id, optarg);
	if (o->mode == MODE_SCRIPT)
		return;
	if (optind < argc || !o->config.ovl.path || !o->config.scratch || !o->jobs) {
		fputs(help, stderr);
		exit(2);
	}
}

static void print_script(const struct options *o, const struct setup *setup)
{
	struct text t = { 0 };

	setup_script(&t, setup, "cp", &o->config.people);
	report_print(&t);
}

static void shrink_pair(const struct options *o, struct setup *setup, struct pair *pair,
			const char *pair_dir, uint64_t seed)
{
	struct text t = { 0 };

	shrink(setup, &o->config, pair_dir, pair->differ);
	pair_done(pair);
	pair_run(pair, &o->config, setup, pair_dir);
	setup_script(&t, setup, "cp", &o->config.people);
	report_pair(&t, pair, &o->config, setup, seed);
	report_print(&t);
}

static void report_seed(const struct options *o, const struct setup *setup, const struct pair *pair,
			const char *pair_dir, uint64_t seed)
{
	bool reported = pair->differ && (!pair->known || o->config.verbose);
	struct text t = { 0 };

	if (reported)
		report_pair(&t, pair, &o->config, setup, seed);
	else if (o->config.verbose)
		setup_command(&t, setup, "cp");
	if (reported && o->config.keep) {
		text_printf(&t, "kept in %s/{a,b}/u/u/u/box, made by:\n", pair_dir);
		setup_script(&t, setup, "cp", &o->config.people);
		text_puts(&t, "\n");
	}
	report_print(&t);
}

static void run_seed(const struct options *o, struct tally *tally, uint64_t seed)
{
	struct setup setup;
	struct pair pair;
	char pair_dir[PATH_MAX];

	setup_random(&setup, seed, &o->config.people);
	if (o->mode == MODE_SCRIPT) {
		print_script(o, &setup);
		return;
	}
	snprintf(pair_dir, sizeof(pair_dir), "%s/%llu", o->config.scratch,
		 (unsigned long long)seed);
	pair_run(&pair, &o->config, &setup, pair_dir);
	tally_add(tally, &pair);
	if (o->mode == MODE_SHRINK && pair.differ && !pair.known)
		shrink_pair(o, &setup, &pair, pair_dir, seed);
	else
		report_seed(o, &setup, &pair, pair_dir, seed);
	if (!pair.differ || !o->config.keep)
		remove_tree(pair_dir);
	pair_done(&pair);
}

/* Runs every o->jobs-th seed, from o->seed + @first on. */
static void run_seeds(const struct options *o, struct tally *tally, unsigned long first)
{
	for (unsigned long i = first; i < o->count; i += o->jobs)
		run_seed(o, tally, o->seed + i);
}

/* Runs the seeds in o->jobs processes, each of which counts in its own element of the shared array
   @tallies; false if one of them failed or was killed. */
static bool run_workers(const struct options *o, struct tally *tallies)
{
	bool ok = true;
	int status;

	for (unsigned long i = 0; i < o->jobs; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (pid == 0) {
			run_seeds(o, &tallies[i], i);
			_exit(0);
		}
	}
	while (wait(&status) > 0)
		ok = ok && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return ok;
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	struct tally sum = { 0 };
	struct tally *tallies;
	bool ok = true;

	parse_options(&o, argc, argv);
	umask(0);
	if (o.mode != MODE_SCRIPT)
		make_dirs(o.config.scratch);
	tallies = mmap(NULL, o.jobs * sizeof(*tallies), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tallies == MAP_FAILED)
		die("memory");
	if (o.jobs == 1)
		run_seeds(&o, tallies, 0);
	else
		ok = run_workers(&o, tallies);
	for (unsigned long i = 0; i < o.jobs; i++)
		tally_merge(&sum, &tallies[i]);
	if (o.mode != MODE_SCRIPT)
		tally_print(&sum);
	return !ok ? 2 : sum.differences != 0;
}
