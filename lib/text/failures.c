/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The text of a failure or a warning, by its operation. One that cp has is worded as cp's, because
 * scripts look for it.
 */
#include "text/failures.h"

static const char *const failures[OVLCP_OP_COUNT] = {
	[OVLCP_OP_NONE] = "%S: %E",
	[OVLCP_OP_STAT_SOURCE] = "cannot stat %S: %E",
	[OVLCP_OP_OPEN_SOURCE] = "cannot open %S for reading: %E",
	[OVLCP_OP_SOURCE_IS_DIRECTORY] = "%{r} not specified; omitting directory %S",
	[OVLCP_OP_SOURCE_REPLACED] = "skipping file %S, as it was replaced while being copied",
	[OVLCP_OP_READ] = "error reading %S: %E",
	[OVLCP_OP_READ_LINK] = "cannot read symbolic link %S: %E",
	[OVLCP_OP_READ_DIRECTORY] = "cannot access %S: %E",
	[OVLCP_OP_SOURCE_CONSUMED] = "cannot copy %S to %D: the source can be read only once",
	[OVLCP_OP_CYCLE] = "cannot copy cyclic symbolic link %S",
	[OVLCP_OP_INTO_ITSELF] = "cannot copy a directory, %S, into itself, %D",
	[OVLCP_OP_STAT_DESTINATION] = "cannot stat %D: %E",
	[OVLCP_OP_CREATE] = "cannot create regular file %D: %E",
	[OVLCP_OP_CREATE_DIRECTORY] = "cannot create directory %D: %E",
	[OVLCP_OP_CREATE_PARENT] = "cannot make directory %D: %E",
	[OVLCP_OP_PARENT_NOT_DIRECTORY] = "%D exists but is not a directory",
	[OVLCP_OP_STAT_PARENT] = "failed to get attributes of %S: %E",
	[OVLCP_OP_CREATE_SYMLINK] = "cannot create symbolic link %D: %E",
	[OVLCP_OP_CREATE_SYMLINK_TO] = "cannot create symbolic link %D to %S: %E",
	[OVLCP_OP_RELATIVE_SYMLINK] =
		"%d: can make relative symbolic links only in current directory",
	[OVLCP_OP_CREATE_LINK] = "cannot create hard link %D to %S: %E",
	[OVLCP_OP_LINK_SPLITS] =
		"not creating hard link %D to %S: the overlay would copy up %S and break its other "
		"hard links, because it is not known to be mounted with index=on",
	[OVLCP_OP_CREATE_LINK_TO_COPY] = "cannot create hard link %D to %O: %E",
	[OVLCP_OP_CREATE_FIFO] = "cannot create fifo %D: %E",
	[OVLCP_OP_CREATE_SPECIAL] = "cannot create special file %D: %E",
	[OVLCP_OP_REMOVE] = "cannot remove %D: %E",
	[OVLCP_OP_BACKUP] = "cannot backup %D: %E",
	[OVLCP_OP_BACKUP_IS_SOURCE] = "backing up %D might destroy source;  %S not copied",
	[OVLCP_OP_UNDO_BACKUP] = "cannot un-backup %D: %E",
	[OVLCP_OP_DESTINATION_IS_DIRECTORY] = "cannot overwrite directory %D with non-directory %S",
	[OVLCP_OP_DESTINATION_NOT_DIRECTORY] =
		"cannot overwrite non-directory %D with directory %S",
	[OVLCP_OP_NOT_REPLACED] = "not replacing %D",
	[OVLCP_OP_DANGLING] = "not writing through dangling symlink %D",
	[OVLCP_OP_FOREIGN_LINK] = "not writing through symlink %D, which another user owns",
	[OVLCP_OP_UNDO] = "not removing %D, which is incomplete: another process has written to it",
	[OVLCP_OP_LINK_LEADS_OUT] =
		"not writing through symlink %D, which leads out of the destination",
	[OVLCP_OP_SAME_FILE] = "%S and %D are the same file",
	[OVLCP_OP_JUST_CREATED] = "will not overwrite just-created %D with %S",
	[OVLCP_OP_JUST_CREATED_LINK] = "will not copy %S through just-created symlink %D",
	[OVLCP_OP_SOURCE_REPEATED] = "warning: source file %S specified more than once",
	[OVLCP_OP_DIRECTORY_REPEATED] = "warning: source directory %S specified more than once",
	[OVLCP_OP_DIRECTORY_LINK] = "will not create hard link %D to directory %O",
	[OVLCP_OP_DUPLICATE] = "warning: destination %D is named more than once",
	[OVLCP_OP_DESTINATION_REPLACED] = "%D was replaced while being copied to; leaving it alone",
	[OVLCP_OP_CLONE] = "failed to clone %D from %S: %E",
	[OVLCP_OP_COPY_RANGE] = "error copying %S to %D: %E",
	[OVLCP_OP_WRITE] = "error writing %D: %E",
	[OVLCP_OP_COPY_UP] = "cannot copy up %S: %E",
	[OVLCP_OP_RESTORE_TIMES] =
		"warning: the copy-up changed the times of %S, and they cannot be restored: %E",
	[OVLCP_OP_CHOWN] = "failed to preserve ownership for %D: %E",
	[OVLCP_OP_CHMOD] = "preserving permissions for %D: %E",
	[OVLCP_OP_SET_XATTR] = "setting attributes for %D: %E",
	[OVLCP_OP_GET_XATTR] = "getting attributes of %S: %E",
	[OVLCP_OP_GET_CONTEXT] = "failed to get the security context of %S: %E",
	[OVLCP_OP_SET_CONTEXT] = "failed to set the security context of %D: %E",
	[OVLCP_OP_UTIMES] = "preserving times for %D: %E",
	[OVLCP_OP_CLOSE] = "failed to close %D: %E",
	[OVLCP_OP_VERIFY] = "%D differs from its source, %S; the first difference is at offset %N",
	[OVLCP_OP_COMPARE] = "cannot compare %D with %S: %E",
	[OVLCP_OP_SYNC] = "cannot write %D to stable storage: %E",
	[OVLCP_OP_VOLATILE] =
		"%D was copied, but is not on stable storage: it is on an overlay that is mounted "
		"with the option volatile",
	[OVLCP_OP_REMEMBER] = "warning: neither %D nor any other copy is remembered: cannot use "
			      "the directory %O: %E",
	[OVLCP_OP_VOLATILE_UNKNOWN] =
		"%D was copied, but may not be on stable storage: without /proc it is unknown "
		"whether it is on an overlay that is mounted with the option volatile",
	[OVLCP_OP_COPY_UP_REFUSED] = "not copying up %S",
	[OVLCP_OP_OPEN_DESTINATION] = "cannot open %D for reading: %E",
	[OVLCP_OP_DEDUPE] = "%D cannot share the data of %S: %E",
	[OVLCP_OP_DEDUPE_FILESYSTEM] =
		"%D is left alone: its filesystem%F cannot deduplicate existing files "
		"(FIDEDUPERANGE): %E",
	[OVLCP_OP_DEDUPE_KIND] = "%D and %S are not both regular files, nor both directories",
	[OVLCP_OP_DEDUPE_DIFFERS] = "%D differs from %S at offset %N, and is left alone",
	[OVLCP_OP_DEDUPE_CHANGED] =
		"%D is left alone: another process changed it, or %S, meanwhile",
	[OVLCP_OP_DEDUPE_SOURCE_LOWER] =
		"%D is left alone: %S is on a lower layer of its overlay, and can share data only "
		"after a copy-up",
	[OVLCP_OP_DEDUPE_LOWER] =
		"%D is left alone: it is on a lower layer of its overlay, and can share data only "
		"after a copy-up",
	[OVLCP_OP_LAYER_METACOPY] =
		"warning: the data of %S is in a lower layer of its overlay (metacopy), and was "
		"not copied; copy the file from the mounted overlay",
	[OVLCP_OP_LAYER_REDIRECT] =
		"warning: other entries of %S may be in a lower layer of its overlay, in a "
		"directory with another name (redirect), and were not copied; copy it from the "
		"mounted overlay",
	[OVLCP_OP_LAYER_WHITEOUT] =
		"warning: %S is a whiteout, which marks a removed file in the layer of an overlay, "
		"and not a file itself",
};

const char *text_failure(enum ovlcp_op op)
{
	return failures[(unsigned int)op < OVLCP_OP_COUNT ? op : OVLCP_OP_NONE];
}
