/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The promises of ovlcp.h that need no file: options of other ages, values that nobody knows,
 * the life of a session.
 *
 * The source does not exist, so -ENOENT says that the options were accepted.
 */
#include "cases.h"

#include "ovlcp.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define NOWHERE "/nonexistent/ovlcp"

#define PATHS(list, n) (&(const struct ovlcp_paths){ AT_FDCWD, list, n })

/* What the last event said, and how many there were. */
struct events {
	int count;
	enum ovlcp_event_type type;
	enum ovlcp_op op;
	int error;
	char src[64];
	char dst[64];
};

static void on_event(const struct ovlcp_event *e, void *payload)
{
	struct events *h = payload;

	h->count++;
	h->type = ovlcp_event_type(e);
	h->op = ovlcp_event_op(e);
	h->error = ovlcp_event_errno(e);
	strncpy(h->src, ovlcp_event_source(e), sizeof(h->src) - 1);
	strncpy(h->dst, ovlcp_event_destination(e), sizeof(h->dst) - 1);
}

/* A new session that tells @ret_events, which begins with nothing; to be freed. */
static struct ovlcp *session_with(struct events *ret_events)
{
	struct ovlcp *o = NULL;

	*ret_events = (struct events){ 0 };
	assert_int_equal(ovlcp_new(&o), 0);
	assert_non_null(o);
	ovlcp_on_event(o, on_event, ret_events);
	return o;
}

static int copy_of_nothing(const struct ovlcp_options *opt, struct events *ret_events)
{
	struct ovlcp *o = session_with(ret_events);
	int r = ovlcp_copy(o, AT_FDCWD, NOWHERE, AT_FDCWD, NOWHERE "-copy", opt);

	assert_null(ovlcp_free(o));
	return r;
}

struct option_case {
	const char *name;
	struct ovlcp_options opt;
	int result;
};

#define OPTIONS(...)                                                                               \
	{                                                                                          \
		.size = sizeof(struct ovlcp_options), __VA_ARGS__                                  \
	}

static const struct option_case option_cases[] = {
	{ "all defaults", OPTIONS(.flags = 0), -ENOENT },
	{ "the last of each list",
	  OPTIONS(.reflink = OVLCP_REFLINK_NEVER, .copy_up = OVLCP_COPY_UP_NEVER,
		  .existing = OVLCP_EXISTING_ASK, .update = OVLCP_UPDATE_NONE_FAIL,
		  .follow = OVLCP_FOLLOW_NONE, .make = OVLCP_MAKE_SYMBOLIC_LINKS,
		  .backup = OVLCP_BACKUP_EXISTING, .sparse = OVLCP_SPARSE_NEVER),
	  -ENOENT },
	{ "all flags", OPTIONS(.flags = (OVLCP_DEFAULT_CONTEXT << 1) - 1 - OVLCP_PARENTS),
	  -ENOENT },
	{ "leading directories of a source that is not there", OPTIONS(.flags = OVLCP_PARENTS),
	  -ENOENT },
	{ "all attributes", OPTIONS(.preserve = (OVLCP_PRESERVE_CONTEXT << 1) - 1), -ENOENT },
	{ "attributes that may be lost",
	  OPTIONS(.preserve = OVLCP_PRESERVE_XATTR, .preserve_if_possible = OVLCP_PRESERVE_XATTR),
	  -ENOENT },
	{ "attributes that may be lost, but are not asked for",
	  OPTIONS(.preserve = OVLCP_PRESERVE_MODE, .preserve_if_possible = OVLCP_PRESERVE_XATTR),
	  -EINVAL },
	{ "an update that nobody knows", OPTIONS(.update = (enum ovlcp_update)4), -EINVAL },
	{ "a follow that nobody knows", OPTIONS(.follow = (enum ovlcp_follow)3), -EINVAL },
	{ "a make that nobody knows", OPTIONS(.make = (enum ovlcp_make)3), -EINVAL },
	{ "a backup that nobody knows", OPTIONS(.backup = (enum ovlcp_backup)4), -EINVAL },
	{ "a sparse that nobody knows", OPTIONS(.sparse = (enum ovlcp_sparse)3), -EINVAL },
	{ "an update below zero", OPTIONS(.update = (enum ovlcp_update) - 1), -EINVAL },
	{ "a follow below zero", OPTIONS(.follow = (enum ovlcp_follow) - 1), -EINVAL },
	{ "a make below zero", OPTIONS(.make = (enum ovlcp_make) - 1), -EINVAL },
	{ "a backup below zero", OPTIONS(.backup = (enum ovlcp_backup) - 1), -EINVAL },
	{ "a sparse below zero", OPTIONS(.sparse = (enum ovlcp_sparse) - 1), -EINVAL },
	{ "all attributes, and all may be lost",
	  OPTIONS(.preserve = (OVLCP_PRESERVE_CONTEXT << 1) - 1,
		  .preserve_if_possible = (OVLCP_PRESERVE_CONTEXT << 1) - 1),
	  -ENOENT },
	{ "an attribute that nobody knows may be lost",
	  OPTIONS(.preserve_if_possible = OVLCP_PRESERVE_CONTEXT << 1), -EINVAL },
	{ "sharing required, and no holes wanted",
	  OPTIONS(.reflink = OVLCP_REFLINK_ALWAYS, .sparse = OVLCP_SPARSE_NEVER), -EINVAL },
	{ "sharing allowed, and holes wanted", OPTIONS(.sparse = OVLCP_SPARSE_ALWAYS), -ENOENT },
	{ "sharing required", OPTIONS(.reflink = OVLCP_REFLINK_ALWAYS), -ENOENT },
	{ "a suffix of one byte", OPTIONS(.backup_suffix = "x"), -ENOENT },
	{ "a suffix that ends with a slash", OPTIONS(.backup_suffix = "x/"), -EINVAL },
	{ "a suffix is looked at though there is no backup",
	  OPTIONS(.backup = OVLCP_BACKUP_NONE, .backup_suffix = "/"), -EINVAL },
	{ "sharing without a say in holes",
	  OPTIONS(.reflink = OVLCP_REFLINK_ALWAYS, .sparse = OVLCP_SPARSE_ALWAYS), -EINVAL },
	{ "a suffix", OPTIONS(.backup_suffix = ".old"), -ENOENT },
	{ "a suffix that is none", OPTIONS(.backup_suffix = ""), -EINVAL },
	{ "a suffix that leads elsewhere", OPTIONS(.backup_suffix = "/../x"), -EINVAL },
	{ "any limit", OPTIONS(.copy_up_min = UINT64_MAX), -ENOENT },
	{ "a reflink that nobody knows", OPTIONS(.reflink = (enum ovlcp_reflink)3), -EINVAL },
	{ "a reflink below zero", OPTIONS(.reflink = (enum ovlcp_reflink) - 1), -EINVAL },
	{ "a copy-up that nobody knows", OPTIONS(.copy_up = (enum ovlcp_copy_up)3), -EINVAL },
	{ "a copy-up below zero", OPTIONS(.copy_up = (enum ovlcp_copy_up) - 1), -EINVAL },
	{ "an existing that nobody knows", OPTIONS(.existing = (enum ovlcp_existing)3), -EINVAL },
	{ "an existing below zero", OPTIONS(.existing = (enum ovlcp_existing) - 1), -EINVAL },
	{ "the next flag", OPTIONS(.flags = OVLCP_VERIFY << 1), -EINVAL },
	{ "a flag beyond 32 bits", OPTIONS(.flags = UINT64_C(1) << 32), -EINVAL },
	{ "the very last flag", OPTIONS(.flags = UINT64_C(1) << 63), -EINVAL },
	{ "the last flag", OPTIONS(.flags = UINT32_C(1) << 31), -EINVAL },
	{ "the next attribute", OPTIONS(.preserve = OVLCP_PRESERVE_CONTEXT << 1), -EINVAL },
	{ "the last attribute", OPTIONS(.preserve = UINT32_C(1) << 31), -EINVAL },
};

static void test_options(void **state)
{
	const struct option_case *c = *state;
	struct events events;

	assert_int_equal(copy_of_nothing(&c->opt, &events), c->result);
	/* what is refused at the door is no event */
	assert_int_equal(events.count, c->result == -ENOENT);
}

static void test_no_options(void **state)
{
	struct events events;

	(void)state;
	assert_int_equal(copy_of_nothing(NULL, &events), -ENOENT);
}

static void test_event_of_missing_source(void **state)
{
	struct events events;

	(void)state;
	assert_int_equal(copy_of_nothing(NULL, &events), -ENOENT);
	assert_int_equal(events.count, 1);
	assert_int_equal(events.type, OVLCP_EVENT_FAILED);
	assert_int_equal(events.op, OVLCP_OP_STAT_SOURCE);
	assert_int_equal(events.error, ENOENT);
	assert_string_equal(events.src, NOWHERE);
	assert_string_equal(events.dst, "");
}

/* Options of a library that has learned more. */
struct newer_options {
	struct ovlcp_options known;
	uint8_t unknown[24];
};

static void test_newer_options(void **state)
{
	struct newer_options newer;
	struct events events;

	(void)state;
	memset(&newer, 0, sizeof(newer));
	newer.known.size = sizeof(newer);
	assert_int_equal(copy_of_nothing(&newer.known, &events), -ENOENT);
	for (size_t i = 0; i < sizeof(newer.unknown); i++) {
		newer.unknown[i] = i % 2 ? 1 : 0x80;
		assert_int_equal(copy_of_nothing(&newer.known, &events), -E2BIG);
		assert_int_equal(events.count, 0);
		newer.unknown[i] = 0;
	}
	newer.known.flags = UINT32_C(1) << 31;
	assert_int_equal(copy_of_nothing(&newer.known, &events), -EINVAL);
}

/* There is no older structure than the first: a smaller size, such as 0, was forgotten. */
static void test_too_small_options(void **state)
{
	struct ovlcp_options opt;
	struct events events;

	(void)state;
	memset(&opt, 0, sizeof(opt));
	assert_int_equal(copy_of_nothing(&opt, &events), -EINVAL);
	opt.size = offsetof(struct ovlcp_options, flags);
	assert_int_equal(copy_of_nothing(&opt, &events), -EINVAL);
}

/* A size that no version will have is garbage: what it claims to hold is not read. */
static void test_too_large_options(void **state)
{
	struct ovlcp_options opt;
	struct events events;

	(void)state;
	memset(&opt, 0, sizeof(opt));
	opt.size = SIZE_MAX;
	assert_int_equal(copy_of_nothing(&opt, &events), -E2BIG);
}

/*
 * A new field would hide in padding at the end: the size would not tell it from garbage, and a
 * library of today would not see it.
 */
static void test_options_have_no_tail(void **state)
{
	const struct ovlcp_options *opt = NULL;

	(void)state;
	assert_int_equal(sizeof(*opt), offsetof(struct ovlcp_options, share) + sizeof(opt->share));
}

static void test_options_begin_with_size(void **state)
{
	(void)state;
	assert_int_equal(offsetof(struct ovlcp_options, size), 0);
}

static void test_zero_is_default(void **state)
{
	(void)state;
	assert_int_equal(OVLCP_REFLINK_AUTO, 0);
	assert_int_equal(OVLCP_COPY_UP_AUTO, 0);
	assert_int_equal(OVLCP_EXISTING_OVERWRITE, 0);
	assert_int_equal(OVLCP_UPDATE_ALL, 0);
	assert_int_equal(OVLCP_FOLLOW_ALL, 0);
	assert_int_equal(OVLCP_MAKE_COPIES, 0);
	assert_int_equal(OVLCP_BACKUP_NONE, 0);
	assert_int_equal(OVLCP_SPARSE_AUTO, 0);
}

static void test_free_of_nothing(void **state)
{
	(void)state;
	assert_null(ovlcp_free(NULL));
}

static void test_no_callback(void **state)
{
	struct ovlcp *o = NULL;

	(void)state;
	assert_int_equal(ovlcp_new(&o), 0);
	assert_int_equal(ovlcp_copy(o, AT_FDCWD, NOWHERE, AT_FDCWD, NOWHERE, NULL), -ENOENT);
	ovlcp_on_event(o, NULL, NULL);
	ovlcp_on_question(o, NULL, NULL);
	assert_int_equal(ovlcp_copy(o, AT_FDCWD, NOWHERE, AT_FDCWD, NOWHERE, NULL), -ENOENT);
	ovlcp_free(o);
}

static void ignore_event(const struct ovlcp_event *e, void *payload)
{
	(void)e;
	(void)payload;
}

static int count_events_of(ovlcp_event_fn *fn)
{
	struct events early = { 0 };
	struct events late = { 0 };
	struct ovlcp *o = NULL;

	assert_int_equal(ovlcp_new(&o), 0);
	ovlcp_on_event(o, fn == on_event ? ignore_event : on_event, &early);
	ovlcp_on_event(o, fn, &late);
	assert_int_equal(ovlcp_copy(o, AT_FDCWD, NOWHERE, AT_FDCWD, NOWHERE, NULL), -ENOENT);
	assert_int_equal(early.count, 0);
	ovlcp_free(o);
	return late.count;
}

static void test_last_callback_counts(void **state)
{
	(void)state;
	assert_int_equal(count_events_of(on_event), 1);
	assert_int_equal(count_events_of(ignore_event), 0);
	assert_int_equal(count_events_of(NULL), 0);
}

/* One failure to open the source, however many destinations. */
static void test_fan_out_of_nothing(void **state)
{
	static const char *const dst[] = { NOWHERE "-1", NOWHERE "-2" };
	struct ovlcp_options bad = { .size = sizeof(bad), .flags = UINT32_C(1) << 31 };
	struct events events;
	struct ovlcp *o = session_with(&events);

	(void)state;
	assert_int_equal(ovlcp_fan_out(o, AT_FDCWD, NOWHERE, PATHS(dst, 2), NULL), -ENOENT);
	assert_int_equal(events.count, 1);
	assert_int_equal(ovlcp_fan_out(o, AT_FDCWD, NOWHERE, PATHS(dst, 2), &bad), -EINVAL);
	assert_int_equal(events.count, 1);
	ovlcp_free(o);
}

/* Each source fails on its own, and the first failure is the result. */
static void test_copy_many_of_nothing(void **state)
{
	static const char *const src[] = { NOWHERE "-1", "/dev" };
	struct ovlcp_options bad = { .size = sizeof(bad), .flags = UINT32_C(1) << 31 };
	struct events events;
	struct ovlcp *o = session_with(&events);

	(void)state;
	assert_int_equal(ovlcp_copy_many(o, PATHS(src, 2), AT_FDCWD, "/tmp", NULL), -ENOENT);
	assert_int_equal(events.count, 2);
	assert_int_equal(ovlcp_copy_many(o, PATHS(src, 2), AT_FDCWD, "", NULL), -ENOENT);
	assert_int_equal(events.count, 4);
	assert_int_equal(ovlcp_copy_many(o, PATHS(src, 0), AT_FDCWD, "/tmp", NULL), 0);
	assert_int_equal(ovlcp_copy_many(o, PATHS(src, 2), AT_FDCWD, "/tmp", &bad), -EINVAL);
	assert_int_equal(events.count, 4);
	ovlcp_free(o);
}

/* What is not on an overlay is left alone. */
static void test_copy_up(void **state)
{
	struct ovlcp_options bad = { .size = sizeof(bad), .flags = UINT32_C(1) << 31 };
	struct events events;
	struct ovlcp *o = session_with(&events);

	(void)state;
	assert_int_equal(ovlcp_copy_up(o, AT_FDCWD, NOWHERE, NULL), -ENOENT);
	assert_int_equal(ovlcp_copy_up(o, AT_FDCWD, "/proc", NULL), -EISDIR);
	assert_int_equal(events.count, 2);
	assert_int_equal(ovlcp_copy_up(o, AT_FDCWD, "/proc/self/mountinfo", NULL), 0);
	assert_int_equal(events.count, 3);
	assert_int_equal(ovlcp_copy_up(o, AT_FDCWD, "/proc", &bad), -EINVAL);
	assert_int_equal(ovlcp_copy_up_fd(o, -1, -1, "closed", NULL), -EBADF);
	assert_int_equal(events.count, 4);
	assert_int_equal(ovlcp_copy_up_fd(o, 0, -1, "input", &bad), -EINVAL);
	ovlcp_cancel(o);
	assert_int_equal(ovlcp_copy_up(o, AT_FDCWD, "/proc", NULL), -ECANCELED);
	assert_int_equal(ovlcp_copy_up_fd(o, 0, -1, "input", NULL), -ECANCELED);
	assert_int_equal(events.count, 4);
	ovlcp_free(o);
}

/* The destination could not be made either: its directory does not exist. */
static void test_cancelled_session_copies_nothing(void **state)
{
	struct ovlcp *o = NULL;

	(void)state;
	assert_int_equal(ovlcp_new(&o), 0);
	ovlcp_cancel(o);
	assert_int_equal(ovlcp_copy(o, AT_FDCWD, "/dev/null", AT_FDCWD, NOWHERE "/x", NULL),
			 -ECANCELED);
	assert_int_equal(ovlcp_copy(o, AT_FDCWD, "/dev/null", AT_FDCWD, NOWHERE "/x", NULL),
			 -ECANCELED);
	ovlcp_free(o);
}

static struct ovlcp_info *look_at(const char *path)
{
	struct ovlcp_info *i = NULL;
	struct ovlcp *o = NULL;

	assert_int_equal(ovlcp_new(&o), 0);
	assert_int_equal(ovlcp_inspect(o, AT_FDCWD, path, &i), 0);
	ovlcp_free(o); /* an info outlives its session */
	assert_non_null(i);
	return i;
}

static int dedupe_of_nothing(uint64_t flags, bool within, struct events *ret_events)
{
	const struct ovlcp_options opt = { .size = sizeof(opt), .flags = flags };
	const char *const names[] = { NOWHERE "-copy" };
	struct ovlcp *o = session_with(ret_events);
	int r = within ? ovlcp_dedupe_within(o, PATHS(names, 1), &opt)
		       : ovlcp_dedupe(o, AT_FDCWD, NOWHERE, PATHS(names, 1), &opt);

	assert_null(ovlcp_free(o));
	return r;
}

/* What says how to copy is refused, not passed over. */
static void test_dedupe_takes_its_own_flags(void **state)
{
	const uint64_t both = OVLCP_EXPLAIN | OVLCP_DRY_RUN;
	const uint64_t named = OVLCP_RECURSIVE | OVLCP_INTO_DIRECTORY | OVLCP_ONE_FILE_SYSTEM;
	struct events h;

	(void)state;
	assert_int_equal(dedupe_of_nothing(both | named, false, &h), -ENOENT);
	assert_int_equal(h.op, OVLCP_OP_STAT_SOURCE);
	assert_int_equal(dedupe_of_nothing(both, true, &h), -ENOENT);
	assert_int_equal(h.op, OVLCP_OP_READ_DIRECTORY);
	assert_int_equal(dedupe_of_nothing(OVLCP_ATOMIC, false, &h), -EINVAL);
	assert_int_equal(dedupe_of_nothing(OVLCP_RECURSIVE, true, &h), -EINVAL);
	assert_int_equal(h.count, 0);
}

static void test_look_at_nothing(void **state)
{
	struct ovlcp_info *i = NULL;
	struct ovlcp *o = NULL;

	(void)state;
	assert_int_equal(ovlcp_new(&o), 0);
	assert_int_equal(ovlcp_inspect(o, AT_FDCWD, NOWHERE, &i), -ENOENT);
	assert_int_equal(ovlcp_inspect(o, AT_FDCWD, "", &i), -ENOENT);
	assert_int_equal(ovlcp_inspect(o, AT_FDCWD, "/dev/null/x", &i), -ENOTDIR);
	assert_null(i);
	assert_null(ovlcp_info_free(NULL));
	ovlcp_free(o);
}

/* What is no overlay has no layers and no options, and what is not known is no NULL. */
static void test_look_beside_overlays(void **state)
{
	static const char *const names[] = { "metacopy", "index", "xino",    "uuid",
					     "volatile", "",	  "lowerdir" };
	struct ovlcp_info *i = look_at("/proc/self/status");
	bool listed = true;

	(void)state;
	assert_true(S_ISREG(ovlcp_info_mode(i)));
	assert_int_equal(ovlcp_info_layer(i), OVLCP_LAYER_NONE);
	assert_int_equal(ovlcp_info_layers(i), 0);
	assert_null(ovlcp_info_layer_at(i, 0));
	assert_false(ovlcp_info_layers_cut(i));
	for (size_t n = 0; n < ROWS(names); n++) {
		assert_string_equal(ovlcp_info_option(i, names[n], &listed), "");
		assert_false(listed);
		assert_string_equal(ovlcp_info_option(i, names[n], NULL), "");
	}
	assert_string_equal(ovlcp_info_fs_type(i), "proc");
	assert_string_equal(ovlcp_info_fs_label(i), "");
	assert_string_equal(ovlcp_info_fs_uuid(i), "");
	assert_false(ovlcp_info_has_extents(i));
	assert_int_equal(ovlcp_info_extents(i), 0);
	assert_int_equal(ovlcp_info_bytes_shared(i), 0);
	assert_false(ovlcp_info_copy_up_splits_links(i));
	assert_false(ovlcp_info_copy_up_changes_ino(i));
	assert_null(ovlcp_info_free(i));
}

/* A device, even by a symbolic link, is looked at but not opened. */
static void test_look_at_device(void **state)
{
	struct ovlcp_info *i = look_at("/dev/null");

	(void)state;
	assert_true(S_ISCHR(ovlcp_info_mode(i)));
	assert_int_equal(ovlcp_info_bytes_data(i), 0);
	assert_false(ovlcp_info_has_extents(i));
	ovlcp_info_free(i);
}

static void test_extents_of_nothing(void **state)
{
	struct ovlcp_extent *list = NULL;

	(void)state;
	assert_int_equal(ovlcp_extents(-1, sizeof(*list), &list), -EBADF);
	/* of no version: forgotten, or garbage */
	assert_int_equal(ovlcp_extents(-1, 0, &list), -EINVAL);
	assert_int_equal(ovlcp_extents(-1, SIZE_MAX, &list), -EINVAL);
	assert_null(list);
}

static const struct CMUnitTest rest[] = {
	cmocka_unit_test(test_dedupe_takes_its_own_flags),
	cmocka_unit_test(test_look_at_nothing),
	cmocka_unit_test(test_look_beside_overlays),
	cmocka_unit_test(test_look_at_device),
	cmocka_unit_test(test_extents_of_nothing),
	cmocka_unit_test(test_no_options),
	cmocka_unit_test(test_event_of_missing_source),
	cmocka_unit_test(test_newer_options),
	cmocka_unit_test(test_too_small_options),
	cmocka_unit_test(test_too_large_options),
	cmocka_unit_test(test_options_have_no_tail),
	cmocka_unit_test(test_options_begin_with_size),
	cmocka_unit_test(test_zero_is_default),
	cmocka_unit_test(test_free_of_nothing),
	cmocka_unit_test(test_no_callback),
	cmocka_unit_test(test_last_callback_counts),
	cmocka_unit_test(test_fan_out_of_nothing),
	cmocka_unit_test(test_copy_many_of_nothing),
	cmocka_unit_test(test_copy_up),
	cmocka_unit_test(test_cancelled_session_copies_nothing),
};

int main(void)
{
	struct CMUnitTest tests[ROWS(option_cases) + ROWS(rest)];
	struct CMUnitTest *end = CASES(tests, option_cases, test_options);

	memcpy(end, rest, sizeof(rest));
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
