/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two tables: what failed, by operation, and why nothing could be shared, by reason.
 *
 * In both, %S stands for the source, %D for the destination, %F for the type of the
 * destination's filesystem (in an overlay: its upper layer's), %E for errno's text. Where cp
 * has a sentence, it is cp's, because scripts look for it.
 */
#include "sentence.h"

#include "quote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const operations[OVLCP_OP_COUNT] = {
	[OVLCP_OP_NONE] = "%S: %E",
	[OVLCP_OP_STAT_SOURCE] = "cannot stat %S: %E",
	[OVLCP_OP_OPEN_SOURCE] = "cannot open %S for reading: %E",
	[OVLCP_OP_SOURCE_IS_DIRECTORY] = "omitting directory %S: directories cannot be copied yet",
	[OVLCP_OP_READ] = "error reading %S: %E",
	[OVLCP_OP_SOURCE_SPENT] = "cannot copy %S to %D: the source can be read only once",
	[OVLCP_OP_STAT_DESTINATION] = "cannot stat %D: %E",
	[OVLCP_OP_CREATE] = "cannot create regular file %D: %E",
	[OVLCP_OP_REMOVE] = "cannot remove %D: %E",
	[OVLCP_OP_DESTINATION_IS_DIRECTORY] = "cannot overwrite directory %D with non-directory",
	[OVLCP_OP_NOT_REPLACED] = "not replacing %D",
	[OVLCP_OP_DANGLING] = "not writing through dangling symlink %D",
	[OVLCP_OP_SAME_FILE] = "%S and %D are the same file",
	[OVLCP_OP_JUST_CREATED] = "will not overwrite just-created %D with %S",
	[OVLCP_OP_SOURCE_REPEATED] = "warning: source file %S specified more than once",
	[OVLCP_OP_DUPLICATE] = "warning: destination %D is named more than once",
	[OVLCP_OP_CLONE] = "failed to clone %D from %S: %E",
	[OVLCP_OP_COPY_RANGE] = "error copying %S to %D: %E",
	[OVLCP_OP_WRITE] = "error writing %D: %E",
	[OVLCP_OP_COPY_UP] = "cannot copy up %S: %E",
	[OVLCP_OP_RESTORE_TIMES] = ("warning: the copy-up changed the times of %S, "
				    "and they cannot be set back: %E"),
	[OVLCP_OP_CHOWN] = "failed to preserve ownership for %D: %E",
	[OVLCP_OP_CHMOD] = "preserving permissions for %D: %E",
	[OVLCP_OP_UTIMES] = "preserving times for %D: %E",
	[OVLCP_OP_CLOSE] = "failed to close %D: %E",
};

#define ON_LOWER "%S lies on a lower layer, on another filesystem than the upper layer, and "

static const char *const reasons[OVLCP_WHY_COUNT] = {
	[OVLCP_WHY_REFLINK_NEVER] = "--reflink=never forbids sharing",
	[OVLCP_WHY_EMPTY] = "the source says that it is empty",
	[OVLCP_WHY_NOT_REGULAR] = "only regular files can be cloned",
	[OVLCP_WHY_FILESYSTEM] = "the filesystem of the destination%F cannot clone",
	[OVLCP_WHY_UPPER_FILESYSTEM] = "the filesystem of the overlay's upper layer%F cannot clone",
	[OVLCP_WHY_OTHER_FILESYSTEM] =
		"the destination is on another filesystem%F than the source, "
		"and data cannot be shared between two filesystems",
	[OVLCP_WHY_OVERLAY_UNKNOWN] =
		"source and destination are on overlays, and it cannot be told "
		"whether on the same one",
	[OVLCP_WHY_FLAGS] = "source and destination differ in a flag that forbids it "
			    "(see lsattr: C, nodatacow)",
	[OVLCP_WHY_LOWER_NEVER] = ON_LOWER "--copy-up=never forbids to copy it up",
	[OVLCP_WHY_LOWER_SMALL] = ON_LOWER "it is smaller than --copy-up-min",
	[OVLCP_WHY_LOWER_DONOR] = ON_LOWER "one copy and clones of it cost less than a copy-up "
					   "of a file of this size",
	[OVLCP_WHY_LOWER_LINKS] = ON_LOWER "a copy-up would split its hard links, "
					   "because the overlay is not mounted with index=on",
	[OVLCP_WHY_LOWER_TIMES] = ON_LOWER "a copy-up would change its times, which only its owner "
					   "can set back",
	[OVLCP_WHY_LOWER_RUNNING] = ON_LOWER "a running program cannot be copied up",
	[OVLCP_WHY_LOWER_PERMISSION] =
		ON_LOWER "it cannot be copied up without permission to write it",
	[OVLCP_WHY_LOWER_READ_ONLY] = ON_LOWER "it cannot be copied up in a read-only overlay",
	[OVLCP_WHY_LOWER_UNMAPPED] =
		ON_LOWER "it cannot be copied up because its owner is not mapped "
			 "in this user namespace",
	[OVLCP_WHY_LOWER_LEASED] = ON_LOWER "another process holds a lease on it",
	[OVLCP_WHY_LOWER_INTERRUPTED] = ON_LOWER "signals interrupted its copy-up again and again",
	[OVLCP_WHY_LOWER_REPLACED] = ON_LOWER "it was replaced or removed meanwhile",
	[OVLCP_WHY_LOWER_NO_SPACE] = ON_LOWER "the upper layer has no room for it "
					      "or for one of its attributes",
	[OVLCP_WHY_LOWER_FAILED] = ON_LOWER "its copy-up failed",
	[OVLCP_WHY_REFUSED] = "the kernel refused for these two files",
};

static void put_quoted(FILE *out, const char *name)
{
	char *quoted = quote(name);

	fputs(quoted ? quoted : "''", out);
	free(quoted);
}

static void put_fs(FILE *out, const struct ovlcp_event *e)
{
	const char *fs = ovlcp_event_fs(e, OVLCP_SIDE_DESTINATION);

	if (*fs)
		fprintf(out, ", %s,", fs);
}

static void fill_in(FILE *out, const char *pattern, const struct ovlcp_event *e)
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
		case 'F':
			put_fs(out, e);
			break;
		case 'E':
			fputs(strerror(ovlcp_event_errno(e)), out);
			break;
		default:
			break;
		}
	}
}

static const char *reason_of(const struct ovlcp_event *e)
{
	unsigned int why = ovlcp_event_why(e);

	return why < OVLCP_WHY_COUNT ? reasons[why] : NULL;
}

char *sentence_of(const struct ovlcp_event *e)
{
	unsigned int op = ovlcp_event_op(e);
	size_t len;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return NULL;
	fill_in(out, operations[op < OVLCP_OP_COUNT ? op : OVLCP_OP_NONE], e);
	if (op == OVLCP_OP_CLONE && reason_of(e)) {
		fputs(": ", out);
		fill_in(out, reason_of(e), e);
	}
	return fclose(out) == 0 ? text : NULL;
}

char *sentence_why(const struct ovlcp_event *e)
{
	size_t len;
	char *text = NULL;
	FILE *out = reason_of(e) ? open_memstream(&text, &len) : NULL;

	if (!out)
		return NULL;
	fill_in(out, reason_of(e), e);
	return fclose(out) == 0 ? text : NULL;
}
