/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages on standard error, in the form of cp: "ovl-cp: cannot stat 'x': ...", with the name that
 * the program was called by; on a terminal they are folded. Functions that return an int return
 * DIAG_FAILURE, so that a caller can print and fail in one statement.
 */
#ifndef OVL_CMD_DIAG_H
#define OVL_CMD_DIAG_H

#include "argmatch.h"
#include "normalize.h"
#include "ovlcp.h"

/** Exit status of every failure, also of wrong usage, as with cp. */
#define DIAG_FAILURE 1

/** Set the user's locale, unless an earlier message did. */
void diag_use_locale(void);

/**
 * Let messages begin with the last component of @called_by, argv[0]; or with @name if that is NULL
 * or has none. Both are borrowed until the program ends.
 */
void diag_set_program(const char *called_by, const char *name);

/** The name that messages begin with. */
const char *diag_program(void);

/**
 * quote() in the user's locale, see diag_use_locale.
 * Returns a string to be freed; NULL when memory is short.
 */
char *diag_quote(const char *name);

/** Print the message of an event that is a failure or a warning. */
void diag_event(const struct ovlcp_event *e);

/** Print a message about wrong usage, and a second line that mentions --help. */
int diag_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Print a message about another failure. @error: errno, whose text follows; 0 for none. */
int diag_failure(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** As diag_usage, for @what, a space and @name quoted. */
int diag_usage_about(const char *what, const char *name);

/** As diag_failure, for @what, a space and @name quoted. */
int diag_failure_about(int error, const char *what, const char *name);

/** Print the message about an option that normalize rejected. Returns 0 if @e is NORMALIZE_OK. */
int diag_bad_option(enum normalize_error e, const struct normalize_problem *p);

/**
 * Print that the first @len bytes of @text are no keyword of @list, or an ambiguous one, and list
 * the keywords. @what: the option, such as "--reflink".
 */
int diag_bad_keyword(const char *what, const struct keyword *list, const char *text, size_t len,
		     bool ambiguous);

/** Have @fn called before each message on standard error: a line that is drawn there is in its
    way. */
void diag_before_message(void (*fn)(void));

/** Print that @text is not a size; it is the value of the option, or variable, @dashes @name. */
int diag_bad_size(const char *dashes, const char *name, const char *text);

/** Print that @text, the value of @opt, is neither a number from 1 to @most nor "auto". */
int diag_bad_number(const struct opt *opt, const char *text, unsigned int most);

/**
 * Print a message of two parts: @before, which is one line and ends in a space, or is "", and
 * @text; NULL: memory was short.
 */
void diag_message(const char *before, const char *text);

/** Print that an allocation failed. */
int diag_no_memory(void);

/**
 * Note errno if a write to standard output has just failed. It is called after each output, because
 * a later call finds that the stream has failed, but not why: not every libc keeps what it could
 * not write and tries again.
 */
void diag_note_stdout(void);

/** Flush standard output. Returns @status; if that is 0 and a write to standard output or standard
 * error has failed, DIAG_FAILURE. */
int diag_output_status(int status);

/** The same, and close standard output before the program ends. Prints a message if a write to it
 * has failed. */
int diag_close_output(int status);

#endif
