/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nothing hostile runs meanwhile. Links are not followed all the same.
 */
#include "plant.h"

#include "attack.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

static void own(int dir_fd, const char *name, unsigned int owner)
{
	if (fchownat(dir_fd, name, owner, owner, AT_SYMLINK_NOFOLLOW) < 0)
		die("chown %s", name);
}

static void fill(int fd, const struct plant *p)
{
	const size_t len = strlen(p->mark);
	char *text = malloc(p->size + len);

	if (!text)
		die("malloc");
	for (size_t at = 0; at < p->size; at += len)
		memcpy(text + at, p->mark, len);
	if (write(fd, text, p->size) != (ssize_t)p->size)
		die("write");
	free(text);
}

void plant_file(int dir_fd, const char *name, const struct plant *p)
{
	static const struct timespec old[2] = { { 1000000000, 0 }, { 1000000000, 1 } };
	int fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		die("%s", name);
	fill(fd, p);
	if (fchown(fd, p->owner, p->owner) < 0 || fchmod(fd, p->mode) < 0 || futimens(fd, old) < 0)
		die("attributes of %s", name);
	(void)close(fd);
}

void plant_dir(int dir_fd, const char *name, mode_t mode, unsigned int owner)
{
	if (mkdirat(dir_fd, name, mode) < 0 && errno != EEXIST)
		die("%s", name);
	if (fchmodat(dir_fd, name, mode, 0) < 0)
		die("chmod %s", name);
	own(dir_fd, name, owner);
}

void plant_link(int dir_fd, const char *name, const char *text, unsigned int owner)
{
	if (symlinkat(text, dir_fd, name) < 0 && errno != EEXIST)
		die("%s", name);
	own(dir_fd, name, owner);
}

void plant_fifo(int dir_fd, const char *name, mode_t mode, unsigned int owner)
{
	if (mkfifoat(dir_fd, name, mode) < 0 && errno != EEXIST)
		die("%s", name);
	own(dir_fd, name, owner);
}

/* posix_acl_xattr_header and _entry of the kernel */
struct acl_entry {
	uint16_t tag;
	uint16_t bits;
	uint32_t id;
};
struct acl {
	uint32_t version;
	struct acl_entry entries[5];
};

void plant_acl(int dir_fd, const char *name, bool is_default, unsigned int bits)
{
	const uint32_t none = htole32(UINT32_MAX);
	const uint16_t other = htole16(is_default ? 5 : 0);
	const struct acl acl = {
		htole32(2),
		{ { htole16(0x01), htole16(is_default ? 7 : 6), none },
		  { htole16(0x02), htole16((uint16_t)bits), htole32(HOSTILE_ID) },
		  { htole16(0x04), htole16(is_default ? 5 : 4), none },
		  { htole16(0x10), htole16(is_default ? 7 : 4), none },
		  { htole16(0x20), other, none } },
	};
	int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	const char *attr = is_default ? "system.posix_acl_default" : "system.posix_acl_access";

	if (fd < 0 || fsetxattr(fd, attr, &acl, sizeof(acl), 0) < 0)
		die("list of %s", name);
	(void)close(fd);
}

void plant_xattr(int dir_fd, const char *name, const char *attr, const char *value)
{
	int fd = openat(dir_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0 || fsetxattr(fd, attr, value, strlen(value), 0) < 0)
		die("%s of %s", attr, name);
	(void)close(fd);
}

int plant_open(int dir_fd, const char *name)
{
	int fd = openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		die("%s", name);
	return fd;
}

int plant_path(int dir_fd, const char *path, unsigned int owner)
{
	char *copy = strdup(path);
	char *rest = copy;
	int fd = plant_open(dir_fd, ".");

	if (!copy)
		die("strdup");
	for (char *name; (name = strsep(&rest, "/"));) {
		int next;

		if (strcmp(name, ".") != 0)
			plant_dir(fd, name, 0755, owner);
		next = plant_open(fd, name);
		(void)close(fd);
		fd = next;
	}
	free(copy);
	return fd;
}
