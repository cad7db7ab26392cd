/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All trees have the same names, so that a copy that is led to another place changes, or reads, a
 * file there: a canary.
 */
#include "lab.h"

#include "baits.h"
#include "modes.h"
#include "plant.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const lab_slots[] = { "f0", "f1", "f2", "d0", "d1", "l0", "p0", "h0", "n", NULL };

/* With more levels than the program keeps open, 24, it has to find its way back through "..". */
#define N8 "n/n/n/n/n/n/n/n"
const char *const lab_dirs[] = { ".",	 "d0",	   "d0/d1",	    "d1",
				 "d1/n", "d1/" N8, "d1/" N8 "/" N8, "d1/" N8 "/" N8 "/" N8 "/n/n",
				 NULL };

/* The first of them have baits; in the deep ones is less, so that a copy does not take long. */
#define BAITED_DIRS 4

/* Files of root's tree: more modes and owners than it takes to see what the copy makes of them. */
static void plant_root_files(int fd, unsigned int h0_owner)
{
	plant_file(fd, "f0", &(struct plant){ MARK_PLAIN, 6000, 0644, 0 });
	plant_file(fd, "f1", &(struct plant){ MARK_INSIDE, 6000, 0600, 0 });
	plant_file(fd, "f2", &(struct plant){ MARK_PLAIN, 70000, 0664, 0 });
	plant_file(fd, "h0", &(struct plant){ MARK_PLAIN, 100, h0_owner ? 0666 : 0644, h0_owner });
	plant_file(fd, "e0", &(struct plant){ MARK_PLAIN, 100, 04755, 0 });
	plant_file(fd, "e1", &(struct plant){ MARK_PLAIN, 100, 02711, 1234 });
	plant_file(fd, "g0", &(struct plant){ MARK_PLAIN, 100, 0640, 1234 });
	plant_acl(fd, "g0", false, 0); /* an entry that gives the hostile user nothing */
	plant_file(fd, "g1", &(struct plant){ MARK_PLAIN, 100, 0440, 0 });
	plant_acl(fd, "g1", false, 4);
}

static void plant_his_files(int fd)
{
	plant_file(fd, "f0", &(struct plant){ MARK_HIS, 6000, 0644, HOSTILE_ID });
	plant_file(fd, "f1", &(struct plant){ MARK_HIS, 6000, 0666, HOSTILE_ID });
	plant_file(fd, "f2", &(struct plant){ MARK_HIS, 70000, 0644, HOSTILE_ID });
	plant_file(fd, "h0", &(struct plant){ MARK_HIS, 100, 04755, HOSTILE_ID });
}

static void plant_canary_files(int fd, bool private)
{
	const char *mark = private ? MARK_PRIVATE : MARK_OPEN;

	plant_file(fd, "f0", &(struct plant){ mark, 6000, 0644, 0 });
	plant_file(fd, "f1", &(struct plant){ MARK_OUTSIDE, 6000, 0600, 0 });
	plant_file(fd, "f2", &(struct plant){ mark, 70000, 0644, 0 });
	plant_file(fd, "h0", &(struct plant){ MARK_OUTSIDE, 100, 0600, 0 });
}

/* What is in each directory of a tree besides its own files. */
static void plant_others(int fd, unsigned int owner)
{
	plant_dir(fd, "d0", 0755, owner);
	plant_dir(fd, "d1", 0755, owner);
	plant_link(fd, "l0", "f0", owner);
	plant_fifo(fd, "p0", 0644, owner);
	if (linkat(fd, "h0", fd, "h1", 0) < 0 && errno != EEXIST)
		die("h1");
}

/* Whose files a tree has. */
enum content {
	ROOT_FILES,
	ROOT_AND_HIS_FILES,
	HIS_FILES,
	CANARIES,
	PRIVATE_CANARIES,
};

static void plant_tree(const char *top, enum content content)
{
	const unsigned int owner = content == HIS_FILES ? HOSTILE_ID : 0;
	int top_fd = plant_open(AT_FDCWD, top);

	for (const char *const *dir = lab_dirs; *dir; dir++) {
		int fd = plant_path(top_fd, *dir, owner);

		if (content == ROOT_FILES || content == ROOT_AND_HIS_FILES)
			plant_root_files(fd, content == ROOT_FILES ? 0 : HOSTILE_ID);
		else if (content == HIS_FILES)
			plant_his_files(fd);
		else
			plant_canary_files(fd, content == PRIVATE_CANARIES);
		plant_others(fd, owner);
		if (content == HIS_FILES && dir - lab_dirs < BAITED_DIRS)
			baits_plant(fd, *dir);
		(void)close(fd);
	}
	(void)close(top_fd);
}

void lab_make_outside(void)
{
	int fd;

	plant_dir(AT_FDCWD, "outside", 0755, 0);
	fd = plant_open(AT_FDCWD, "outside");
	plant_dir(fd, "dir", 0755, 0);
	plant_dir(fd, "private", 0700, 0);
	plant_file(fd, "secret", &(struct plant){ MARK_OUTSIDE, 6000, 0600, 0 });
	plant_file(fd, "open", &(struct plant){ MARK_OPEN, 6000, 0644, 0 });
	/* what baits_hard_link links; "inside", because it is then in his tree, too */
	plant_file(fd, "linked", &(struct plant){ MARK_INSIDE, 6000, 0600, 0 });
	plant_file(fd, "exec", &(struct plant){ MARK_OPEN, 6000, 04755, 0 });
	plant_file(fd, "listed", &(struct plant){ MARK_OUTSIDE, 100, 0600, 0 });
	plant_acl(fd, "listed", false, 0);
	plant_xattr(fd, "listed", "user.canary", "as it was");
	plant_fifo(fd, "fifo", 0600, 0);
	plant_link(fd, "link", "open", 0);
	if (mknodat(fd, "null", S_IFCHR | 0600, PLANT_NULL) < 0)
		die("null");
	(void)close(fd);
	plant_tree("outside/dir", CANARIES);
	plant_tree("outside/private", PRIVATE_CANARIES);
}

const char *lab_tree(const struct attack *a)
{
	return a->mode->flags & MODE_INTO ? "his/src" : "his";
}

void lab_make_trees(const struct attack *a)
{
	static const char *const tops[] = { "his", "src", "dst" };

	for (size_t i = 0; i < sizeof(tops) / sizeof(*tops); i++) {
		lab_remove(AT_FDCWD, tops[i]);
		plant_dir(AT_FDCWD, tops[i], 0755, i == 0 ? HOSTILE_ID : 0);
	}
	if (a->mode->flags & MODE_INTO)
		plant_dir(AT_FDCWD, "his/src", 0755, HOSTILE_ID);
	plant_tree(lab_tree(a), HIS_FILES);
	if (a->mode->role != OWNS_SOURCE)
		/* through hard links he could write to his own file in root's tree */
		plant_tree("src", a->mode->flags & MODE_LINKS ? ROOT_FILES : ROOT_AND_HIS_FILES);
	/* a list that new files inherit: the hostile user may do all that their modes permit */
	if (a->mode->role == OWNS_DESTINATION)
		plant_acl(AT_FDCWD, lab_tree(a), true, 7);
}
