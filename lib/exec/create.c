/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Creates every kind of file, and never touches an existing one.
 *
 * A file that cannot be created and opened in one call is opened afterwards without following
 * symbolic links, and then checked: a user who may write the directory could have replaced it by
 * another file, whose attributes we would change.
 */
#include "exec/create.h"

#include "base/fd.h"
#include "model/plan.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/process.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Open the file that was just created, or whatever has its name now. -ESTALE if that is certainly
   another file. */
static int reopen(int dir_fd, const char *name, int flags)
{
	int fd = sys_open(dir_fd, name, flags | O_NOFOLLOW, 0);

	return fd == -ELOOP || fd == -ENOTDIR ? -ESTALE : fd;
}

/*
 * Open for writing what the attempt to create it for reading and writing has left behind: some FUSE
 * servers create a file before they refuse to open it (mknod and open instead of create). That name
 * was free then, otherwise the attempt had failed with EEXIST. -EEXIST if it may be of another
 * process.
 */
static int open_leftover(int dir_fd, const char *name)
{
	CLEANUP_FD int fd = reopen(dir_fd, name, O_WRONLY | O_NONBLOCK);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0 || !S_ISREG(st.st_mode) || st.st_size > 0 || st.st_nlink > 1 ||
	    !sys_trusts(st.st_uid))
		return -EEXIST;
	return TAKE_FD(fd);
}

static int create_data(int dir_fd, const char *name, const struct exec_create_args *args)
{
	int access = args->write_only ? O_WRONLY : O_RDWR;
	int fd = sys_open(dir_fd, name, access | O_CREAT | O_EXCL, args->mode & 07777);

	return fd == -EEXIST && args->write_only ? open_leftover(dir_fd, name) : fd;
}

/*
 * Whether the filesystem of @dir_fd may answer with another number of links, or another text of a
 * symbolic link, than it was asked to make: a server makes up the answers, or a driver translates
 * the text (sshfs transform_symlinks, mount.cifs mfsymlinks). Such an answer proves nothing.
 */
static bool makes_up_answers(int dir_fd)
{
	static const uint64_t magics[] = {
		0x65735546, /* FUSE_SUPER_MAGIC */
		0xff534d42, /* CIFS_SUPER_MAGIC */
		0xfe534d42, /* SMB2_SUPER_MAGIC */
		0x01021997, /* V9FS_MAGIC */
		0x7366746e, /* ntfs3 */
		0x786f4256, /* vboxsf */
	};
	/* not of the new file: a server may look behind a link for that */
	CLEANUP_FD int fd = sys_open(dir_fd, ".", O_PATH | O_DIRECTORY, 0);
	uint64_t magic = 0;

	if (fd < 0 || sys_fs_magic(fd, &magic) < 0)
		return false;
	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		if (magic == magics[i])
			return true;
	return false;
}

/* Reopen a file that is not a directory by O_PATH, and require st_nlink == 1, so that a hard link
   to another user's file, swapped in by link(2), is refused. A file of the right type with one link
   was renamed to here by a user who may change it anyway. st_uid proves nothing: id-mapped mounts
   and FUSE show another owner than the creator. */
static int reopen_only_name(int dir_fd, const char *name, struct stat *ret_st)
{
	CLEANUP_FD int fd = reopen(dir_fd, name, O_PATH);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r < 0)
		return r;
	*ret_st = st;
	return st.st_nlink > 1 && !makes_up_answers(dir_fd) ? -ESTALE : TAKE_FD(fd);
}

/* Checks no type: O_DIRECTORY does. */
static int create_directory(int dir_fd, const char *name, const struct exec_create_args *args)
{
	int r = sys_mkdir(dir_fd, name, args->mode & 07777);

	if (r < 0)
		return r;
	r = reopen(dir_fd, name, O_RDONLY | O_DIRECTORY);
	/* the mode, or the umask, forbids reading; the owner can still chmod it */
	return r == -EACCES ? reopen(dir_fd, name, O_PATH | O_DIRECTORY) : r;
}

/* Check that @fd is a symbolic link to @text. @type is used only where the text proves nothing:
   fakeroot(1) answers with what it remembers about the inode number, perhaps of a file that was
   removed meanwhile. */
static int check_symlink(int dir_fd, int fd, mode_t type, const char *text)
{
	CLEANUP_FREE char *found = NULL;
	int r = exec_read_link(fd, "", &found);

	if (r == 0 && strcmp(found, text) == 0)
		return 0;
	if (S_ISLNK(type) && makes_up_answers(dir_fd))
		return 0;
	return r == -ENOENT || r == 0 ? -ESTALE : r;
}

/* Remove a file that was made, but could not be opened because of @r; not one that another process
   has put in its place. Returns @r. */
static int undo(int dir_fd, const char *name, int r)
{
	if (r != -ESTALE && r != -ENOENT)
		(void)sys_unlink(dir_fd, name);
	return r;
}

static int create_symlink(int dir_fd, const char *name, const struct exec_create_args *args)
{
	struct stat st = { 0 };
	int r = sys_symlink(args->text, dir_fd, name);
	CLEANUP_FD int fd = r < 0 ? r : reopen_only_name(dir_fd, name, &st);

	if (r < 0)
		return r;
	r = fd < 0 ? fd : check_symlink(dir_fd, fd, st.st_mode & S_IFMT, args->text);
	return r < 0 ? undo(dir_fd, name, r) : TAKE_FD(fd);
}

/* Whether the file of @st is what mknod was asked to make: also the device, because the owner of
   the directory may give its name to another device of root's there. */
static bool is_as_made(const struct stat *st, const struct exec_create_args *args)
{
	const mode_t type = args->mode & S_IFMT;

	return (st->st_mode & S_IFMT) == type &&
	       ((type != S_IFCHR && type != S_IFBLK) || st->st_rdev == args->rdev);
}

static int create_special(int dir_fd, const char *name, const struct exec_create_args *args)
{
	struct stat st;
	int r = sys_mknod(dir_fd, name, args->mode, args->rdev);
	CLEANUP_FD int fd = r < 0 ? r : reopen_only_name(dir_fd, name, &st);

	if (r < 0)
		return r;
	if (fd < 0)
		return undo(dir_fd, name, fd);
	return is_as_made(&st, args) ? TAKE_FD(fd) : -ESTALE;
}

static int create_link(int dir_fd, const char *name, const struct exec_create_args *args)
{
	return sys_link(args->from_fd, args->from, dir_fd, name, args->follow);
}

static int (*const create_kind[KIND_COUNT])(int dir_fd, const char *name,
					    const struct exec_create_args *args) = {
	[KIND_DATA] = create_data,	 [KIND_DIRECTORY] = create_directory,
	[KIND_SYMLINK] = create_symlink, [KIND_SPECIAL] = create_special,
	[KIND_LINK] = create_link,	 [KIND_SYMLINK_TO] = create_symlink,
};

int exec_create(int dir_fd, const char *name, const struct exec_create_args *args, int *ret_fd)
{
	int r = create_kind[args->kind] ? create_kind[args->kind](dir_fd, name, args) : -EINVAL;

	if (r < 0)
		return r;
	*ret_fd = args->kind == KIND_LINK ? -EBADF : r;
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
	size_t size = 256;

	for (;;) {
		CLEANUP_FREE char *text = malloc(size);
		int64_t n = text ? sys_readlink(dir_fd, name, text, size) : -ENOMEM;

		if (n < 0)
			return (int)n;
		if ((size_t)n < size) {
			text[n] = '\0';
			*ret_text = TAKE_PTR(text);
			return 0;
		}
		size *= 2;
	}
}
