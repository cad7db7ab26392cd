/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The copy-up that a call needs, whichever process carries it out.
 */
#ifndef OVL_RUN_COPY_UP_H
#define OVL_RUN_COPY_UP_H

#include "ovlcp.h"
#include "run/files.h"
#include "run/report.h"

/** The smallest file that is copied up by default, in bytes: as ovl-cp. */
#define COPY_UP_MIN (UINT64_C(1) << 20)

/** Whether a copy-up is to be tried for two files with the facts @f. @o: copy_up, copy_up_min. */
bool copy_up_is_wanted(const struct files_facts *f, const struct ovlcp_options *o);

/**
 * Whether a copy_file_range of @r, which may end behind the source, can share between two files
 * with the facts @f: if it begins with a block in both, before the end of the source, and has a
 * whole one, or the rest of the source (generic_remap_checks of Linux).
 */
bool copy_up_helps_range(const struct files_facts *f, const struct files_range *r);

/**
 * Copy up the file behind @src_fd for a clone into @dst_fd, with the rights of this process. Of a
 * failure there is an event only: the call of the program then fails as it would have.
 *
 * @report: gets the event; may be NULL.
 */
void copy_up_source(int src_fd, int dst_fd, const struct ovlcp_options *o,
		    struct run_report *report);

#endif
