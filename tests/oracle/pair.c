/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One comparison: the same files twice, a program in each, and what became of them. The sandbox is
 * not at the top of what is compared but some directories deeper, so that a copied "up -> ../.."
 * leads to a place that is looked at as well.
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
	/* How often a sandbox is made until its inodes have the order of the other's. */
	ORDER_TRIES = 6,
	/* How often cp is asked again whether it does the same each time. */
	CP_TRIES = 8,
	/* How often both are asked again where the order of inodes may have decided. */
	PAIR_TRIES = 6,
	/* How many allocation groups are looked through. */
	MOST_GROUPS = 32,
	/* Numbers that are not further apart are in one group. */
	NEAR = 1 << 16,
};

static const char *const padding[] = { "u/u/u", "u/u", "u", "." };

static void path_of(char ret_path[PATH_MAX], const char *place, const char *side, const char *below)
{
	snprintf(ret_path, PATH_MAX, "%s/%s/%s", place, side, below);
}

static void make_side(const struct setup *setup, const struct scene *scene, const char *place,
		      const char *side)
{
	const struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
	char path[PATH_MAX];

	path_of(path, place, side, "u/u/u/box");
	make_dirs(path);
	make_tree(&scene->tree, path, &setup->people);
	for (size_t i = 0; i < sizeof(padding) / sizeof(padding[0]); i++) {
		path_of(path, place, side, padding[i]);
		if (utimensat(AT_FDCWD, path, old, 0) != 0)
			die("times of %s", path);
	}
}

/* The number that a new directory gets now. */
static ino_t next_number(const char *place)
{
	char path[PATH_MAX];
	struct stat st;

	path_of(path, place, "turn", "");
	make_dirs(path);
	if (stat(path, &st) != 0)
		die("%s", path);
	make_gone(path);
	return st.st_ino;
}

/*
 * XFS puts each new directory into another allocation group than the last one, and the group is
 * the upper half of the inode number, by which cp sorts. Makes directories until they come near
 * @number, so that what is made now gets the order of what was made after that.
 */
static void turn_to(const char *place, ino_t number)
{
	for (unsigned int tries = 0; tries < MOST_GROUPS; tries++) {
		ino_t next = next_number(place);

		if ((next > number ? next - number : number - next) < NEAR)
			return;
	}
}

static void run_side(struct result *ret_result, const struct setup *setup,
		     const struct scene *scene, const char *place, const char *side)
{
	const struct program *program = *side == 'b' ? &setup->ovl : &setup->cp;
	bool holes = args_has_long(&scene->args, "--sparse");
	struct outcome outcome;
	char path[PATH_MAX];

	path_of(path, place, side, "u/u/u/box");
	run_program(&outcome, program, scene, path, &setup->people, setup->limit);
	path_of(path, place, side, "");
	result_init(ret_result, &outcome, path, program, holes);
	outcome_done(&outcome);
}

/* Makes both sandboxes; true if their inodes have the same order, in which cp copies entries. */
static bool make_both(const struct setup *setup, const struct scene *scene, const char *place)
{
	char box_a[PATH_MAX];
	char box_b[PATH_MAX];
	ino_t number;

	path_of(box_a, place, "a", "u/u/u/box");
	path_of(box_b, place, "b", "u/u/u/box");
	make_gone(place);
	number = next_number(place);
	make_side(setup, scene, place, "a");
	for (unsigned int tries = 1;; tries++) {
		char path[PATH_MAX];

		turn_to(place, number);
		make_side(setup, scene, place, "b");
		if (make_same_order(&scene->tree, box_a, box_b))
			return true;
		if (tries == ORDER_TRIES)
			return false;
		path_of(path, place, "b", "");
		make_gone(path);
	}
}

/* Whether cp does something else when it is asked once more, with inodes in another order. */
static bool cp_is_unsteady(const struct pair *pair, const struct setup *setup,
			   const struct scene *scene, const char *place)
{
	bool same = true;

	for (unsigned int tries = 0; tries < CP_TRIES && same; tries++) {
		struct result again;
		char path[PATH_MAX];

		make_side(setup, scene, place, "c");
		run_side(&again, setup, scene, place, "c");
		same = !(compare(&again, &pair->cp, setup->wanted) & pair->differ);
		result_done(&again);
		path_of(path, place, "c", "");
		make_gone(path);
		(void)next_number(place);
	}
	return !same;
}

static void run_both(struct pair *p, const struct setup *setup, const struct scene *scene,
		     const char *place)
{
	ino_t number;

	*p = (struct pair){ .same_order = make_both(setup, scene, place) };
	number = next_number(place);
	run_side(&p->cp, setup, scene, place, "a");
	turn_to(place, number);
	run_side(&p->ovl, setup, scene, place, "b");
	p->differ = compare(&p->cp, &p->ovl, setup->wanted);
	p->known = known(scene, &p->cp, &p->ovl, p->differ, &p->rows);
}

/*
 * Whether the numbers of inodes may have made the difference: those of the tree, or those of new
 * directories, which count where a copy finds itself below its source.
 */
static bool order_matters(const struct pair *p)
{
	bool itself = false;

	for (size_t i = 0; i < p->cp.part[PART_WORDS].count; i++)
		itself = itself || strstr(p->cp.part[PART_WORDS].line[i], ", into itself, ");
	return itself || !p->same_order;
}

/* Whether the programs agree if all is made anew; others than these must be seen even once. */
static bool agree_again(const struct pair *pair, const struct setup *setup,
			const struct scene *scene, const char *place)
{
	bool agree = false;
	char path[PATH_MAX];

	path_of(path, place, "again", "");
	for (unsigned int tries = 0; tries < PAIR_TRIES && !agree && order_matters(pair); tries++) {
		struct pair again;

		run_both(&again, setup, scene, path);
		agree = !again.differ;
		pair_done(&again);
		make_gone(path);
	}
	return agree;
}

void pair_run(struct pair *ret_pair, const struct setup *setup, const struct scene *scene,
	      const char *place)
{
	struct pair *p = ret_pair;

	run_both(p, setup, scene, place);
	p->unsteady =
		p->differ && !p->known &&
		(cp_is_unsteady(p, setup, scene, place) || agree_again(p, setup, scene, place));
	if (p->unsteady)
		p->differ = 0;
}

void pair_done(struct pair *pair)
{
	result_done(&pair->cp);
	result_done(&pair->ovl);
}
