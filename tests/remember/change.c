/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes a copy as fast as it can, so that it looks unchanged: change WAY FILE SECONDS
 *
 * Whenever FILE exists, a byte of it is made another one in the WAY, its size and times are what
 * they were before as far as a program can restore them, and some time after that the byte is
 * restored in the same way. Prints how often it was changed. "clock" sets the clock of the whole
 * machine back to the ctime of the file for the change, and then to what it would be.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *path;

static void restore_times(int fd, const struct stat *st)
{
	const struct timespec times[] = { st->st_atim, st->st_mtim };

	(void)futimens(fd, times);
}

static bool flip(int fd, off_t at)
{
	unsigned char byte;

	if (pread(fd, &byte, 1, at) != 1)
		return false;
	byte ^= 0xff;
	return pwrite(fd, &byte, 1, at) == 1;
}

static bool by_write(int fd, const struct stat *st, off_t at)
{
	bool ok = flip(fd, at);

	restore_times(fd, st);
	return ok;
}

static bool by_mmap(int fd, const struct stat *st, off_t at)
{
	unsigned char *p =
		mmap(NULL, (size_t)st->st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	struct stat now;

	if (p == MAP_FAILED)
		return false;
	/* a file that was cut would end this process */
	if (fstat(fd, &now) == 0 && now.st_size > at)
		p[at] ^= 0xff;
	munmap(p, (size_t)st->st_size);
	restore_times(fd, st);
	return true;
}

/* The mapping is made while the copy is, and written to when that is complete. */
static bool by_old_mapping(int fd, const struct stat *st, off_t at)
{
	unsigned char *p =
		mmap(NULL, (size_t)st->st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (p == MAP_FAILED)
		return false;
	for (int i = 0; i < 20; i++) {
		p[at] ^= 0xff;
		usleep(50);
	}
	p[at] ^= 0xff;
	munmap(p, (size_t)st->st_size);
	restore_times(fd, st);
	return true;
}

static bool by_truncate(int fd, const struct stat *st, off_t at)
{
	bool ok = ftruncate(fd, at) == 0 && ftruncate(fd, st->st_size) == 0;

	restore_times(fd, st);
	return ok;
}

/* By its name, which opens nothing. Whole pages: see docs/decisions/0023-copies-remembered.md. */
static bool by_cut(int fd, const struct stat *st, off_t at)
{
	const struct timespec times[] = { st->st_atim, st->st_mtim };
	const off_t page = at - at % 4096;
	bool ok = truncate(path, page) == 0 && truncate(path, st->st_size) == 0;

	(void)fd;
	(void)utimensat(AT_FDCWD, path, times, 0);
	return ok;
}

/* Another file of that size and mtime gets the name. */
static bool by_rename(int fd, const struct stat *st, off_t at)
{
	char other[4096];
	int new;

	(void)snprintf(other, sizeof(other), "%s.other", path);
	new = open(other, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (new < 0)
		return false;
	(void)copy_file_range(fd, NULL, new, NULL, (size_t)st->st_size, 0);
	(void)flip(new, at);
	restore_times(new, st);
	close(new);
	return rename(other, path) == 0;
}

static void set_clock_by(clockid_t clock, struct timespec offset)
{
	struct timespec now;

	(void)clock_gettime(clock, &now);
	now.tv_sec += offset.tv_sec;
	now.tv_nsec += offset.tv_nsec;
	if (now.tv_nsec >= 1000000000) {
		now.tv_nsec -= 1000000000;
		now.tv_sec++;
	}
	(void)clock_settime(CLOCK_REALTIME, &now);
}

static bool by_clock(int fd, const struct stat *st, off_t at)
{
	struct timespec real;
	struct timespec boot;
	struct timespec offset;
	bool ok;

	(void)clock_gettime(CLOCK_REALTIME, &real);
	(void)clock_gettime(CLOCK_BOOTTIME, &boot);
	offset = (struct timespec){ real.tv_sec - boot.tv_sec, real.tv_nsec - boot.tv_nsec };
	if (offset.tv_nsec < 0) {
		offset.tv_nsec += 1000000000;
		offset.tv_sec--;
	}
	(void)clock_settime(CLOCK_REALTIME, &st->st_ctim);
	ok = flip(fd, at);
	restore_times(fd, st);
	set_clock_by(CLOCK_BOOTTIME, offset);
	return ok;
}

static const struct way {
	const char *name;
	bool (*change)(int fd, const struct stat *st, off_t at);
	/* the file is not opened */
	bool by_name;
} ways[] = {
	{ "write", by_write, false },
	{ "mmap", by_mmap, false },
	{ "truncate", by_truncate, false },
	{ "old-mapping", by_old_mapping, false },
	{ "rename", by_rename, false },
	{ "clock", by_clock, false },
	{ "cut", by_cut, true },
};

static bool change_once(const struct way *way)
{
	struct stat st;
	int fd = way->by_name ? -1 : open(path, O_RDWR | O_CLOEXEC);
	bool ok = (way->by_name ? stat(path, &st) : fstat(fd, &st)) == 0 && st.st_size > 0 &&
		  way->change(fd, &st, rand() % st.st_size);

	if (fd >= 0)
		close(fd);
	return ok;
}

int main(int argc, char **argv)
{
	const time_t length = argc == 4 ? atol(argv[3]) : 0;
	struct timespec begin;
	struct timespec now;
	long count = 0;
	size_t i = 0;

	while (argc == 4 && i < sizeof(ways) / sizeof(*ways) && strcmp(ways[i].name, argv[1]) != 0)
		i++;
	if (argc != 4 || i == sizeof(ways) / sizeof(*ways)) {
		fputs("usage: change WAY FILE SECONDS\n", stderr);
		return 2;
	}
	path = argv[2];
	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	do {
		count += change_once(&ways[i]);
		if (rand() % 8 != 0) /* so that some copies are recorded, and then changed */
			usleep((useconds_t)(rand() % 40000));
		(void)clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec - begin.tv_sec < length);
	printf("%ld\n", count);
	return 0;
}
