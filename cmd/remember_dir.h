/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory of the records of --remember.
 */
#ifndef OVL_CMD_REMEMBER_DIR_H
#define OVL_CMD_REMEMBER_DIR_H

#include "options.h"

/**
 * Set o->copy.remember_dir, if copies are to be remembered or forgotten: the directory that was
 * named, else one that goes away with the session or the system, so that nothing of it is left in
 * an image. If there is none, nothing is remembered. Returns 0, or the exit status after a message.
 */
int remember_dir_settle(struct options *o);

/** --forget. Returns the exit status, after a message if that is not 0. */
int remember_dir_forget(const struct options *o);

#endif
