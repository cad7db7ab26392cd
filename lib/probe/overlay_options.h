/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Parser of the options of an overlay mount: text in, structure out.
 *
 * The paths belong to the mount namespace in which the overlay was mounted. They are for messages
 * and for a comparison with mount points; only probe/layer_lookup.h, whose result is proved to be
 * the right file, and probe/work_dir.h open them.
 */
#ifndef OVL_PROBE_OVERLAY_OPTIONS_H
#define OVL_PROBE_OVERLAY_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/** One lower layer. */
struct overlay_layer {
	/** Its path, without escapes; may be relative, never empty. */
	char *path;
	/** Whether it is a data-only layer: it has only the data of metacopy files. */
	bool data_only;
};

/** The options of an overlay; all-zero if there are none. */
struct overlay_options {
	/** Path of the upper layer; NULL if there is none, and the overlay is read-only. */
	char *upper;
	/** Path of the work directory; NULL if there is none. */
	char *work;
	/** The lower layers from the top to the bottom, data-only ones last. */
	struct overlay_layer *lower;
	/** Number of lower layers. */
	size_t lowers;
	/** Value of the option metacopy, NULL if it is not listed. */
	char *metacopy;
	/** Value of the option index, likewise. */
	char *index;
	/** Value of the option xino, likewise. */
	char *xino;
	/** Value of the option redirect_dir, likewise. */
	char *redirect_dir;
	/** Value of the option nfs_export, likewise. */
	char *nfs_export;
	/** Value of the option uuid, likewise. */
	char *uuid;
	/** Value of the option verity, likewise. */
	char *verity;
	/** Whether nothing is synced: "volatile", or "fsync=volatile" in newer kernels. */
	bool is_volatile;
	/** Whether the overlay xattrs are user.overlay.*, not trusted.overlay.*. */
	bool userxattr;
	/** Whether the text was truncated; an incomplete option or path at its end is left out. */
	bool cut;
};

/**
 * Parse the options of an overlay.
 *
 * @options: as in mountinfo, with octal escapes, where a comma in a path is "\054"; "\," is
 * accepted too. Unknown options are ignored; the last one counts of those given twice.
 * @ret_o: to be freed with overlay_options_done; all-zero on failure.
 * Returns 0; -EINVAL if @options is NULL; -ENOMEM.
 */
int overlay_options_parse(const char *options, struct overlay_options *ret_o);

/** Whether the overlay has data-only layers; they are the last ones. */
bool overlay_options_have_data_only(const struct overlay_options *o);

/** Free the strings and the list in @o, but not @o itself; it is all-zero then. */
void overlay_options_done(struct overlay_options *o);

#endif
