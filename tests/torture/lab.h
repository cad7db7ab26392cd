/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a worker of the test has its files: a directory on each filesystem, and overlays of them.
 *
 * The program runs in a directory with "src" and "dst" in it.
 */
#ifndef TORTURE_LAB_H
#define TORTURE_LAB_H

/** Where "src" and "dst" are. */
enum place {
	PLACE_TMPFS,
	PLACE_EXT4,
	PLACE_XFS,
	PLACE_BTRFS,
	/** "src" on tmpfs, "dst" on XFS. */
	PLACE_TMPFS_XFS,
	/** "src" on ext4, "dst" on XFS. */
	PLACE_EXT4_XFS,
	/** Both in an overlay: a lower layer on ext4, the upper one on XFS. */
	PLACE_OVERLAY,
	/** The same with metacopy=on; of "src/list" only the metadata was copied up. */
	PLACE_OVERLAY_METACOPY,
	/** "src" in an overlay of two layers on XFS, "dst" on XFS outside it. */
	PLACE_OUT_OF_OVERLAY,
	/** "src" in the upper layer of one overlay, "dst" in another, both on XFS. */
	PLACE_TWO_OVERLAYS,
};

enum {
	LAB_PATH = 512
};

/** The files of one scenario. */
struct lab {
	enum place place;
	/** The directory that the program runs in. */
	char cwd[LAB_PATH];
	/** Where the files of "src" are made, and where they are seen. */
	char make_src[LAB_PATH];
	char src[LAB_PATH];
	/** Where the files of "dst" are made, and where they are seen. */
	char make_dst[LAB_PATH];
	char dst[LAB_PATH];
	/** The overlay that is mounted again for each run, or empty. */
	char overlay[LAB_PATH];
	char overlay_options[4 * LAB_PATH];
	/** The overlay that "src" is in, if it has one of its own, or empty. */
	char src_overlay[LAB_PATH];
	char src_overlay_options[4 * LAB_PATH];
	/** The directory of the upper layer of "overlay" and its work directory. */
	char upper[LAB_PATH];
};

/** Fills an empty directory. */
typedef void lab_fill_fn(const char *dir);

/**
 * Make the directories of @place for the worker @number below @top, where the filesystems are
 * mounted, and fill "src" by @fill.
 */
void lab_make(struct lab *l, const char *top, int number, enum place place, lab_fill_fn *fill);

/** Make "dst" as it is before a run: empty, then filled by @fill unless that is NULL. */
void lab_reset(const struct lab *l, lab_fill_fn *fill);

/** Unmount and remove what lab_make() made. */
void lab_done(const struct lab *l, const char *top, int number);

/** Remove the directory @path with all that is in it; nothing if it is missing. */
void remove_tree(const char *path);

#endif
