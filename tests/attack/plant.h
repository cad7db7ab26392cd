/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes single files. A file that cannot be made ends the program.
 */
#ifndef ATTACK_PLANT_H
#define ATTACK_PLANT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

/* The device of /dev/null: another one would be a danger while it is attacked. */
#define PLANT_NULL makedev(1, 3)

/* A regular file. */
struct plant {
	/* The text that its content repeats. */
	const char *mark;
	/* Its size in bytes. */
	size_t size;
	mode_t mode;
	/* Its owner and group. */
	unsigned int owner;
};

/* A regular file with an old mtime. */
void plant_file(int dir_fd, const char *name, const struct plant *p);

/* A directory, unless there is one. */
void plant_dir(int dir_fd, const char *name, mode_t mode, unsigned int owner);

/* A symbolic link to @text, unless there is one. */
void plant_link(int dir_fd, const char *name, const char *text, unsigned int owner);

/* A FIFO, unless there is one. */
void plant_fifo(int dir_fd, const char *name, mode_t mode, unsigned int owner);

/* Gives @name an access control list with an entry for the hostile user, who gets @bits;
   @is_default: the list that new files in the directory inherit. */
void plant_acl(int dir_fd, const char *name, bool is_default, unsigned int bits);

/* Sets an extended attribute of the regular file @name. */
void plant_xattr(int dir_fd, const char *name, const char *attr, const char *value);

/* Opens a directory, which the caller closes. */
int plant_open(int dir_fd, const char *name);

/* Makes the directories of @path where they are missing. The last one, which the caller closes. */
int plant_path(int dir_fd, const char *path, unsigned int owner);

#endif
