/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ovl-stat: prints on which layer of an overlay files are, what they share, and what a copy-up
 * would do.
 *
 * A tour of this directory, in the order in which a call uses the files:
 *   options.def       the list of options
 *   options.c         parses the command line, prints --help
 * without an option, and with --json:
 *   info_text.c       prints what the library knows of a file
 *   clone_advice.c    its lines about clones and copy-ups
 *   info_json.c       the same as JSON
 * with --map:
 *   show_map.c        gets the extents of the files, prints the picture
 *   device.c          decides which files are on one device
 *   map.c             draws the picture
 *   extent_overlap.c  compares the extents
 * with --matrix:
 *   matrix.c          prints by which methods a file could be copied
 * ../ has what both commands use: diag.c (with optlist.c) for messages, popt_error.c and similar.c
 * for those about options, help_option.c, messages.c for the words of matrix.c,
 * mount_library.c, quote.c, human.c, terminal.c (with argmatch.c) and wrap.c (with columns.c) for
 * text, json.c and base64.c, version.c, stdfd.c. The facts come from lib/, behind ovlcp.h.
 */
#include "diag.h"
#include "info_json.h"
#include "info_text.h"
#include "matrix.h"
#include "mount_library.h"
#include "options.h"
#include "show_map.h"
#include "stdfd.h"
#include "version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* Print one file. @j: NULL for text. @first: no empty line before it. */
static int show_file(struct ovlcp *session, struct json *j, const char *path, bool first)
{
	struct ovlcp_info *info = NULL;
	int r = ovlcp_inspect(session, AT_FDCWD, path, &info);

	if (r < 0)
		return diag_failure_about(-r, "cannot inspect", path);
	if (j) {
		r = info_json(j, info, path);
	} else {
		if (!first)
			putchar('\n');
		r = info_text(info, path);
	}
	diag_note_stdout();
	ovlcp_info_free(info);
	if (r == -ENOMEM)
		return diag_no_memory();
	return 0; /* diag_close_output reports failed writes at the end */
}

static int show_files(struct ovlcp *session, const struct stat_options *o)
{
	struct json *j = NULL;
	bool first = true;
	int status = 0;

	if (o->json) {
		int r = json_open(&j);

		if (r == -ENOENT)
			return diag_failure(0, "--json needs " JSON_MISSING);
		if (r < 0)
			return diag_no_memory();
	}
	mount_library_check();
	for (size_t i = 0; i < o->operand_count; i++) {
		int r = show_file(session, j, o->operands[i], first);

		first = first && r != 0;
		status = r ? r : status;
	}
	json_close(j);
	return status;
}

static int show(const struct stat_options *o)
{
	struct ovlcp *session = NULL;
	int status = 0;

	if (ovlcp_new(&session) < 0)
		return diag_no_memory();
	switch (o->mode) {
	case STAT_FILES:
		status = show_files(session, o);
		break;
	case STAT_MATRIX:
		status = matrix_show(session, o->operands[0], o->operands[1]);
		break;
	case STAT_MAP:
		status = show_map(session, o->operands, o->operand_count);
		break;
	}
	ovlcp_free(session);
	return status;
}

int main(int argc, char *argv[])
{
	struct stat_options o = { .help = false };
	int status;

	diag_set_program(argv[0], "ovl-stat");
	status = stdfd_reserve();
	if (status == 0)
		status = stat_options_parse(argc, argv, &o);
	if (status == 0 && o.help)
		stat_options_help();
	else if (status == 0 && o.version)
		version_print("ovl-stat", VERSION_OVL_STAT);
	else if (status == 0)
		status = show(&o);
	stat_options_done(&o);
	return diag_close_output(status);
}
