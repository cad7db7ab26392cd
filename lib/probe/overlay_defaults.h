/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The values of the options of an overlay, listed or not.
 */
#ifndef OVL_PROBE_OVERLAY_DEFAULTS_H
#define OVL_PROBE_OVERLAY_DEFAULTS_H

#include "model/facts.h"
#include "probe/mount_table.h"
#include "probe/overlay_options.h"

/**
 * The value of the option @name of an overlay that does not list it: the default of the kernel
 * module, which root may have changed since the mount. A static string such as "on"; NULL if the
 * value is unknown.
 */
const char *overlay_default(const char *name);

/**
 * The value of the option @name that @o lists, "on" for a flag; NULL if @o does not list it.
 * Belongs to @o.
 */
const char *overlay_option_listed(const struct overlay_options *o, const char *name);

/**
 * Whether the overlay that @fd, which may be O_PATH, is on has the value @value of the option
 * @name, listed or by default. @mounts, @payload: return the table of mounts, or NULL.
 * ANSWER_NOT_ASKED: it is unknown, because the mount is not in the table, or no default is known.
 */
enum answer overlay_option_is(int fd, mount_table_fn *mounts, void *payload, const char *name,
			      const char *value);

#endif
