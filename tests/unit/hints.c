/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What can be done where data is not shared (lib/text/advice.c): for which reasons there is
 * something, and what depends on where the two lie.
 */
#include "cases.h"

#include "messages.h"
#include "model/event.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct hint_case {
	const char *name;
	enum ovlcp_reason reason;
	/* 1 = the filesystem of the destination can clone, 0 = it cannot, -1 = unknown */
	int can_clone;
	bool fan_out;
	bool from_overlay;
	bool to_overlay;
	/* what is in the hint, and what is not */
	const char *has;
	const char *has_not;
};

#define FAN_OUT "--fan-out"

static const struct hint_case hint_cases[] = {
	{ "a fan-out helps where the destinations can share", OVLCP_REASON_LOWER_SMALL, 1, false,
	  true, true, FAN_OUT, "xfs" },
	{ "but not where nothing can be cloned", OVLCP_REASON_OTHER_FILESYSTEM, 0, false, false,
	  false, "within one filesystem", FAN_OUT },
	{ "nor where that is not known", OVLCP_REASON_OTHER_FILESYSTEM, -1, false, false, false,
	  "within one filesystem", FAN_OUT },
	{ "and who uses it needs no hint to", OVLCP_REASON_LOWER_SMALL, 1, true, true, true,
	  "--copy-up=always", FAN_OUT },
	{ "in an overlay the upper layer is what can be changed", OVLCP_REASON_FILESYSTEM, 0, false,
	  true, true, "upper layer", "source and destination" },
	{ "elsewhere it takes both on one filesystem", OVLCP_REASON_FILESYSTEM, 0, false, false,
	  false, "source and destination", "upper layer" },
	{ "into an overlay: once, and from there", OVLCP_REASON_OUTSIDE_OVERLAY, 1, false, false,
	  true, "into the overlay once", "filesystem of the layer" },
	{ "but not where the upper layer cannot clone", OVLCP_REASON_OUTSIDE_OVERLAY, 0, false,
	  false, true, "upper layer on a filesystem that can clone", "a cache mount" },
	{ "out of an overlay, to what can clone: the filesystem of the layer",
	  OVLCP_REASON_OUTSIDE_OVERLAY, 1, false, true, false, "filesystem of the layer", "once" },
	{ "out of an overlay, to what cannot", OVLCP_REASON_OUTSIDE_OVERLAY, 0, false, true, false,
	  "within the overlay", "filesystem of the layer" },
	{ "what could not be tried, on an overlay", OVLCP_REASON_CANNOT_TELL, -1, false, true, true,
	  "root directory of the overlay", FAN_OUT },
	{ "what could not be tried elsewhere", OVLCP_REASON_CANNOT_TELL, -1, false, false, false,
	  "the copy tries it", "overlay" },
};

/* Where sharing is required, the first destination of a fan-out is refused as well. */
static void test_failure(void **state)
{
	const struct ovlcp_event e = {
		.type = OVLCP_EVENT_FAILED,
		.outcome.reason = OVLCP_REASON_LOWER_SMALL,
		.outcome.can_clone = 1,
	};
	char *text = message_of_advice(&e, false);

	(void)state;
	assert_non_null(text);
	assert_null(strstr(text, FAN_OUT));
	free(text);
}

/* Other rights do not help where the overlay is read-only or full. */
static void test_no_trial(void **state)
{
	static const struct {
		int error;
		const char *has;
	} cases[] = { { EACCES, "write permission" },
		      { EROFS, "read-write" },
		      { ENOSPC, "free space" } };

	(void)state;
	for (size_t i = 0; i < ROWS(cases); i++) {
		const struct ovlcp_event e = {
			.type = OVLCP_EVENT_FAILED,
			.err = { cases[i].error, OVLCP_OP_COPY_UP_REFUSED },
			.outcome.reason = OVLCP_REASON_NO_TRIAL,
			.outcome.can_clone = -1,
		};
		char *text = message_of_advice(&e, false);

		assert_non_null(text);
		assert_non_null(strstr(text, cases[i].has));
		free(text);
	}
}

static void test_hint(void **state)
{
	const struct hint_case *c = *state;
	const struct ovlcp_event e = {
		.type = OVLCP_EVENT_COPIED,
		.outcome.reason = c->reason,
		.outcome.can_clone = c->can_clone,
		.src_on_overlay = c->from_overlay,
		.dst_on_overlay = c->to_overlay,
	};
	char *text = message_of_advice(&e, c->fan_out);

	assert_non_null(text);
	assert_non_null(strstr(text, c->has));
	assert_null(strstr(text, c->has_not));
	free(text);
}

/* Where there is nothing to be done there is no hint: a file without data, an unknown refusal. */
static void test_every_reason(void **state)
{
	(void)state;
	for (int reason = 0; reason < OVLCP_REASON_COUNT; reason++) {
		const struct ovlcp_event e = { .outcome.reason = (enum ovlcp_reason)reason };
		bool none =
			reason == OVLCP_REASON_NONE || reason == OVLCP_REASON_EMPTY ||
			reason == OVLCP_REASON_NOT_REGULAR || reason == OVLCP_REASON_NO_OVERLAY ||
			reason == OVLCP_REASON_UPPER_ALREADY || reason == OVLCP_REASON_CLONABLE ||
			reason == OVLCP_REASON_LOWER_FAILED || reason == OVLCP_REASON_REFUSED;
		char *text = message_of_advice(&e, false);

		assert_true(none ? !text : text && *text);
		free(text);
	}
}

int main(void)
{
	struct CMUnitTest tests[ROWS(hint_cases) + 3];
	struct CMUnitTest *end = CASES(tests, hint_cases, test_hint);

	*end++ = (struct CMUnitTest)cmocka_unit_test(test_every_reason);
	*end++ = (struct CMUnitTest)cmocka_unit_test(test_failure);
	*end = (struct CMUnitTest)cmocka_unit_test(test_no_trial);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("hints", tests, NULL, NULL);
}
