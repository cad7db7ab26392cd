/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * progress SOURCE DESTINATION: copies a file or a tree, and shows a line of progress.
 *
 * The events tell how far it is; the line is drawn at most ten times a second, on a terminal or
 * not. Failures would be drawn over, so they are kept, and printed at the end. Ctrl-C stops the
 * copy after the file that is being copied was removed.
 */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <inttypes.h>
#include <ovlcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define INTERVAL_NS 100000000

struct progress {
	/* destinations that are begun and complete; with threads several are under way */
	uint64_t begun;
	uint64_t complete;
	uint64_t written;
	uint64_t shared;
	/* when the line was drawn */
	uint64_t drawn_ns;
	/* copies of the events of failures; owned */
	struct ovlcp_event **failures;
	size_t count;
};

/* For the handler, which takes no argument of ours. */
static struct ovlcp *session;

static void on_signal(int number)
{
	(void)number;
	ovlcp_cancel(session); /* async-signal-safe */
}

static void draw(const struct progress *p)
{
	fprintf(stderr, "\r%" PRIu64 " of %" PRIu64 " complete, %.1f MiB written, %.1f MiB shared ",
		p->complete, p->begun, (double)p->written / 1048576, (double)p->shared / 1048576);
}

/* Keep a copy of @e: the event itself ends with the callback. */
static void keep_failure(struct progress *p, const struct ovlcp_event *e)
{
	struct ovlcp_event **list = realloc(p->failures, (p->count + 1) * sizeof(*list));

	if (!list)
		return;
	p->failures = list;
	if (ovlcp_event_dup(e, &list[p->count]) == 0)
		p->count++;
}

static void on_event(const struct ovlcp_event *e, void *payload)
{
	struct progress *p = payload;
	const uint64_t now = ovlcp_event_time_ns(e);

	switch (ovlcp_event_type(e)) {
	case OVLCP_EVENT_BEGIN:
		p->begun++;
		break;
	case OVLCP_EVENT_COPIED:
		/* a directory that existed was not begun */
		p->complete++;
		p->begun += p->complete > p->begun;
		p->written += ovlcp_event_bytes_written(e) + ovlcp_event_bytes_copied_up(e);
		p->shared += ovlcp_event_bytes_shared(e);
		break;
	case OVLCP_EVENT_FAILED:
		keep_failure(p, e);
		break;
	default:
		break;
	}
	if (now - p->drawn_ns >= INTERVAL_NS) {
		draw(p);
		p->drawn_ns = now;
	}
}

/* Print the failures, and free them. */
static void print_failures(struct progress *p)
{
	for (size_t i = 0; i < p->count; i++) {
		char text[1024];
		struct ovlcp_text_buffer buffer = { text, sizeof(text), 0 };

		ovlcp_event_message(p->failures[i], ovlcp_text_put, &buffer);
		fprintf(stderr, "progress: %s\n", text);
		ovlcp_event_free(p->failures[i]);
	}
	free(p->failures);
}

int main(int argc, char *argv[])
{
	/* as cp -a, by as many threads as are worth it */
	const struct ovlcp_options opt = {
		.size = sizeof(opt),
		.follow = OVLCP_FOLLOW_NONE,
		.flags = OVLCP_RECURSIVE,
		.preserve = OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_OWNERSHIP |
			    OVLCP_PRESERVE_TIMESTAMPS | OVLCP_PRESERVE_LINKS | OVLCP_PRESERVE_XATTR,
		.preserve_if_possible = OVLCP_PRESERVE_OWNERSHIP | OVLCP_PRESERVE_XATTR,
	};
	/* no SA_RESTART: a call that waits is interrupted */
	const struct sigaction act = { .sa_handler = on_signal };
	struct progress p = { .begun = 0 };
	int r;

	if (argc != 3) {
		fprintf(stderr, "usage: progress SOURCE DESTINATION\n");
		return 2;
	}
	if (ovlcp_new(&session) < 0)
		return 1;
	ovlcp_on_event(session, on_event, &p);
	sigaction(SIGINT, &act, NULL);
	r = ovlcp_copy(session, AT_FDCWD, argv[1], AT_FDCWD, argv[2], &opt);
	signal(SIGINT, SIG_DFL);
	draw(&p);
	fputc('\n', stderr);
	print_failures(&p);
	ovlcp_free(session);
	return r < 0;
}
