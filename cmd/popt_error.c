/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words are those of getopt_long.
 */
#include "popt_error.h"

#include "diag.h"

int popt_error_print(poptContext popt, int error)
{
	const char *option;

	if (error == POPT_ERROR_MALLOC)
		return diag_no_memory(); /* poptBadOption would need some */
	option = poptBadOption(popt, 0);
	if (error == POPT_ERROR_BADOPT)
		return diag_usage_about("unrecognized option", option);
	if (error == POPT_ERROR_UNWANTEDARG)
		return diag_usage_about("no argument is allowed in", option);
	if (error == POPT_ERROR_NOARG)
		return diag_usage_about("an argument is missing after", option);
	return diag_usage("%s: %s", option, poptStrerror(error));
}
