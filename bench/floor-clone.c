/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lower bound for a fan-out: one process that only calls openat, FICLONE and close.
 *
 * usage: floor-clone [-u] [-p] SOURCE DIRECTORY N
 *
 * Creates DIRECTORY/1 ... DIRECTORY/N. -u opens SOURCE for writing first, so that an overlay copies
 * it up; -p preserves owner, mode and times. It makes no decisions and prints no messages, so the
 * difference to ovl-cp is what these cost.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct source {
	int fd;
	bool preserve;
	struct stat st;
};

static void keep(const struct source *src, int fd, const char *name)
{
	struct timespec times[] = { src->st.st_atim, src->st.st_mtim };

	if (fchown(fd, src->st.st_uid, src->st.st_gid) < 0 ||
	    fchmod(fd, src->st.st_mode & 07777) < 0 || futimens(fd, times) < 0)
		err(1, "%s", name);
}

static void clone_to(int dir, int number, const struct source *src)
{
	char name[16];
	int fd;

	(void)snprintf(name, sizeof(name), "%d", number);
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 || ioctl(fd, FICLONE, src->fd) < 0)
		err(1, "%s", name);
	if (src->preserve)
		keep(src, fd, name);
	if (close(fd) < 0)
		err(1, "%s", name);
}

static void copy_up(const char *name)
{
	int fd = open(name, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || close(fd) < 0)
		err(1, "%s", name);
}

int main(int argc, char *argv[])
{
	struct source src = { .fd = -1 };
	bool up = false;
	int letter;
	int dir;

	while ((letter = getopt(argc, argv, "up")) != -1) {
		up = up || letter == 'u';
		src.preserve = src.preserve || letter == 'p';
	}
	argv += optind;
	if (argc - optind != 3)
		errx(2, "usage: floor-clone [-u] [-p] SOURCE DIRECTORY N");
	if (up)
		copy_up(argv[0]);
	src.fd = open(argv[0], O_RDONLY | O_CLOEXEC);
	dir = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (src.fd < 0 || dir < 0 || fstat(src.fd, &src.st) < 0)
		err(1, "%s", argv[src.fd < 0 ? 0 : 1]);
	for (int i = 1; i <= atoi(argv[2]); i++)
		clone_to(dir, i, &src);
	return 0;
}
