/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The options of an overlay mount, taken apart: text in, structure out.
 *
 * Paths are text of the mount namespace where the overlay was mounted. They are for people and
 * for comparing with the names of mounts, never for opening: but for
 * probe/layer_lookup.h, where what is found is proved to be the right file.
 */
#ifndef OVL_PROBE_OVERLAY_H
#define OVL_PROBE_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>

/** One lower layer. */
struct overlay_layer {
	/** Its path without escapes, as it was given: it may be relative. Never empty. */
	char *path;
	/** Whether it only holds data that files of other layers refer to. */
	bool data_only;
};

/** An overlay as its options describe it; all-zero is one without options. */
struct overlay_options {
	/** Path of the upper layer; NULL if there is none, and the overlay is read-only. */
	char *upper;
	/** Path of the work directory; NULL if there is none. */
	char *work;
	/** The lower layers from the top to the bottom, those with data only last. */
	struct overlay_layer *lower;
	/** Number of them. */
	size_t lowers;
	/** Value of an option as it is listed, NULL where it is not. */
	char *metacopy;
	/** The same. */
	char *index;
	/** The same. */
	char *xino;
	/** The same. */
	char *redirect_dir;
	/** The same. */
	char *nfs_export;
	/** The same. */
	char *uuid;
	/** The same. */
	char *verity;
	/** Whether nothing is synced, by "volatile" or by "fsync=volatile" as newer kernels list
	 * it. */
	bool is_volatile;
	/** Whether the marks of the overlay are in user.overlay.* attributes. */
	bool userxattr;
	/** Whether the text ends in the middle; what was begun there is left out. */
	bool cut;
};

/**
 * Take apart the options of an overlay.
 *
 * @options: text as mountinfo has it, with its octal escapes, where a comma in a path is
 * "\054"; "\," is understood too. Options that nobody knows are passed over, of those given
 * twice the last one counts.
 * @ret_o: receives the result, to be emptied with overlay_options_done; all-zero on failure.
 * Returns 0; -EINVAL if @options is NULL; -ENOMEM.
 */
int overlay_options_parse(const char *options, struct overlay_options *ret_o);

/** Free what @o holds, but not @o itself; it is all-zero then. */
void overlay_options_done(struct overlay_options *o);

#endif
