/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tries to have a file copied up that it may only read, while another thread exchanges what a call
 * names:
 *
 *	exchange SECONDS MINE OTHER DESTINATION
 *
 * The descriptor of the source is that of MINE, which may be copied up, and of OTHER, by turns; so
 * is the number in the structure of FICLONERANGE, in memory, and the destination is closed and
 * opened. Prints how often it called and exchanged.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <time.h>
#include <unistd.h>

/* Numbers that nothing else has. */
enum {
	SOURCE = 100,
	DESTINATION = 101,
	MINE = 102,
	OTHER = 103
};

static const char *destination;
static struct file_clone_range range = { .src_fd = SOURCE };
static atomic_bool has_ended;
static atomic_long exchanges;

static void open_as(const char *path, int flags, int number)
{
	int fd = open(path, flags | O_CLOEXEC, 0644);

	if (fd < 0 || dup2(fd, number) < 0) {
		perror(path);
		exit(1);
	}
	close(fd);
}

static void *exchange(void *payload)
{
	volatile long long *number = &range.src_fd;

	(void)payload;
	while (!has_ended) {
		dup2(MINE, SOURCE);
		*number = MINE;
		dup2(OTHER, SOURCE);
		*number = OTHER;
		close(DESTINATION);
		open_as(destination, O_WRONLY | O_CREAT | O_TRUNC, DESTINATION);
		exchanges++;
	}
	return NULL;
}

int main(int argc, char *argv[])
{
	time_t end = time(NULL) + (argc == 5 ? atoi(argv[1]) : 0);
	pthread_t thread;
	long calls = 0;

	if (argc != 5) {
		fputs("usage: exchange SECONDS MINE OTHER DESTINATION\n", stderr);
		return 2;
	}
	destination = argv[4];
	open_as(argv[2], O_RDONLY, MINE);
	open_as(argv[3], O_RDONLY, OTHER);
	open_as(argv[3], O_RDONLY, SOURCE);
	open_as(destination, O_WRONLY | O_CREAT | O_TRUNC, DESTINATION);
	if (pthread_create(&thread, NULL, exchange, NULL) != 0)
		return 1;
	for (; time(NULL) < end; calls++) {
		off_t off = 0;

		/* their results are for the kernel to decide */
		(void)ioctl(DESTINATION, FICLONE, SOURCE);
		(void)ioctl(DESTINATION, FICLONERANGE, &range);
		(void)!copy_file_range(SOURCE, &off, DESTINATION, NULL, 4096, 0);
		off = 0;
		(void)!sendfile(DESTINATION, SOURCE, &off, 4096);
	}
	has_ended = true;
	pthread_join(thread, NULL);
	printf("%ld times four calls, %ld exchanges\n", calls, (long)exchanges);
	return calls == 0 || exchanges == 0;
}
