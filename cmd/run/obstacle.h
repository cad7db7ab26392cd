/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why COMMAND cannot be helped, in words.
 */
#ifndef OVL_RUN_OBSTACLE_H
#define OVL_RUN_OBSTACLE_H

#include <stdbool.h>

/** Why each way is not possible; NULL: it is, or it was not tried. Static texts. */
struct obstacles {
	const char *seccomp;
	const char *preload;
};

/** Why filter_install has failed with -@error; ECANCELED: it was not tried, because no file is to
    be copied up. A text of strerror(3) at worst. */
const char *obstacle_of_filter(int error);

/** Whether nothing else is tried, and nothing is said, after -errno @r of the filter. */
bool obstacle_is_final(int r);

#endif
