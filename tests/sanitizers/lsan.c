/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Linked into a build with sanitizers only: LeakSanitizer looks for threads in /proc, and ends
 * the program as failed where that is not mounted, which some tests want to see.
 */
#include <unistd.h>

int __lsan_is_turned_off(void);

int __lsan_is_turned_off(void)
{
	return access("/proc/self/task", F_OK) != 0;
}
