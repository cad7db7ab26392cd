/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a layer file is the one that an overlay shows (lib/probe/inode_match.c): the comparisons.
 */
#include "cases.h"

#include "probe/inode_match.h"
#include "sys/extents.h"

struct inode_case {
	const char *name;
	struct stat metadata;
	bool has_origin;
	bool same;
};

#define TIMES(m, m_ns, c, c_ns) .st_mtim = { m, m_ns }, .st_ctim = { c, c_ns }
#define INODE(ino, size)	.st_dev = 7, .st_ino = (ino), .st_size = (size)
#define OWNER(m, u, g)		.st_mode = (m), .st_uid = (u), .st_gid = (g)

/* The stat of the file on the overlay. */
static const struct stat src = { INODE(42, 5), OWNER(0100644, 1, 2), TIMES(3, 4, 5, 6) };

static const struct inode_case inode_cases[] = {
	{ "inode: the same", .metadata = { INODE(42, 5), OWNER(0100644, 1, 2), TIMES(3, 4, 5, 6) },
	  .same = true },
	{ "inode: the number of a layer in the upper bits",
	  .metadata = { INODE(UINT64_C(0x8000000000000000) + 42, 5), OWNER(0100644, 1, 2),
			TIMES(3, 4, 5, 6) },
	  .same = true },
	{ "inode: another number",
	  .metadata = { INODE(43, 5), OWNER(0100644, 1, 2), TIMES(3, 4, 5, 6) } },
	{ "inode: another number of a copied-up file",
	  .metadata = { INODE(43, 5), OWNER(0100644, 1, 2), TIMES(3, 4, 5, 6) }, .has_origin = true,
	  .same = true },
	{ "inode: another size",
	  .metadata = { INODE(42, 6), OWNER(0100644, 1, 2), TIMES(3, 4, 5, 6) } },
	{ "inode: another type",
	  .metadata = { INODE(42, 5), OWNER(0120644, 1, 2), TIMES(3, 4, 5, 6) } },
	{ "inode: another mode",
	  .metadata = { INODE(42, 5), OWNER(0104644, 1, 2), TIMES(3, 4, 5, 6) } },
	{ "inode: another owner",
	  .metadata = { INODE(42, 5), OWNER(0100644, 2, 2), TIMES(3, 4, 5, 6) } },
	{ "inode: another group",
	  .metadata = { INODE(42, 5), OWNER(0100644, 1, 1), TIMES(3, 4, 5, 6) } },
	{ "inode: another mtime",
	  .metadata = { INODE(42, 5), OWNER(0100644, 1, 2), TIMES(4, 4, 5, 6) } },
	{ "inode: another mtime by a nanosecond",
	  .metadata = { INODE(42, 5), OWNER(0100644, 1, 2), TIMES(3, 5, 5, 6) } },
	{ "inode: another ctime",
	  .metadata = { INODE(42, 5), OWNER(0100644, 1, 2), TIMES(3, 4, 6, 6) } },
	{ "inode: another ctime by a nanosecond, copied up",
	  .metadata = { INODE(42, 5), OWNER(0100644, 1, 2), TIMES(3, 4, 5, 5) },
	  .has_origin = true },
};

static void test_inode(void **state)
{
	const struct inode_case *c = *state;

	assert_int_equal(inode_match_stat(&src, &c->metadata, c->has_origin), c->same);
}

struct extents_case {
	const char *name;
	size_t count;
	struct sys_extent list[3];
	bool same;
};

#define EXTENT(log, phys, len)                                                                     \
	{                                                                                          \
		.logical = log, .physical = phys, .length = len, .known = true                     \
	}

static const struct sys_extent extents[] = { EXTENT(0, 4096, 4096), EXTENT(8192, 65536, 12288) };

static const struct extents_case extents_cases[] = {
	{ "extents: the same", .count = 2,
	  .list = { EXTENT(0, 4096, 4096), EXTENT(8192, 65536, 12288) }, .same = true },
	{ "extents: shared", .count = 2,
	  .list = { EXTENT(0, 4096, 4096),
		    { .logical = 8192,
		      .physical = 65536,
		      .length = 12288,
		      .known = true,
		      .shared = true } },
	  .same = true },
	{ "extents: none", .count = 0, .list = { EXTENT(0, 4096, 4096) } },
	{ "extents: fewer", .count = 1, .list = { EXTENT(0, 4096, 4096) } },
	{ "extents: more", .count = 3,
	  .list = { EXTENT(0, 4096, 4096), EXTENT(8192, 65536, 12288),
		    EXTENT(20480, 8192, 4096) } },
	{ "extents: another hole", .count = 2,
	  .list = { EXTENT(0, 4096, 4096), EXTENT(4096, 65536, 12288) } },
	{ "extents: another device offset", .count = 2,
	  .list = { EXTENT(0, 4096, 4096), EXTENT(8192, 69632, 12288) } },
	{ "extents: another length", .count = 2,
	  .list = { EXTENT(0, 4096, 4096), EXTENT(8192, 65536, 16384) } },
	{ "extents: a device offset that is unknown", .count = 2,
	  .list = { EXTENT(0, 4096, 4096),
		    { .logical = 8192, .physical = 65536, .length = 12288 } } },
};

static void test_extents(void **state)
{
	const struct extents_case *c = *state;

	assert_int_equal(inode_match_extents(extents, ROWS(extents), c->list, c->count), c->same);
	assert_int_equal(inode_match_extents(c->list, c->count, extents, ROWS(extents)), c->same);
}

/* Equal lists without a known device offset prove nothing. */
static void test_unknown_extents(void **state)
{
	const struct sys_extent unknown = { .length = 4096 };

	(void)state;
	assert_false(inode_match_extents(&unknown, 1, &unknown, 1));
	assert_false(inode_match_extents(NULL, 0, NULL, 0));
}

int main(void)
{
	struct CMUnitTest tests[ROWS(inode_cases) + ROWS(extents_cases) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, inode_cases, test_inode);
	end = CASES(end, extents_cases, test_extents);
	*end = (struct CMUnitTest)cmocka_unit_test(test_unknown_extents);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("inode_match", tests, NULL, NULL);
}
