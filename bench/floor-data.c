/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lower bound for copying bytes: the data of one file to one or more new ones, without holes.
 *
 * usage: floor-data [-r] SOURCE DESTINATION...
 *
 * The data that SEEK_DATA and SEEK_HOLE find is read once and written to each destination; -r tries
 * copy_file_range first, for one destination. No attribute is preserved.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BUFFER = 256 * 1024
};

struct copy {
	int src;
	const char *name;
	bool range;
	int count;
	int *dst;
	char *buffer;
};

static void write_all(int fd, const char *data, size_t size, off_t offset)
{
	while (size > 0) {
		ssize_t done = pwrite(fd, data, size, offset);

		if (done < 0)
			err(1, "write");
		data += done;
		size -= (size_t)done;
		offset += done;
	}
}

static void copy_to_many(const struct copy *copy, off_t from, off_t to)
{
	while (from < to) {
		size_t want = to - from < BUFFER ? (size_t)(to - from) : BUFFER;
		ssize_t got = pread(copy->src, copy->buffer, want, from);

		if (got <= 0)
			err(1, "%s", copy->name);
		for (int i = 0; i < copy->count; i++)
			write_all(copy->dst[i], copy->buffer, (size_t)got, from);
		from += got;
	}
}

static void copy_to_one(const struct copy *copy, off_t from, off_t to)
{
	off_t in = from;
	off_t out = from;

	while (in < to) {
		ssize_t done =
			copy_file_range(copy->src, &in, copy->dst[0], &out, (size_t)(to - in), 0);

		/* It is not possible between all filesystems. */
		if (done <= 0) {
			copy_to_many(copy, in, to);
			return;
		}
	}
}

static void copy_data(const struct copy *copy, off_t size)
{
	off_t from = 0;

	while ((from = lseek(copy->src, from, SEEK_DATA)) >= 0) {
		off_t to = lseek(copy->src, from, SEEK_HOLE);

		if (to < 0)
			err(1, "%s", copy->name);
		if (copy->range)
			copy_to_one(copy, from, to);
		else
			copy_to_many(copy, from, to);
		from = to;
	}
	if (errno != ENXIO)
		err(1, "%s", copy->name);
	for (int i = 0; i < copy->count; i++)
		if (ftruncate(copy->dst[i], size) < 0 || close(copy->dst[i]) < 0)
			err(1, "destination %d", i + 1);
}

int main(int argc, char *argv[])
{
	struct copy copy = { .range = argc == 4 && strcmp(argv[1], "-r") == 0 };
	struct stat st;

	argv += copy.range ? 2 : 1;
	copy.count = argc - (copy.range ? 3 : 2);
	if (copy.count < 1)
		errx(2, "usage: floor-data [-r] SOURCE DESTINATION...");
	copy.name = *argv++;
	copy.src = open(copy.name, O_RDONLY | O_CLOEXEC);
	if (copy.src < 0 || fstat(copy.src, &st) < 0)
		err(1, "%s", copy.name);
	copy.dst = calloc((size_t)copy.count, sizeof(*copy.dst));
	copy.buffer = malloc(BUFFER);
	if (copy.dst == NULL || copy.buffer == NULL)
		err(1, "malloc");
	for (int i = 0; i < copy.count; i++) {
		copy.dst[i] = open(argv[i], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (copy.dst[i] < 0)
			err(1, "%s", argv[i]);
	}
	copy_data(&copy, st.st_size);
	free(copy.buffer);
	free(copy.dst);
	return 0;
}
