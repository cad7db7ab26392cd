/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The options of an overlay as they are in force, listed or not.
 */
#ifndef OVL_PROBE_OPTIONS_H
#define OVL_PROBE_OPTIONS_H

#include "probe/overlay_options.h"

/**
 * The value that the option @name has on an overlay that does not list it: the default of the
 * module, which root may have changed since the mount. A word such as "on", not to be freed;
 * NULL if it cannot be told.
 */
const char *overlay_default(const char *name);

/**
 * The value of the option @name of @o as it is listed; NULL if it is not. Belongs to @o.
 * Those without a value are "on".
 */
const char *overlay_option_listed(const struct overlay_options *o, const char *name);

#endif
