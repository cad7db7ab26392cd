/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports that several processes add to have no lock. What another process adds between the look
 * and the cut would be lost, but there was no room for it a moment ago.
 */
#include "torn_line.h"

#include <sys/stat.h>
#include <unistd.h>

void torn_line_remove(int fd, size_t len)
{
	const off_t end = lseek(fd, 0, SEEK_CUR);
	struct stat st;

	if (len == 0 || end < (off_t)len || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    st.st_size != end)
		return;
	(void)!ftruncate(fd, end - (off_t)len); /* the line stays torn */
}
