/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes the disk that a power cut leaves.
 *
 *	cut BASE LOG IMAGE SEED FROM TO
 *
 * IMAGE becomes BASE with the writes of LOG (disk.c) up to a random one that begins at a byte of
 * LOG from FROM up to TO. Those before the last flush are all there. Of those after it, which a
 * disk may still have in its cache, and which it may write in any order, one cut in three has all,
 * one a part of them in order, and one any of them. Prints at which byte of LOG the cut was.
 */
#include "log.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct log {
	const char *data;
	size_t size;
};

enum loss {
	LOSE_NONE,
	LOSE_LAST,
	LOSE_ANY,
	LOSSES
};

static uint64_t random_state;

/* splitmix64, which is good enough for any seed. */
static uint64_t next_random(void)
{
	uint64_t z = (random_state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static struct log_record record_at(const struct log *log, size_t at)
{
	struct log_record r;

	if (at + sizeof(r) > log->size)
		errx(1, "the log ends in the midst of a record");
	memcpy(&r, log->data + at, sizeof(r));
	return r;
}

static size_t next_record(const struct log *log, size_t at)
{
	return at + sizeof(struct log_record) + record_at(log, at).size;
}

/* Choose a record from @from to @to, each with the same chance. */
static size_t choose_cut(const struct log *log, size_t from, size_t to)
{
	size_t chosen = log->size;
	uint64_t seen = 0;

	for (size_t at = 0; at < log->size; at = next_record(log, at))
		if (at >= from && at <= to && next_random() % ++seen == 0)
			chosen = at;
	return chosen;
}

/* The end of the last flush before @cut. */
static size_t last_flush(const struct log *log, size_t cut)
{
	size_t flushed = 0;

	for (size_t at = 0; at < cut; at = next_record(log, at))
		if (record_at(log, at).size == 0)
			flushed = next_record(log, at);
	return flushed;
}

/* Copy @base to @image, with its holes. */
static void copy_base(int base, int image)
{
	struct stat st;
	off_t at = 0;

	if (fstat(base, &st) < 0 || ftruncate(image, st.st_size) < 0)
		err(1, "base");
	while ((at = lseek(base, at, SEEK_DATA)) >= 0) {
		off_t end = lseek(base, at, SEEK_HOLE);
		off_t out = at;

		while (at < end)
			if (copy_file_range(base, &at, image, &out, (size_t)(end - at), 0) <= 0)
				err(1, "copy of the base");
	}
	if (errno != ENXIO)
		err(1, "base");
}

static void apply(const struct log *log, size_t at, int image)
{
	struct log_record r = record_at(log, at);
	const char *data = log->data + at + sizeof(r);

	if (pwrite(image, data, r.size, (off_t)r.offset) != (ssize_t)r.size)
		err(1, "image");
}

/* Write what the disk has at @cut. */
static void replay(const struct log *log, size_t cut, int image)
{
	const size_t flushed = last_flush(log, cut);
	const enum loss loss = (enum loss)(next_random() % LOSSES);
	const size_t kept = flushed + next_random() % (cut - flushed + 1);

	for (size_t at = 0; at < cut; at = next_record(log, at))
		if (at < flushed || loss == LOSE_NONE || (loss == LOSE_LAST && at < kept) ||
		    (loss == LOSE_ANY && next_random() % 2 == 0))
			apply(log, at, image);
}

static int open_or_die(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd < 0)
		err(1, "%s", path);
	return fd;
}

int main(int argc, char **argv)
{
	struct log log;
	struct stat st;
	size_t cut;
	int fd, image;

	if (argc != 7)
		errx(2, "usage: cut BASE LOG IMAGE SEED FROM TO");
	fd = open_or_die(argv[2], O_RDONLY);
	if (fstat(fd, &st) < 0)
		err(1, "%s", argv[2]);
	log.size = (size_t)st.st_size;
	log.data = mmap(NULL, log.size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (log.data == MAP_FAILED)
		err(1, "%s", argv[2]);
	random_state = strtoull(argv[4], NULL, 10);
	cut = choose_cut(&log, strtoull(argv[5], NULL, 10), strtoull(argv[6], NULL, 10));
	image = open_or_die(argv[3], O_RDWR | O_CREAT | O_TRUNC);
	copy_base(open_or_die(argv[1], O_RDONLY), image);
	replay(&log, cut, image);
	printf("%zu\n", cut);
	return 0;
}
