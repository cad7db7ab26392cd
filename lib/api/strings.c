/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Stable names for the enum values of ovlcp.h: for logs and scripts, not sentences for people.
 */
#include "ovlcp.h"

static const char *const ops[OVLCP_OP_COUNT] = {
	[OVLCP_OP_NONE] = "none",
	[OVLCP_OP_STAT_SOURCE] = "stat-source",
	[OVLCP_OP_OPEN_SOURCE] = "open-source",
	[OVLCP_OP_SOURCE_IS_DIRECTORY] = "source-is-directory",
	[OVLCP_OP_SOURCE_REPLACED] = "source-replaced",
	[OVLCP_OP_READ] = "read",
	[OVLCP_OP_READ_LINK] = "read-link",
	[OVLCP_OP_READ_DIRECTORY] = "read-directory",
	[OVLCP_OP_SOURCE_CONSUMED] = "source-consumed",
	[OVLCP_OP_CYCLE] = "cycle",
	[OVLCP_OP_INTO_ITSELF] = "into-itself",
	[OVLCP_OP_STAT_DESTINATION] = "stat-destination",
	[OVLCP_OP_CREATE] = "create",
	[OVLCP_OP_CREATE_DIRECTORY] = "create-directory",
	[OVLCP_OP_CREATE_PARENT] = "create-parent",
	[OVLCP_OP_PARENT_NOT_DIRECTORY] = "parent-not-directory",
	[OVLCP_OP_STAT_PARENT] = "stat-parent",
	[OVLCP_OP_CREATE_SYMLINK] = "create-symlink",
	[OVLCP_OP_CREATE_SYMLINK_TO] = "create-symlink-to",
	[OVLCP_OP_RELATIVE_SYMLINK] = "relative-symlink",
	[OVLCP_OP_CREATE_LINK] = "create-link",
	[OVLCP_OP_LINK_SPLITS] = "link-splits",
	[OVLCP_OP_CREATE_LINK_TO_COPY] = "create-link-to-copy",
	[OVLCP_OP_CREATE_FIFO] = "create-fifo",
	[OVLCP_OP_CREATE_SPECIAL] = "create-special",
	[OVLCP_OP_REMOVE] = "remove",
	[OVLCP_OP_BACKUP] = "backup",
	[OVLCP_OP_BACKUP_IS_SOURCE] = "backup-is-source",
	[OVLCP_OP_UNDO_BACKUP] = "undo-backup",
	[OVLCP_OP_DESTINATION_IS_DIRECTORY] = "destination-is-directory",
	[OVLCP_OP_DESTINATION_NOT_DIRECTORY] = "destination-not-directory",
	[OVLCP_OP_NOT_REPLACED] = "not-replaced",
	[OVLCP_OP_DANGLING] = "dangling",
	[OVLCP_OP_FOREIGN_LINK] = "foreign-link",
	[OVLCP_OP_UNDO] = "undo",
	[OVLCP_OP_LINK_LEADS_OUT] = "link-leads-out",
	[OVLCP_OP_SAME_FILE] = "same-file",
	[OVLCP_OP_JUST_CREATED] = "just-created",
	[OVLCP_OP_JUST_CREATED_LINK] = "just-created-link",
	[OVLCP_OP_SOURCE_REPEATED] = "source-repeated",
	[OVLCP_OP_DIRECTORY_REPEATED] = "directory-repeated",
	[OVLCP_OP_DIRECTORY_LINK] = "directory-link",
	[OVLCP_OP_DUPLICATE] = "duplicate",
	[OVLCP_OP_DESTINATION_REPLACED] = "destination-replaced",
	[OVLCP_OP_CLONE] = "clone",
	[OVLCP_OP_COPY_RANGE] = "copy-range",
	[OVLCP_OP_WRITE] = "write",
	[OVLCP_OP_COPY_UP] = "copy-up",
	[OVLCP_OP_RESTORE_TIMES] = "restore-times",
	[OVLCP_OP_CHOWN] = "chown",
	[OVLCP_OP_CHMOD] = "chmod",
	[OVLCP_OP_SET_XATTR] = "set-xattr",
	[OVLCP_OP_GET_XATTR] = "get-xattr",
	[OVLCP_OP_SET_CONTEXT] = "set-context",
	[OVLCP_OP_GET_CONTEXT] = "get-context",
	[OVLCP_OP_UTIMES] = "utimes",
	[OVLCP_OP_CLOSE] = "close",
	[OVLCP_OP_LAYER_METACOPY] = "layer-metacopy",
	[OVLCP_OP_LAYER_REDIRECT] = "layer-redirect",
	[OVLCP_OP_LAYER_WHITEOUT] = "layer-whiteout",
	[OVLCP_OP_VERIFY] = "verify",
	[OVLCP_OP_COMPARE] = "compare",
	[OVLCP_OP_SYNC] = "sync",
	[OVLCP_OP_VOLATILE] = "volatile",
	[OVLCP_OP_REMEMBER] = "remember",
	[OVLCP_OP_VOLATILE_UNKNOWN] = "volatile-unknown",
	[OVLCP_OP_COPY_UP_REFUSED] = "copy-up-refused",
	[OVLCP_OP_OPEN_DESTINATION] = "open-destination",
	[OVLCP_OP_DEDUPE] = "dedupe",
	[OVLCP_OP_DEDUPE_FILESYSTEM] = "dedupe-filesystem",
	[OVLCP_OP_DEDUPE_KIND] = "dedupe-kind",
	[OVLCP_OP_DEDUPE_DIFFERS] = "dedupe-differs",
	[OVLCP_OP_DEDUPE_CHANGED] = "dedupe-changed",
	[OVLCP_OP_DEDUPE_SOURCE_LOWER] = "dedupe-source-lower",
	[OVLCP_OP_DEDUPE_LOWER] = "dedupe-lower",
};

static const char *const ways_to_verify[OVLCP_VERIFIED_COUNT] = {
	[OVLCP_VERIFIED_NONE] = "",
	[OVLCP_VERIFIED_BYTES] = "bytes",
	[OVLCP_VERIFIED_EXTENTS] = "extents",
};

static const char *const methods[OVLCP_METHOD_COUNT] = {
	[OVLCP_METHOD_NONE] = "none",
	[OVLCP_METHOD_CLONE] = "clone",
	[OVLCP_METHOD_CLONE_UPPER] = "clone-upper",
	[OVLCP_METHOD_CLONE_DONOR] = "clone-donor",
	[OVLCP_METHOD_CLONE_LAYER] = "clone-layer",
	[OVLCP_METHOD_COPY_RANGE] = "copy-range",
	[OVLCP_METHOD_READ_WRITE] = "read-write",
	[OVLCP_METHOD_DIRECTORY] = "directory",
	[OVLCP_METHOD_SYMBOLIC_LINK] = "symbolic-link",
	[OVLCP_METHOD_HARD_LINK] = "hard-link",
	[OVLCP_METHOD_SPECIAL_FILE] = "special-file",
	[OVLCP_METHOD_ATTRIBUTES] = "attributes",
	[OVLCP_METHOD_CLONE_REMEMBERED] = "clone-remembered",
	[OVLCP_METHOD_COPY_UP] = "copy-up",
	[OVLCP_METHOD_DEDUPE] = "dedupe",
};

static const char *const reasons[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_NONE] = "none",
	[OVLCP_REASON_REFLINK_NEVER] = "reflink-never",
	[OVLCP_REASON_SPARSE] = "sparse",
	[OVLCP_REASON_EMPTY] = "empty",
	[OVLCP_REASON_NOT_REGULAR] = "not-regular",
	[OVLCP_REASON_FILESYSTEM] = "filesystem",
	[OVLCP_REASON_UPPER_FILESYSTEM] = "upper-filesystem",
	[OVLCP_REASON_OTHER_FILESYSTEM] = "other-filesystem",
	[OVLCP_REASON_OUTSIDE_OVERLAY] = "outside-overlay",
	[OVLCP_REASON_OVERLAY_UNKNOWN] = "overlay-unknown",
	[OVLCP_REASON_FLAGS] = "flags",
	[OVLCP_REASON_LOWER_NEVER] = "lower-never",
	[OVLCP_REASON_LOWER_SMALL] = "lower-small",
	[OVLCP_REASON_LOWER_DONOR] = "lower-donor",
	[OVLCP_REASON_LOWER_TREE] = "lower-tree",
	[OVLCP_REASON_LOWER_LINKS] = "lower-links",
	[OVLCP_REASON_LOWER_TIMES] = "lower-times",
	[OVLCP_REASON_LOWER_RUNNING] = "lower-running",
	[OVLCP_REASON_LOWER_PERMISSION] = "lower-permission",
	[OVLCP_REASON_LOWER_READ_ONLY] = "lower-read-only",
	[OVLCP_REASON_LOWER_UNMAPPED] = "lower-unmapped",
	[OVLCP_REASON_LOWER_LEASED] = "lower-leased",
	[OVLCP_REASON_LOWER_INTERRUPTED] = "lower-interrupted",
	[OVLCP_REASON_LOWER_REPLACED] = "lower-replaced",
	[OVLCP_REASON_LOWER_NO_SPACE] = "lower-no-space",
	[OVLCP_REASON_LOWER_FAILED] = "lower-failed",
	[OVLCP_REASON_CANNOT_TELL] = "cannot-tell",
	[OVLCP_REASON_TWO_OVERLAYS] = "two-overlays",
	[OVLCP_REASON_SWAP] = "swap",
	[OVLCP_REASON_REFUSED] = "refused",
	[OVLCP_REASON_LOWER_IMMUTABLE] = "lower-immutable",
	[OVLCP_REASON_LAYER_NEVER] = "layer-never",
	[OVLCP_REASON_LAYER_SMALL] = "layer-small",
	[OVLCP_REASON_LOWER_LINKS_UNKNOWN] = "lower-links-unknown",
	[OVLCP_REASON_LOWER_EXECUTABLE] = "lower-executable",
	[OVLCP_REASON_LOWER_SPARSE] = "lower-sparse",
	[OVLCP_REASON_LOWER_WORK_DIR] = "lower-work-dir",
	[OVLCP_REASON_SIZE_LIMIT] = "size-limit",
	[OVLCP_REASON_LOWER_REMEMBERED] = "lower-remembered",
	[OVLCP_REASON_NO_OVERLAY] = "no-overlay",
	[OVLCP_REASON_UPPER_ALREADY] = "upper-already",
	[OVLCP_REASON_CLONABLE] = "clonable",
	[OVLCP_REASON_NO_TRIAL] = "no-trial",
	[OVLCP_REASON_FUSE_OVERLAY] = "fuse-overlay",
	[OVLCP_REASON_DEDUPE_IMMUTABLE] = "dedupe-immutable",
	[OVLCP_REASON_DEDUPE_PERMISSION] = "dedupe-permission",
	[OVLCP_REASON_DEDUPE_SWAP] = "dedupe-swap",
};

static const char *const layers[OVLCP_LAYER_COUNT] = {
	[OVLCP_LAYER_UNKNOWN] = "unclear",   [OVLCP_LAYER_NONE] = "none",
	[OVLCP_LAYER_UPPER] = "upper",	     [OVLCP_LAYER_LOWER] = "lower",
	[OVLCP_LAYER_METADATA] = "metadata",
};

static const char *const roles[OVLCP_ROLE_COUNT] = {
	[OVLCP_ROLE_UPPER] = "upper",
	[OVLCP_ROLE_WORK] = "work",
	[OVLCP_ROLE_LOWER] = "lower",
	[OVLCP_ROLE_DATA] = "data",
};

/* Return name @i of @names, of which there are @n; "unknown" if there is none. */
static const char *lookup(const char *const *names, unsigned int n, unsigned int i)
{
	return i < n && names[i] ? names[i] : "unknown";
}

const char *ovlcp_op_name(enum ovlcp_op op)
{
	return lookup(ops, OVLCP_OP_COUNT, op);
}

const char *ovlcp_verified_name(enum ovlcp_verified verified)
{
	return lookup(ways_to_verify, OVLCP_VERIFIED_COUNT, verified);
}

const char *ovlcp_method_name(enum ovlcp_method method)
{
	return lookup(methods, OVLCP_METHOD_COUNT, method);
}

const char *ovlcp_reason_name(enum ovlcp_reason reason)
{
	return lookup(reasons, OVLCP_REASON_COUNT, reason);
}

const char *ovlcp_layer_name(enum ovlcp_layer layer)
{
	return lookup(layers, OVLCP_LAYER_COUNT, layer);
}

const char *ovlcp_role_name(enum ovlcp_role role)
{
	return lookup(roles, OVLCP_ROLE_COUNT, role);
}

const char *ovlcp_version(void)
{
	return PACKAGE_VERSION;
}
