/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nothing is tried here: the texts follow from the types of the filesystems of the layers, and from
 * what the library knows about the place of the data.
 * --matrix asks the kernel.
 */
#include "clone_advice.h"

#include "human.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const layer_texts[OVLCP_LAYER_COUNT] = {
	[OVLCP_LAYER_UNKNOWN] = "on an overlay, on an unknown layer",
	[OVLCP_LAYER_NONE] = "not on an overlay",
	[OVLCP_LAYER_UPPER] = "on the upper layer of an overlay",
	[OVLCP_LAYER_LOWER] = "on a lower layer of an overlay",
	[OVLCP_LAYER_METADATA] = "on a lower layer of an overlay; only its owner, mode and times "
				 "were copied up (metacopy)",
};

bool clone_advice_is_fuse(const struct ovlcp_info *i)
{
	return strncmp(ovlcp_info_fs_type(i), "fuse", strlen("fuse")) == 0;
}

const char *clone_advice_layer(const struct ovlcp_info *i)
{
	const enum ovlcp_layer layer = ovlcp_info_layer(i);

	if (clone_advice_is_fuse(i))
		return "on a FUSE filesystem, which may be an overlay; on which layer is unknown";
	return layer_texts[(unsigned int)layer < OVLCP_LAYER_COUNT ? layer : OVLCP_LAYER_UNKNOWN];
}

/* Whether a type of filesystem can clone. */
enum clone_support {
	/* The type is unknown, or not in the table. */
	CLONE_SUPPORT_UNKNOWN,
	/* Every filesystem of the type can. */
	CLONE_SUPPORTED,
	/* It depends on an option of mkfs. */
	CLONE_SUPPORT_OPTIONAL,
	/* No filesystem of the type can. */
	CLONE_UNSUPPORTED,
};

/* @type: such as "xfs"; "" if it is unknown. */
static enum clone_support clone_support_of(const char *type)
{
	static const struct {
		const char *type;
		enum clone_support can;
	} known[] = {
		{ "btrfs", CLONE_SUPPORTED },	  { "xfs", CLONE_SUPPORT_OPTIONAL },
		{ "ext2", CLONE_UNSUPPORTED },	  { "ext3", CLONE_UNSUPPORTED },
		{ "ext4", CLONE_UNSUPPORTED },	  { "tmpfs", CLONE_UNSUPPORTED },
		{ "erofs", CLONE_UNSUPPORTED },	  { "squashfs", CLONE_UNSUPPORTED },
		{ "iso9660", CLONE_UNSUPPORTED }, { "vfat", CLONE_UNSUPPORTED },
	};

	for (size_t n = 0; n < sizeof(known) / sizeof(*known); n++)
		if (strcmp(known[n].type, type) == 0)
			return known[n].can;
	return CLONE_SUPPORT_UNKNOWN;
}

static const struct ovlcp_layer_info *upper_of(const struct ovlcp_info *i)
{
	for (size_t n = 0; n < ovlcp_info_layers(i); n++)
		if (ovlcp_info_layer_at(i, n)->role == OVLCP_ROLE_UPPER)
			return ovlcp_info_layer_at(i, n);
	return NULL;
}

/* Whether all layers are known, and none is an upper layer. */
static bool has_no_upper(const struct ovlcp_info *i)
{
	return ovlcp_info_layers(i) > 0 && !ovlcp_info_layers_cut(i) && !upper_of(i);
}

/* Why the overlay allows no copy-up of this file; NULL if it does. */
static const char *obstacle_of(const struct ovlcp_info *i)
{
	if (has_no_upper(i))
		return "the overlay has no upper layer";
	if (ovlcp_info_read_only(i))
		return "the overlay is mounted read-only";
	if (ovlcp_info_owner_unmapped(i))
		return "its owner is not mapped in this user namespace";
	if (ovlcp_info_work_dir_apart(i))
		return "work directory and upper layer are in different subvolumes, or "
		       "belong to different projects";
	return NULL;
}

/* Three strings as one. */
static char *join(const char *a, const char *b, const char *c)
{
	char *text;

	return asprintf(&text, "%s%s%s", a, b, c) < 0 ? NULL : text;
}

/* The condition under which a filesystem of @type can clone, to be put after its name. */
static const char *condition_on(const char *type)
{
	return clone_support_of(type) == CLONE_SUPPORT_OPTIONAL
		       ? ", unless it was made without reflink"
		       : "";
}

/* The text for a file whose layer does not prevent a clone. @type: of the filesystem. */
static char *clone_within(const char *where, const char *type)
{
	char *text = NULL;
	int r;

	switch (clone_support_of(type)) {
	case CLONE_SUPPORTED:
	case CLONE_SUPPORT_OPTIONAL:
		r = asprintf(&text, "yes, %s (%s%s)", where, type, condition_on(type));
		break;
	case CLONE_UNSUPPORTED:
		r = asprintf(&text, "no: %s cannot clone", type);
		break;
	case CLONE_SUPPORT_UNKNOWN:
	default:
		r = asprintf(&text, "unknown without a test, see --matrix: the filesystem is %s",
			     *type ? type : "not visible from here");
		break;
	}
	return r < 0 ? NULL : text;
}

/* What there is to say of a clone without a copy-up, of a file that is not known to be on the
   filesystem of the upper layer. */
static const char *without_copy_up(const struct ovlcp_info *i)
{
	return ovlcp_info_on_upper_fs(i) == 0
		       ? "not without a copy-up: its layer is on another filesystem than the upper "
			 "layer"
		       : "without a copy-up only if its layer is on the filesystem of the upper "
			 "layer";
}

static char *clone_of_lower(const struct ovlcp_info *i)
{
	const struct ovlcp_layer_info *upper = upper_of(i);
	const char *type = upper ? upper->fs_type : "";
	const char *obstacle = obstacle_of(i);
	enum clone_support can = clone_support_of(type);
	char *text = NULL;

	if (has_no_upper(i))
		return strdup("not within this overlay: it has no upper layer");
	if (ovlcp_info_on_upper_fs(i) == 1)
		return clone_within("without a copy-up: its layer is on the filesystem of the "
				    "upper layer",
				    type);
	if (can == CLONE_UNSUPPORTED)
		return join("no, and a copy-up would not help: the upper layer is on ", type,
			    ", which cannot clone");
	if (obstacle)
		return join(without_copy_up(i), "; it cannot be copied up: ", obstacle);
	if (asprintf(&text, "%s; after a copy-up %s%s%s%s", without_copy_up(i),
		     can == CLONE_SUPPORT_UNKNOWN ? "if the upper layer can clone, see --matrix"
						  : "yes (",
		     can == CLONE_SUPPORT_UNKNOWN ? "" : type, condition_on(type),
		     can == CLONE_SUPPORT_UNKNOWN ? "" : ")") < 0)
		return NULL;
	return text;
}

char *clone_advice_clone(const struct ovlcp_info *i)
{
	const struct ovlcp_layer_info *upper = upper_of(i);

	if (!S_ISREG(ovlcp_info_mode(i)))
		return strdup("no: it is not a regular file");
	switch (ovlcp_info_layer(i)) {
	case OVLCP_LAYER_NONE:
		return clone_within("within its filesystem", ovlcp_info_fs_type(i));
	case OVLCP_LAYER_UPPER:
		return clone_within("within the overlay, to its upper layer",
				    upper ? upper->fs_type : "");
	case OVLCP_LAYER_LOWER:
	case OVLCP_LAYER_METADATA:
		return clone_of_lower(i);
	case OVLCP_LAYER_UNKNOWN:
	case OVLCP_LAYER_COUNT:
		break;
	}
	return strdup("unknown without a test, see --matrix");
}

/* What a copy-up does to the inode number and the hard links. */
static const char *change_of_inode(const struct ovlcp_info *i)
{
	static const char *const links[] = {
		"; may break its hard links, depending on the option index: then this name becomes "
		"a separate file, with another inode number",
		"",
		"; changes its inode number, and breaks its hard links: this name becomes a "
		"separate file",
	};
	static const char *const numbers[] = {
		"; may change its inode number later, depending on the filesystem of its layer",
		"",
		"; changes its inode number later",
	};
	int splits = ovlcp_info_copy_up_splits_links(i);

	return splits ? links[splits + 1] : numbers[ovlcp_info_copy_up_changes_ino(i) + 1];
}

static char *copy_up_of_data(const struct ovlcp_info *i)
{
	const bool metadata = ovlcp_info_layer(i) == OVLCP_LAYER_METADATA;
	char size[HUMAN_SIZE_MAX];
	char *text = NULL;

	human_size(ovlcp_info_bytes_copy_up(i), size);
	if (asprintf(&text, "%s %s to the upper layer, once; changes its ctime and birth time%s%s",
		     ovlcp_info_on_upper_fs(i) == 1 ? "shares or writes" : "writes", size,
		     metadata ? ", and its mtime unless it is done by ovl-cp" : "",
		     change_of_inode(i)) < 0)
		return NULL;
	return text;
}

char *clone_advice_copy_up(const struct ovlcp_info *i)
{
	const char *obstacle = obstacle_of(i);

	switch (ovlcp_info_layer(i)) {
	case OVLCP_LAYER_NONE:
		return strdup("not applicable: the file is not on an overlay");
	case OVLCP_LAYER_UPPER:
		return strdup("not needed: the data is on the upper layer already");
	case OVLCP_LAYER_LOWER:
	case OVLCP_LAYER_METADATA:
		return obstacle ? join("impossible: ", obstacle, "") : copy_up_of_data(i);
	case OVLCP_LAYER_UNKNOWN:
	case OVLCP_LAYER_COUNT:
		break;
	}
	if (obstacle)
		return join("impossible: ", obstacle, "");
	return strdup(S_ISREG(ovlcp_info_mode(i)) && ovlcp_info_size(i)
			      ? "unknown: it may be on the upper layer already"
			      : "writes no data");
}
