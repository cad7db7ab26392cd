/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trees of files, as a list of nodes in memory.
 */
#ifndef ORACLE_TREE_H
#define ORACLE_TREE_H

#include "random.h"

#include <sys/types.h>

/* Most nodes of a tree. */
#define TREE_NODES 32u
/* Size of the longest path in a tree and of the longest symlink target, with the NUL. */
#define TREE_PATH 96u

/* File types. */
enum node_kind {
	/* A regular file. */
	NODE_FILE,
	/* A directory. */
	NODE_DIR,
	/* A symbolic link. */
	NODE_SYMLINK,
	/* A hard link to a node that precedes it. */
	NODE_HARDLINK,
	/* A FIFO. */
	NODE_FIFO,
	/* A socket without a listener. */
	NODE_SOCKET,
	/* A character device, like /dev/null. */
	NODE_CHAR,
	/* A block device that does not exist. */
	NODE_BLOCK,
};

/* Extended attributes of a node; flags. */
enum node_extra {
	/* An attribute user.one. */
	NODE_USER_XATTR = 1u << 0,
	/* An attribute user.two, with bytes that are not text. */
	NODE_USER_XATTR_2 = 1u << 1,
	/* An attribute trusted.three; root only. */
	NODE_TRUSTED_XATTR = 1u << 2,
	/* An access control list with one named user. */
	NODE_ACL = 1u << 3,
	/* A directory's default access control list. */
	NODE_DEFAULT_ACL = 1u << 4,
	/* File capabilities; root only. */
	NODE_CAPABILITY = 1u << 5,
};

/* One name in a tree. */
struct node {
	/* Its path relative to the sandbox. */
	char path[TREE_PATH];
	/* The target of a symbolic link; of a hard link the path of the first name. */
	char target[TREE_PATH];
	/* Its type. */
	enum node_kind kind;
	/* Its permission, set-ID and sticky bits. */
	mode_t mode;
	/* Its owner; only used if root creates the tree. */
	uid_t uid;
	/* Its group; likewise. */
	gid_t gid;
	/* Time of last modification, in seconds. */
	time_t mtime;
	/* The nanoseconds of that time. */
	long mtime_ns;
	/* The index of its content, see content.h. */
	unsigned int shape;
	/* Flags of enum node_extra. */
	unsigned int extras;
};

/* A tree; a directory precedes its entries. */
struct tree {
	/* The nodes. */
	struct node nodes[TREE_NODES];
	/* The number of nodes. */
	size_t count;
};

/* The users for whom a tree is generated. */
struct people {
	/* Whether root creates the tree, with devices, owners and trusted attributes. */
	bool root;
	/* The user who runs the programs and owns most files. */
	uid_t runner;
};

/* Generates a tree. */
void tree_random(struct tree *tree, struct random *r, const struct people *people);

/* The node with this path; NULL if there is none. */
const struct node *tree_find(const struct tree *tree, const char *path);

/* The node to which hard and symbolic links lead; NULL if there is none. */
const struct node *tree_resolve(const struct tree *tree, const struct node *node);

/* True if the tree has a FIFO, socket or device, which block or fail when opened. */
bool tree_has_specials(const struct tree *tree);

/* Appends @more to the path in a buffer of @room bytes; what does not fit is cut off. */
void path_append(char *path, size_t room, const char *more);

/* The depth of a path: the number of its slashes. */
size_t path_depth(const char *path);

/* True if @path is @above or below it. */
bool path_is_within(const char *path, const char *above);

/* The last name of a path. */
const char *path_base(const char *path);

#endif
