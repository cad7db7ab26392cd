/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * materialise CACHE OUTPUT: the cache of a build tool. Each line of standard input is "KEY PATH":
 * the file CACHE/KEY, which never changes, is to appear as OUTPUT/PATH.
 *
 * A hard link would be as cheap as a clone, but a step of the build that writes to it would change
 * the cache. A clone is a file of its own. It gets its name when it is complete, so that a tool
 * that is watching, or a build that was killed, never sees a part of it.
 *
 * In a container the cache may be on a lower layer, as part of the image: then each file is copied
 * up once, at its first use, and cloned from then on.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <ovlcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tool {
	struct ovlcp *session;
	int cache_fd;
	int output_fd;
	int shared;
	int written;
	/* why data had to be written, for advice at the end: the last reason */
	enum ovlcp_reason reason;
};

static void on_event(const struct ovlcp_event *e, void *payload)
{
	struct tool *t = payload;
	char text[1024];
	struct ovlcp_text_buffer buffer = { text, sizeof(text), 0 };

	if (ovlcp_event_type(e) == OVLCP_EVENT_FAILED) {
		ovlcp_event_message(e, ovlcp_text_put, &buffer);
		fprintf(stderr, "materialise: %s\n", text);
	}
	if (ovlcp_event_type(e) != OVLCP_EVENT_COPIED)
		return;
	if (ovlcp_event_reason(e) == OVLCP_REASON_NONE) {
		t->shared++;
	} else if (ovlcp_event_reason(e) != OVLCP_REASON_EMPTY) {
		t->written++;
		t->reason = ovlcp_event_reason(e);
	}
}

/* Materialise the cached file @key as @path. 0, or -errno after an event. */
static int materialise(const struct tool *t, const char *key, const char *path)
{
	const struct ovlcp_options opt = {
		.size = sizeof(opt),
		/* any size pays: the next build clones it, too */
		.copy_up = OVLCP_COPY_UP_ALWAYS,
		/* the mode is part of the output; its time is that of the build */
		.preserve = OVLCP_PRESERVE_MODE,
		/* an older output is replaced as a whole */
		.flags = OVLCP_ATOMIC,
	};

	return ovlcp_copy(t->session, t->cache_fd, key, t->output_fd, path, &opt);
}

/* Materialise what @line says. 0, or -errno after a message. */
static int materialise_line(const struct tool *t, char *line)
{
	char *path;

	line[strcspn(line, "\n")] = '\0';
	path = strchr(line, ' ');
	if (!path) {
		fprintf(stderr, "materialise: no path after the key: %s\n", line);
		return -EINVAL;
	}
	*path++ = '\0';
	return materialise(t, line, path);
}

/* Read the list. A line that fails does not stop it. 0, or the first -errno. */
static int materialise_all(const struct tool *t, FILE *list)
{
	char *line = NULL;
	size_t size = 0;
	int first = 0;

	while (getline(&line, &size, list) > 0) {
		int r = materialise_line(t, line);

		first = first ? first : r;
	}
	/* the end of the list, or of what could be read of it */
	if (!feof(list)) {
		first = first ? first : -errno;
		perror("materialise: the list");
	}
	free(line);
	return first;
}

static int open_directory(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		perror(path);
	return fd;
}

int main(int argc, char *argv[])
{
	struct tool t = { .session = NULL };
	int r;

	if (argc != 3) {
		fprintf(stderr, "usage: materialise CACHE OUTPUT <LIST\n");
		return 2;
	}
	t.cache_fd = open_directory(argv[1]);
	t.output_fd = open_directory(argv[2]);
	/* one session for all files: what it learns about the filesystems is asked once */
	if (t.cache_fd < 0 || t.output_fd < 0 || ovlcp_new(&t.session) < 0)
		return 1;
	ovlcp_on_event(t.session, on_event, &t);
	r = materialise_all(&t, stdin);
	printf("%d shared, %d written", t.shared, t.written);
	if (t.written)
		printf(" (%s)", ovlcp_reason_name(t.reason));
	putchar('\n');
	ovlcp_free(t.session);
	return r < 0;
}
