/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Directories and overlays of a worker. The filesystems are mounted by tests/torture/run, in a
 * namespace of mounts that ends with it.
 */
#include "lab.h"

#include "fail.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	/* more than two ticks of the clock that gives files their times: a file that was changed in
	   the tick of the call is not recorded */
	TICKS_USEC = 25000
};

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void remove_tree(const char *path)
{
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) < 0 && errno != ENOENT)
		fail("remove %s", path);
}

static void make_dir(const char *path)
{
	if (mkdir(path, 0755) < 0 && errno != EEXIST)
		fail("mkdir %s", path);
}

/* @ret becomes TOP/FS/wN[/NAME], which is made. */
static void place_dir(char ret[LAB_PATH], const char *top, const char *fs, int number,
		      const char *name)
{
	snprintf(ret, LAB_PATH, "%s/%s/w%d", top, fs, number);
	make_dir(ret);
	snprintf(ret, LAB_PATH, "%s/%s/w%d%s%s", top, fs, number, *name ? "/" : "", name);
	make_dir(ret);
}

/* @ret becomes DIR/NAME. */
static void below(char ret[LAB_PATH], const char *dir, const char *name)
{
	if (snprintf(ret, LAB_PATH, "%s/%s", dir, name) >= LAB_PATH)
		fail("%s is too long", dir);
}

static void mount_overlay(const char *point, const char *options)
{
	make_dir(point);
	if (mount("overlay", point, "overlay", MS_NOATIME, options) < 0)
		fail("mount overlay %s", options);
}

/* Sets where the overlay is that is mounted for each run: @lower, and a new upper layer. */
static void set_overlay(struct lab *l, const char *lower, const char *upper, const char *more)
{
	snprintf(l->upper, sizeof(l->upper), "%s", upper);
	snprintf(l->overlay_options, sizeof(l->overlay_options),
		 "lowerdir=%s,upperdir=%s/upper,workdir=%s/work%s", lower, upper, upper, more);
}

/* "src" is in an overlay of its own, which is mounted when it is filled. */
static void place_src_in_overlay(struct lab *l, const char *top, int number)
{
	char lower[LAB_PATH];
	char layers[LAB_PATH];
	char work[LAB_PATH];
	char link[LAB_PATH];

	snprintf(link, sizeof(link), "%s", l->make_src);
	place_dir(lower, top, "xfs", number, "src-lower");
	place_dir(layers, top, "xfs", number, "src-upper");
	place_dir(work, top, "xfs", number, "src-work");
	place_dir(l->src_overlay, top, "tmpfs", number, "src-merged");
	below(l->make_src, l->place == PLACE_TWO_OVERLAYS ? layers : lower, "src");
	below(l->src, l->src_overlay, "src");
	snprintf(l->src_overlay_options, sizeof(l->src_overlay_options),
		 "lowerdir=%s,upperdir=%s,workdir=%s", lower, layers, work);
	if (symlink(l->src, link) < 0)
		fail("symlink %s", link);
}

static void place_overlay(struct lab *l, const char *top, int number)
{
	char lower[LAB_PATH];
	char upper[LAB_PATH];
	bool two = l->place == PLACE_TWO_OVERLAYS;

	place_dir(lower, top, two ? "xfs" : "ext4", number, "lower");
	place_dir(upper, top, "xfs", number, "layers");
	place_dir(l->overlay, top, "tmpfs", number, "merged");
	below(l->make_src, lower, "src");
	below(l->make_dst, lower, "dst");
	snprintf(l->cwd, sizeof(l->cwd), "%s", l->overlay);
	below(l->src, l->cwd, "src");
	set_overlay(l, lower, upper, l->place == PLACE_OVERLAY_METACOPY ? ",metacopy=on" : "");
}

static void place_plain(struct lab *l, const char *top, int number, const char *src,
			const char *dst)
{
	char dir[LAB_PATH];
	char link[LAB_PATH];

	place_dir(l->cwd, top, dst, number, "cwd");
	below(l->make_dst, l->cwd, "dst");
	below(l->make_src, l->cwd, "src");
	if (strcmp(src, dst) != 0) {
		place_dir(dir, top, src, number, "cwd");
		below(link, l->cwd, "src");
		below(l->make_src, dir, "src");
		if (symlink(l->make_src, link) < 0)
			fail("symlink %s", link);
	}
	snprintf(l->src, sizeof(l->src), "%s", l->make_src);
}

void lab_make(struct lab *l, const char *top, int number, enum place place, lab_fill_fn *fill)
{
	/* of "src" and of "dst"; an overlay has none */
	static const struct {
		const char *src;
		const char *dst;
	} plain[] = {
		[PLACE_TMPFS] = { "tmpfs", "tmpfs" },
		[PLACE_EXT4] = { "ext4", "ext4" },
		[PLACE_XFS] = { "xfs", "xfs" },
		[PLACE_BTRFS] = { "btrfs", "btrfs" },
		[PLACE_TMPFS_XFS] = { "tmpfs", "xfs" },
		[PLACE_EXT4_XFS] = { "ext4", "xfs" },
		[PLACE_OUT_OF_OVERLAY] = { "xfs", "xfs" },
		[PLACE_TWO_OVERLAYS] = { NULL, NULL },
	};

	*l = (struct lab){ .place = place };
	if (plain[place].dst)
		place_plain(l, top, number, plain[place].src, plain[place].dst);
	else
		place_overlay(l, top, number);
	if (place == PLACE_OUT_OF_OVERLAY || place == PLACE_TWO_OVERLAYS)
		place_src_in_overlay(l, top, number);
	make_dir(l->make_src);
	fill(l->make_src);
	if (*l->src_overlay)
		mount_overlay(l->src_overlay, l->src_overlay_options);
	below(l->dst, l->cwd, "dst");
	if (*l->overlay)
		make_dir(l->make_dst);
	usleep(TICKS_USEC);
}

/* A change of attributes copies up the metadata and not the data; to be opened for writing is to be
   copied up as a whole. */
static void copy_up_some(const struct lab *l)
{
	char file[LAB_PATH];
	int fd;

	below(file, l->src, "list");
	if (chmod(file, 0640) < 0)
		fail("chmod %s", file);
	below(file, l->src, "set-id");
	fd = open(file, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || close(fd) < 0)
		fail("open %s", file);
}

/* Mounts the overlay anew, with an empty upper layer. */
static void remount(const struct lab *l)
{
	char dir[LAB_PATH];

	if (umount(l->overlay) < 0 && errno != EINVAL)
		fail("umount %s", l->overlay);
	remove_tree(l->upper);
	make_dir(l->upper);
	below(dir, l->upper, "upper");
	make_dir(dir);
	below(dir, l->upper, "work");
	make_dir(dir);
	mount_overlay(l->overlay, l->overlay_options);
	if (l->place == PLACE_OVERLAY_METACOPY)
		copy_up_some(l);
}

void lab_reset(const struct lab *l, lab_fill_fn *fill)
{
	struct stat st;

	if (*l->overlay && umount(l->overlay) < 0 && errno != EINVAL)
		fail("umount %s", l->overlay);
	/* a lower layer stays as it was made */
	if (!*l->overlay || lstat(l->make_dst, &st) < 0 || st.st_nlink <= 2) {
		remove_tree(l->make_dst);
		make_dir(l->make_dst);
		if (fill)
			fill(l->make_dst);
	}
	if (*l->overlay)
		remount(l);
}

void lab_done(const struct lab *l, const char *top, int number)
{
	static const char *const filesystems[] = { "xfs", "ext4", "btrfs", "tmpfs" };
	char path[LAB_PATH];

	if (*l->overlay && umount(l->overlay) < 0 && errno != EINVAL)
		fail("umount %s", l->overlay);
	if (*l->src_overlay && umount(l->src_overlay) < 0)
		fail("umount %s", l->src_overlay);
	for (size_t i = 0; i < sizeof(filesystems) / sizeof(*filesystems); i++) {
		snprintf(path, sizeof(path), "%s/%s/w%d", top, filesystems[i], number);
		remove_tree(path);
	}
}
