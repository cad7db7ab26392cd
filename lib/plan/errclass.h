/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What an errno means for the choice of the next method.
 */
#ifndef OVL_PLAN_ERRCLASS_H
#define OVL_PLAN_ERRCLASS_H

#include "model/facts.h"
#include "model/plan.h"

/** What @error (positive errno) of @method means for the choice of the next one. */
enum plan_class plan_classify(enum plan_method method, int error);

#endif
