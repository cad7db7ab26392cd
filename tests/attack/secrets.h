/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which data the hostile user must not be able to read.
 */
#ifndef ATTACK_SECRETS_H
#define ATTACK_SECRETS_H

#include "attack.h"

#include <stddef.h>

/* Reports a breach if @data, which the hostile user has read from @path, is secret. */
void secrets_check(const struct attack *a, const char *path, const char *data, size_t size);

/* Forks a process of the hostile user that reads all of "dst" and "his". */
void secrets_check_all(const struct attack *a);

#endif
