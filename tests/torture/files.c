/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes the files of the scenarios. All have times of the year 2001, by which a copy of them is
 * told from a time that the copy itself made.
 */
#include "files.h"

#include "fail.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

enum {
	SMALL = 5000,
	BIG = 700000,
	HUGE_STEP = 512 << 10,
	OLD_TIME = 981173106, /* 2001-02-03 */
};

static const char *path_of(const char *dir, const char *name)
{
	static char path[2][LAB_PATH];
	static unsigned int next;
	char *ret = path[next++ % 2];

	if (snprintf(ret, LAB_PATH, "%s/%s", dir, name) >= LAB_PATH)
		fail("%s is too long", name);
	return ret;
}

static void set_times(const char *path)
{
	const struct timespec times[2] = { { OLD_TIME, 123456789 }, { OLD_TIME + 1, 987654321 } };

	if (utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) < 0)
		fail("times of %s", path);
}

/* Writes @size bytes that depend on the name, at @at. */
static void write_bytes(int fd, const char *name, size_t size, off_t at)
{
	static char buf[BIG];

	for (size_t i = 0; i < size; i++)
		buf[i] = (char)(name[i % strlen(name)] + i * 7 + i / 251);
	if (pwrite(fd, buf, size, at) != (ssize_t)size)
		fail("write %s", name);
}

static void make_file(const char *dir, const char *name, size_t size, mode_t mode)
{
	const char *path = path_of(dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		fail("open %s", path);
	write_bytes(fd, path_of("", name), size, 0);
	if (fchmod(fd, mode) < 0 || close(fd) < 0)
		fail("chmod %s", path);
	set_times(path);
}

/* Data at the start, in the middle and at the end; the rest are holes. */
static void make_sparse(const char *dir, const char *name)
{
	const char *path = path_of(dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0 || ftruncate(fd, 300000) < 0)
		fail("open %s", path);
	write_bytes(fd, name, 4096, 0);
	write_bytes(fd, name, 4096, 131072);
	write_bytes(fd, name, 4096, 262144);
	close(fd);
	set_times(path);
}

static void make_dir(const char *dir, const char *name, mode_t mode)
{
	const char *path = path_of(dir, name);

	if (mkdir(path, 0700) < 0 || chmod(path, mode) < 0)
		fail("mkdir %s", path);
}

static void make_node(const char *dir, const char *name, mode_t mode, dev_t rdev)
{
	const char *path = path_of(dir, name);

	if (mknod(path, mode, rdev) < 0)
		fail("mknod %s", path);
	set_times(path);
}

static void make_symlink(const char *text, const char *dir, const char *name)
{
	const char *path = path_of(dir, name);

	if (symlink(text, path) < 0)
		fail("symlink %s", path);
	set_times(path);
}

static void make_link(const char *dir, const char *from, const char *to)
{
	if (link(path_of(dir, from), path_of(dir, to)) < 0)
		fail("link %s", to);
}

static void set_xattr(const char *dir, const char *name, const char *attr, const void *value,
		      size_t size)
{
	const char *path = path_of(dir, name);

	if (setxattr(path, attr, value, size, 0) < 0)
		fail("setxattr %s %s", path, attr);
	set_times(path);
}

/* user::rw- user:4321:r-- group::r-- mask::r-- other::---, as the kernel stores it: acl(5). */
static void set_list(const char *dir, const char *name, const char *attr)
{
	static const struct {
		uint32_t version;
		struct {
			uint16_t tag, perm;
			uint32_t id;
		} entries[5];
	} list = { 2,
		   { { 0x01, 6, UINT32_MAX },
		     { 0x02, 4, 4321 },
		     { 0x04, 4, UINT32_MAX },
		     { 0x10, 4, UINT32_MAX },
		     { 0x20, 0, UINT32_MAX } } };

	set_xattr(dir, name, attr, &list, sizeof(list));
}

static void set_owner(const char *dir, const char *name, uid_t uid, gid_t gid)
{
	const char *path = path_of(dir, name);

	if (lchown(path, uid, gid) < 0)
		fail("chown %s", path);
	set_times(path);
}

static void make_source_tree(const char *dir)
{
	make_dir(dir, "tree", 0755);
	make_dir(dir, "tree/sub", 0750);
	make_dir(dir, "tree/sub/read-only", 0555);
	make_file(dir, "tree/one", SMALL, 0644);
	make_file(dir, "tree/two", 100, 0600);
	make_file(dir, "tree/sub/three", SMALL, 0444);
	make_file(dir, "tree/sub/read-only/four", 1, 0640);
	make_file(dir, "tree/sub/empty", 0, 0644);
	make_link(dir, "tree/one", "tree/sub/hard");
	make_symlink("one", dir, "tree/link");
	make_node(dir, "tree/fifo", S_IFIFO | 0622, 0);
	make_sparse(dir, "tree/sub/sparse");
	set_owner(dir, "tree/two", 1234, 2345);
	set_owner(dir, "tree/link", 1234, 2345);
	set_xattr(dir, "tree/two", "user.one", "first", 5);
	set_xattr(dir, "tree/sub", "user.two", "second", 6);
	set_list(dir, "tree/sub", "system.posix_acl_default");
	set_list(dir, "tree/one", "system.posix_acl_access");
	set_times(path_of(dir, "tree/sub/read-only"));
	set_times(path_of(dir, "tree/sub"));
	set_times(path_of(dir, "tree"));
}

void files_source(const char *dir)
{
	make_file(dir, "file", SMALL, 0640);
	set_owner(dir, "file", 1234, 2345);
	make_file(dir, "set-id", SMALL, 0755);
	set_owner(dir, "set-id", 1234, 2345);
	if (chmod(path_of(dir, "set-id"), 06755) < 0)
		fail("chmod");
	set_xattr(dir, "file", "user.one", "first", 5);
	set_xattr(dir, "file", "user.two", "second", 6);
	make_file(dir, "list", SMALL, 0644);
	set_list(dir, "list", "system.posix_acl_access");
	make_file(dir, "big", BIG, 0600);
	make_sparse(dir, "sparse");
	make_node(dir, "fifo", S_IFIFO | 0622, 0);
	make_node(dir, "feed", S_IFIFO | 0644, 0);
	make_node(dir, "null", S_IFCHR | 0640, makedev(1, 3));
	make_symlink("file", dir, "link");
	make_file(dir, "dests", 0, 0644);
	make_source_tree(dir);
	if (truncate(path_of(dir, "dests"), 0) == 0) {
		int fd = open(path_of(dir, "dests"), O_WRONLY | O_CLOEXEC);

		if (write(fd, "dst/a\ndst/b\ndst/c\n", 18) != 18)
			fail("write dests");
		close(fd);
		set_times(path_of(dir, "dests"));
	}
}

void files_source_big(const char *dir)
{
	char name[] = "big-0";

	for (; name[4] < '4'; name[4]++)
		make_file(dir, name, BIG * 2 / 3, 0644);
	make_file(dir, "file", SMALL, 0640);
	make_dir(dir, "many", 0755);
	for (char at[] = "many/a"; at[5] <= 'h'; at[5]++)
		make_file(dir, at, SMALL, 0644);
	set_times(path_of(dir, "many"));
}

void files_source_huge(const char *dir)
{
	const char *path = path_of(dir, "huge");
	const off_t size = 17 << 20;
	char name[] = "huge-a";
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0 || ftruncate(fd, size) < 0)
		fail("open %s", path);
	for (off_t at = 0; at < size; at += HUGE_STEP) {
		name[5] = name[5] == 'z' ? 'a' : (char)(name[5] + 1);
		if (at / HUGE_STEP != 20)
			write_bytes(fd, name, HUGE_STEP, at);
	}
	close(fd);
	set_times(path_of(dir, "huge"));
}

void files_source_nocow(const char *dir)
{
	int flags = FS_NOCOW_FL;
	int fd;

	make_file(dir, "nocow", 0, 0644);
	fd = open(path_of(dir, "nocow"), O_WRONLY | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, FS_IOC_SETFLAGS, &flags) < 0)
		fail("nodatacow");
	write_bytes(fd, "nocow", SMALL * 4, 0);
	close(fd);
	set_times(path_of(dir, "nocow"));
	make_file(dir, "file", SMALL * 4, 0640);
}

void files_twin(const char *dir)
{
	make_file(dir, "file", SMALL, 0640);
}

void files_old(const char *dir)
{
	make_file(dir, "old", 100, 0644);
	make_file(dir, "old~", 10, 0644);
}

void files_numbered(const char *dir)
{
	make_file(dir, "old", 100, 0644);
	make_file(dir, "old.~1~", 10, 0644);
	make_file(dir, "old.~7~", 10, 0644);
}

void files_old_tree(const char *dir)
{
	make_dir(dir, "tree", 0700);
	make_file(dir, "tree/one", 300, 0600);
	make_file(dir, "tree/more", 300, 0600);
	make_dir(dir, "tree/sub", 0755);
	make_file(dir, "tree/sub/three", 10, 0600);
	make_link(dir, "tree/sub/three", "tree/sub/three-link");
	make_symlink("nowhere", dir, "tree/link");
}

void files_dirs(const char *dir)
{
	make_dir(dir, "a", 0755);
	make_dir(dir, "b", 0755);
}

void files_old_symlink(const char *dir)
{
	make_dir(dir, "real", 0755);
	make_file(dir, "real/old", 100, 0644);
	make_symlink("real/old", dir, "old");
}
