/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A disk that remembers in which order it was written, and that can break: a FUSE filesystem of one
 * file, for a loop device to be set up on.
 *
 *	disk IMAGE POINT LOG
 *
 * shows IMAGE at POINT, a file, and appends each write and each flush to LOG (log.h), from which
 * cut.c makes the disks that a power cut could leave. It returns when POINT is mounted; the server
 * ends with umount. Setting the extended attribute user.fail of POINT to "write N" lets every
 * write and flush after the next N ones fail with EIO, "read N" every read; "never 0" mends it.
 *
 * It speaks the protocol of linux/fuse.h itself, which is little for one file: no library is
 * needed.
 */
#include "log.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_WRITE (1u << 20)

struct disk {
	int fuse;
	int image;
	int log;
	off_t size;
	/* how many further requests succeed; -1: all */
	long writes_left;
	long reads_left;
};

struct request {
	struct fuse_in_header head;
	char body[MAX_WRITE + 65536];
};

static void reply(const struct disk *d, const struct request *q, int error, void *data, size_t size)
{
	struct fuse_out_header head = {
		.len = (uint32_t)(sizeof(head) + size),
		.error = -error,
		.unique = q->head.unique,
	};
	struct iovec parts[] = { { &head, sizeof(head) }, { data, size } };

	/* ENOENT: the request was given up meanwhile */
	if (writev(d->fuse, parts, 2) < 0 && errno != ENOENT)
		err(1, "reply");
}

/* Whether this request is one of those that fail. Counts it. */
static bool fails(long *left)
{
	if (*left < 0)
		return false;
	if (*left == 0)
		return true;
	--*left;
	return false;
}

static void record(const struct disk *d, uint64_t offset, void *data, uint64_t size)
{
	struct log_record r = { offset, size };
	struct iovec parts[] = { { &r, sizeof(r) }, { data, size } };

	if (writev(d->log, parts, 2) != (ssize_t)(sizeof(r) + size))
		err(1, "log");
}

static void do_init(const struct disk *d, const struct request *q)
{
	const struct fuse_init_in *in = (const void *)q->body;
	struct fuse_init_out out = {
		.major = FUSE_KERNEL_VERSION,
		.minor = in->minor < FUSE_KERNEL_MINOR_VERSION ? in->minor
							       : FUSE_KERNEL_MINOR_VERSION,
		.max_readahead = in->max_readahead,
		.flags = FUSE_BIG_WRITES | FUSE_MAX_PAGES,
		.max_write = MAX_WRITE,
		.max_pages = MAX_WRITE / 4096,
		.max_background = 16,
		.congestion_threshold = 12,
		.time_gran = 1,
	};

	reply(d, q, 0, &out, sizeof(out));
}

static void do_getattr(const struct disk *d, const struct request *q)
{
	struct fuse_attr_out out = {
		.attr_valid = 3600,
		.attr = { .ino = FUSE_ROOT_ID,
			  .size = (uint64_t)d->size,
			  .blocks = (uint64_t)d->size / 512,
			  .mode = S_IFREG | 0600,
			  .nlink = 1,
			  .blksize = 4096 },
	};

	reply(d, q, 0, &out, sizeof(out));
}

static void do_open(const struct disk *d, const struct request *q)
{
	/* no FOPEN_KEEP_CACHE: each mount of the disk reads it anew */
	struct fuse_open_out out = { .open_flags = 0 };

	reply(d, q, 0, &out, sizeof(out));
}

static void do_read(struct disk *d, const struct request *q)
{
	static char data[MAX_WRITE];
	const struct fuse_read_in *in = (const void *)q->body;
	ssize_t n;

	if (fails(&d->reads_left)) {
		reply(d, q, EIO, NULL, 0);
		return;
	}
	n = pread(d->image, data, in->size < sizeof(data) ? in->size : sizeof(data),
		  (off_t)in->offset);
	reply(d, q, n < 0 ? errno : 0, data, n < 0 ? 0 : (size_t)n);
}

static void do_write(struct disk *d, struct request *q)
{
	const struct fuse_write_in *in = (const void *)q->body;
	char *data = q->body + sizeof(*in);
	struct fuse_write_out out = { .size = in->size };

	if (fails(&d->writes_left)) {
		reply(d, q, EIO, NULL, 0);
		return;
	}
	record(d, in->offset, data, in->size);
	if (pwrite(d->image, data, in->size, (off_t)in->offset) != (ssize_t)in->size)
		err(1, "image");
	reply(d, q, 0, &out, sizeof(out));
}

static void do_fsync(struct disk *d, const struct request *q)
{
	bool is_broken = fails(&d->writes_left);

	if (!is_broken)
		record(d, 0, NULL, 0);
	reply(d, q, is_broken ? EIO : 0, NULL, 0);
}

/* The control. The name and its value follow a header whose size is the older of two, as
   FUSE_SETXATTR_EXT was not asked for. */
static void do_setxattr(struct disk *d, const struct request *q)
{
	const struct fuse_setxattr_in *in = (const void *)q->body;
	const char *name = q->body + FUSE_COMPAT_SETXATTR_IN_SIZE;
	const char *value = name + strlen(name) + 1;
	char text[32] = "", word[8] = "";
	long count;

	memcpy(text, value, in->size < sizeof(text) - 1 ? in->size : sizeof(text) - 1);
	if (strcmp(name, "user.fail") != 0 || sscanf(text, "%7s %ld", word, &count) != 2) {
		reply(d, q, EOPNOTSUPP, NULL, 0);
		return;
	}
	d->writes_left = strcmp(word, "write") == 0 ? count : -1;
	d->reads_left = strcmp(word, "read") == 0 ? count : -1;
	reply(d, q, 0, NULL, 0);
}

static void serve(struct disk *d, struct request *q)
{
	switch (q->head.opcode) {
	case FUSE_INIT:
		do_init(d, q);
		break;
	case FUSE_GETATTR:
	case FUSE_SETATTR:
		do_getattr(d, q);
		break;
	case FUSE_OPEN:
		do_open(d, q);
		break;
	case FUSE_READ:
		do_read(d, q);
		break;
	case FUSE_WRITE:
		do_write(d, q);
		break;
	case FUSE_FSYNC:
		do_fsync(d, q);
		break;
	case FUSE_SETXATTR:
		do_setxattr(d, q);
		break;
	case FUSE_FLUSH:
	case FUSE_RELEASE:
		reply(d, q, 0, NULL, 0);
		break;
	case FUSE_FORGET:
	case FUSE_BATCH_FORGET:
	case FUSE_INTERRUPT:
		break; /* have no reply */
	default:
		reply(d, q, ENOSYS, NULL, 0);
	}
}

static int open_or_die(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0)
		err(1, "%s", path);
	return fd;
}

int main(int argc, char **argv)
{
	static struct request q;
	struct disk d = { .writes_left = -1, .reads_left = -1 };
	struct stat st;
	char options[100];

	if (argc != 4)
		errx(2, "usage: disk IMAGE POINT LOG");
	d.image = open_or_die(argv[1], O_RDWR);
	d.log = open_or_die(argv[3], O_WRONLY | O_CREAT | O_APPEND);
	d.fuse = open_or_die("/dev/fuse", O_RDWR);
	if (fstat(d.image, &st) < 0)
		err(1, "%s", argv[1]);
	d.size = st.st_size;
	(void)snprintf(options, sizeof(options), "fd=%d,rootmode=100600,user_id=0,group_id=0",
		       d.fuse);
	if (mount("disk", argv[2], "fuse", MS_NOSUID | MS_NODEV, options) < 0)
		err(1, "%s", argv[2]);
	if (daemon(1, 0) < 0)
		err(1, "daemon");
	while (read(d.fuse, &q, sizeof(q)) > 0 || errno == EINTR || errno == ENOENT)
		serve(&d, &q);
	return errno == ENODEV ? 0 : 1; /* ENODEV: umount */
}
