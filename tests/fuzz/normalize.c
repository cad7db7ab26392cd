/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rewriting of arguments for popt (cmd/normalize.c). The input is a byte, whose lowest bit is
 * POSIXLY_CORRECT, and arguments that end with NUL bytes.
 *
 * What getopt_long accepts, with the options of cp alone or with all, is accepted, and means the
 * same options with the same values, and the same operands in the same order. What is accepted is
 * accepted again, with the same result, when it is written out: options in full, "--", operands.
 * Without glibc only the second is checked: other C libraries abbreviate differently.
 */
#include "arguments.h"

#include "normalize.h"

#include <getopt.h>
#include <stdio.h>

/* An option that was found, and its value. */
struct found {
	const struct opt *opt;
	const char *value;
};

struct list {
	struct found *options;
	size_t count;
	size_t room;
	const char *const *operands;
	size_t operand_count;
};

/* An empty list with room for @room options, for free_list. */
static struct list *new_list(size_t room)
{
	struct list *l = calloc(1, sizeof(*l));

	must(l);
	l->options = calloc(room + 1, sizeof(*l->options));
	must(l->options);
	l->room = room;
	return l;
}

static void free_list(struct list *l)
{
	if (l)
		free(l->options);
	free(l);
}

static void add(struct list *l, const struct opt *o, const char *value)
{
	must(l->count < l->room);
	l->options[l->count++] = (struct found){ o, value };
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_lists(const struct list *a, const struct list *b)
{
	if (a->count != b->count || a->operand_count != b->operand_count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->options[i].opt != b->options[i].opt ||
		    !same_text(a->options[i].value, b->options[i].value))
			return false;
	for (size_t i = 0; i < a->operand_count; i++)
		if (strcmp(a->operands[i], b->operands[i]) != 0)
			return false;
	return true;
}

/* The row of "--name", "--name=N" or "-x", as normalize writes them. */
static const struct opt *row_of(const char *text, const struct normalized *n,
				const char **ret_value)
{
	size_t len = strcspn(text, "=");

	*ret_value = NULL;
	if (text[len]) {
		int index = atoi(text + len + 1);

		must(index >= 0 && index < n->value_count);
		*ret_value = n->values[index];
	}
	for (const struct opt *o = opt_list; o->id; o++) {
		if (text[1] != '-' && text[1] == o->short_name && !text[2])
			return o;
		if (text[1] == '-' && strlen(o->long_name) == len - 2 &&
		    strncmp(o->long_name, text + 2, len - 2) == 0)
			return o;
	}
	return NULL;
}

static struct list *list_of(const struct normalized *n)
{
	struct list *l = new_list((size_t)n->argc);

	must(n->argc >= 1 && !n->argv[n->argc]);
	for (int i = 1; i < n->argc; i++) {
		const char *value = NULL;
		const struct opt *o = row_of(n->argv[i], n, &value);

		must(o && (o->kind == OPT_KIND_NONE) == !value);
		add(l, o, value);
	}
	l->operands = n->operands;
	l->operand_count = (size_t)n->operand_count;
	return l;
}

/* Write @l out in full and have it read again. @l: has only options that can be written. */
static void check_again(const struct list *l)
{
	char **argv = calloc(l->count + l->operand_count + 3, sizeof(*argv));
	struct normalize_problem problem;
	struct normalized again;
	struct list *second;
	int argc = 0;

	must(argv && (argv[argc++] = strdup("ovl-cp")));
	for (size_t i = 0; i < l->count; i++) {
		const struct found *f = &l->options[i];

		if (!*f->opt->long_name)
			must(asprintf(&argv[argc++], "-%c", f->opt->short_name) > 0);
		else
			must(asprintf(&argv[argc++], "--%s%s%s", f->opt->long_name,
				      f->value ? "=" : "", f->value ? f->value : "") > 0);
	}
	must((argv[argc++] = strdup("--")) != NULL);
	for (size_t i = 0; i < l->operand_count; i++)
		must((argv[argc++] = strdup(l->operands[i])) != NULL);
	must(normalize(argc, argv, false, &again, &problem) == NORMALIZE_OK);
	second = list_of(&again);
	must(same_lists(l, second));
	free_list(second);
	normalize_done(&again);
	while (argc > 0)
		free(argv[--argc]);
	free(argv);
}

#ifdef __GLIBC__
/* The options for getopt_long; those that cp lacks only if @all. */
static void fill_getopt(bool all, struct option *longs, char *shorts)
{
	for (const struct opt *o = opt_list; o->id; o++) {
		if (o->extra && !all)
			continue;
		/* these two are one option to cp, too */
		if (*o->long_name)
			*longs++ = (struct option){ o->long_name, (int)o->kind, NULL,
						    0x100 + (o->id == OPT_PATH ? OPT_PARENTS
									       : (int)o->id) };
		if (o->short_name) {
			*shorts++ = o->short_name;
			if (o->kind == OPT_KIND_REQUIRED)
				*shorts++ = ':';
		}
	}
	*longs = (struct option){ 0 };
	*shorts = '\0';
}

static const struct opt *row_of_result(int c)
{
	for (const struct opt *o = opt_list; o->id; o++)
		if (c < 0x100 ? o->short_name == c : (int)o->id == c - 0x100)
			return o;
	return NULL;
}

/* What getopt_long makes of the arguments; NULL if it objects. @argv: is permuted. */
static struct list *ask_getopt(int argc, char **argv, bool posix, bool all)
{
	struct list *l = NULL;
	struct option longs[OPT_END + 1];
	char shorts[2 * OPT_END + 2] = "+";
	size_t most = 0;
	int c;

	for (int i = 0; i < argc; i++)
		most += strlen(argv[i]);
	l = new_list(most);
	fill_getopt(all, longs, shorts + posix);
	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct opt *o = row_of_result(c);

		if (c == '?') {
			free_list(l);
			return NULL;
		}
		must(o);
		add(l, o, o->kind == OPT_KIND_OPTIONAL && !optarg ? o->bare : optarg);
	}
	l->operands = (const char *const *)argv + optind;
	l->operand_count = (size_t)(argc - optind);
	return l;
}

/* OPT_PATH is OPT_PARENTS, see fill_getopt. */
static void merge_synonyms(struct list *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->options[i].opt->id == OPT_PATH)
			l->options[i].opt = opt_of(OPT_PARENTS);
}

/* @mine: NULL if normalize objects. Returns whether getopt_long accepts the arguments. */
static bool check_getopt(const struct arguments *a, bool posix, bool all, struct list *mine)
{
	char *argv[ARGUMENTS_MAX + 1];
	struct list *theirs;

	memcpy(argv, a->argv, sizeof(argv));
	theirs = ask_getopt(a->argc, argv, posix, all);
	if (!theirs)
		return false;
	must(mine);
	merge_synonyms(mine);
	must(same_lists(mine, theirs));
	free_list(theirs);
	return true;
}
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	bool posix = input_flag(&in);
	struct arguments a = arguments_read(&in);
	struct normalize_problem problem;
	struct normalized n;
	enum normalize_error e = normalize(a.argc, a.argv, posix, &n, &problem);
	struct list *mine = e == NORMALIZE_OK ? list_of(&n) : NULL;

	must(e != NORMALIZE_NO_MEMORY);
	if (mine)
		check_again(mine);
#ifdef __GLIBC__
	unsetenv("POSIXLY_CORRECT"); /* getopt_long reads it, too */
	if (!check_getopt(&a, posix, false, mine))
		(void)check_getopt(&a, posix, true, mine);
#endif
	free_list(mine);
	normalize_done(&n);
	arguments_done(&a);
	return 0;
}
