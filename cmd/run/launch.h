/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Becomes COMMAND, with a supervisor beside it or a library within.
 */
#ifndef OVL_RUN_LAUNCH_H
#define OVL_RUN_LAUNCH_H

#include "help_call.h"
#include "options.h"

/** Exit status of a failure of ovl-run itself, as of env(1). */
#define LAUNCH_FAILURE 125

/** Say that the command @name could not be executed, because of @error. Returns the status for it:
 * 127 if it was not found, otherwise 126. */
int launch_refused(int error, const char *name);

/**
 * Execute the command of @o in this process, helped by the way that @o->method allows: with a
 * supervisor and a filter, or with a preloaded library. Where neither is possible the command is
 * executed without, after a warning, unless @o requires help.
 * @report: of the supervisor; may be NULL.
 *
 * Does not return on success; otherwise LAUNCH_FAILURE, 126 (the command cannot be executed) or 127
 * (it is not found), after a message.
 */
int launch(const struct run_options *o, struct run_report *report);

#endif
