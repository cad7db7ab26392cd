/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Says what became of each destination of a copy.
 *
 *	outcome NEW OLD DEST ALLOWED
 *
 * NEW is a directory with what DEST has after the copy, OLD one with what it had before (nothing if
 * there is no such directory). Each file of NEW or OLD, and each other one in DEST, is in one of
 * these states:
 *
 *	n  new: the type and the content of that in NEW
 *	b  bare: so, but not with its mode or mtime; looked for only if ALLOWED has an M
 *	o  old: the type and the content of that in OLD
 *	a  absent, or a directory above it is
 *	e  empty, while neither of them is
 *	p  part, or something else
 *	t  temporary: the name begins with .ovl-cp.
 *	x  extra: in neither of them
 *
 * Prints the name of each file whose state is not in ALLOWED, then the count of each state. Fails
 * if there is such a name. Directories only have to be directories where files are in them.
 */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum state {
	NEW,
	BARE,
	OLD,
	ABSENT,
	EMPTY,
	PART,
	TEMPORARY,
	EXTRA,
	STATES
};

static const char letters[STATES + 1] = "nboaeptx";
static const char *const words[STATES] = { "new",   "bare", "old",	 "absent",
					   "empty", "part", "temporary", "extra" };

static struct {
	const char *roots[3]; /* NEW, OLD, DEST */
	const char *allowed;
	long counts[STATES];
	bool is_bad;
	/* the tree that nftw is in, as its callback takes no argument */
	int walked;
} the;

enum {
	IN_NEW,
	IN_OLD,
	IN_DEST
};

/* Write the path of @name in a tree. Returns whether there is one, with its stat. */
static bool find(int tree, const char *name, char path[4096], struct stat *st)
{
	(void)snprintf(path, 4096, "%s/%s", the.roots[tree], name);
	if (lstat(path, st) == 0)
		return true;
	if (errno != ENOENT && errno != ENOTDIR)
		err(2, "%s", path);
	return false;
}

static int open_or_die(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		err(2, "%s", path);
	return fd;
}

static bool same_bytes(const char *a, const char *b)
{
	static char data[2][1 << 16];
	const int fds[2] = { open_or_die(a), open_or_die(b) };
	bool same = true;
	ssize_t n;

	do {
		n = read(fds[0], data[0], sizeof(data[0]));
		/* files, so that a read is short at the end only */
		same = n >= 0 && read(fds[1], data[1], sizeof(data[1])) == n &&
		       memcmp(data[0], data[1], (size_t)n) == 0;
	} while (same && n > 0);
	close(fds[0]);
	close(fds[1]);
	return same;
}

/* Whether the file of that name in two trees has the same type and content. */
static bool same_content(int tree, int other, const char *name)
{
	char a[4096], b[4096], text[2][4096];
	struct stat sa, sb;
	ssize_t n;

	if (!find(tree, name, a, &sa) || !find(other, name, b, &sb) ||
	    (sa.st_mode & S_IFMT) != (sb.st_mode & S_IFMT))
		return false;
	if (S_ISLNK(sa.st_mode)) {
		n = readlink(a, text[0], sizeof(text[0]));
		return n > 0 && readlink(b, text[1], sizeof(text[1])) == n &&
		       memcmp(text[0], text[1], (size_t)n) == 0;
	}
	return !S_ISREG(sa.st_mode) || (sa.st_size == sb.st_size && same_bytes(a, b));
}

static bool same_attributes(int tree, int other, const char *name)
{
	char path[4096];
	struct stat a, b;

	return find(tree, name, path, &a) && find(other, name, path, &b) &&
	       a.st_mode == b.st_mode && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
	       a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

static enum state state_of(const char *name)
{
	const char *slash = strrchr(name, '/');
	char path[4096];
	struct stat st, other;
	bool in_new, in_old;

	if (!find(IN_DEST, name, path, &st))
		return ABSENT;
	in_new = find(IN_NEW, name, path, &other);
	in_old = find(IN_OLD, name, path, &other);
	if (!in_new && !in_old)
		return strncmp(slash ? slash + 1 : name, ".ovl-cp.", 8) == 0 ? TEMPORARY : EXTRA;
	if (same_content(IN_DEST, IN_NEW, name))
		return strchr(the.allowed, 'M') && !same_attributes(IN_DEST, IN_NEW, name) ? BARE
											   : NEW;
	if (same_content(IN_DEST, IN_OLD, name))
		return OLD;
	return st.st_size == 0 ? EMPTY : PART;
}

/* Whether an earlier tree of the walk has it, so that it was counted. */
static bool was_seen(const char *name)
{
	char path[4096];
	struct stat st;

	for (int tree = 0; tree < the.walked; tree++)
		if (find(tree, name, path, &st) && !S_ISDIR(st.st_mode))
			return true;
	return false;
}

static int visit(const char *path, const struct stat *st, int flag, struct FTW *at)
{
	const char *name = path + strlen(the.roots[the.walked]);
	enum state state;

	(void)at;
	if (flag == FTW_NS || flag == FTW_DNR)
		errx(2, "%s: cannot be read", path);
	name += *name == '/';
	if (S_ISDIR(st->st_mode) || was_seen(name))
		return 0;
	state = state_of(name);
	the.counts[state]++;
	if (!strchr(the.allowed, letters[state])) {
		the.is_bad = true;
		printf("%s: %s\n", words[state], name);
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 5)
		errx(2, "usage: outcome NEW OLD DEST ALLOWED");
	memcpy(the.roots, argv + 1, sizeof(the.roots));
	the.allowed = argv[4];
	if (access(the.roots[IN_NEW], F_OK) < 0)
		err(2, "%s", the.roots[IN_NEW]);
	for (; the.walked <= IN_DEST; the.walked++)
		if (access(the.roots[the.walked], F_OK) == 0 &&
		    nftw(the.roots[the.walked], visit, 32, FTW_PHYS) != 0)
			err(2, "%s", the.roots[the.walked]);
	for (int i = 0; i < STATES; i++)
		printf("%s %ld%c", words[i], the.counts[i], i == STATES - 1 ? '\n' : ' ');
	return the.is_bad ? 1 : 0;
}
