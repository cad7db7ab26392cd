/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of destinations in files (cmd/dests.c). The input is a byte, whose lowest bit chooses NUL
 * bytes or newlines as delimiters, a byte for the number of operands before the list, and the list.
 *
 * The names are those between the delimiters, byte by byte, after the operands; a list with an
 * empty name (between NUL bytes) or a NUL byte (between newlines) is refused, with a message.
 */
#include "input.h"
#include "messages.h"

#include "dests.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* Compare @d with the list. Returns whether the list is right. */
static bool check_names(const struct dests *d, size_t from, const struct input *list, char end)
{
	const char *at = (const char *)list->at;
	const char *stop = at + list->left;
	size_t i = from;

	while (at < stop) {
		const char *next = memchr(at, end, (size_t)(stop - at));
		size_t len = (size_t)((next ? next : stop) - at);

		if (len == 0 ? end == '\0' : memchr(at, '\0', len) != NULL)
			return false;
		if (len > 0) {
			must(i < d->count && strlen(d->names[i]) == len);
			must(memcmp(d->names[i++], at, len) == 0);
		}
		at += len + 1;
	}
	must(i == d->count);
	return true;
}

/* A file with the list, which is opened by the path @path. */
static int make_file(const struct input *list, char path[32])
{
	int fd = memfd_create("list", MFD_CLOEXEC);

	must(fd >= 0);
	must(list->left == 0 || write(fd, list->at, list->left) == (ssize_t)list->left);
	(void)snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const operands[] = { "a", "b", "" };
	struct input in = { data, size };
	char end = input_flag(&in) ? '\0' : '\n';
	size_t before = input_below(&in, 4);
	struct dests d = { 0 };
	char path[32];
	int fd = make_file(&in, path);
	int r;

	must(dests_add_operands(&d, operands, before) == 0);
	messages_begin();
	r = dests_add_file(&d, path, end);
	messages_end(r != 0);
	for (size_t i = 0; i < before; i++)
		must(d.names[i] == operands[i]);
	must(check_names(&d, before, &in, end) == (r == 0));
	dests_done(&d);
	close(fd);
	return 0;
}
