/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What an errno means for the choice of the next method: one table, a reason in each row.
 *
 * The only place that reads meaning into an errno. Unknown ones mean "try the next method":
 * filesystems answer oddities to FICLONE, and the bytes can still be copied.
 */
#include "plan/errclass.h"

#include <errno.h>

struct row {
	int error;
	enum plan_class class;
	bool copy_up_too; /* whether it means the same for a copy-up */
};

static const struct row rows[] = {
	/* The medium or the memory failed. Other tools went on after EIO and made corrupt copies.
	 */
	{ EIO, CLASS_TERMINAL, true },
	{ ENOMEM, CLASS_TERMINAL, true },
	/* The user said stop. */
	{ ECANCELED, CLASS_TERMINAL, true },
	/* No room: another method needs as much. A copy-up says ENOSPC also when one attribute of
	   the source does not fit the upper filesystem, which is no concern of a copy. */
	{ ENOSPC, CLASS_TERMINAL, false },
	{ EDQUOT, CLASS_TERMINAL, false },
	/* The filesystem does not know the operation, for any two files. */
	{ EOPNOTSUPP, CLASS_UNSUPPORTED, false },
	{ ENOTTY, CLASS_UNSUPPORTED, false },
	{ ENOSYS, CLASS_UNSUPPORTED, false },
	/* Two filesystems; on overlay: two layers, for this file. */
	{ EXDEV, CLASS_CROSS_DEVICE, false },
	{ 0, CLASS_DONE, true },
};

enum plan_class plan_classify(enum plan_method method, int error)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].error == error && (method != PLAN_COPY_UP || rows[i].copy_up_too))
			return rows[i].class;
	return CLASS_UNSUITABLE;
}
