/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Becomes COMMAND, with a supervisor beside it.
 */
#ifndef OVL_RUN_LAUNCH_H
#define OVL_RUN_LAUNCH_H

#include "help_call.h"
#include "options.h"

/** Exit status of a failure of ovl-run itself, as of env(1). */
#define LAUNCH_FAILURE 125

/**
 * Start the supervisor, install the filter, and execute the command of @o in this process. Where
 * there can be no filter the command is executed without, after a warning, unless @o requires it.
 * @report: of the supervisor; may be NULL.
 *
 * Does not return on success; otherwise LAUNCH_FAILURE, 126 (the command cannot be executed) or 127
 * (it is not found), after a message.
 */
int launch(const struct run_options *o, struct run_report *report);

/** Print whether the command of @o would be helped. Returns 0 if so; otherwise 1, or 127 as
 * launch. */
int launch_check(const struct run_options *o);

#endif
