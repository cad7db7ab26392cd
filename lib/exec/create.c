/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Every kind of file, made so that an existing one is never touched.
 *
 * What cannot be made and opened in one call is opened afterwards without following links, and
 * must then look as what was made: who may write to the directory could have replaced it by
 * another file, which attributes would be given to.
 */
#include "exec/create.h"

#include "base/fd.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static int make_data(int dir_fd, const char *name, const struct exec_create_args *m)
{
	return sys_open(dir_fd, name, O_RDWR | O_CREAT | O_EXCL, m->mode & 07777);
}

/* Open what was made a moment ago, or what has its name now. */
static int reopen(int dir_fd, const char *name, int flags)
{
	int fd = sys_open(dir_fd, name, flags | O_NOFOLLOW, 0);

	return fd == -ELOOP || fd == -ENOTDIR ? -ESTALE : fd;
}

/* The same for what is no directory; nobody else's file: a name of a file elsewhere would be one of
   several; what is whole and of the right type was moved here by its owner, who may do with it what
   we are going to do. The owner itself tells nothing: some mounts show another one than who made
   it. */
static int reopen_only_name(int dir_fd, const char *name, mode_t *ret_type)
{
	CLEANUP_FD int fd = reopen(dir_fd, name, O_PATH);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0)
		return r;
	*ret_type = st.st_mode & S_IFMT;
	return st.st_nlink > 1 ? -ESTALE : TAKE_FD(fd);
}

/* O_DIRECTORY has looked at the type. */
static int make_directory(int dir_fd, const char *name, const struct exec_create_args *m)
{
	int r = sys_mkdir(dir_fd, name, m->mode & 07777);

	if (r < 0)
		return r;
	r = reopen(dir_fd, name, O_RDONLY | O_DIRECTORY);
	/* made without the right to read it: its maker can still change that */
	return r == -EACCES ? reopen(dir_fd, name, O_PATH | O_DIRECTORY) : r;
}

/* Whether @fd is a symbolic link to @text. What stat tells of the type is not asked: fakeroot(1)
   answers with what it remembers of an inode number, perhaps of a file that was removed since. */
static int leads_to(int fd, const char *text)
{
	CLEANUP_FREE char *found = NULL;
	int r = exec_read_link(fd, "", &found);

	return r == -ENOENT || (r == 0 && strcmp(found, text) != 0) ? -ESTALE : r;
}

static int make_symlink(int dir_fd, const char *name, const struct exec_create_args *m)
{
	mode_t unasked;
	int r = sys_symlink(m->text, dir_fd, name);
	CLEANUP_FD int fd = r < 0 ? r : reopen_only_name(dir_fd, name, &unasked);

	r = fd < 0 ? fd : leads_to(fd, m->text);
	return r < 0 ? r : TAKE_FD(fd);
}

static int make_special(int dir_fd, const char *name, const struct exec_create_args *m)
{
	mode_t type;
	int r = sys_mknod(dir_fd, name, m->mode, m->rdev);
	CLEANUP_FD int fd = r < 0 ? r : reopen_only_name(dir_fd, name, &type);

	if (fd < 0)
		return fd;
	return type == (m->mode & S_IFMT) ? TAKE_FD(fd) : -ESTALE;
}

static int make_link(int dir_fd, const char *name, const struct exec_create_args *m)
{
	return sys_link(m->from_fd, m->from, dir_fd, name, m->follow);
}

static int (*const makers[KIND_COUNT])(int dir_fd, const char *name,
				       const struct exec_create_args *m) = {
	[KIND_DATA] = make_data,	  [KIND_DIRECTORY] = make_directory,
	[KIND_SYMLINK] = make_symlink,	  [KIND_SPECIAL] = make_special,
	[KIND_LINK_TO_COPY] = make_link,  [KIND_LINK] = make_link,
	[KIND_SYMLINK_TO] = make_symlink,
};

int exec_create(int dir_fd, const char *name, const struct exec_create_args *m, int *ret_fd)
{
	int r = makers[m->kind](dir_fd, name, m);

	if (r < 0)
		return r;
	*ret_fd = m->kind == KIND_LINK || m->kind == KIND_LINK_TO_COPY ? -EBADF : r;
	return 0;
}

int exec_open_directory(int dir_fd, const char *name, bool follow)
{
	int flags = O_DIRECTORY | (follow ? 0 : O_NOFOLLOW);
	int fd = sys_open(dir_fd, name, O_RDONLY | flags, 0);

	return fd == -EACCES ? sys_open(dir_fd, name, O_PATH | flags, 0) : fd;
}

int exec_read_link(int dir_fd, const char *name, char **ret_text)
{
	size_t room = 256;

	for (;;) {
		CLEANUP_FREE char *text = malloc(room);
		int64_t n = text ? sys_readlink(dir_fd, name, text, room) : -ENOMEM;

		if (n < 0)
			return (int)n;
		if ((size_t)n < room) {
			text[n] = '\0';
			*ret_text = TAKE_PTR(text);
			return 0;
		}
		room *= 2;
	}
}
