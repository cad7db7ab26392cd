/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * dlopen(3), and dlsym(3) for each row of a table; or, where the libraries are linked in, the
 * addresses that the linker has stored in the rows.
 *
 * RTLD_NODELETE keeps a library mapped after dlclose, so that the next load of it costs little.
 */
#include "base/dlopen_table.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#ifdef LINKED_LIBRARIES

static void *open_library(const char *library)
{
	return (void *)(uintptr_t)library; /* any address but NULL */
}

static void *find_symbol(void *handle, const struct dlopen_symbol *symbol)
{
	(void)handle;
	return symbol->linked;
}

static void close_library(void *handle)
{
	(void)handle;
}

static void explain_failure(void)
{
	errno = ELIBACC;
}

#else
#include <dlfcn.h>
#include <link.h>

/* Look at the program, the first of all objects: 1 if the kernel starts it through a dynamic
   loader, else -1. */
static int look_for_loader(struct dl_phdr_info *program, size_t size, void *data)
{
	(void)size;
	(void)data;
	for (size_t i = 0; i < program->dlpi_phnum; i++)
		if (program->dlpi_phdr[i].p_type == PT_INTERP)
			return 1;
	return -1;
}

/*
 * A static program that calls dlopen gets a second C library, and crashes where that is not of the
 * version that it was built with.
 */
static void *open_library(const char *library)
{
	if (dl_iterate_phdr(look_for_loader, NULL) < 0)
		return NULL;
	return dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

/* Set errno after a failure. The loader leaves none, but ends its message with the text of one, if
   it could not look for a file, which does not mean that there is none. */
static void explain_failure(void)
{
	static const int reasons[] = { EMFILE, ENFILE, ENOMEM, EIO, ESTALE };
	const char *text = dlerror();

	errno = ELIBACC;
	for (size_t i = 0; text && i < sizeof(reasons) / sizeof(*reasons); i++)
		if (strstr(text, strerror(reasons[i])))
			errno = reasons[i];
}

static void *find_symbol(void *handle, const struct dlopen_symbol *symbol)
{
	return dlsym(handle, symbol->name);
}

static void close_library(void *handle)
{
	(void)dlclose(handle); /* only the reference is dropped */
}

#endif

void *dlopen_table_load(const char *library, const struct dlopen_symbol *symbols, size_t n,
			void *functions)
{
	void *handle = open_library(library);

	if (!handle)
		explain_failure();
	for (size_t i = 0; handle && i < n; i++) {
		void *address = find_symbol(handle, &symbols[i]);

		if (!address) {
			dlopen_table_unload(handle);
			errno = ELIBACC;
			return NULL;
		}
		memcpy((char *)functions + symbols[i].offset, &address, sizeof(address));
	}
	return handle;
}

void dlopen_table_unload(void *handle)
{
	if (handle)
		close_library(handle);
}
