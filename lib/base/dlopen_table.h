/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Libraries that are loaded with dlopen(3) when a function of them is needed first.
 *
 * Linked with libmount, which brings libblkid, libselinux and pcre2, every start of the command
 * would take nearly twice as long as with libc alone, for a table that a plain copy never reads.
 * See docs/decisions/0003-libraries-on-demand.md.
 *
 * In a static program (configure --enable-static-program) the same tables are filled by the linker.
 * That is decided here and in dlopen_table.c, and users of the tables do not see it.
 */
#ifndef OVL_BASE_DLOPEN_TABLE_H
#define OVL_BASE_DLOPEN_TABLE_H

#include <stddef.h>

/** A row of the table: a function of the library, and where its address is stored. */
struct dlopen_symbol {
	/** Name of the function. */
	const char *name;
	/** Offset of the pointer to it, in the structure given to dlopen_table_load. */
	size_t offset;
	/** Its address, if the library is linked in; else NULL. */
	void *linked;
};

/** The address of @function; where libraries are loaded, the linker must not look for it. */
#ifdef LINKED_LIBRARIES
#define DLOPEN_LINKED(function) ((void *)(function))
#else
#define DLOPEN_LINKED(function) NULL
#endif

/** The row for the member @member of @type, a pointer named as the function. */
#define DLOPEN_SYMBOL(type, member)                                                                \
	{                                                                                          \
#member, offsetof(type, member), DLOPEN_LINKED(member)                             \
	}

/**
 * Load @library, unless it is linked in, and store the addresses of the @n functions of @symbols in
 * @functions.
 *
 * @functions: a structure of function pointers, of any type.
 * Returns a handle for dlopen_table_unload, or NULL if the library or one of the functions is
 * missing, or in a static program that they are not linked to.
 */
void *dlopen_table_load(const char *library, const struct dlopen_symbol *symbols, size_t n,
			void *functions);

/** Release a library, which stays mapped. @handle: may be NULL. */
void dlopen_table_unload(void *handle);

#endif
