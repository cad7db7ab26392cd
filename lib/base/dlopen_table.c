/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * dlopen(3), and dlsym(3) for each row of a table.
 *
 * RTLD_NODELETE keeps a library mapped after dlclose, so that the next load of it costs little.
 */
#include "base/dlopen_table.h"

#include <dlfcn.h>
#include <string.h>

void *dlopen_table_load(const char *library, const struct dlopen_symbol *symbols, size_t n,
			void *functions)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);

	for (size_t i = 0; handle && i < n; i++) {
		void *address = dlsym(handle, symbols[i].name);

		if (!address) {
			dlopen_table_unload(handle);
			return NULL;
		}
		memcpy((char *)functions + symbols[i].offset, &address, sizeof(address));
	}
	return handle;
}

void dlopen_table_unload(void *handle)
{
	if (handle)
		(void)dlclose(handle); /* only the reference is dropped */
}
