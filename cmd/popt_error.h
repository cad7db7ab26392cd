/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What popt has to say of a command line, for the commands whose options it checks by itself.
 */
#ifndef OVL_CMD_POPT_ERROR_H
#define OVL_CMD_POPT_ERROR_H

#include <popt.h>

/**
 * Print the message about @error, which poptGetNextOpt has returned for an option that is not in
 * @table, or not used as it says there. Returns DIAG_FAILURE.
 */
int popt_error_print(poptContext popt, const struct poptOption *table, int error);

#endif
