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
#include <stdint.h>

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
 * Name @library in the section .note.dlopen of the object, where the tools of packagers look for
 * what is loaded: https://systemd.io/ELF_DLOPEN_METADATA/. At the top of a file, after "static
 * const": defines @name, which nothing reads, and which is empty in a static program.
 *
 * @library: a string literal, as given to dlopen_table_load. @feature, @description: string
 * literals, what it is for. All without characters that JSON escapes.
 */
#ifdef LINKED_LIBRARIES
#define DLOPEN_NOTE(name, library, feature, description) __attribute__((unused)) char name = 0
#else
#define DLOPEN_NOTE(name, library, feature, description)                                           \
	DLOPEN_NOTE_TEXT(name, "[{\"feature\":\"" feature "\",\"description\":\"" description      \
			       "\",\"priority\":\"recommended\",\"soname\":[\"" library "\"]}]")
#endif

/* The note: its header, the owner "FDO", and the text, each with a length that four divides. */
#define DLOPEN_NOTE_TEXT(name, text)                                                               \
	__attribute__((used, section(".note.dlopen"))) _Alignas(uint32_t) struct {                 \
		uint32_t owner_size;                                                               \
		uint32_t text_size;                                                                \
		uint32_t type;                                                                     \
		char owner[sizeof("FDO")];                                                         \
		_Alignas(uint32_t) char note[sizeof(text)];                                        \
	} name = { sizeof("FDO"), sizeof(text), 0x407c0c0a, "FDO", text }

/**
 * Load @library, unless it is linked in, and store the addresses of the @n functions of @symbols in
 * @functions.
 *
 * @functions: a structure of function pointers, of any type.
 * Returns a handle for dlopen_table_unload, or NULL with errno set. ELIBACC: the library or one of
 * the functions is missing, or not linked to this static program. EMFILE, ENFILE, ENOMEM, EIO,
 * ESTALE: that cannot be told.
 */
void *dlopen_table_load(const char *library, const struct dlopen_symbol *symbols, size_t n,
			void *functions);

/** Release a library, which stays mapped. @handle: may be NULL. */
void dlopen_table_unload(void *handle);

#endif
