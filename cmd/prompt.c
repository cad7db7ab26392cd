/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks as cp does. An answer that begins with y or Y means yes in every locale, any other no.
 */
#include "prompt.h"

#include "diag.h"
#include "options.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Write @mode in the form of ls, without the type. */
static void mode_text(mode_t mode, char text[10])
{
	static const char letters[] = "rwxrwxrwx";
	static const struct {
		mode_t bit;
		int at;
		char with_x;
		char alone;
	} special[] = { { S_ISUID, 2, 's', 'S' },
			{ S_ISGID, 5, 's', 'S' },
			{ S_ISVTX, 8, 't', 'T' } };

	for (int i = 0; i < 9; i++)
		text[i] = mode & (0400u >> i) ? letters[i] : '-';
	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++)
		if (mode & special[i].bit)
			text[special[i].at] =
				text[special[i].at] == 'x' ? special[i].with_x : special[i].alone;
	text[9] = '\0';
}

/* Whether @name can be written without force. A link is replaced, and mode 0 is a missing file. */
static bool is_writable(const char *name, mode_t mode)
{
	return mode == 0 || S_ISLNK(mode) || faccessat(AT_FDCWD, name, W_OK, AT_EACCESS) == 0;
}

bool prompt_overwrite(const struct ovlcp_event *e, void *payload)
{
	const struct options *o = payload;
	const char *dst = ovlcp_event_destination(e);
	mode_t mode = ovlcp_event_mode(e);
	char *answer = NULL;
	size_t room = 0;
	char *quoted;
	char text[10];
	bool yes;

	fflush(stdout);
	quoted = diag_quote(dst);
	mode_text(mode, text);
	if (is_writable(dst, mode))
		fprintf(stderr, "ovl-cp: overwrite %s? ", quoted ? quoted : "''");
	else
		fprintf(stderr,
			o->copy.flags & (OVLCP_FORCE | OVLCP_REMOVE_DESTINATION)
				? "ovl-cp: replace %s, overriding mode %04o (%s)? "
				: "ovl-cp: unwritable %s (mode %04o, %s); try anyway? ",
			quoted ? quoted : "''", (unsigned int)mode & 07777, text);
	free(quoted);
	yes = getline(&answer, &room, stdin) > 0 && (answer[0] == 'y' || answer[0] == 'Y');
	free(answer);
	return yes;
}
