/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one place of the command that asks the kernel about a terminal.
 */
#include "terminal.h"

#include "argmatch.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80
/* As much as anybody can look at; a row is drawn in full before it is printed. */
#define MOST_WIDTH 10000

size_t terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size = { 0 };
	uint64_t width = 0;

	if (columns && argmatch_size(columns, &width) && width > 0)
		return width < MOST_WIDTH ? (size_t)width : MOST_WIDTH;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return DEFAULT_WIDTH;
}

bool terminal_is_utf8(void)
{
	setlocale(LC_ALL, "");
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
