/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which option a word with a typing error may mean.
 */
#ifndef OVL_CMD_SIMILAR_H
#define OVL_CMD_SIMILAR_H

#include "optlist.h"

#include <stddef.h>

/**
 * The long option that differs least from the first @len bytes of @name, in at most a third of
 * them; NULL if there is none. An edit is a character too much, too few, another one, or two
 * exchanged.
 */
const struct opt *similar_option(const char *name, size_t len);

#endif
