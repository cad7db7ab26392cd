/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How each function of lib/sys can fail.
 */
#ifndef TORTURE_ERRORS_H
#define TORTURE_ERRORS_H

/** A function, and its failures. */
struct errors {
	/** Its name without sys_; "alloc" and "thread" for those of the C library. */
	const char *name;
	/**
	 * Words that stand for failures: names of errors, "short" and "0", or "no" for a function
	 * that cannot tell; NULL for one that cannot fail.
	 */
	const char *failures;
	/**
	 * Failures that say how things are: no such attribute, not supported. A copy may heed them
	 * without a word, and loses no more than...
	 */
	const char *answers;
	/** ...these: a set of enum difference. */
	unsigned int lost;
};

/** The row of @name, or NULL. */
const struct errors *errors_of(const char *name);

#endif
