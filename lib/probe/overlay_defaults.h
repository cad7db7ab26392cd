/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The values of the options of an overlay, listed or not.
 */
#ifndef OVL_PROBE_OVERLAY_DEFAULTS_H
#define OVL_PROBE_OVERLAY_DEFAULTS_H

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

#endif
