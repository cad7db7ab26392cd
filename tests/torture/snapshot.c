/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Snapshots of directories. Times that are not old differ from run to run and count as one time;
 * the tests give their sources times of the year 2001.
 */
#include "snapshot.h"

#include "fail.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

enum {
	PATH_ROOM = 4096,
	YEAR_2010 = 1262304000,
	BLOCK = 4096,
};

#define HASH_START UINT64_C(0xcbf29ce484222325)

/* Not cryptographic: the content is our own. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
	const unsigned char *at = bytes;
	uint64_t word;

	for (; n >= sizeof(word); n -= sizeof(word), at += sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		hash = (hash ^ word) * UINT64_C(0x9ddfea08eb382d69);
		hash ^= hash >> 29;
	}
	for (; n > 0; n--, at++)
		hash = (hash ^ *at) * UINT64_C(0x100000001b3);
	return hash;
}

static void hash_file(struct node *n, int dir_fd, const char *name)
{
	static unsigned char buf[1 << 16];
	int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOATIME);
	off_t at = 0;
	ssize_t got;

	if (fd < 0)
		fail("open %s", n->path);
	while ((got = pread(fd, buf, sizeof(buf), at)) > 0) {
		n->data = hash_bytes(n->data, buf, (size_t)got);
		at += got;
	}
	for (at = 0; at < n->st.st_size; at += BLOCK) {
		off_t data = lseek(fd, at, SEEK_DATA);

		n->holes = n->holes * 3 + (data >= at && data < at + BLOCK ? 1 : 2);
	}
	close(fd);
}

static bool is_list(const char *name)
{
	return strncmp(name, "system.posix_acl_", strlen("system.posix_acl_")) == 0;
}

/* The sum over all attributes, so that their order does not matter. */
static void hash_xattrs(struct node *n, const char *path)
{
	char names[4096];
	char value[4096];
	ssize_t len = llistxattr(path, names, sizeof(names));

	for (ssize_t at = 0; at < len; at += (ssize_t)strlen(names + at) + 1) {
		const char *name = names + at;
		ssize_t got = lgetxattr(path, name, value, sizeof(value));
		uint64_t hash = hash_bytes(HASH_START, name, strlen(name));

		/* XFS shows its lists once more, to an overlay that copies them up */
		if (strcmp(name, "security.selinux") == 0 ||
		    strncmp(name, "trusted.SGI_ACL_", strlen("trusted.SGI_ACL_")) == 0)
			continue;
		hash = hash_bytes(hash, value, got > 0 ? (size_t)got : 0);
		*(is_list(name) ? &n->acls : &n->xattrs) += hash;
	}
}

static void forget_new(struct timespec *t)
{
	if (t->tv_sec >= YEAR_2010)
		*t = (struct timespec){ 0 };
}

static void add_node(struct snapshot *s, const char *dir, const char *path)
{
	char full[PATH_ROOM];
	char text[PATH_ROOM];
	struct node n = { .path = strdup(path), .data = HASH_START };

	snprintf(full, sizeof(full), "%s/%s", dir, path);
	if (!n.path || lstat(full, &n.st) < 0)
		fail("stat %s", full);
	/* what is written to a FIFO changes its times */
	if (S_ISFIFO(n.st.st_mode) && strcmp(path, "feed") == 0)
		n.st.st_mtim = n.st.st_atim = (struct timespec){ 0 };
	forget_new(&n.st.st_mtim);
	forget_new(&n.st.st_atim);
	/* a report has inode numbers in it, which are not the same each time */
	if (S_ISREG(n.st.st_mode) && strcmp(path, "dst/report") == 0)
		n.st.st_size = 0;
	else if (S_ISREG(n.st.st_mode))
		hash_file(&n, AT_FDCWD, full);
	if (S_ISLNK(n.st.st_mode))
		n.data = hash_bytes(n.data, text, (size_t)readlink(full, text, sizeof(text)));
	if (S_ISCHR(n.st.st_mode) || S_ISBLK(n.st.st_mode))
		n.data = n.st.st_rdev;
	hash_xattrs(&n, full);
	if (s->count % 32 == 0)
		s->nodes = reallocarray(s->nodes, s->count + 32, sizeof(*s->nodes));
	if (!s->nodes)
		fail("memory");
	s->nodes[s->count++] = n;
}

static void add_tree(struct snapshot *s, const char *dir, const char *below, const char *without)
{
	char path[PATH_ROOM / 2];
	struct dirent *entry;
	DIR *d;

	snprintf(path, sizeof(path), "%s/%s", dir, below);
	d = opendir(path);
	if (!d && *below)
		fail("open %s", path);
	while (d && (entry = readdir(d))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
		    (without && strcmp(entry->d_name, without) == 0))
			continue;
		snprintf(path, sizeof(path), "%s%s%s", below, *below ? "/" : "", entry->d_name);
		add_node(s, dir, path);
		if (S_ISDIR(s->nodes[s->count - 1].st.st_mode))
			add_tree(s, dir, path, NULL);
	}
	if (d)
		closedir(d);
}

static int by_path(const void *a, const void *b)
{
	const struct node *first = a;
	const struct node *second = b;

	return strcmp(first->path, second->path);
}

void snapshot_take(struct snapshot *s, const char *dir, const char *without)
{
	*s = (struct snapshot){ 0 };
	add_tree(s, dir, "", without);
	if (s->count > 0)
		qsort(s->nodes, s->count, sizeof(*s->nodes), by_path);
	for (size_t i = 0; i < s->count; i++) {
		size_t first = 0;

		while (s->nodes[first].st.st_ino != s->nodes[i].st.st_ino ||
		       s->nodes[first].st.st_dev != s->nodes[i].st.st_dev)
			first++;
		s->nodes[i].first = first;
	}
}

const struct node *snapshot_find(const struct snapshot *s, const char *path)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->nodes[i].path, path) == 0)
			return &s->nodes[i];
	return NULL;
}

static bool same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

unsigned int node_compare(const struct node *a, const struct node *b)
{
	unsigned int d = 0;
	bool same_type = (a->st.st_mode & S_IFMT) == (b->st.st_mode & S_IFMT);
	bool file = S_ISREG(a->st.st_mode);

	if (!same_type)
		d |= DIFF_TYPE;
	if (a->data != b->data || (file && a->st.st_size != b->st.st_size))
		d |= DIFF_DATA;
	if (a->holes != b->holes)
		d |= DIFF_HOLES;
	if ((a->st.st_mode & 07777) != (b->st.st_mode & 07777))
		d |= DIFF_MODE;
	if (a->st.st_uid != b->st.st_uid || a->st.st_gid != b->st.st_gid)
		d |= DIFF_OWNER;
	if (!same_time(&a->st.st_mtim, &b->st.st_mtim) ||
	    (!S_ISDIR(a->st.st_mode) && !same_time(&a->st.st_atim, &b->st.st_atim)))
		d |= DIFF_TIMES;
	if (a->xattrs != b->xattrs)
		d |= DIFF_XATTR;
	if (a->acls != b->acls)
		d |= DIFF_ACL;
	return d;
}

void difference_words(unsigned int differences, char *ret, size_t size)
{
	static const char *const words[] = { "type",  "data",  "holes", "mode", "owner",
					     "times", "xattr", "acl",	"links" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (differences & 1u << i) {
			strncat(ret, " ", size - strlen(ret) - 1);
			strncat(ret, words[i], size - strlen(ret) - 1);
		}
}

bool snapshot_same(const struct snapshot *a, const struct snapshot *b, unsigned int ignored,
		   char *ret, size_t size)
{
	for (size_t i = 0; i < a->count && i < b->count; i++) {
		const struct node *first = &a->nodes[i];
		const struct node *second = &b->nodes[i];
		unsigned int d =
			strcmp(first->path, second->path) ? DIFF_TYPE : node_compare(first, second);

		if (first->first != second->first)
			d |= DIFF_LINKS;
		d &= ~ignored;
		if (d) {
			snprintf(ret, size, "%s:", first->path);
			difference_words(d, ret, size);
			return false;
		}
	}
	snprintf(ret, size, "%zu files, not %zu", b->count, a->count);
	return a->count == b->count;
}

void snapshot_done(struct snapshot *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->nodes[i].path);
	free(s->nodes);
	*s = (struct snapshot){ 0 };
}
