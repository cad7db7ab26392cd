/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program that was compiled with the first ovlcp.h: what it needs of that is written here once
 * more, in numbers, and does not follow the header. A library in which a value, a field or an
 * argument has moved fails it; so it changes only with the soname.
 *
 *	first SOURCE DESTINATION   copies a tree, and prints each event as "TYPE METHOD DESTINATION"
 *	first --extents FILE       lists extents for a program that knows less, and one that knows
 * more
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ovlcp;
struct ovlcp_event;

struct first_options {
	size_t size;
	uint64_t copy_up_min;
	unsigned int reflink, copy_up, existing, update, follow, make, backup, sparse;
	unsigned int require, fsync;
	uint32_t jobs, preserve, preserve_if_possible, reserved;
	uint64_t flags;
	const char *backup_suffix;
	const char *context;
};

struct first_paths {
	int fd;
	const char *const *list;
	size_t count;
};

struct first_extent {
	uint64_t logical, physical, length;
	bool shared, known, encoded;
};

int ovlcp_new(struct ovlcp **ret_o);
struct ovlcp *ovlcp_free(struct ovlcp *o);
void ovlcp_on_event(struct ovlcp *o, void (*fn)(const struct ovlcp_event *e, void *payload),
		    void *payload);
int ovlcp_fan_out(struct ovlcp *o, int src_fd, const char *src, const struct first_paths *dst,
		  const struct first_options *opt);
unsigned int ovlcp_event_type(const struct ovlcp_event *e);
unsigned int ovlcp_event_method(const struct ovlcp_event *e);
const char *ovlcp_event_destination(const struct ovlcp_event *e);
int64_t ovlcp_extents(int fd, size_t size, struct first_extent **ret_list);

static void on_event(const struct ovlcp_event *e, void *payload)
{
	(void)payload;
	printf("%u %u %s\n", ovlcp_event_type(e), ovlcp_event_method(e),
	       ovlcp_event_destination(e));
}

static int copy(const char *source, const char *destination)
{
	const struct first_paths dests = { AT_FDCWD, &destination, 1 };
	const struct first_options opt = {
		.size = sizeof(opt),
		.reflink = 2,			      /* never */
		.copy_up = 2,			      /* never */
		.follow = 2,			      /* none */
		.backup = 1,			      /* simple */
		.jobs = 1,			      /* only this thread */
		.preserve = 1u << 0 | 1u << 2,	      /* mode, timestamps */
		.flags = 1u << 5 | UINT64_C(1) << 16, /* recursive, atomic */
		.backup_suffix = ".first",
	};
	struct ovlcp *o;
	int r = ovlcp_new(&o);

	if (r < 0)
		return 1;
	ovlcp_on_event(o, on_event, NULL);
	r = ovlcp_fan_out(o, AT_FDCWD, source, &dests, &opt);
	ovlcp_free(o);
	return r < 0;
}

/* Print the list for an extent of @size bytes, whose unknown fields must be 0. */
static int list_extents(int fd, size_t size)
{
	struct first_extent *list = NULL;
	const int64_t n = ovlcp_extents(fd, size, &list);
	const char *bytes = (const char *)list;

	for (int64_t i = 0; i < n; i++) {
		struct first_extent e;

		memcpy(&e, bytes + (size_t)i * size, offsetof(struct first_extent, encoded) + 1);
		printf("%" PRIu64 " %" PRIu64 " %d\n", e.logical, e.length, e.known);
		for (size_t k = sizeof(e); k < size; k++)
			if (bytes[(size_t)i * size + k])
				return 1;
	}
	free(list);
	return n < 0;
}

int main(int argc, char *argv[])
{
	int fd;

	if (argc != 3)
		return 2;
	if (strcmp(argv[1], "--extents") != 0)
		return copy(argv[1], argv[2]);
	fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	return list_extents(fd, sizeof(struct first_extent)) ||
	       list_extents(fd, sizeof(struct first_extent) + 24);
}
