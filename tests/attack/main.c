/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * attack: root copies in one mode for some seconds, while processes of another user do what they
 * can to the tree that they own. See --help, and docs/TESTING.md.
 */
#include "attack.h"
#include "copy.h"
#include "hostile.h"
#include "lab.h"
#include "modes.h"
#include "rounds.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char help[] =
	"Usage: attack --program=FILE --mode=MODE [--seconds=N] [--seed=N]\n"
	"       attack --list\n"
	"Let processes of user 65534 attack the copies of root, in the current directory, which "
	"must be\n"
	"empty. Print figures, and on standard error what should not have been possible.\n\n"
	"The exit status is 1 if there was such a thing, or if nothing was attacked; 77 if the\n"
	"program has not the option of the mode.\n";

void die(const char *format, ...)
{
	const int error = errno;
	va_list args;

	va_start(args, format);
	fprintf(stderr, "attack: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, ": %s\n", strerror(error));
	va_end(args);
	exit(2);
}

void breach(const struct attack *a, const char *format, ...)
{
	char text[1024];
	va_list args;

	if (atomic_fetch_add(&a->shared->breaches, 1) >= 20)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	dprintf(2, "breach: %s: %s\n", a->mode->name, text);
}

static int list_modes(void)
{
	for (const struct mode *m = modes; m->name; m++)
		puts(m->name);
	return 0;
}

/* The figures as one line; docs/TESTING.md explains them. */
static int print_figures(const struct attack *a)
{
	const struct shared *s = a->shared;
	const bool watches = a->mode->role == WATCHES;
	const bool bitten =
		s->copies > 0 && (watches ? s->reads > 0 : s->swaps > 0 && s->messages > 0);

	printf("%-18s seconds %.0f copies %lu complete %lu stuck %lu messages %lu swaps %lu "
	       "moves %lu modes %lu reads %lu writes %lu breaches %lu%s\n",
	       a->mode->name, a->seconds, s->copies, s->complete, s->stuck, s->messages, s->swaps,
	       s->moves, s->modes, s->reads, s->writes, s->breaches,
	       bitten ? "" : " NOTHING WAS ATTACKED");
	return bitten && s->breaches == 0 ? 0 : 1;
}

static int attack(struct attack *a)
{
	a->shared = mmap(NULL, sizeof(*a->shared), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (a->shared == MAP_FAILED)
		die("mmap");
	(void)umask(022);
	lab_make_outside();
	lab_make_trees(a);
	rounds_run(a, hostile_start(a));
	return print_figures(a);
}

static const struct option long_options[] = {
	{ "program", required_argument, NULL, 'p' },
	{ "mode", required_argument, NULL, 'm' },
	{ "seconds", required_argument, NULL, 's' },
	{ "seed", required_argument, NULL, 'e' },
	{ "list", no_argument, NULL, 'l' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

int main(int argc, char **argv)
{
	struct attack a = { .seconds = 60, .seed = 1 };

	for (int c; (c = getopt_long(argc, argv, "", long_options, NULL)) >= 0;) {
		if (c == 'p')
			a.program = optarg;
		else if (c == 'm')
			a.mode = mode_find(optarg);
		else if (c == 's')
			a.seconds = atof(optarg);
		else if (c == 'e')
			a.seed = (unsigned int)atoi(optarg);
		else if (c == 'l')
			return list_modes();
		else
			return fputs(help, c == 'h' ? stdout : stderr), c == 'h' ? 0 : 2;
	}
	if (!a.program || !a.mode)
		return fputs(help, stderr), 2;
	if (a.mode->needs && !copy_has_option(a.program, a.mode->needs))
		return 77;
	return attack(&a);
}
