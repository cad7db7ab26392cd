/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * oracle: runs GNU cp and ovl-cp with the same random command in the same random files, and tells
 * where they differ. The seed decides all, so that
 *	oracle --seed=S --count=1 --keep
 * shows a difference again, and --shrink makes a short script of it. See --help.
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
	"Compare PROGRAM with cp on random files, by random commands.\n\n"
	"  --cp=PROGRAM     the cp to compare with (/bin/cp)\n"
	"  --seed=FIRST     the first seed (1)\n"
	"  --count=N        how many seeds (1)\n"
	"  --user=UID       root makes the files, UID runs the programs\n"
	"  --compare=WORDS  of tree,status,names,said,out,words (all but words)\n"
	"  --limit=SECONDS  the time for one run (10)\n"
	"  --jobs=N         how many seeds at a time (1)\n"
	"  --keep           keep the sandboxes of differences, and tell what they were made of\n"
	"  --shrink         make a short script of each difference\n"
	"  --script         only print the script of each seed\n"
	"  --verbose        print each command, and differences that are known\n\n"
	"The exit status is 1 if there are differences that are not known.\n";

enum mode {
	MODE_COMPARE,
	MODE_SHRINK,
	MODE_SCRIPT
};

struct options {
	struct setup setup;
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

static unsigned long long number(const char *word)
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

static unsigned int parts(const char *words)
{
	unsigned int flags = 0;

	while (*words) {
		size_t len = strcspn(words, ",");
		unsigned int flag = part_flag(words, len);

		if (!flag) {
			errno = EINVAL;
			die("--compare=%s", words);
		}
		flags |= flag;
		words += len + (words[len] == ',');
	}
	return flags;
}

static void take_option(struct options *o, int id, char *value)
{
	switch (id) {
	case ID_CP:
		program_path(o->cp, value);
		break;
	case ID_OVL:
		program_path(o->ovl, value);
		o->setup.ovl.path = o->ovl;
		break;
	case ID_DIR:
		o->setup.scratch = value;
		break;
	case ID_SEED:
		o->seed = number(value);
		break;
	case ID_COUNT:
		o->count = number(value);
		break;
	case ID_USER:
		o->setup.people.runner = (uid_t)number(value);
		break;
	case ID_COMPARE:
		o->setup.wanted = parts(value);
		break;
	case ID_LIMIT:
		o->setup.limit = (unsigned int)number(value);
		break;
	case ID_JOBS:
		o->jobs = number(value);
		break;
	case ID_KEEP:
		o->setup.keep = true;
		break;
	case ID_SHRINK:
		o->mode = MODE_SHRINK;
		break;
	case ID_SCRIPT:
		o->mode = MODE_SCRIPT;
		break;
	case ID_VERBOSE:
		o->setup.verbose = true;
		break;
	case ID_HELP:
		fputs(help, stdout);
		exit(0);
	default:
		exit(2);
	}
}

static void parse(struct options *o, int argc, char **argv)
{
	int id;

	o->setup.people = (struct people){ geteuid() == 0, geteuid() };
	o->setup.wanted = (1u << PARTS) - 1 - (1u << PART_WORDS);
	o->setup.limit = 10;
	o->seed = o->count = o->jobs = 1;
	o->setup.cp = (struct program){ o->cp, "cp" };
	o->setup.ovl.name = "ovl-cp";
	program_path(o->cp, "/bin/cp");
	while ((id = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		take_option(o, id, optarg);
	if (o->mode == MODE_SCRIPT)
		return;
	if (optind < argc || !o->setup.ovl.path || !o->setup.scratch || !o->jobs) {
		fputs(help, stderr);
		exit(2);
	}
}

static void one_script(const struct options *o, const struct scene *scene)
{
	struct text t = { 0 };

	scene_script(&t, scene, "cp", &o->setup.people);
	report_print(&t);
}

static void shrink_one(const struct options *o, struct scene *scene, struct pair *pair,
		       const char *place, uint64_t seed)
{
	struct text t = { 0 };

	shrink(scene, &o->setup, place, pair->differ);
	pair_done(pair);
	pair_run(pair, &o->setup, scene, place);
	scene_script(&t, scene, "cp", &o->setup.people);
	report_pair(&t, pair, &o->setup, scene, seed);
	report_print(&t);
}

static void report_one(const struct options *o, const struct scene *scene, const struct pair *pair,
		       const char *place, uint64_t seed)
{
	bool told = pair->differ && (!pair->known || o->setup.verbose);
	struct text t = { 0 };

	if (told)
		report_pair(&t, pair, &o->setup, scene, seed);
	else if (o->setup.verbose)
		scene_command(&t, scene, "cp");
	if (told && o->setup.keep) {
		text_printf(&t, "kept in %s/{a,b}/u/u/u/box, made by:\n", place);
		scene_script(&t, scene, "cp", &o->setup.people);
		text_puts(&t, "\n");
	}
	report_print(&t);
}

static void one_seed(const struct options *o, struct tally *tally, uint64_t seed)
{
	struct scene scene;
	struct pair pair;
	char place[PATH_MAX];

	scene_random(&scene, seed, &o->setup.people);
	if (o->mode == MODE_SCRIPT) {
		one_script(o, &scene);
		return;
	}
	snprintf(place, sizeof(place), "%s/%llu", o->setup.scratch, (unsigned long long)seed);
	pair_run(&pair, &o->setup, &scene, place);
	tally_add(tally, &pair);
	if (o->mode == MODE_SHRINK && pair.differ && !pair.known)
		shrink_one(o, &scene, &pair, place, seed);
	else
		report_one(o, &scene, &pair, place, seed);
	if (!pair.differ || !o->setup.keep)
		make_gone(place);
	pair_done(&pair);
}

static void work(const struct options *o, struct tally *tally, unsigned long first)
{
	for (unsigned long i = first; i < o->count; i += o->jobs)
		one_seed(o, tally, o->seed + i);
}

/* Lets each worker count in memory that is shared; false if one did not come to its end. */
static bool work_together(const struct options *o, struct tally *tallies)
{
	bool ok = true;
	int status;

	for (unsigned long i = 0; i < o->jobs; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (pid == 0) {
			work(o, &tallies[i], i);
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

	parse(&o, argc, argv);
	umask(0);
	if (o.mode != MODE_SCRIPT)
		make_dirs(o.setup.scratch);
	tallies = mmap(NULL, o.jobs * sizeof(*tallies), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tallies == MAP_FAILED)
		die("memory");
	if (o.jobs == 1)
		work(&o, tallies, 0);
	else
		ok = work_together(&o, tallies);
	for (unsigned long i = 0; i < o.jobs; i++)
		tally_join(&sum, &tallies[i]);
	if (o.mode != MODE_SCRIPT)
		tally_print(&sum);
	return !ok ? 2 : sum.differences != 0;
}
