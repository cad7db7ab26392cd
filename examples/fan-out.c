/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * fan-out SOURCE DIRECTORY COUNT: copies SOURCE to DIRECTORY/1, DIRECTORY/2 ... up to COUNT.
 *
 * On a filesystem that can clone, the data is written at most once, and all copies share it; so it
 * is if the source is on a lower layer of an overlay, which is copied up first. Elsewhere the
 * source is read once for all copies.
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <inttypes.h>
#include <ovlcp.h>
#include <stdio.h>
#include <stdlib.h>

#define NAME_SIZE 24
#define COUNT_MAX 100000

/* What the events add up to. */
struct totals {
	int copies;
	uint64_t written;
	uint64_t shared;
};

static void on_event(const struct ovlcp_event *e, void *payload)
{
	struct totals *t = payload;
	char text[1024];
	struct ovlcp_text_buffer buffer = { text, sizeof(text), 0 };

	switch (ovlcp_event_type(e)) {
	case OVLCP_EVENT_COPIED:
		t->copies++;
		/* a copy-up writes to the same filesystem */
		t->written += ovlcp_event_bytes_written(e) + ovlcp_event_bytes_copied_up(e);
		t->shared += ovlcp_event_bytes_shared(e);
		break;
	case OVLCP_EVENT_FAILED:
		ovlcp_event_message(e, ovlcp_text_put, &buffer);
		fprintf(stderr, "fan-out: %s\n", text);
		break;
	default: /* a later library may have other types */
		break;
	}
}

/* Names "1", "2" ... in one allocation; to be freed. NULL if memory is short. */
static const char **make_names(size_t count)
{
	const char **list = malloc(count * (sizeof(*list) + NAME_SIZE));
	char *text = (char *)(list + count);

	for (size_t i = 0; list && i < count; i++) {
		list[i] = text + i * NAME_SIZE;
		snprintf(text + i * NAME_SIZE, NAME_SIZE, "%zu", i + 1);
	}
	return list;
}

/* Copy, and print the totals. 0, or -errno. */
static int fan_out(const char *source, const struct ovlcp_paths *dests)
{
	/* all destinations are new, and the source may be copied up whatever its size */
	const struct ovlcp_options opt = {
		.size = sizeof(opt),
		.copy_up = OVLCP_COPY_UP_ALWAYS,
		.update = OVLCP_UPDATE_NONE_FAIL,
		.preserve = OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_TIMESTAMPS,
	};
	struct totals totals = { .copies = 0 };
	struct ovlcp *session;
	int r = ovlcp_new(&session);

	if (r < 0)
		return r;
	ovlcp_on_event(session, on_event, &totals);
	r = ovlcp_fan_out(session, AT_FDCWD, source, dests, &opt);
	ovlcp_free(session);
	printf("%d copies, %" PRIu64 " bytes written, %" PRIu64 " shared\n", totals.copies,
	       totals.written, totals.shared);
	return r;
}

int main(int argc, char *argv[])
{
	const size_t count = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	struct ovlcp_paths dests = { .count = count };
	const char **names;
	int r;

	if (count == 0 || count > COUNT_MAX) {
		fprintf(stderr, "usage: fan-out SOURCE DIRECTORY COUNT\n");
		return 2;
	}
	dests.fd = open(argv[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dests.fd < 0) {
		perror(argv[2]);
		return 1;
	}
	names = make_names(count);
	dests.list = names;
	r = names ? fan_out(argv[1], &dests) : -1;
	free(names);
	return r < 0;
}
