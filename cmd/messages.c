/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two tables of message patterns: failures by operation, and reasons why data is not shared.
 *
 * In both, %S is the source, %D the destination (%d: quoted only if the shell needs it), %O a third
 * file, %F the type of the destination's filesystem (on an overlay: that of its upper layer), %E
 * the text of errno, %C that of the errno of a copy-up, %N an offset in bytes. A message that cp
 * has is worded as cp's, because scripts look for it.
 */
#include "messages.h"

#include "quote.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const failures[OVLCP_OP_COUNT] = {
	[OVLCP_OP_NONE] = "%S: %E",
	[OVLCP_OP_STAT_SOURCE] = "cannot stat %S: %E",
	[OVLCP_OP_OPEN_SOURCE] = "cannot open %S for reading: %E",
	[OVLCP_OP_SOURCE_IS_DIRECTORY] = "-r not specified; omitting directory %S",
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
		"not creating hard link %D to %S: the overlay would copy %S up, and so separate it "
		"from its other hard links, because it is not known to be mounted with index=on",
	[OVLCP_OP_CREATE_LINK_TO_COPY] = "cannot create hard link %D to %O: %E",
	[OVLCP_OP_CREATE_FIFO] = "cannot create fifo %D: %E",
	[OVLCP_OP_CREATE_SPECIAL] = "cannot create special file %D: %E",
	[OVLCP_OP_REMOVE] = "cannot remove %D: %E",
	[OVLCP_OP_BACKUP] = "cannot backup %D: %E",
	[OVLCP_OP_BACKUP_IS_SOURCE] = "backing up %D might destroy source;  %S not copied",
	[OVLCP_OP_UNDO_BACKUP] = "cannot un-backup %D: %E",
	[OVLCP_OP_DESTINATION_IS_DIRECTORY] = "cannot overwrite directory %D with non-directory",
	[OVLCP_OP_DESTINATION_NOT_DIRECTORY] =
		"cannot overwrite non-directory %D with directory %S",
	[OVLCP_OP_NOT_REPLACED] = "not replacing %D",
	[OVLCP_OP_DANGLING] = "not writing through dangling symlink %D",
	[OVLCP_OP_FOREIGN_LINK] = "not writing through symlink %D, which another user owns",
	[OVLCP_OP_UNDO] =
		"not removing %D, which is not complete: another process has written to it",
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
		"%D is on an overlay that is mounted with the option volatile: it was copied, but "
		"nothing of it is on stable storage",
	[OVLCP_OP_REMEMBER] = "warning: neither %D nor any other copy is remembered: cannot use "
			      "the directory %O: %E",
	[OVLCP_OP_VOLATILE_UNKNOWN] =
		"%D was copied, but whether it is on stable storage is not known: it may be on an "
		"overlay that is mounted with the option volatile, and without /proc that cannot "
		"be "
		"told",
	[OVLCP_OP_COPY_UP_REFUSED] = "not copying up %S",
	[OVLCP_OP_OPEN_DESTINATION] = "cannot open %D for reading: %E",
	[OVLCP_OP_DEDUPE] = "%D cannot share the data of %S: %E",
	[OVLCP_OP_DEDUPE_FILESYSTEM] =
		"%D is left alone: its filesystem%F cannot let files share data that they have "
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
		"directory of another name (redirect), and were not copied; copy it from the "
		"mounted overlay",
	[OVLCP_OP_LAYER_WHITEOUT] =
		"warning: %S says in the layer of an overlay that a file was removed (whiteout); "
		"it is no file itself",
};

#define ON_LOWER "%S is on a lower layer, on another filesystem than the upper layer, and "

static const char *const reasons[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_REFLINK_NEVER] = "--reflink=never forbids sharing",
	[OVLCP_REASON_SPARSE] = "--sparse asks for holes of its own, or for none",
	[OVLCP_REASON_EMPTY] = "the source reports a size of 0, so there is nothing to share",
	[OVLCP_REASON_NOT_REGULAR] = "only regular files can be cloned",
	[OVLCP_REASON_FILESYSTEM] = "the filesystem of the destination%F cannot clone",
	[OVLCP_REASON_UPPER_FILESYSTEM] =
		"the filesystem of the overlay's upper layer%F cannot clone",
	[OVLCP_REASON_OTHER_FILESYSTEM] =
		"the destination is on another filesystem%F than the source, and data cannot be "
		"shared between two filesystems",
	[OVLCP_REASON_OUTSIDE_OVERLAY] =
		"source and destination%F are on two mounts, one of them an overlay, and the "
		"kernel clones nothing into an overlay or out of it",
	[OVLCP_REASON_OVERLAY_UNKNOWN] =
		"whether source and destination are on one overlay, or on any, cannot be told",
	[OVLCP_REASON_FLAGS] =
		"source and destination differ in whether btrfs keeps checksums of their data "
		"(nodatacow, which lsattr shows as C, or nodatasum)",
	[OVLCP_REASON_LOWER_NEVER] = ON_LOWER "--copy-up=never forbids copying it up",
	[OVLCP_REASON_LOWER_SMALL] =
		ON_LOWER "its data is smaller than --copy-up-min (1 MiB if that is not given)",
	[OVLCP_REASON_LOWER_DONOR] =
		ON_LOWER "one copy and clones of it cost less than a copy-up of a file of this "
			 "size",
	[OVLCP_REASON_LOWER_TREE] =
		ON_LOWER "files of a tree are not copied up one by one (see --copy-up)",
	[OVLCP_REASON_LOWER_LINKS] =
		ON_LOWER "a copy-up would split its hard links, because the overlay is not mounted "
			 "with index=on",
	[OVLCP_REASON_LOWER_TIMES] =
		ON_LOWER "its metadata was copied up before: a copy-up would change its times, "
			 "which only its owner can restore",
	[OVLCP_REASON_LOWER_RUNNING] =
		ON_LOWER "a running program cannot be copied up where that takes an open for "
			 "writing: with metacopy=on, or by others than its owner",
	[OVLCP_REASON_LOWER_PERMISSION] =
		ON_LOWER "it cannot be copied up without permission to write to it",
	[OVLCP_REASON_LOWER_READ_ONLY] = ON_LOWER "it cannot be copied up in a read-only overlay",
	[OVLCP_REASON_LOWER_UNMAPPED] =
		ON_LOWER "it cannot be copied up because its owner is not mapped in this user "
			 "namespace",
	[OVLCP_REASON_LOWER_LEASED] = ON_LOWER "another process holds a lease on it",
	[OVLCP_REASON_LOWER_INTERRUPTED] = ON_LOWER "signals kept interrupting its copy-up",
	[OVLCP_REASON_LOWER_REPLACED] = ON_LOWER "it was replaced or removed in the meantime",
	[OVLCP_REASON_LOWER_NO_SPACE] =
		ON_LOWER "the upper layer has no room for it or for one of its attributes",
	[OVLCP_REASON_LOWER_FAILED] = ON_LOWER "its copy-up failed: %C",
	[OVLCP_REASON_CANNOT_TELL] =
		"whether %D could share anything cannot be told from here: no file without a name "
		"(O_TMPFILE) can be created there to try it",
	[OVLCP_REASON_TWO_OVERLAYS] =
		"source and destination are on two overlays: FICLONE never works between them, and "
		"copy_file_range shares only what is on the filesystem%F of the destination's "
		"upper layer",
	[OVLCP_REASON_SWAP] = "%S is in use as swap space",
	[OVLCP_REASON_REFUSED] = "the kernel refused to clone between these two files",
	[OVLCP_REASON_LOWER_IMMUTABLE] =
		ON_LOWER "an immutable file cannot be copied up (see lsattr: i)",
	[OVLCP_REASON_LOWER_LINKS_UNKNOWN] =
		ON_LOWER "a copy-up would split its hard links, unless the overlay is mounted with "
			 "index=on, which cannot be seen from here",
	[OVLCP_REASON_LOWER_EXECUTABLE] =
		ON_LOWER "nothing could execute it while it is copied up, because that takes an "
			 "open for writing: with metacopy=on, or by others than its owner",
	[OVLCP_REASON_LOWER_SPARSE] =
		ON_LOWER "a copy-up would write more zeros for its holes than it has data",
	[OVLCP_REASON_LOWER_WORK_DIR] =
		ON_LOWER "nothing can be copied up: the kernel cannot move files between the work "
			 "directory and the upper layer, which are in two subvolumes or belong to "
			 "two projects (EXDEV)",
	[OVLCP_REASON_LOWER_REMEMBERED] =
		ON_LOWER "this copy is remembered, so that later ones are cloned from it and the "
			 "source need not be copied up",
	[OVLCP_REASON_SIZE_LIMIT] = "the limit on the size of files (ulimit -f) is below its size",
	[OVLCP_REASON_NO_OVERLAY] = "it is not on an overlay",
	[OVLCP_REASON_UPPER_ALREADY] = "its data is on the upper layer already",
	[OVLCP_REASON_CLONABLE] =
		"it can be cloned already: its data is on the filesystem of the upper layer",
	[OVLCP_REASON_NO_TRIAL] =
		"whether the upper layer can clone cannot be told: no file without a name can be "
		"created to try it, neither in the root directory of the overlay nor beside %S",
	[OVLCP_REASON_FUSE_OVERLAY] =
		"fuse-overlayfs cannot clone; by copy_file_range it shares only what is on its "
		"upper layer, and if the filesystem of that can clone",
	[OVLCP_REASON_DEDUPE_IMMUTABLE] = "%D is immutable (see lsattr: i)",
	[OVLCP_REASON_DEDUPE_PERMISSION] =
		"that takes its owner, root, or somebody who may write to it",
	[OVLCP_REASON_DEDUPE_SWAP] = "one of them is in use as swap space",
	[OVLCP_REASON_LAYER_NEVER] =
		"%S is on an overlay and %D is not, and --no-layer-bypass forbids cloning from its "
		"file in a layer",
	[OVLCP_REASON_LAYER_SMALL] = "%S is on an overlay and %D is not, and its file in a layer "
				     "is looked up only if it "
				     "has at least 64 KiB",
};

static void put_quoted(FILE *out, const char *name)
{
	char *quoted = quote(name);

	fputs(quoted ? quoted : QUOTE_NO_MEMORY, out);
	free(quoted);
}

/* Quote only if the shell needs it, as cp does before a colon. */
static void put_plain(FILE *out, const char *name)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789%+,-./:@_~";

	if (*name && *name != '~' && !name[strspn(name, safe)])
		fputs(name, out);
	else
		put_quoted(out, name);
}

static void put_fs(FILE *out, const struct ovlcp_event *e)
{
	const char *fs = ovlcp_event_fs(e, OVLCP_SIDE_DESTINATION);

	if (*fs)
		fprintf(out, ", %s,", fs);
}

/* What is missing if an operation fails with ELIBACC, and how to install it. */
static const char *const missing_libraries[OVLCP_OP_COUNT] = {
	[OVLCP_OP_CHMOD] =
		"access control lists need libacl.so.1, which cannot be loaded; install libacl1 "
		"(Debian, Ubuntu), libacl (Fedora) or acl-libs (Alpine)",
	[OVLCP_OP_SET_CONTEXT] =
		"the policy is asked through libselinux.so.1, which cannot be loaded; install "
		"libselinux1 (Debian, Ubuntu) or libselinux (Fedora, Alpine)",
};

static void put_error(FILE *out, const struct ovlcp_event *e)
{
	unsigned int op = ovlcp_event_op(e);
	int error = ovlcp_event_errno(e);
	const char *missing =
		error == ELIBACC && op < OVLCP_OP_COUNT ? missing_libraries[op] : NULL;

	fputs(missing ? missing : strerror(error), out);
}

static void expand(FILE *out, const char *pattern, const struct ovlcp_event *e)
{
	for (const char *p = pattern; *p; p++) {
		if (*p != '%') {
			fputc(*p, out);
			continue;
		}
		switch (*++p) {
		case 'S':
			put_quoted(out, ovlcp_event_source(e));
			break;
		case 'D':
			put_quoted(out, ovlcp_event_destination(e));
			break;
		case 'O':
			put_quoted(out, ovlcp_event_other(e));
			break;
		case 'd':
			put_plain(out, ovlcp_event_destination(e));
			break;
		case 'F':
			put_fs(out, e);
			break;
		case 'E':
			put_error(out, e);
			break;
		case 'N':
			fprintf(out, "%" PRIu64, ovlcp_event_offset(e));
			break;
		case 'C':
			fputs(strerror(ovlcp_event_copy_up_errno(e)), out);
			break;
		default:
			break;
		}
	}
}

static const char *reason_pattern(const struct ovlcp_event *e)
{
	unsigned int reason = ovlcp_event_reason(e);

	return reason < OVLCP_REASON_COUNT ? reasons[reason] : NULL;
}

char *message_of_event(const struct ovlcp_event *e)
{
	unsigned int op = ovlcp_event_op(e);
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	/* an event of a thread had no room: which file it was about is not known */
	if (op == OVLCP_OP_NONE && !*ovlcp_event_source(e))
		expand(out, "messages were lost: %E", e);
	else
		expand(out, failures[op < OVLCP_OP_COUNT ? op : OVLCP_OP_NONE], e);
	if ((op == OVLCP_OP_CLONE || op == OVLCP_OP_COPY_UP_REFUSED || op == OVLCP_OP_DEDUPE) &&
	    reason_pattern(e)) {
		fputs(": ", out);
		expand(out, reason_pattern(e), e);
	}
	return fclose(out) == 0 ? text : NULL;
}

char *message_of_fallback(const struct ovlcp_event *e)
{
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	expand(out, "%D does not share its data: ", e);
	expand(out, reason_pattern(e) ? reason_pattern(e) : "it was written in full", e);
	return fclose(out) == 0 ? text : NULL;
}

char *message_of_reason(const struct ovlcp_event *e)
{
	size_t len;
	char *text = NULL;
	FILE *out = reason_pattern(e) ? open_memstream(&text, &len) : NULL;

	if (!out)
		return NULL;
	expand(out, reason_pattern(e), e);
	return fclose(out) == 0 ? text : NULL;
}
