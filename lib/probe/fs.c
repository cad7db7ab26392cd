/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What to call a filesystem: the mount table says its type, libblkid its label
 * and UUID.
 *
 * The only file that knows libblkid. An overlay's upper layer is found in the mount table by
 * name, which may be the name of something else in another mount namespace. It is believed
 * only if that mount shows the very numbers that the overlay shows: statfs(2) on an overlay
 * passes on the block and inode counts of its upper filesystem.
 */
#include "probe/fs.h"

#include "base/dlopen_table.h"
#include "base/fd.h"
#include "probe/mount_table.h"
#include "sys/descriptor.h"
#include "sys/status.h"

#include <blkid/blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define LIBBLKID "libblkid.so.1"

struct functions {
	__typeof__(&blkid_new_probe) blkid_new_probe;
	__typeof__(&blkid_free_probe) blkid_free_probe;
	__typeof__(&blkid_probe_set_device) blkid_probe_set_device;
	__typeof__(&blkid_do_safeprobe) blkid_do_safeprobe;
	__typeof__(&blkid_probe_lookup_value) blkid_probe_lookup_value;
};

static const struct dlopen_symbol symbols[] = {
	DLOPEN_SYMBOL(struct functions, blkid_new_probe),
	DLOPEN_SYMBOL(struct functions, blkid_free_probe),
	DLOPEN_SYMBOL(struct functions, blkid_probe_set_device),
	DLOPEN_SYMBOL(struct functions, blkid_do_safeprobe),
	DLOPEN_SYMBOL(struct functions, blkid_probe_lookup_value),
};

/* The block device @path, open; or -errno if it is none or we may not look. */
static int open_device(const char *path)
{
	struct stat st;

	if (!path || path[0] != '/' || sys_stat(AT_FDCWD, path, true, &st) < 0 ||
	    !S_ISBLK(st.st_mode))
		return -ENOTBLK;
	return sys_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0);
}

/* What blkid says of @name, to be freed; NULL if nothing. */
static char *value_of(const struct functions *blk, blkid_probe probe, const char *name)
{
	const char *value = NULL;

	if (blk->blkid_probe_lookup_value(probe, name, &value, NULL) < 0 || !value)
		return NULL;
	return strdup(value);
}

struct fs_label_uuid fs_label_uuid(const char *source)
{
	struct fs_label_uuid words = { 0 };
	struct functions blk;
	blkid_probe probe = NULL;
	void *library = NULL;
	CLEANUP_FD int fd = open_device(source);

	if (fd >= 0)
		library = dlopen_table_load(LIBBLKID, symbols, sizeof(symbols) / sizeof(*symbols),
					    &blk);
	if (library)
		probe = blk.blkid_new_probe();
	if (probe) {
		if (blk.blkid_probe_set_device(probe, fd, 0, 0) == 0 &&
		    blk.blkid_do_safeprobe(probe) == 0) {
			words.label = value_of(&blk, probe, "LABEL");
			words.uuid = value_of(&blk, probe, "UUID");
		}
		blk.blkid_free_probe(probe);
	}
	dlopen_table_unload(library);
	return words;
}

bool fs_same_statfs(int fd, const char *target)
{
	CLEANUP_FD int other = sys_open(AT_FDCWD, target, O_PATH | O_DIRECTORY, 0);
	struct sys_fs_numbers a;
	struct sys_fs_numbers b;

	return other >= 0 && sys_fs_numbers(fd, &a) == 0 && sys_fs_numbers(other, &b) == 0 &&
	       memcmp(&a, &b, sizeof(a)) == 0;
}

char *fs_name(const struct mount_table *l, int fd, bool upper)
{
	struct fs_label_uuid words;
	struct mount_table_fs fs = { 0 };
	char *name = NULL;
	uint64_t magic;
	uint64_t id;

	if (!l || sys_mount_id(fd, &id) < 0 || sys_fs_magic(fd, &magic) < 0)
		return NULL;
	if (upper && magic == OVERLAYFS_SUPER_MAGIC &&
	    (mount_table_upper_fs(l, id, &fs) < 0 || !fs_same_statfs(fd, fs.target)))
		return NULL;
	if (!fs.type && mount_table_fs(l, id, &fs) < 0)
		return NULL;
	words = fs_label_uuid(fs.source);
	if (asprintf(&name, words.label ? "%s (label %s)" : "%s", fs.type, words.label) < 0)
		name = NULL;
	free(words.label);
	free(words.uuid);
	return name;
}
