/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only file of the commands that asks the kernel about a terminal.
 */
#include "terminal.h"

#include "argmatch.h"
#include "wrap.h"

#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_DEFAULT 80
/* A limit for COLUMNS, because a row of a picture is drawn in memory. */
#define WIDTH_MAX 10000
/* Text in narrower lines is harder to read than in lines that the terminal folds. */
#define FOLD_MIN 40

/* The columns of the terminal @fd; 0: it was not told, as on a serial line. -1: it is none. */
static int columns_of_terminal(int fd)
{
	struct winsize size = { 0 };

	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : -1;
}

/* The width that the user has set; 0 if there is none. */
static size_t width_of_environment(void)
{
	const char *columns = getenv("COLUMNS");
	uint64_t width = 0;

	if (!columns || !argmatch_size(columns, &width))
		return 0;
	return width < WIDTH_MAX ? (size_t)width : WIDTH_MAX;
}

size_t terminal_width(void)
{
	const size_t width = width_of_environment();
	const int columns = width > 0 ? 0 : columns_of_terminal(STDOUT_FILENO);

	if (width > 0)
		return width;
	return columns > 0 ? (size_t)columns : WIDTH_DEFAULT;
}

size_t terminal_width_now(int fd)
{
	const int columns = columns_of_terminal(fd);

	return columns > 0 ? (size_t)columns : terminal_width();
}

size_t terminal_fold_width(int fd)
{
	const int columns = columns_of_terminal(fd);

	if (columns <= 0)
		return columns < 0 ? WRAP_NEVER : WIDTH_DEFAULT;
	return columns < FOLD_MIN ? FOLD_MIN : (size_t)columns;
}

size_t terminal_text_width(void)
{
	const size_t width = width_of_environment();

	if (width > 0)
		return width < FOLD_MIN ? FOLD_MIN : width;
	return terminal_fold_width(STDOUT_FILENO);
}

bool terminal_can_erase(int fd)
{
	const char *term = getenv("TERM");

	return isatty(fd) && term && *term && strcmp(term, "dumb") != 0;
}

bool terminal_takes_output(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return poll(&p, 1, 0) == 1 && (p.revents & POLLOUT);
}

bool terminal_is_foreground(int fd)
{
	const pid_t group = tcgetpgrp(fd);

	return group < 0 || group == getpgrp();
}

bool terminal_is_utf8(void)
{
	setlocale(LC_ALL, "");
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
