/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Standard error is a memory file meanwhile: stdio of the product stays as it is.
 */
#include "messages.h"

#include "fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MESSAGES_MAX 65536

static int saved_fd = -1;
static int memory_fd = -1;

/* In the runtime of the sanitizers, if there is one. */
void __sanitizer_set_report_fd(void *fd) __attribute__((weak));

void messages_begin(void)
{
	if (memory_fd < 0) {
		memory_fd = memfd_create("messages", MFD_CLOEXEC);
		saved_fd = dup(STDERR_FILENO);
		must(memory_fd >= 0 && saved_fd >= 0);
		if (__sanitizer_set_report_fd)
			__sanitizer_set_report_fd((void *)(intptr_t)saved_fd);
	}
	(void)fflush(stderr);
	must(dup2(memory_fd, STDERR_FILENO) >= 0);
}

static bool begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

static void check_line(const char *line)
{
	must(begins(line, "ovl-cp: ") ||
	     begins(line, "Try 'ovl-cp --help' for more information.") ||
	     begins(line, "Valid arguments are:") || begins(line, "  - '"));
	for (const char *c = line; *c; c++)
		must((unsigned char)*c >= ' ' && *c != 0x7f);
}

void messages_end(int failed)
{
	static char text[MESSAGES_MAX];
	off_t len;

	(void)fflush(stderr);
	must(dup2(saved_fd, STDERR_FILENO) >= 0);
	len = lseek(memory_fd, 0, SEEK_CUR);
	must(len >= 0 && (len > 0 || !failed));
	if (len == 0)
		return;
	if (len >= MESSAGES_MAX)
		len = MESSAGES_MAX - 1;
	must(pread(memory_fd, text, (size_t)len, 0) == len);
	must(ftruncate(memory_fd, 0) == 0 && lseek(memory_fd, 0, SEEK_SET) == 0);
	text[len] = '\0';
	for (char *line = text; *line;) {
		char *end = line + strcspn(line, "\n");
		bool is_last = !*end;

		*end = '\0';
		check_line(line);
		line = is_last ? end : end + 1;
	}
}
