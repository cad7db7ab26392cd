/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What an errno means for the choice of the next step: one table, with a reason in each row.
 *
 * The only place that classifies an errno. One that is not listed means "try the next method":
 * filesystems refuse FICLONE with many errors, and the bytes can still be copied.
 */
#include "plan/errclass.h"

#include "model/plan.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

static const struct errno_row {
	int error;
	enum plan_class class;
	bool copy_up_too; /* the same class if the method was a copy-up */
} errno_rows[] = {
	/* The disk failed. Tools that tried another method after EIO made corrupt copies. */
	{ EIO, CLASS_TERMINAL, true },
	/* The memory of this process failed, or that of the kernel: a copy-up needs far more of it
	   than a copy of the bytes. */
	{ ENOMEM, CLASS_TERMINAL, false },
	/* The copy was cancelled (ovlcp_cancel). */
	{ ECANCELED, CLASS_TERMINAL, true },
	/* No space: another method needs as much. A copy-up fails with ENOSPC also if an extended
	   attribute of the source does not fit the upper filesystem, which does not matter for a
	   copy of the data. */
	{ ENOSPC, CLASS_TERMINAL, false },
	{ EDQUOT, CLASS_TERMINAL, false },
	/* The filesystem does not support the operation, for any two files. */
	{ EOPNOTSUPP, CLASS_UNSUPPORTED, false },
	{ ENOTTY, CLASS_UNSUPPORTED, false },
	{ ENOSYS, CLASS_UNSUPPORTED, false },
	/* Two filesystems or mounts; on overlayfs: two layers, for this file only. */
	{ EXDEV, CLASS_CROSS_DEVICE, false },
	{ 0, CLASS_DONE, true },
};

enum plan_class plan_classify(enum plan_method method, int error)
{
	for (size_t i = 0; i < sizeof(errno_rows) / sizeof(*errno_rows); i++)
		if (errno_rows[i].error == error &&
		    (method != PLAN_COPY_UP || errno_rows[i].copy_up_too))
			return errno_rows[i].class;
	return CLASS_UNSUITABLE;
}

bool plan_is_filtered(int error)
{
	return error == EPERM || error == ENOSYS;
}

bool plan_may_write_only(int error)
{
	return error == EACCES || error == EPERM || error == EINVAL || error == EOPNOTSUPP;
}

bool plan_link_is_refused(int error)
{
	/* link(2) is EPERM where a filesystem of the kernel has none */
	return error == EXDEV || error == EMLINK || error == EPERM || error == EOPNOTSUPP ||
	       error == ENOSYS;
}

bool plan_may_remove(int error)
{
	return error != EINTR && error != ECANCELED && error != EMFILE && error != ENFILE &&
	       error != ENOMEM;
}
