/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Every kind of file, made so that an existing one is never touched.
 *
 * What cannot be made and opened in one call is opened afterwards without following links, and
 * must then look as what was made: who may write to the directory could have replaced it by
 * another file, which attributes would be given to.
 */
#include "exec/make.h"

#include "base/fd.h"
#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>

static int make_data(int dir_fd, const char *name, const struct exec_make *m)
{
	return sys_open(dir_fd, name, O_RDWR | O_CREAT | O_EXCL, m->mode & 07777);
}

/* Open what was made a moment ago; nobody else's file, whatever has its name now. */
static int adopt(int dir_fd, const char *name, mode_t type, int flags)
{
	CLEANUP_FD int fd = sys_open(dir_fd, name, flags | O_NOFOLLOW, 0);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0)
		return r == -ELOOP || r == -ENOTDIR ? -ESTALE : r;
	/* a name of a file elsewhere would be one of several; what is whole and of this type was
	   moved here by its owner, who may do with it what we are going to do. The owner itself
	   tells nothing: some mounts show another one than who made it. */
	if ((st.st_mode & S_IFMT) != type || (type != S_IFDIR && st.st_nlink > 1))
		return -ESTALE;
	return TAKE_FD(fd);
}

static int make_directory(int dir_fd, const char *name, const struct exec_make *m)
{
	int r = sys_mkdir(dir_fd, name, m->mode & 07777);

	if (r < 0)
		return r;
	r = adopt(dir_fd, name, S_IFDIR, O_RDONLY | O_DIRECTORY);
	/* made without the right to read it: its maker can still change that */
	return r == -EACCES ? adopt(dir_fd, name, S_IFDIR, O_PATH | O_DIRECTORY) : r;
}

static int make_symlink(int dir_fd, const char *name, const struct exec_make *m)
{
	int r = sys_symlink(m->text, dir_fd, name);

	return r < 0 ? r : adopt(dir_fd, name, S_IFLNK, O_PATH);
}

static int make_special(int dir_fd, const char *name, const struct exec_make *m)
{
	int r = sys_mknod(dir_fd, name, m->mode, m->rdev);

	return r < 0 ? r : adopt(dir_fd, name, m->mode & S_IFMT, O_PATH);
}

static int make_link(int dir_fd, const char *name, const struct exec_make *m)
{
	return sys_link(m->from_fd, m->from, dir_fd, name, m->follow);
}

static int (*const makers[MAKE_COUNT])(int dir_fd, const char *name, const struct exec_make *m) = {
	[MAKE_DATA] = make_data,	  [MAKE_DIRECTORY] = make_directory,
	[MAKE_SYMLINK] = make_symlink,	  [MAKE_SPECIAL] = make_special,
	[MAKE_LINK_TO_COPY] = make_link,  [MAKE_LINK] = make_link,
	[MAKE_SYMLINK_TO] = make_symlink,
};

int exec_make(int dir_fd, const char *name, const struct exec_make *m, int *ret_fd)
{
	int r = makers[m->make](dir_fd, name, m);

	if (r < 0)
		return r;
	*ret_fd = m->make == MAKE_LINK || m->make == MAKE_LINK_TO_COPY ? -EBADF : r;
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
