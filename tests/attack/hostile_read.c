/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Opens whatever can be opened, as soon as it is there, and looks for what he must not read.
 */
#include "hostile.h"
#include "lab.h"
#include "modes.h"
#include "search.h"
#include "secrets.h"

static void look(int fd, const char *path, const char *data, size_t size, void *payload)
{
	const struct attack *a = *(const struct attack *const *)payload;

	(void)fd;
	atomic_fetch_add(&a->shared->reads, 1);
	secrets_check(a, path, data, size);
}

void hostile_read(const struct attack *a, unsigned int seed)
{
	(void)seed;
	while (hostile_may_go_on(a))
		search_tree(a->mode->role == OWNS_SOURCE ? "dst" : "his", look, &a);
}
