/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints what sendfile(2) of libc does in all kinds of cases, to be compared with and without help:
 *
 *	sendfile SOURCE PREFIX
 *
 * Each line has a case, the result or the error, the positions of both files, the offset in memory,
 * and the size of the destination, a new file whose name begins with PREFIX.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (1L << 20)

/* A call. */
struct call {
	const char *name;
	/* flags of the destination besides O_CREAT and O_EXCL */
	int flags;
	/* positions, before */
	long src_at, dst_at;
	/* the offset in memory; -1: none, -2: an address that nothing is at, -4: one that may only
	   be read */
	long offset;
	size_t count;
	/* RLIMIT_FSIZE; 0: as it is */
	rlim_t limit;
};

static const struct call calls[] = {
	{ "all", O_WRONLY, 0, 0, -1, SIZE_MAX / 2, 0 },
	{ "all-at", O_WRONLY, 0, 0, 0, 64 * MIB, 0 },
	{ "all-at-other-position", O_WRONLY, 7, 0, 0, 64 * MIB, 0 },
	{ "first-mib", O_WRONLY, 0, 0, -1, MIB, 0 },
	{ "second-mib-at", O_WRONLY, 0, MIB, MIB, MIB, 0 },
	{ "from-the-second-mib", O_RDWR, MIB, 0, -1, 64 * MIB, 0 },
	{ "part-of-a-block", O_WRONLY, 0, 0, -1, 100, 0 },
	{ "unaligned-source", O_WRONLY, 0, 0, 10, 64 * MIB, 0 },
	{ "unaligned-destination", O_WRONLY, 0, 10, -1, 64 * MIB, 0 },
	{ "more-than-can-be-counted", O_WRONLY, 0, 0, -1, SIZE_MAX, 0 },
	{ "behind-the-last-offset", O_WRONLY, 0, 0, MIB, SIZE_MAX / 2, 0 },
	{ "nothing", O_WRONLY, 0, 0, -1, 0, 0 },
	{ "behind-the-end", O_WRONLY, 0, 0, 64 * MIB, MIB, 0 },
	{ "negative", O_WRONLY, 0, 0, -3, MIB, 0 },
	{ "bad-address", O_WRONLY, 0, 0, -2, 64 * MIB, 0 },
	{ "read-only-offset", O_WRONLY, 0, 0, -4, 64 * MIB, 0 },
	{ "append", O_WRONLY | O_APPEND, 0, 0, -1, 64 * MIB, 0 },
	{ "read-only", O_RDONLY, 0, 0, -1, 64 * MIB, 0 },
	{ "limited", O_WRONLY, 0, 0, -1, 64 * MIB, 2 * MIB },
};

/* 0, in memory that may only be read. */
static off_t *read_only_offset(void)
{
	void *page = mmap(NULL, sizeof(off_t), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return page == MAP_FAILED ? NULL : page;
}

/* The offset of the call @c, or @own. */
static off_t *offset_of(const struct call *c, off_t *own)
{
	switch (c->offset) {
	case -1:
		return NULL;
	case -2:
		return (off_t *)8;
	case -4:
		return read_only_offset();
	default:
		return own;
	}
}

static int create(const char *prefix, const struct call *c)
{
	char name[4096];

	(void)snprintf(name, sizeof(name), "%s%s", prefix, c->name);
	return open(name, c->flags | O_CREAT | O_EXCL, 0644);
}

static void run(const struct call *c, const char *source, const char *prefix)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	const struct rlimit some = { c->limit, RLIM_INFINITY };
	int src = open(source, O_RDONLY);
	int dst = create(prefix, c);
	off_t offset = c->offset;
	off_t *at = offset_of(c, &offset);
	struct stat st;
	ssize_t n;

	if (src < 0 || dst < 0 || lseek(src, c->src_at, SEEK_SET) < 0 ||
	    lseek(dst, c->dst_at, SEEK_SET) < 0 ||
	    setrlimit(RLIMIT_FSIZE, c->limit ? &some : &all) < 0) {
		perror(c->name);
		exit(1);
	}
	errno = 0;
	n = sendfile(dst, src, at, c->count);
	printf("%s: %zd %s, at %ld and %ld, offset %ld", c->name, n, strerror(errno),
	       (long)lseek(src, 0, SEEK_CUR), (long)lseek(dst, 0, SEEK_CUR),
	       (long)(c->offset == -4 && at ? *at : offset));
	(void)fstat(dst, &st);
	printf(", size %ld\n", (long)st.st_size);
	(void)fflush(stdout);
	(void)setrlimit(RLIMIT_FSIZE, &all);
	(void)close(src);
	(void)close(dst);
}

int main(int argc, char *argv[])
{
	if (argc != 3)
		return 2;
	(void)signal(SIGXFSZ, SIG_IGN);
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		run(&calls[i], argv[1], argv[2]);
	return 0;
}
