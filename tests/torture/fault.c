/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linked into the fault binary: lets the calls fail that the environment names, and says so.
 *
 * OVLCP_FAULT=NAME:WHAT@N[+]  WHAT is the name of an errno, "short", "0", or "no" for a function
 *                             that has no errno; N is the number of the call, with + all from there
 * OVLCP_FAULT=count           nothing fails; at the exit it says how often each was called
 *
 * On descriptor FAULT_LOG_FD it writes a line "injected NAME:WHAT@N" for each call that failed, so
 * that a fault that never fired cannot be taken for one that did no harm; and when the program
 * exits, a line "leaked N" for each descriptor that was not open at the start, and "end".
 *
 * Nothing here allocates memory: these calls would be counted.
 */
#include "fault.h"

#include "../../cmd/errname.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	FUNCTIONS_MAX = 256,
	FDS_MAX = 1024,
	ERRORS_MAX = 140,
};

static atomic_long calls[FUNCTIONS_MAX];
static bool open_at_start[FDS_MAX];
static bool counts;
static const char *what = "";
static size_t what_len;
static int target = -1;
static long first;
static bool for_ever;
static struct fault fault;

static void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void log_line(const char *format, ...)
{
	char line[200];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (write(FAULT_LOG_FD, line, (size_t)n) != n)
		abort();
}

/* Whether @fd is open; no function that allocates. */
static bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static void at_end(void)
{
	for (int i = 0; counts && i < fault_count; i++)
		log_line("count %s %ld\n", fault_names[i], atomic_load(&calls[i]));
	for (int fd = 0; fd < FDS_MAX; fd++)
		if (is_open(fd) && !open_at_start[fd])
			log_line("leaked %d\n", fd);
	log_line("end\n");
}

static int number_of_error(const char *name, size_t len)
{
	for (int i = 1; i < ERRORS_MAX; i++) {
		const char *known = errname(i);

		if (known && strlen(known) == len && strncmp(known, name, len) == 0)
			return i;
	}
	return 0;
}

static void parse_what(void)
{
	if (what_len == 5 && strncmp(what, "short", 5) == 0)
		fault.kind = FAULT_SHORT;
	else if (what_len == 1 && *what == '0')
		fault.kind = FAULT_ZERO;
	else
		fault.kind = FAULT_ERROR;
	fault.error = number_of_error(what, what_len);
}

static void parse(const char *text)
{
	const char *colon = strchr(text, ':');
	const char *at = strchr(text, '@');
	char *end = NULL;

	if (!colon || !at || at < colon)
		abort();
	for (int i = 0; i < fault_count; i++)
		if (strlen(fault_names[i]) == (size_t)(colon - text) &&
		    strncmp(fault_names[i], text, (size_t)(colon - text)) == 0)
			target = i;
	what = colon + 1;
	what_len = (size_t)(at - what);
	parse_what();
	first = strtol(at + 1, &end, 10);
	for_ever = *end == '+';
	if (target < 0 || first < 1)
		abort();
}

__attribute__((constructor(101))) static void begin(void)
{
	const char *text = getenv("OVLCP_FAULT");

	if (!text || !is_open(FAULT_LOG_FD) || fault_count > FUNCTIONS_MAX)
		return;
	for (int fd = 0; fd < FDS_MAX; fd++)
		open_at_start[fd] = is_open(fd);
	counts = strcmp(text, "count") == 0;
	if (!counts)
		parse(text);
	(void)atexit(at_end); /* registered first, so called last */
}

struct fault fault_next(int index)
{
	long number = atomic_fetch_add(&calls[index], 1) + 1;

	if (index != target || number < first || (number > first && !for_ever))
		return (struct fault){ .kind = FAULT_NONE };
	if (number == first)
		log_line("injected %s:%.*s@%ld\n", fault_names[index], (int)what_len, what, number);
	return fault;
}
