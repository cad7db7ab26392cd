/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Asks as cp does. An answer that begins with y or Y means yes in every locale, any other no.
 */
#include "prompt.h"

#include "diag.h"
#include "options.h"
#include "progress_thread.h"
#include "quote.h"

#include <errno.h>
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

/*
 * Read a line from standard input. Returns whether it is a yes. Without a line the answer is no: at
 * the end of file, or after a message if it cannot be read; EINTR is the end by a signal.
 */
static bool read_answer(void)
{
	char *answer = NULL;
	size_t room = 0;
	bool yes = false;

	errno = 0;
	if (getline(&answer, &room, stdin) > 0)
		yes = answer[0] == 'y' || answer[0] == 'Y';
	else if (!feof(stdin) && errno != EINTR) {
		fputc('\n', stderr); /* ends the line of the question */
		(void)diag_failure(errno, "cannot read the answer, assuming no");
	}
	free(answer);
	return yes;
}

bool prompt_overwrite(const struct ovlcp_event *e, void *payload)
{
	const struct options *o = payload;
	const char *dst = ovlcp_event_destination(e);
	mode_t mode = ovlcp_event_mode(e);
	char *quoted;
	char text[10];
	bool is_yes;

	progress_pause();
	progress_erase();
	fflush(stdout);
	diag_note_stdout();
	quoted = diag_quote(dst);
	mode_text(mode, text);
	if (is_writable(dst, mode))
		fprintf(stderr, "%s: overwrite %s? ", diag_program(),
			quoted ? quoted : QUOTE_NO_MEMORY);
	else
		fprintf(stderr,
			o->copy.flags & (OVLCP_FORCE | OVLCP_REMOVE_DESTINATION)
				? "%s: replace %s, overriding mode %04o (%s)? "
				: "%s: unwritable %s (mode %04o, %s); try anyway? ",
			diag_program(), quoted ? quoted : QUOTE_NO_MEMORY,
			(unsigned int)mode & 07777, text);
	free(quoted);
	is_yes = read_answer();
	progress_resume();
	return is_yes;
}
