/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ovl-stat: on which layer of an overlay files lie, what they share, and what a copy-up would do.
 *
 * A tour:
 *   options.def    every option, once           options.c   what was asked for, --help
 *   info_text.c    a file as text               clone_advice.c ... its sentences about clones
 *   info_json.c    a file as JSON
 *   show_map.c     --map: the files             device.c    ... on which device they are
 *   extent_overlap.c ... what they share        map.c       ... as a picture
 *   matrix.c       --matrix
 * What is true of a file is found out in lib/, behind ovlcp.h; what both commands use, such as the
 * messages of diag.c, is in ../.
 */
#include "diag.h"
#include "info_json.h"
#include "info_text.h"
#include "matrix.h"
#include "options.h"
#include "show_map.h"
#include "version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* One file; @j is NULL for text. */
static int show_file(struct ovlcp *session, struct json *j, const char *path, bool first)
{
	struct ovlcp_info *info = NULL;
	int r = ovlcp_inspect(session, AT_FDCWD, path, &info);

	if (r < 0)
		return diag_failure_about(-r, "cannot look at", path);
	if (j) {
		r = info_json(j, info, path);
	} else {
		if (!first)
			putchar('\n');
		r = info_text(info, path);
	}
	ovlcp_info_free(info);
	if (r == -ENOMEM)
		return diag_no_memory();
	return 0; /* what could not be written is told at the end */
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
	struct stat_options o;
	int status;

	diag_set_program("ovl-stat");
	status = stat_options_parse(argc, argv, &o);
	if (status == 0 && o.help)
		stat_options_help();
	else if (status == 0 && o.version)
		version_print("ovl-stat");
	else if (status == 0)
		status = show(&o);
	stat_options_done(&o);
	return diag_flush_stdout(status);
}
