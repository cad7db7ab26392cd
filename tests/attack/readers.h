/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads from FIFOs that the program may have opened for writing: as cp does, it waits for a reader
 * of a FIFO that it finds in the place of a file.
 */
#ifndef ATTACK_READERS_H
#define ATTACK_READERS_H

/* FIFOs that are open for reading. */
struct readers {
	int fds[1024];
	int count;
};

/* Opens the FIFOs in "dst" and "his", and reads what they hold. */
void readers_step(struct readers *r);

/* Closes them. */
void readers_end(struct readers *r);

#endif
