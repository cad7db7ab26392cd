/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lower bound for a tree: names, data and the attributes of every file, by several threads.
 *
 * usage: floor-tree [-t THREADS] [-n] SOURCE DESTINATION
 *
 * Directories, regular files and symbolic links, with owner, mode and times; -n omits the data.
 * Files are cloned until the kernel refuses one; all others are read and written. There are no hard
 * links, extended attributes or messages, and any error ends the program.
 *
 * The unit of work is a directory. Its times are set when everything below it is done.
 */
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BUFFER = 128 * 1024,
	MAX_THREADS = 64
};

struct dir {
	struct dir *parent;
	struct dir *next;   /* in the queue */
	atomic_int pending; /* the number of it and its subdirectories that are not done */
	struct stat st;
	char *src;
	char *dst;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct dir *queue;
	int live; /* directories that are queued or in work */
	atomic_bool no_clone;
	bool no_data;
	uid_t uid;
	gid_t gid;
} work = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

static char *join(const char *dir, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		err(1, "malloc");
	return path;
}

/* Takes ownership of both paths. */
static void push(struct dir *parent, char *src, char *dst)
{
	struct dir *dir = calloc(1, sizeof(*dir));

	if (dir == NULL || src == NULL || dst == NULL)
		err(1, "malloc");
	dir->parent = parent;
	dir->src = src;
	dir->dst = dst;
	atomic_init(&dir->pending, 1);
	if (parent)
		atomic_fetch_add(&parent->pending, 1);
	pthread_mutex_lock(&work.lock);
	dir->next = work.queue;
	work.queue = dir;
	work.live++;
	pthread_cond_signal(&work.changed);
	pthread_mutex_unlock(&work.lock);
}

static bool is_foreign(const struct stat *st)
{
	return st->st_uid != work.uid || st->st_gid != work.gid;
}

/* Decrements the count; sets the times of each directory that is complete by that. */
static void finish(struct dir *dir)
{
	while (dir && atomic_fetch_sub(&dir->pending, 1) == 1) {
		struct timespec times[] = { dir->st.st_atim, dir->st.st_mtim };
		struct dir *parent = dir->parent;

		if (utimensat(AT_FDCWD, dir->dst, times, 0) < 0)
			err(1, "%s", dir->dst);
		free(dir->src);
		free(dir->dst);
		free(dir);
		dir = parent;
	}
}

static void copy_data(int in, int out, off_t size, char *buffer)
{
	if (work.no_data || size == 0)
		return;
	if (!atomic_load(&work.no_clone)) {
		if (ioctl(out, FICLONE, in) == 0)
			return;
		atomic_store(&work.no_clone, true);
	}
	while (size > 0) {
		ssize_t got = read(in, buffer, BUFFER);

		if (got <= 0 || write(out, buffer, (size_t)got) != got)
			err(1, "copy");
		size -= got;
	}
}

static void regular(int src, int dst, const char *name, char *buffer)
{
	int in = openat(src, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	int out;

	if (in < 0 || fstat(in, &st) < 0)
		err(1, "%s", name);
	out = openat(dst, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, st.st_mode & 07777);
	if (out < 0)
		err(1, "%s", name);
	copy_data(in, out, st.st_size, buffer);
	if (is_foreign(&st) &&
	    (fchown(out, st.st_uid, st.st_gid) < 0 || fchmod(out, st.st_mode & 07777) < 0))
		err(1, "%s", name);
	if (futimens(out, (struct timespec[]){ st.st_atim, st.st_mtim }) < 0 || close(out) < 0)
		err(1, "%s", name);
	(void)close(in);
}

static void symbolic(int src, int dst, const char *name, char *buffer)
{
	ssize_t length = readlinkat(src, name, buffer, BUFFER - 1);
	struct stat st;

	if (length < 0 || fstatat(src, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		err(1, "%s", name);
	buffer[length] = '\0';
	if (symlinkat(buffer, dst, name) < 0 ||
	    (is_foreign(&st) &&
	     fchownat(dst, name, st.st_uid, st.st_gid, AT_SYMLINK_NOFOLLOW) < 0) ||
	    utimensat(dst, name, (struct timespec[]){ st.st_atim, st.st_mtim },
		      AT_SYMLINK_NOFOLLOW) < 0)
		err(1, "%s", name);
}

static void entry(struct dir *dir, int src, int dst, const struct dirent *ent, char *buffer)
{
	if (ent->d_type == DT_REG)
		regular(src, dst, ent->d_name, buffer);
	else if (ent->d_type == DT_LNK)
		symbolic(src, dst, ent->d_name, buffer);
	else if (ent->d_type == DT_DIR && strcmp(ent->d_name, ".") && strcmp(ent->d_name, ".."))
		push(dir, join(dir->src, ent->d_name), join(dir->dst, ent->d_name));
}

static void directory(struct dir *dir, char *buffer)
{
	DIR *src = opendir(dir->src);
	const struct dirent *ent;
	int dst;

	if (src == NULL || fstat(dirfd(src), &dir->st) < 0)
		err(1, "%s", dir->src);
	if (mkdir(dir->dst, dir->st.st_mode & 07777) < 0)
		err(1, "%s", dir->dst);
	dst = open(dir->dst, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dst < 0 || (is_foreign(&dir->st) && fchown(dst, dir->st.st_uid, dir->st.st_gid) < 0))
		err(1, "%s", dir->dst);
	while ((ent = readdir(src)) != NULL)
		entry(dir, dirfd(src), dst, ent, buffer);
	(void)closedir(src);
	(void)close(dst);
	finish(dir);
}

/* The next directory; NULL if there will be no more. */
static struct dir *take(void)
{
	struct dir *dir;

	pthread_mutex_lock(&work.lock);
	while (work.queue == NULL && work.live > 0)
		pthread_cond_wait(&work.changed, &work.lock);
	dir = work.queue;
	if (dir)
		work.queue = dir->next;
	pthread_mutex_unlock(&work.lock);
	return dir;
}

static void *worker(void *unused)
{
	char *buffer = malloc(BUFFER);
	struct dir *dir;

	if (buffer == NULL)
		err(1, "malloc");
	while ((dir = take()) != NULL) {
		directory(dir, buffer);
		pthread_mutex_lock(&work.lock);
		if (--work.live == 0)
			pthread_cond_broadcast(&work.changed);
		pthread_mutex_unlock(&work.lock);
	}
	free(buffer);
	return unused;
}

int main(int argc, char *argv[])
{
	pthread_t threads[MAX_THREADS];
	int count = 1;
	int letter;

	while ((letter = getopt(argc, argv, "t:n")) != -1) {
		if (letter == 't')
			count = atoi(optarg);
		else if (letter == 'n')
			work.no_data = true;
	}
	if (argc - optind != 2 || count < 1 || count > MAX_THREADS)
		errx(2, "usage: floor-tree [-t THREADS] [-n] SOURCE DESTINATION");
	(void)umask(0);
	work.uid = geteuid();
	work.gid = getegid();
	push(NULL, strdup(argv[optind]), strdup(argv[optind + 1]));
	for (int i = 1; i < count; i++)
		if (pthread_create(&threads[i], NULL, worker, NULL) != 0)
			errx(1, "no thread");
	(void)worker(NULL);
	for (int i = 1; i < count; i++)
		(void)pthread_join(threads[i], NULL);
	return 0;
}
