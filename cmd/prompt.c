/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asking as cp asks, and reading yes and no as the locale has them.
 */
#include "prompt.h"

#include "quote.h"

#include <fcntl.h>
#include <locale.h>
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
	setlocale(LC_ALL, "");
	fflush(stdout);
	quoted = quote(dst);
	mode_text(mode, text);
	/* links followed, as the copy would; a dangling link is refused later anyway */
	if (mode == 0 || faccessat(AT_FDCWD, dst, W_OK, AT_EACCESS) == 0)
		fprintf(stderr, "ovl-cp: overwrite %s? ", quoted ? quoted : "''");
	else
		fprintf(stderr, "ovl-cp: unwritable %s (mode %04o, %s); try anyway? ",
			quoted ? quoted : "''", (unsigned int)mode & 07777, text);
	free(quoted);
	/* rpmatch is not everywhere; LC_MESSAGES rarely differs from y and Y */
	yes = getline(&answer, &room, stdin) > 0 && (answer[0] == 'y' || answer[0] == 'Y');
	free(answer);
	return yes;
}
