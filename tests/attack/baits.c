/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Links of the hostile user to each canary; links of root's, which a copy has left there once; and
 * files of other kinds.
 */
#include "baits.h"

#include "attack.h"
#include "lab.h"
#include "plant.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *const lab_baits[] = { "x-file",    "x-dir",	  "x-fifo",    "x-secret", "x-mine",
				  "x-lfile",   "x-ldir",  "x-lpriv",   "x-lexec",  "x-lfifo",
				  "x-lnull",   "x-ldots", "x-linside", "x-rfile",  "x-rdir",
				  "x-rinside", "x-rdots", "x-hard",    NULL };

static const struct bait_link {
	const char *name;
	/* "@": an absolute path of the laboratory; "^": as many ".." as lead there */
	const char *text;
	unsigned int owner;
} links[] = {
	{ "x-lfile", "@outside/secret", HOSTILE_ID },
	{ "x-ldir", "@outside/dir", HOSTILE_ID },
	{ "x-lpriv", "@outside/private", HOSTILE_ID },
	{ "x-lexec", "@outside/exec", HOSTILE_ID },
	{ "x-lfifo", "@outside/fifo", HOSTILE_ID },
	{ "x-lnull", "@outside/null", HOSTILE_ID },
	{ "x-ldots", "^outside/dir/f0", HOSTILE_ID },
	{ "x-linside", "f1", HOSTILE_ID },
	{ "x-rfile", "@outside/open", 0 },
	{ "x-rdir", "@outside/dir", 0 },
	{ "x-rinside", "d0/f0", 0 },
	{ "x-rdots", "d0/../../../outside/dir/f0", 0 },
};

static void plant_bait(int dir_fd, const char *dir, const struct bait_link *l)
{
	char text[2 * PATH_MAX];
	char top[PATH_MAX];
	size_t len = 0;

	if (!getcwd(top, sizeof(top)))
		die("getcwd");
	if (*l->text == '@') {
		(void)snprintf(text, sizeof(text), "%s/%s", top, l->text + 1);
	} else if (*l->text == '^') {
		for (const char *s = strcmp(dir, ".") == 0 ? NULL : dir; s; s = strchr(s, '/')) {
			len += (size_t)sprintf(text + len, "../");
			s += *s == '/';
		}
		(void)snprintf(text + len, sizeof(text) - len, "../%s", l->text + 1);
	} else {
		(void)snprintf(text, sizeof(text), "%s", l->text);
	}
	plant_link(dir_fd, l->name, text, l->owner);
}

void baits_plant(int dir_fd, const char *dir)
{
	int fd;

	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		plant_bait(dir_fd, dir, &links[i]);
	plant_file(dir_fd, "x-file", &(struct plant){ MARK_HIS, 6000, 0666, HOSTILE_ID });
	plant_file(dir_fd, "x-mine", &(struct plant){ MARK_HIS, 6000, 06777, HOSTILE_ID });
	/* root's, in his directory: he can give it another name, but not read it */
	plant_file(dir_fd, "x-secret", &(struct plant){ MARK_INSIDE, 6000, 0600, 0 });
	plant_fifo(dir_fd, "x-fifo", 0666, HOSTILE_ID);
	plant_dir(dir_fd, "x-dir", 0777, HOSTILE_ID);
	fd = plant_open(dir_fd, "x-dir");
	plant_file(fd, "f0", &(struct plant){ MARK_HIS, 6000, 0666, HOSTILE_ID });
	plant_file(fd, "f1", &(struct plant){ MARK_HIS, 6000, 0666, HOSTILE_ID });
	plant_link(fd, "f2", "../f1", HOSTILE_ID);
	plant_dir(fd, "d0", 0777, HOSTILE_ID);
	plant_dir(fd, "d1", 0777, HOSTILE_ID);
	(void)close(fd);
}

int baits_hard_link(int dir_fd)
{
	return linkat(AT_FDCWD, "outside/linked", dir_fd, "x-hard", 0);
}
