/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What follows from where a file lies, in sentences: whether it can be cloned, what a copy-up does.
 */
#ifndef OVL_STAT_VERDICT_H
#define OVL_STAT_VERDICT_H

#include "ovlcp.h"

/** Whether the filesystems of two layers, or of a file, are known and what is. */
enum verdict_can {
	/** It is not known. */
	VERDICT_MAYBE,
	/** It can clone. */
	VERDICT_CAN,
	/** It can, if it was made so. */
	VERDICT_CAN_IF_MADE_SO,
	/** It cannot. */
	VERDICT_CANNOT,
};

/** What a type of filesystem, such as "xfs", can do. @type: "" if it is not known. */
enum verdict_can verdict_on_type(const char *type);

/** On which layer the data is; never NULL. */
const char *verdict_layer(enum ovlcp_layer layer);

/** Whether the file could be cloned within its filesystem or overlay; to be freed, or NULL. */
char *verdict_on_clone(const struct ovlcp_info *i);

/** What a copy-up would do, and cost; to be freed, or NULL. */
char *verdict_on_copy_up(const struct ovlcp_info *i);

#endif
