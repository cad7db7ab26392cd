/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * --progress: a thread that shows the status on standard error while the library copies.
 *
 * There is one at most. Without it the functions do nothing.
 */
#ifndef OVL_CMD_PROGRESS_THREAD_H
#define OVL_CMD_PROGRESS_THREAD_H

#include "status.h"

/** Start the thread if the options @o ask for it. A failure is a warning. All: borrowed until
    progress_stop. */
void progress_start(const struct options *o, const struct operands *operands,
		    const struct status *status);

/** Erase the line, and end the thread. */
void progress_stop(void);

/** Have nothing drawn until progress_resume, because something is going to be printed. */
void progress_pause(void);

/** Draw again. */
void progress_resume(void);

/** Erase the line that is drawn. */
void progress_erase(void);

/** Show the name of the destination of @e, if the event is its begin. */
void progress_event(const struct ovlcp_event *e);

#endif
