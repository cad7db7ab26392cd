/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Generates the options of a command. Most are rows of a table, from which lists of attributes,
 * clusters of short options and abbreviated long options are made. -t and -T, which belong to the
 * operands, are added by args.c.
 */
#include "options.h"

#include <stdio.h>
#include <string.h>

struct option_row {
	unsigned int weight;
	const char *word;
	const char *value;
	unsigned int effects;
};

#define RECURSES OPTION_RECURSES
#define ARCHIVE	 (OPTION_RECURSES | OPTION_NO_FOLLOW)

static const struct option_row recursive[] = {
	{ 30, "-a", NULL, ARCHIVE },
	{ 4, "--archive", NULL, ARCHIVE },
	{ 22, "-r", NULL, RECURSES },
	{ 20, "-R", NULL, RECURSES },
	{ 6, "-dR", NULL, ARCHIVE },
	{ 6, "-rp", NULL, RECURSES },
	{ 6, "-RL", NULL, RECURSES | OPTION_FOLLOWS },
	{ 6, "-RH", NULL, RECURSES },
	{ 4, "-RP", NULL, ARCHIVE },
	{ 4, "--recursive", NULL, RECURSES },
	{ 3, "--recurs", NULL, RECURSES },
};

static const struct option_row others[] = {
	{ 5, "-b", NULL, 0 },
	{ 3, "--backup", NULL, 0 },
	{ 1, "--backup=none", NULL, 0 },
	{ 1, "--backup=off", NULL, 0 },
	{ 2, "--backup=numbered", NULL, 0 },
	{ 2, "--backup=t", NULL, 0 },
	{ 2, "--backup=existing", NULL, 0 },
	{ 1, "--backup=nil", NULL, 0 },
	{ 2, "--backup=simple", NULL, 0 },
	{ 1, "--backup=never", NULL, 0 },
	{ 1, "--backup=num", NULL, 0 },
	{ 2, "-S", ".bak", 0 },
	{ 1, "-S.bak", NULL, 0 },
	{ 1, "--suffix=.old", NULL, 0 },
	{ 1, "--suffix", "~", 0 },
	{ 4, "--attributes-only", NULL, 0 },
	{ 2, "--copy-contents", NULL, OPTION_READS_SPECIALS },
	{ 6, "-d", NULL, OPTION_NO_FOLLOW },
	{ 7, "-f", NULL, 0 },
	{ 1, "--force", NULL, 0 },
	{ 5, "-i", NULL, 0 },
	{ 1, "--interactive", NULL, 0 },
	{ 4, "-H", NULL, 0 },
	{ 4, "-L", NULL, OPTION_FOLLOWS },
	{ 1, "--dereference", NULL, OPTION_FOLLOWS },
	{ 5, "-P", NULL, OPTION_NO_FOLLOW },
	{ 1, "--no-dereference", NULL, OPTION_NO_FOLLOW },
	{ 7, "-l", NULL, OPTION_LINKS },
	{ 1, "--link", NULL, OPTION_LINKS },
	{ 4, "-s", NULL, OPTION_LINKS },
	{ 1, "--symbolic-link", NULL, OPTION_LINKS },
	{ 6, "-n", NULL, 0 },
	{ 1, "--no-clobber", NULL, 0 },
	{ 7, "-u", NULL, 0 },
	{ 2, "--update", NULL, 0 },
	{ 9, "-p", NULL, 0 },
	{ 1, "--preserve", NULL, 0 },
	{ 6, "--parents", NULL, OPTION_PARENTS },
	{ 3, "--reflink=auto", NULL, 0 },
	{ 3, "--reflink=never", NULL, 0 },
	{ 1, "--reflink", NULL, 0 },
	{ 5, "--remove-destination", NULL, 0 },
	{ 2, "--sparse=auto", NULL, 0 },
	{ 4, "--sparse=always", NULL, 0 },
	{ 2, "--sparse=never", NULL, 0 },
	{ 4, "--strip-trailing-slashes", NULL, 0 },
	{ 6, "-v", NULL, 0 },
	{ 1, "--verbose", NULL, 0 },
	{ 3, "-x", NULL, 0 },
	{ 1, "--one-file-system", NULL, 0 },
	{ 10, "--preserve=", NULL, 0 },
	{ 6, "--no-preserve=", NULL, 0 },
};

/* The words of --preserve=LIST. "context" is missing because few kernels have SELinux. */
static const char *const attributes[] = {
	"mode", "ownership", "timestamps", "links", "xattr", "all"
};

/* The long options of GNU cp: an abbreviation must match exactly one of them. */
static const char *const long_names[] = {
	"archive",
	"attributes-only",
	"backup",
	"context",
	"copy-contents",
	"debug",
	"dereference",
	"force",
	"help",
	"interactive",
	"keep-directory-symlink",
	"link",
	"no-clobber",
	"no-dereference",
	"no-preserve",
	"no-target-directory",
	"one-file-system",
	"parents",
	"path",
	"preserve",
	"recursive",
	"reflink",
	"remove-destination",
	"sparse",
	"strip-trailing-slashes",
	"suffix",
	"symbolic-link",
	"target-directory",
	"update",
	"verbose",
	"version",
};

/* The number of long options that begin with the first @len letters of @name. */
static unsigned int count_matches(const char *name, size_t len)
{
	unsigned int found = 0;

	for (size_t i = 0; i < sizeof(long_names) / sizeof(long_names[0]); i++)
		found += strncmp(long_names[i], name, len) == 0;
	return found;
}

/* Abbreviates a long option to a random length at which it is still unambiguous. */
static void abbreviate(char *word, struct random *r)
{
	const char *value = strchrnul(word, '=');
	size_t len = (size_t)(value - word) - 2;
	size_t least = 1;

	while (least < len && count_matches(word + 2, least) != 1)
		least++;
	least += random_below(r, (unsigned int)(len - least) + 1);
	memmove(word + 2 + least, value, strlen(value) + 1);
}

/* Appends words to "--preserve=", each at most once. */
static void add_attributes(char *word, struct random *r)
{
	unsigned int taken = 0;

	for (unsigned int n = 1 + random_below(r, 3); n; n--) {
		unsigned int i = random_below(r, 20);

		i = i < 19 ? i % 5 : 5; /* "all" is rare */
		if (taken & 1u << i)
			continue;
		if (taken)
			path_append(word, ARGS_WORD, ",");
		path_append(word, ARGS_WORD, attributes[i]);
		taken |= 1u << i;
	}
}

static unsigned int add_row(struct args *args, struct random *r, const struct option_row *row)
{
	struct arg arg = { .count = row->value ? 2 : 1 };
	size_t len = strlen(row->word);

	snprintf(arg.words[0], sizeof(arg.words[0]), "%s", row->word);
	if (row->value)
		snprintf(arg.words[1], sizeof(arg.words[1]), "%s", row->value);
	if (strncmp(row->word, "--", 2) == 0 && random_chance(r, 15))
		abbreviate(arg.words[0], r);
	if (row->word[len - 1] == '=')
		add_attributes(arg.words[0], r);
	args_add(args, &arg);
	return row->effects;
}

static bool is_cluster(const struct arg *arg)
{
	return arg->count == 1 && arg->words[0][0] == '-' && arg->words[0][1] != '-' &&
	       !strpbrk(arg->words[0], "St.");
}

/* Joins the last two options if both are short and have no value: -r -p becomes -rp. */
static void join_clusters(struct args *args)
{
	struct arg *list = args->list;
	char letters[ARGS_WORD];
	size_t last = args->count - 1;

	if (args->count < 2 || !is_cluster(&list[last]) || !is_cluster(&list[last - 1]))
		return;
	strcpy(letters, list[last].words[0] + 1);
	path_append(list[last - 1].words[0], ARGS_WORD, letters);
	args->count--;
}

unsigned int options_random(struct args *args, struct random *r, const struct tree *tree)
{
	static const unsigned int numbers[] = { 22, 30, 24, 13, 7, 4 };
	size_t n = random_weighted(r, numbers, 6, sizeof(numbers[0]));
	bool recurse = random_chance(r, 58);
	size_t where = random_below(r, (unsigned int)n + 1);
	unsigned int effects = 0;

	for (size_t i = 0; i <= n; i++) {
		if (i == where && recurse)
			effects |= add_row(args, r, random_row(r, recursive));
		if (i < n) {
			const struct option_row *row = random_row(r, others);

			/* A FIFO that it would read has no writer. */
			if (!(row->effects & OPTION_READS_SPECIALS) || !tree_has_specials(tree))
				effects |= add_row(args, r, row);
		}
		if (args->count && random_chance(r, 25))
			join_clusters(args);
	}
	return effects;
}
