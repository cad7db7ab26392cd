/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages on standard error: one sentence each, cp's where cp has one.
 */
#ifndef OVL_CMD_DIAG_H
#define OVL_CMD_DIAG_H

#include "argmatch.h"
#include "normalize.h"
#include "ovlcp.h"

/** Exit status of any failure, also of wrong usage, as with cp. */
#define DIAG_FAILURE 1

/** Set up the user's locale, if that has not been done. */
void diag_use_locale(void);

/** Let messages begin with @name instead of "ovl-cp". @name: kept. */
void diag_set_program(const char *name);

/**
 * quote() in the user's locale, which the first call sets up: most runs have nothing to say.
 * Returns a string to be freed; NULL when memory is short.
 */
char *diag_quote(const char *name);

/** A failed or warned-about event. */
void diag_event(const struct ovlcp_event *e);

/** Wrong usage, with the hint to --help. Returns DIAG_FAILURE. */
int diag_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** A failure that has nothing to do with usage; errno's text follows unless @error is 0. */
int diag_failure(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** diag_usage: @what, and @name quoted. */
int diag_usage_about(const char *what, const char *name);

/** diag_failure: @what, and @name quoted. */
int diag_failure_about(int error, const char *what, const char *name);

/** An option that normalize refused. */
int diag_bad_option(enum normalize_error e, const struct normalize_problem *p);

/** A value of @what, such as "--reflink", that is none of @list. */
int diag_bad_keyword(const char *what, const struct keyword *list, const char *text, size_t len,
		     bool ambiguous);

/** A value of @opt that is no size. */
int diag_bad_size(const struct opt *opt, const char *text);

/** A value of @opt that is no number from 1 to @most, nor "auto". */
int diag_bad_number(const struct opt *opt, const char *text, unsigned int most);

/** Tell that the data of @e was written because it could not be shared. */
void diag_fallback(const struct ovlcp_event *e, bool is_error);

/** Tell what can be done about it: @text of hint_for. @on_stdout: as a line of --debug. */
void diag_hint(const char *text, bool on_stdout);

/** An allocation failed. Returns DIAG_FAILURE. */
int diag_no_memory(void);

/** Flush standard output before the program ends. Returns @status, or DIAG_FAILURE if an earlier
 * write or this one failed, after a message. */
int diag_flush_stdout(int status);

#endif
