/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conditions of rows of known.c that look at exit statuses only. A program that run.c had to kill
 * has the status 128 + SIGKILL, as a shell would say.
 */
#include "allowed_status.h"

#include <signal.h>

bool allow_if_both_failed(const struct comparison *c)
{
	return c->cp->status != 0 && c->ovl->status != 0;
}

bool allow_if_ovl_succeeded(const struct comparison *c)
{
	return c->ovl->status == 0;
}

bool allow_if_cp_blocked(const struct comparison *c)
{
	return c->cp->status == 128 + SIGKILL;
}

bool allow_if_both_blocked(const struct comparison *c)
{
	return c->cp->status == 128 + SIGKILL && c->ovl->status == 128 + SIGKILL;
}

bool allow_if_only_ovl_blocked(const struct comparison *c)
{
	return c->cp->status == 1 && c->ovl->status == 128 + SIGKILL;
}
