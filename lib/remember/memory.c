/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Everything here is asked for once in a call: a tree has thousands of files on two filesystems.
 */
#include "remember/memory.h"

#include "base/array.h"
#include "base/fd.h"
#include "base/hash.h"
#include "plan/remember.h"
#include "remember/pending.h"
#include "sys/attrs.h"
#include "sys/clock.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

void memory_init(struct memory *m)
{
	m->store = STORE_CLOSED;
	m->opened = 1;
	m->boot = 0;
	m->recent = 0;
	for (size_t i = 0; i < MEMORY_SIDES; i++)
		m->dirs[i] = (struct known_dir){ .path = NULL };
	m->watch_fd = -EBADF;
	m->fs = NULL;
	m->pending = NULL;
	m->fs_count = m->fs_room = m->pending_count = m->pending_room = 0;
}

/* Set m->boot: 0 where /proc has processes only (the mount option subset=pid). 0, or -errno. */
static int find_boot(struct memory *m)
{
	char first;
	int r = sys_boot_number(&m->boot);

	if (r < 0 && sys_readlink(AT_FDCWD, "/proc/self/cwd", &first, 1) == 1)
		r = 0;
	return r;
}

int memory_open(struct memory *m, const char *dir, bool is_dry)
{
	if (m->opened <= 0)
		return m->opened;
	sys_identity(&m->uid, &m->gid);
	m->opened = find_boot(m);
	if (m->opened == 0)
		m->opened = store_open(dir, is_dry, &m->store);
	return m->opened;
}

struct memory_fs *memory_fs(struct memory *m, int fd, dev_t dev)
{
	struct memory_fs new = { .dev = dev };
	uint64_t magic;

	for (size_t i = 0; i < m->fs_count; i++)
		if (m->fs[i].dev == dev)
			return &m->fs[i];
	if (sys_fs_magic(fd, &magic) == 0)
		new.trail = plan_change_trail(magic);
	if (m->boot) /* an id of an earlier start may be that of another mount */
		(void)sys_unique_mount_id(fd, &new.mount); /* 0: both files are compared then */
	if (array_grow(&m->fs, &m->fs_room, m->fs_count, sizeof(*m->fs)) < 0)
		return NULL;
	m->fs[m->fs_count] = new;
	return &m->fs[m->fs_count++];
}

int64_t memory_path_of(int fd, char *buf, size_t size)
{
	char link[SYS_FD_PATH_SIZE];
	int64_t len;

	sys_fd_path(fd, link);
	len = sys_readlink(AT_FDCWD, fd == AT_FDCWD ? "/proc/self/cwd" : link, buf, size);
	if (len < 0)
		return len;
	if ((size_t)len >= size)
		return -ENAMETOOLONG;
	buf[len] = '\0';
	return buf[0] == '/' ? len : -ENODATA;
}

/* The directory @dir_fd; see memory_dir. */
static struct known_dir *learn_dir(struct memory *m, enum memory_side side, int dir_fd)
{
	struct known_dir *d = &m->dirs[side];
	struct stat st;
	int64_t len;

	if ((dir_fd == AT_FDCWD ? sys_stat(dir_fd, ".", true, &st) : sys_fstat(dir_fd, &st)) < 0)
		return NULL;
	if (d->len > 0 && d->dev == st.st_dev && d->ino == st.st_ino)
		return d;
	if (!d->path)
		d->path = malloc(PATH_MAX);
	if (!d->path)
		return NULL;
	len = memory_path_of(dir_fd, d->path, PATH_MAX);
	d->len = len < 0 ? 0 : (size_t)len;
	d->dev = st.st_dev;
	d->ino = st.st_ino;
	d->gives_attributes = st.st_mode & S_ISGID ? ANSWER_YES : ANSWER_NOT_ASKED;
	return d->len > 0 ? d : NULL;
}

const struct known_dir *memory_dir(struct memory *m, enum memory_side side, int dir_fd)
{
	return learn_dir(m, side, dir_fd);
}

/* Whether the directory @dir_fd has a list for what is made in it, or that cannot be told. */
static bool has_default_acl(int dir_fd)
{
	CLEANUP_FD int fd = sys_open(dir_fd, ".", O_PATH | O_DIRECTORY, 0);

	return fd < 0 || sys_has_acl(fd, true) != 0;
}

uint64_t memory_making(struct memory *m, const struct ovlcp_options *opt, mode_t umask, int dir_fd)
{
	struct known_dir *d = learn_dir(m, MEMORY_COPY, dir_fd);

	if (d && d->gives_attributes == ANSWER_NOT_ASKED)
		d->gives_attributes = has_default_acl(dir_fd) ? ANSWER_YES : ANSWER_NO;
	return d && d->gives_attributes == ANSWER_NO ? plan_making(opt, umask, m->gid) : 0;
}

int64_t memory_path_in(struct memory *m, enum memory_side side, int dir_fd, const char *name,
		       char *buf)
{
	const struct known_dir *d = memory_dir(m, side, dir_fd);
	const size_t name_len = strlen(name);

	if (!d)
		return -ENOENT;
	if (d->len + 1 + name_len + 1 > PATH_MAX)
		return -ENAMETOOLONG;
	memcpy(buf, d->path, d->len);
	buf[d->len] = '/';
	memcpy(buf + d->len + 1, name, name_len + 1);
	return (int64_t)(d->len + 1 + name_len);
}

uint64_t memory_key(uint64_t mount, const char *path, uint64_t dir_dev)
{
	const uint64_t numbers[] = { mount, dir_dev };

	return hash_add(hash_add(HASH_START, numbers, sizeof(numbers)), path, strlen(path));
}

int memory_put(struct memory *m, const struct remembered *r)
{
	const size_t src = strlen(r->paths) + 1;
	const size_t len = offsetof(struct remembered, paths) + src + strlen(r->paths + src) + 1;

	return store_put(&m->store, memory_key(r->record.src.mount, r->paths, r->record.dir_dev), r,
			 len);
}

void memory_done(struct memory *m)
{
	store_close(&m->store);
	fd_drop(&m->watch_fd);
	free(m->fs);
	for (size_t i = 0; i < MEMORY_SIDES; i++)
		free(m->dirs[i].path);
	for (size_t i = 0; i < m->pending_count; i++)
		free(m->pending[i].remembered);
	free(m->pending);
	memory_init(m);
}
