/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What was done, in words for people.
 */
#include "text/methods.h"

static const char *const methods[OVLCP_METHOD_COUNT] = {
	[OVLCP_METHOD_NONE] = "nothing",
	[OVLCP_METHOD_CLONE] = "cloned",
	[OVLCP_METHOD_CLONE_UPPER] = "cloned after a copy-up of the source",
	[OVLCP_METHOD_CLONE_DONOR] = "cloned from an earlier destination",
	[OVLCP_METHOD_CLONE_LAYER] = "cloned from the file in its layer",
	[OVLCP_METHOD_COPY_RANGE] = "copied by copy_file_range",
	[OVLCP_METHOD_READ_WRITE] = "copied by read and write",
	[OVLCP_METHOD_DIRECTORY] = "directory",
	[OVLCP_METHOD_SYMBOLIC_LINK] = "symbolic link",
	[OVLCP_METHOD_HARD_LINK] = "hard link",
	[OVLCP_METHOD_SPECIAL_FILE] = "special file",
	[OVLCP_METHOD_CLONE_REMEMBERED] = "cloned from the copy of an earlier call",
	[OVLCP_METHOD_ATTRIBUTES] = "attributes only",
	[OVLCP_METHOD_COPY_UP] = "copied up",
	[OVLCP_METHOD_DEDUPE] = "deduplicated",
};

const char *text_method(enum ovlcp_method method)
{
	const char *words = (unsigned int)method < OVLCP_METHOD_COUNT ? methods[method] : NULL;

	return words ? words : methods[OVLCP_METHOD_NONE];
}
