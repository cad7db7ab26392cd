/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the rights of a thread in /proc, and takes them on as nsenter(1) does: namespaces, root
 * directory, groups, user, capabilities. What was taken on is read again and compared.
 */
#include "rights.h"

#include "proc_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int compare_groups(const void *a, const void *b)
{
	const gid_t x = *(const gid_t *)a;
	const gid_t y = *(const gid_t *)b;

	return (x > y) - (x < y);
}

/* The last of four numbers, for files, of "Uid:" and "Gid:". */
static bool read_fourth(const char *text, unsigned int *ret)
{
	return sscanf(text, "%*u %*u %*u %u", ret) == 1;
}

static bool read_groups(const char *text, struct rights *r)
{
	char *end;

	for (r->group_count = 0;; text = end) {
		unsigned long group = strtoul(text, &end, 10);

		if (end == text)
			break;
		if (r->group_count == RIGHTS_GROUPS_MAX)
			return false;
		r->groups[r->group_count++] = (gid_t)group;
	}
	qsort(r->groups, r->group_count, sizeof(*r->groups), compare_groups);
	return true;
}

/* Read a line of /proc/PID/status. @done: gets a bit for each of the four that are wanted. */
static void read_line(const char *line, struct rights *r, unsigned int *done)
{
	if (strncmp(line, "Uid:", 4) == 0 && read_fourth(line + 4, &r->user))
		*done |= 1;
	else if (strncmp(line, "Gid:", 4) == 0 && read_fourth(line + 4, &r->group))
		*done |= 2;
	else if (strncmp(line, "Groups:", 7) == 0 && read_groups(line + 7, r))
		*done |= 4;
	else if (strncmp(line, "CapEff:", 7) == 0 &&
		 sscanf(line + 7, "%llx", (unsigned long long *)&r->capabilities) == 1)
		*done |= 8;
}

static int read_status(int proc, struct rights *r)
{
	FILE *f = proc_file_open(proc, "status");
	unsigned int done = 0;
	char *line = NULL;
	size_t room = 0;

	if (!f)
		return -errno;
	while (getline(&line, &room, f) >= 0)
		read_line(line, r, &done);
	free(line);
	(void)fclose(f);
	return done == 15 ? 0 : -EINVAL;
}

static int read_place(int proc, const char *name, struct rights_place *ret)
{
	struct stat st;

	if (fstatat(proc, name, &st, 0) < 0)
		return -errno;
	*ret = (struct rights_place){ st.st_dev, st.st_ino };
	return 0;
}

/* Read the label. Without a security module that has some there is none (EINVAL, ENOENT). */
static int read_label(int proc, struct rights *r)
{
	int fd = openat(proc, "attr/current", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, r->label, sizeof(r->label) - 1);
	int error = n < 0 ? -errno : 0;

	if (fd >= 0)
		(void)close(fd);
	r->label[n < 0 ? 0 : n] = '\0';
	return error == -EINVAL || error == -ENOENT || error == -EOPNOTSUPP ? 0 : error;
}

int rights_read(int proc, struct rights *ret_r)
{
	const struct {
		const char *name;
		struct rights_place *ret;
	} places[] = {
		{ "ns/user", &ret_r->user_ns },
		{ "ns/mnt", &ret_r->mount_ns },
		{ "ns/pid", &ret_r->pid_ns },
		{ "root", &ret_r->root },
	};
	int r;

	memset(ret_r, 0, sizeof(*ret_r)); /* they are compared byte by byte */
	r = read_status(proc, ret_r);
	for (size_t i = 0; r == 0 && i < sizeof(places) / sizeof(*places); i++)
		r = read_place(proc, places[i].name, places[i].ret);
	return r == 0 ? read_label(proc, ret_r) : r;
}

static bool is_same_place(const struct rights_place *a, const struct rights_place *b)
{
	return a->dev == b->dev && a->ino == b->ino;
}

static bool has_same_groups(const struct rights *a, const struct rights *b)
{
	return a->group_count == b->group_count &&
	       memcmp(a->groups, b->groups, a->group_count * sizeof(*a->groups)) == 0;
}

/* Whether both may do the same with files, wherever they are. */
static bool has_same_credentials(const struct rights *a, const struct rights *b)
{
	return a->user == b->user && a->group == b->group && a->capabilities == b->capabilities &&
	       has_same_groups(a, b) && strcmp(a->label, b->label) == 0;
}

bool rights_equal(const struct rights *a, const struct rights *b)
{
	return has_same_credentials(a, b) && is_same_place(&a->user_ns, &b->user_ns) &&
	       is_same_place(&a->mount_ns, &b->mount_ns) && is_same_place(&a->root, &b->root);
}

/* Whether the user or group @id of this user namespace has a number in that of the thread with the
   directory @proc. @name: its uid_map or gid_map (user_namespaces(7)). */
static bool is_mapped(int proc, const char *name, unsigned int id)
{
	FILE *map = proc_file_open(proc, name);
	unsigned int first;
	unsigned int count;
	bool found = false;

	while (map && !found && fscanf(map, "%*u %u %u", &first, &count) == 2)
		found = id >= first && id - first < count;
	if (map)
		(void)fclose(map);
	return found;
}

/* Whether the thread has numbers of its own in its user namespace. One that is missing is shown as
   that of another user or group (overflowuid in proc_sys_kernel(5)), which this process would
   become. @keeps_groups: the groups are not set. */
static bool is_known_there(int proc, const struct rights *r, bool keeps_groups)
{
	bool is_known = is_mapped(proc, "uid_map", r->user) && is_mapped(proc, "gid_map", r->group);

	for (size_t i = 0; is_known && !keeps_groups && i < r->group_count; i++)
		is_known = is_mapped(proc, "gid_map", r->groups[i]);
	return is_known;
}

/* Enter the namespaces of @r that are not those of @mine, and its root directory. 0, or -errno. */
static int enter(int pidfd, int proc, const struct rights *r, const struct rights *mine)
{
	const bool other_user = !is_same_place(&r->user_ns, &mine->user_ns);
	const bool other_mount = !is_same_place(&r->mount_ns, &mine->mount_ns);
	const bool other_pid = !is_same_place(&r->pid_ns, &mine->pid_ns);
	const int spaces = (other_user ? CLONE_NEWUSER : 0) | (other_mount ? CLONE_NEWNS : 0) |
			   (other_pid ? CLONE_NEWPID : 0);
	int root = openat(proc, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int error = 0;

	if (root < 0)
		return -errno;
	if ((spaces && setns(pidfd, spaces) < 0) || fchdir(root) < 0 ||
	    (!is_same_place(&r->root, &mine->root) && chroot(".") < 0) || chdir("/") < 0)
		error = -errno;
	(void)close(root);
	return error;
}

/* Set the capabilities of this thread to @r's. 0, or -errno. */
static int set_capabilities(const struct rights *r)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2] = { 0 };

	for (int i = 0; i < 2; i++)
		data[i].effective = data[i].permitted =
			(uint32_t)(r->capabilities >> (32 * (unsigned int)i));
	return syscall(SYS_capset, &header, data) < 0 ? -errno : 0;
}

/* Become the user @r, as numbered in the user namespace of this process. @keeps_groups: it is in
   the groups already, and in some user namespaces they cannot be set (user_namespaces(7)). 0, or
   -errno. */
static int become(const struct rights *r, bool keeps_groups)
{
	if (!keeps_groups && setgroups(r->group_count, r->groups) < 0)
		return -errno;
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) < 0 || setresgid(r->group, r->group, r->group) < 0 ||
	    setresuid(r->user, r->user, r->user) < 0)
		return -errno;
	return set_capabilities(r);
}

/* Read the rights of this process. @procfs: a /proc that is not that of another mount namespace,
   which could have anything there. 0, or -errno. */
static int read_own(int procfs, struct rights *ret_r)
{
	int self = openat(procfs, "self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int error = self < 0 ? -errno : rights_read(self, ret_r);

	if (self >= 0)
		(void)close(self);
	return error;
}

int rights_read_own(struct rights *ret_r)
{
	int procfs = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int error = procfs < 0 ? -errno : read_own(procfs, ret_r);

	if (procfs >= 0)
		(void)close(procfs);
	return error;
}

/* Compare the rights of this process with those that it was to take on. 0, or -errno. */
static int verify(int procfs, const struct rights *r)
{
	static struct rights now;
	int error = read_own(procfs, &now);

	if (error == 0 && strcmp(now.label, r->label) != 0)
		error = -EACCES;
	return error == 0 && !rights_equal(&now, r) ? -EPERM : error;
}

/* In the namespaces of the caller: become it, as it is numbered there. @keeps_groups: as become. 0,
   or -errno. */
static int take_in_place(int procfs, int proc, bool keeps_groups)
{
	static struct rights r;
	/* opened here, so that users have the numbers of this namespace */
	int error = rights_read(proc, &r);

	if (error == 0)
		error = become(&r, keeps_groups);
	/* with other credentials it is as /proc/sys/fs/suid_dumpable says (proc_sys_fs(5)) */
	if (error == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		error = -errno;
	return error == 0 ? verify(procfs, &r) : error;
}

int rights_take(int pidfd, int proc, const struct rights *r, pid_t *ret_child)
{
	static struct rights mine;
	int procfs = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int error = procfs < 0 ? -errno : read_own(procfs, &mine);
	bool keeps_groups;

	*ret_child = 0;
	keeps_groups = error == 0 && has_same_groups(r, &mine);
	if (error == 0 && !is_same_place(&r->user_ns, &mine.user_ns) &&
	    !is_known_there(proc, r, keeps_groups))
		error = -EPERM;
	if (error == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		error = -errno;
	if (error == 0)
		error = enter(pidfd, proc, r, &mine);
	if (error == 0) {
		*ret_child = fork(); /* the namespace of processes is that of children */
		error = *ret_child == 0	 ? take_in_place(procfs, proc, keeps_groups)
			: *ret_child < 0 ? -errno
					 : 0;
	}
	if (procfs >= 0)
		(void)close(procfs);
	return error;
}
