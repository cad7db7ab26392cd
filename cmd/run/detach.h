/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a process lets go that goes on by itself.
 */
#ifndef OVL_RUN_DETACH_H
#define OVL_RUN_DETACH_H

/**
 * Close all descriptors but @a and @b, either of which may be -1, and keep no directory in use.
 * 0 to 2 become /dev/null.
 */
void detach(int a, int b);

#endif
