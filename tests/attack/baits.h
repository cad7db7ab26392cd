/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the hostile user puts in the place of a file.
 */
#ifndef ATTACK_BAITS_H
#define ATTACK_BAITS_H

/* Makes the names of lab_baits in @dir_fd, which is @dir in his tree. */
void baits_plant(int dir_fd, const char *dir);

/* As the hostile user: makes the bait that needs his rights, a hard link to a canary, in @dir_fd.
   0, or -1 with errno: EPERM if the kernel protects hard links. */
int baits_hard_link(int dir_fd);

#endif
