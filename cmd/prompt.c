/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asking as cp asks. Yes begins with y or Y in every locale; everything else is no.
 */
#include "prompt.h"

#include "diag.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void mode_text(mode_t mode, char text[10])
{
	static const char letters[] = "rwxrwxrwx";

	for (int i = 0; i < 9; i++)
		text[i] = mode & (0400u >> i) ? letters[i] : '-';
	text[9] = '\0';
}

bool prompt_overwrite(const struct ovlcp_event *e, void *payload)
{
	const char *dst = ovlcp_event_destination(e);
	mode_t mode = ovlcp_event_mode(e);
	char *answer = NULL;
	size_t room = 0;
	char *quoted;
	char text[10];
	bool yes;

	(void)payload;
	fflush(stdout);
	quoted = diag_quote(dst);
	mode_text(mode, text);
	/* links followed, as the copy would; a dangling one is asked about before it is removed */
	if (mode == 0 || faccessat(AT_FDCWD, dst, W_OK, AT_EACCESS) == 0)
		fprintf(stderr, "ovl-cp: overwrite %s? ", quoted ? quoted : "''");
	else
		fprintf(stderr, "ovl-cp: unwritable %s (mode %04o, %s); try anyway? ",
			quoted ? quoted : "''", (unsigned int)mode & 07777, text);
	free(quoted);
	yes = getline(&answer, &room, stdin) > 0 && (answer[0] == 'y' || answer[0] == 'Y');
	free(answer);
	return yes;
}
