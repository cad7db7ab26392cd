/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The floor of a fan-out: one process that does nothing but openat, FICLONE and close.
 *
 * usage: floor SOURCE DIRECTORY N
 *
 * Makes DIRECTORY/1 ... DIRECTORY/N. It keeps no attribute, decides nothing and tells
 * nothing, so whatever ovl-cp takes beyond it is the price of being a tool.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void clone_to(int dir, int number, int src)
{
	char name[16];
	int fd;

	(void)snprintf(name, sizeof(name), "%d", number);
	fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 || ioctl(fd, FICLONE, src) < 0 || close(fd) < 0)
		err(1, "%s", name);
}

int main(int argc, char *argv[])
{
	int src;
	int dir;

	if (argc != 4)
		errx(2, "usage: floor SOURCE DIRECTORY N");
	src = open(argv[1], O_RDONLY | O_CLOEXEC);
	dir = open(argv[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (src < 0 || dir < 0)
		err(1, "%s", argv[src < 0 ? 1 : 2]);
	for (int i = 1; i <= atoi(argv[3]); i++)
		clone_to(dir, i, src);
	return 0;
}
