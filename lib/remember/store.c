/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * index: buckets of eight places, of which a key may have any; the oldest makes room. log: records
 * with a header. A record that was overwritten in the index stays in the log until that is full.
 */
#include "remember/store.h"

#include "base/fd.h"
#include "base/hash.h"
#include "base/path.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The version is that of the format: another one has other files. */
#define INDEX "copies-1.index"
#define LOG   "copies-1"

/* Bytes of the log at which both files are begun anew: half of the filesystem that they are on (64
   MiB is what /dev/shm has in many containers), but not more than 128 MiB, which are about 400,000
   records of 300 bytes. */
#define LOG_MAX	    ((int64_t)128 << 20)
#define LOG_UNKNOWN ((int64_t)24 << 20)

/* 524,288 places, in a file of 4 MiB. */
#define BUCKETS	 UINT64_C(65536)
#define PLACES	 8
#define ONLY_OWN (S_IRWXU)

/* A place in the index; all-zero is empty. */
struct place {
	/* the upper half of the key */
	uint32_t tag;
	/* offset in the log, plus one */
	uint32_t begin;
};

/* Before each record in the log. */
struct header {
	/* of everything after it, with the key */
	uint64_t check;
	uint64_t key;
	/* bytes of data that follow */
	uint64_t len;
};

/* Whether only the caller has rights to @fd, which has the type @type. 0, or -errno. */
static int check_owner(int fd, mode_t type)
{
	struct stat st;
	uid_t uid;
	gid_t gid;
	int r = sys_fstat(fd, &st);

	sys_identity(&uid, &gid);
	if (r < 0)
		return r;
	return (st.st_mode & S_IFMT) == type && st.st_uid == uid && !(st.st_mode & 077) ? 0
											: -EPERM;
}

static int open_directory(const char *path)
{
	CLEANUP_FD int fd = sys_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	int r = fd < 0 ? fd : check_owner(fd, S_IFDIR);

	return r < 0 ? r : TAKE_FD(fd);
}

static int open_file(int dir_fd, const char *name, int flags)
{
	CLEANUP_FD int fd =
		sys_open(dir_fd, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | flags, S_IRUSR | S_IWUSR);
	int r = fd < 0 ? fd : check_owner(fd, S_IFREG);

	return r < 0 ? r : TAKE_FD(fd);
}

/* The most bytes that the log may have on the filesystem of @fd. */
static int64_t log_max(int fd)
{
	struct sys_fs_numbers n;
	uint64_t half;

	/* a tmpfs without a limit has no blocks at all */
	if (sys_fs_numbers(fd, &n) < 0 || n.blocks == 0 || n.block_size == 0)
		return LOG_UNKNOWN;
	half = n.blocks / 2;
	return half < (uint64_t)LOG_MAX / n.block_size ? (int64_t)(half * n.block_size) : LOG_MAX;
}

/* Open both files in s->dir_fd. @create: O_CREAT, or 0. 0, or -errno. */
static int open_files(struct store *s, int create)
{
	s->index_fd = open_file(s->dir_fd, INDEX, create);
	s->log_fd = s->index_fd < 0 ? s->index_fd : open_file(s->dir_fd, LOG, create | O_APPEND);
	return s->log_fd < 0 ? s->log_fd : 0;
}

/* Whether the directory @path, which is missing, could be created. 0, or -errno. */
static int check_creation(const char *path)
{
	CLEANUP_FREE char *above = path_directory(path);

	return above ? sys_access_write(AT_FDCWD, above) : -ENOMEM;
}

int store_open(const char *path, bool is_dry, struct store *ret_s)
{
	int r = is_dry ? 0 : sys_mkdir(AT_FDCWD, path, ONLY_OWN);

	*ret_s = STORE_CLOSED;
	if (r < 0 && r != -EEXIST)
		return r;
	ret_s->dir_fd = open_directory(path);
	if (is_dry && ret_s->dir_fd == -ENOENT)
		return check_creation(path);
	r = ret_s->dir_fd < 0 ? ret_s->dir_fd : open_files(ret_s, is_dry ? 0 : O_CREAT);
	if (r < 0)
		store_close(ret_s);
	else
		ret_s->log_max = log_max(ret_s->dir_fd);
	return is_dry && r == -ENOENT ? 0 : r;
}

void store_close(struct store *s)
{
	fd_drop(&s->dir_fd);
	fd_drop(&s->index_fd);
	fd_drop(&s->log_fd);
	*s = STORE_CLOSED;
}

/* Remove both files from @dir_fd. 0, or -errno. */
static int remove_files(int dir_fd)
{
	int index = sys_unlink(dir_fd, INDEX);
	int log = sys_unlink(dir_fd, LOG);
	int r = index < 0 && index != -ENOENT ? index : log;

	return r == -ENOENT ? 0 : r;
}

int store_remove(const char *path)
{
	CLEANUP_FD int fd = open_directory(path);
	int r = fd < 0 ? fd : remove_files(fd);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	(void)sys_rmdir(AT_FDCWD, path); /* other things may be in it */
	return 0;
}

static int64_t bucket_offset(uint64_t key)
{
	return (int64_t)(key % BUCKETS * PLACES * sizeof(struct place));
}

static uint32_t tag_of(uint64_t key)
{
	return (uint32_t)(key >> 32);
}

/* Read the places that @key may have; those beyond the end of the file are empty. 0, or -errno. */
static int read_bucket(const struct store *s, uint64_t key, struct place places[PLACES])
{
	const size_t size = PLACES * sizeof(*places);
	int64_t n;

	memset(places, 0, size);
	n = sys_read(s->index_fd, places, size, bucket_offset(key));
	return n < 0 ? (int)n : 0;
}

/* The place that a record of @key gets: its own, else an empty one, else the oldest. */
static size_t choose_place(const struct place places[PLACES], uint64_t key)
{
	size_t oldest = 0;

	for (size_t i = 0; i < PLACES; i++)
		if (places[i].begin && places[i].tag == tag_of(key))
			return i;
	for (size_t i = 1; i < PLACES; i++)
		if (places[i].begin < places[oldest].begin)
			oldest = i;
	return oldest;
}

static uint64_t check_of(const struct header *h, const void *data)
{
	uint64_t hash = hash_add(HASH_START, &h->key, sizeof(h->key) + sizeof(h->len));

	return hash_add(hash, data, h->len);
}

/* Begin both files anew, if the log is full at @end. 0, or -errno. */
static int make_room(struct store *s, int64_t end)
{
	int r;

	if (end < s->log_max)
		return 0;
	r = remove_files(s->dir_fd);
	fd_drop(&s->index_fd);
	fd_drop(&s->log_fd);
	s->index_fd = s->log_fd = -EBADF;
	return r < 0 ? r : open_files(s, O_CREAT);
}

/* A write has returned @n, less than it should have. If there is no room, which the index may have
   taken, both files are begun anew; not if they are empty: then others have it. -errno. */
static int write_failed(struct store *s, int64_t n)
{
	const int r = n < 0 ? (int)n : -ENOSPC;

	if ((r == -ENOSPC || r == -EDQUOT) && sys_seek(s->log_fd, 0, SEEK_END) > 0)
		(void)make_room(s, s->log_max); /* the table is closed on failure */
	return r;
}

int store_put(struct store *s, uint64_t key, const void *data, size_t len)
{
	char buf[sizeof(struct header) + STORE_RECORD_MAX];
	struct header h = { .key = key, .len = len };
	struct place places[PLACES];
	const size_t size = sizeof(h) + len;
	size_t i;
	int64_t end;
	int64_t n;
	int r;

	if (len > STORE_RECORD_MAX)
		return -ENAMETOOLONG;
	h.check = check_of(&h, data);
	memcpy(buf, &h, sizeof(h));
	memcpy(buf + sizeof(h), data, len);
	n = sys_write(s->log_fd, buf, size, -1);
	if (n != (int64_t)size)
		return write_failed(s, n);
	end = sys_seek(s->log_fd, 0, SEEK_CUR); /* O_APPEND: behind what was written */
	r = end < 0 ? (int)end : read_bucket(s, key, places);
	if (r < 0)
		return r;
	i = choose_place(places, key);
	places[i] = (struct place){ tag_of(key), (uint32_t)(end - (int64_t)size) + 1 };
	n = sys_write(s->index_fd, &places[i], sizeof(places[i]),
		      bucket_offset(key) + (int64_t)(i * sizeof(places[i])));
	return n != sizeof(places[i]) ? write_failed(s, n) : make_room(s, end);
}

/* Read the record at @off, which must be that of @key. Its length, or -errno. */
static int64_t read_record(const struct store *s, uint64_t key, int64_t off, void *buf)
{
	char whole[sizeof(struct header) + STORE_RECORD_MAX];
	struct header h;
	int64_t n = sys_read(s->log_fd, whole, sizeof(whole), off);

	if (n < (int64_t)sizeof(h))
		return n < 0 ? n : -ENOENT;
	memcpy(&h, whole, sizeof(h));
	if (h.key != key || h.len > (uint64_t)n - sizeof(h) ||
	    check_of(&h, whole + sizeof(h)) != h.check)
		return -ENOENT;
	memcpy(buf, whole + sizeof(h), h.len);
	return (int64_t)h.len;
}

int64_t store_get(const struct store *s, uint64_t key, void *buf)
{
	struct place places[PLACES];
	int64_t n = read_bucket(s, key, places);

	if (n < 0)
		return n;
	n = -ENOENT;
	for (size_t i = 0; i < PLACES && n == -ENOENT; i++)
		if (places[i].begin && places[i].tag == tag_of(key))
			n = read_record(s, key, (int64_t)places[i].begin - 1, buf);
	return n;
}
