/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The end of a test that cannot go on.
 */
#include "fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *format, ...)
{
	int error = errno;
	va_list args;

	printf("Bail out! torture: ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf(": %s\n", strerror(error));
	exit(2);
}
