/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One comparison: the same files twice, a program run in each, and the difference of the results.
 * The sandbox is some directories below the top of what is compared, so that a copied symlink
 * "up -> ../.." leads to a directory that is compared as well.
 */
#include "pair.h"

#include "known.h"
#include "make.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
	/* Attempts to make the second sandbox with its inodes in the order of the first. */
	ORDER_TRIES = 6,
	/* Repetitions of cp that show whether it does the same each time. */
	CP_TRIES = 8,
	/* Repetitions of both where the order of inodes may have made the difference. */
	PAIR_TRIES = 6,
	/* Most allocation groups that are searched. */
	MOST_GROUPS = 32,
	/* Inode numbers that are closer than this are in one allocation group. */
	NEAR = 1 << 16,
};

static const char *const padding[] = { "u/u/u", "u/u", "u", "." };

static void path_of(char ret_path[PATH_MAX], const char *pair_dir, const char *side,
		    const char *below)
{
	snprintf(ret_path, PATH_MAX, "%s/%s/%s", pair_dir, side, below);
}

static void make_side(const struct config *config, const struct setup *setup, const char *pair_dir,
		      const char *side)
{
	const struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	char path[PATH_MAX];

	path_of(path, pair_dir, side, "u/u/u/box");
	make_dirs(path);
	make_tree(&setup->tree, path, &config->people);
	for (size_t i = 0; i < sizeof(padding) / sizeof(padding[0]); i++) {
		path_of(path, pair_dir, side, padding[i]);
		if (utimensat(AT_FDCWD, path, old, 0) != 0)
			die("times of %s", path);
	}
}

/* The inode number that a new directory gets at present. */
static ino_t next_ino(const char *pair_dir)
{
	char path[PATH_MAX];
	struct stat st;

	path_of(path, pair_dir, "turn", "");
	make_dirs(path);
	if (stat(path, &st) != 0)
		die("%s", path);
	remove_tree(path);
	return st.st_ino;
}

/*
 * XFS puts each new directory into the allocation group after that of the last one, and the group
 * is the upper half of the inode number, by which cp sorts. Makes and removes directories until
 * their inodes are near @ino, so that the files made next get the same order as those made after
 * the directory @ino.
 */
static void advance_to_group(const char *pair_dir, ino_t ino)
{
	for (unsigned int tries = 0; tries < MOST_GROUPS; tries++) {
		ino_t next = next_ino(pair_dir);

		if ((next > ino ? next - ino : ino - next) < NEAR)
			return;
	}
}

static void run_side(struct result *ret_result, const struct config *config,
		     const struct setup *setup, const char *pair_dir, const char *side)
{
	const struct program *program = *side == 'b' ? &config->ovl : &config->cp;
	bool holes = args_has_long(&setup->args, "--sparse");
	struct outcome outcome;
	char path[PATH_MAX];

	path_of(path, pair_dir, side, "u/u/u/box");
	run_program(&outcome, program, setup, path, &config->people, config->limit);
	path_of(path, pair_dir, side, "");
	result_init(ret_result, &outcome, path, program, holes);
	outcome_done(&outcome);
}

/* Makes both sandboxes; true if their inodes have the same order. */
static bool make_both(const struct config *config, const struct setup *setup, const char *pair_dir)
{
	char box_a[PATH_MAX];
	char box_b[PATH_MAX];
	ino_t ino;

	path_of(box_a, pair_dir, "a", "u/u/u/box");
	path_of(box_b, pair_dir, "b", "u/u/u/box");
	remove_tree(pair_dir);
	ino = next_ino(pair_dir);
	make_side(config, setup, pair_dir, "a");
	for (unsigned int tries = 1;; tries++) {
		char path[PATH_MAX];

		advance_to_group(pair_dir, ino);
		make_side(config, setup, pair_dir, "b");
		if (make_same_order(&setup->tree, box_a, box_b))
			return true;
		if (tries == ORDER_TRIES)
			return false;
		path_of(path, pair_dir, "b", "");
		remove_tree(path);
	}
}

/* True if cp itself gives another result when repeated, with inodes in another order. */
static bool cp_is_nondeterministic(const struct pair *pair, const struct config *config,
				   const struct setup *setup, const char *pair_dir)
{
	bool same = true;

	for (unsigned int tries = 0; tries < CP_TRIES && same; tries++) {
		struct result again;
		char path[PATH_MAX];

		make_side(config, setup, pair_dir, "c");
		run_side(&again, config, setup, pair_dir, "c");
		same = !(result_differences(&again, &pair->cp, config->wanted) & pair->differ);
		result_done(&again);
		path_of(path, pair_dir, "c", "");
		remove_tree(path);
		(void)next_ino(pair_dir);
	}
	return !same;
}

static void run_both(struct pair *p, const struct config *config, const struct setup *setup,
		     const char *pair_dir)
{
	ino_t ino;

	*p = (struct pair){ .same_order = make_both(config, setup, pair_dir) };
	ino = next_ino(pair_dir);
	run_side(&p->cp, config, setup, pair_dir, "a");
	advance_to_group(pair_dir, ino);
	run_side(&p->ovl, config, setup, pair_dir, "b");
	p->differ = result_differences(&p->cp, &p->ovl, config->wanted);
	p->known =
		known_allows(&(struct comparison){ setup, &p->cp, &p->ovl }, p->differ, &p->rows);
}

/*
 * True if inode numbers may have made the difference: those of the tree, or those of directories
 * that the copy creates, which matter where a copy finds itself below its source.
 */
static bool order_matters(const struct pair *p)
{
	bool itself = false;

	for (size_t i = 0; i < p->cp.part[PART_STDERR].count; i++)
		itself = itself || strstr(p->cp.part[PART_STDERR].line[i], ", into itself, ");
	return itself || !p->same_order;
}

/* True if the programs agree when repeated with new files. Only tried where the order of inodes
   matters: any other difference is reported even if it occurs once. */
static bool agree_again(const struct pair *pair, const struct config *config,
			const struct setup *setup, const char *pair_dir)
{
	bool agree = false;
	char path[PATH_MAX];

	path_of(path, pair_dir, "again", "");
	for (unsigned int tries = 0; tries < PAIR_TRIES && !agree && order_matters(pair); tries++) {
		struct pair again;

		run_both(&again, config, setup, path);
		agree = !again.differ;
		pair_done(&again);
		remove_tree(path);
	}
	return agree;
}

void pair_run(struct pair *ret_pair, const struct config *config, const struct setup *setup,
	      const char *pair_dir)
{
	struct pair *p = ret_pair;

	run_both(p, config, setup, pair_dir);
	p->nondeterministic = p->differ && !p->known &&
			      (cp_is_nondeterministic(p, config, setup, pair_dir) ||
			       agree_again(p, config, setup, pair_dir));
	if (p->nondeterministic)
		p->differ = 0;
}

void pair_done(struct pair *pair)
{
	result_done(&pair->cp);
	result_done(&pair->ovl);
}
