/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ORACLE_TREE_H
#define ORACLE_TREE_H

#include "random.h"

#include <sys/types.h>

/* How many nodes a tree may have. */
#define TREE_NODES 32u
/* Longest path in a tree, and longest target of a symbolic link, with the NUL. */
#define TREE_PATH 96u

/* What a node is. */
enum node_kind {
	/* A regular file. */
	NODE_FILE,
	/* A directory. */
	NODE_DIR,
	/* A symbolic link. */
	NODE_SYMLINK,
	/* One more name of a node that comes before it. */
	NODE_HARDLINK,
	/* A FIFO. */
	NODE_FIFO,
	/* A socket that nobody listens to. */
	NODE_SOCKET,
	/* A character device, like /dev/null. */
	NODE_CHAR,
	/* A block device that does not exist. */
	NODE_BLOCK,
};

/* What a node has besides a mode; flags. */
enum node_extra {
	/* An attribute user.one. */
	NODE_USER_XATTR = 1u << 0,
	/* An attribute user.two, with bytes that are no text. */
	NODE_USER_XATTR_2 = 1u << 1,
	/* An attribute trusted.three; root only. */
	NODE_TRUSTED_XATTR = 1u << 2,
	/* An access control list with one more user. */
	NODE_ACL = 1u << 3,
	/* A directory's default access control list. */
	NODE_DEFAULT_ACL = 1u << 4,
	/* File capabilities; root only. */
	NODE_CAPABILITY = 1u << 5,
};

/* One name in a tree. */
struct node {
	/* Where, below the sandbox. */
	char path[TREE_PATH];
	/* Target of a symbolic link; of a hard link the path of the first name. */
	char target[TREE_PATH];
	/* What it is. */
	enum node_kind kind;
	/* Permission bits with those above 0777. */
	mode_t mode;
	/* Its owner; heeded if root makes the tree. */
	uid_t uid;
	/* Its group; likewise. */
	gid_t gid;
	/* Time of last modification, seconds. */
	time_t mtime;
	/* Its nanoseconds. */
	long mtime_ns;
	/* An index for content_shape(). */
	unsigned int shape;
	/* Flags of enum node_extra. */
	unsigned int extras;
};

/* Files to be made; a directory comes before what is in it. */
struct tree {
	/* The files. */
	struct node nodes[TREE_NODES];
	/* How many. */
	size_t count;
};

/* For whom trees are. */
struct people {
	/* Whether devices, owners and attributes of root can be made. */
	bool root;
	/* Who will run the programs, and owns most files. */
	uid_t runner;
};

/* Invents a tree. */
void tree_random(struct tree *tree, struct random *r, const struct people *people);

/* The node with this path, NULL if there is none. */
const struct node *tree_find(const struct tree *tree, const char *path);

/* The node that a node is, behind hard and symbolic links; NULL if it leads nowhere. */
const struct node *tree_resolve(const struct tree *tree, const struct node *node);

/* Whether it has a FIFO, socket or device, which block or behave oddly when opened. */
bool tree_has_specials(const struct tree *tree);

/* Adds @more to a path for which there are @room bytes; what does not fit is left out. */
void path_append(char *path, size_t room, const char *more);

/* How deep a path is: the number of its slashes. */
size_t path_depth(const char *path);

/* Whether @path is @above or below it. */
bool path_is_within(const char *path, const char *above);

/* The last name of a path. */
const char *path_base(const char *path);

#endif
