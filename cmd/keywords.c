/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables of keywords and their values; a new keyword of an option is a row here.
 */
#include "keywords.h"

#include "options.h"

const struct keyword reflink_keywords[] = {
	{ "auto", OVLCP_REFLINK_AUTO },
	{ "always", OVLCP_REFLINK_ALWAYS },
	{ "never", OVLCP_REFLINK_NEVER },
	{ NULL, 0 },
};

const struct keyword copy_up_keywords[] = {
	{ "auto", OVLCP_COPY_UP_AUTO },
	{ "always", OVLCP_COPY_UP_ALWAYS },
	{ "never", OVLCP_COPY_UP_NEVER },
	{ NULL, 0 },
};

const struct keyword preserve_keywords[] = {
	{ "mode", OVLCP_PRESERVE_MODE },
	{ "timestamps", OVLCP_PRESERVE_TIMESTAMPS },
	{ "ownership", OVLCP_PRESERVE_OWNERSHIP },
	{ "links", OVLCP_PRESERVE_LINKS },
	{ "context", OVLCP_PRESERVE_CONTEXT },
	{ "xattr", OVLCP_PRESERVE_XATTR },
	{ "all", PRESERVE_ALL },
	{ NULL, 0 },
};

const struct keyword report_format_keywords[] = {
	{ "json", REPORT_JSON },
	{ "text", REPORT_TEXT },
	{ NULL, 0 },
};

const struct keyword fallback_keywords[] = {
	{ "silent", FALLBACK_SILENT },
	{ "warn", FALLBACK_WARN },
	{ "error", FALLBACK_ERROR },
	{ NULL, 0 },
};

const struct keyword explain_keywords[] = {
	{ "files", EXPLAIN_FILES },
	{ "summary", EXPLAIN_SUMMARY },
	{ NULL, 0 },
};

const struct keyword fsync_keywords[] = {
	{ "auto", OVLCP_FSYNC_AUTO },
	{ "file", OVLCP_FSYNC_FILE },
	{ "fs", OVLCP_FSYNC_FS },
	{ "none", OVLCP_FSYNC_NONE },
	{ NULL, 0 },
};

const struct keyword progress_keywords[] = {
	{ "auto", PROGRESS_AUTO },
	{ "always", PROGRESS_ALWAYS },
	{ "never", PROGRESS_NEVER },
	{ NULL, 0 },
};

const struct keyword remember_keywords[] = {
	{ "yes", OVLCP_REMEMBER_YES },
	{ "verify", OVLCP_REMEMBER_VERIFY },
	{ "no", OVLCP_REMEMBER_NO },
	{ NULL, 0 },
};

const struct keyword require_keywords[] = {
	{ "any", OVLCP_REQUIRE_ANY },
	{ "share", OVLCP_REQUIRE_SHARE },
	{ "clone", OVLCP_REQUIRE_CLONE },
	{ NULL, 0 },
};

const struct keyword share_keywords[] = {
	{ "reflink", OVLCP_SHARE_REFLINK },
	{ "hardlink", OVLCP_SHARE_HARD_LINK },
	{ "reflink,hardlink", OVLCP_SHARE_REFLINK_OR_HARD_LINK },
	{ NULL, 0 },
};

const struct keyword sparse_keywords[] = {
	{ "never", OVLCP_SPARSE_NEVER },
	{ "auto", OVLCP_SPARSE_AUTO },
	{ "always", OVLCP_SPARSE_ALWAYS },
	{ NULL, 0 },
};

const struct keyword update_keywords[] = {
	{ "all", OVLCP_UPDATE_ALL },
	{ "none", OVLCP_UPDATE_NONE },
	{ "none-fail", OVLCP_UPDATE_NONE_FAIL },
	{ "older", OVLCP_UPDATE_OLDER },
	{ NULL, 0 },
};
