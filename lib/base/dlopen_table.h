/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Libraries that are loaded only when they are needed, and stay for the next time.
 *
 * Linking libmount would make every start of the command nearly twice as expensive as
 * starting from libc alone (it brings libblkid, libselinux and pcre2), for a table that a
 * plain copy never reads. See docs/decisions/0003-libraries-on-demand.md.
 */
#ifndef OVL_BASE_LAZY_H
#define OVL_BASE_LAZY_H

#include <stddef.h>

/** A function that is wanted, and where its address goes. */
struct dlopen_symbol {
	const char *name;
	/** Offset in the structure given to dlopen_table_load. */
	size_t offset;
};

/** A row for the member @member of @type, which is named as the function it points to. */
#define DLOPEN_SYMBOL(type, member)                                                                \
	{                                                                                          \
#member, offsetof(type, member)                                                    \
	}

/**
 * Load @library and fill @functions. Returns a handle for dlopen_table_unload, or NULL if the
 * library or one of the @n functions is missing.
 */
void *dlopen_table_load(const char *library, const struct dlopen_symbol *symbols, size_t n,
			void *functions);

/** Let go of a library. @handle: may be NULL. */
void dlopen_table_unload(void *handle);

#endif
