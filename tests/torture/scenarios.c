/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The scenarios. To add one, add a row; "tests/torture/run --scenario NAME" runs it alone.
 */
#include "scenarios.h"

#include "files.h"
#include "snapshot.h"

#include <stddef.h>

/* "what cannot be kept of the last two [xattr, context] is no failure": ovl-cp(1), -a, all */
#define ARCHIVE DIFF_XATTR

/* "Only a copy-up may fill them in part" (Holes): what is copied without one has more of them */
#define FILLED DIFF_HOLES

/* "-f removes it": what is made in its place has the attributes of a new file */
#define REMADE (DIFF_MODE | DIFF_OWNER | DIFF_TIMES | DIFF_XATTR)

/* the question is asked again when another file has the name, as often as that is tried */
#define ANSWERS "y\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\ny\n"

#define LONG_INPUT                                                                                 \
	"what comes through a pipe can be read only once. what comes through a pipe can be read "  \
	"only once. what comes through a pipe can be read only once.\n"

const struct scenario scenarios[] = {
	/* one file */
	{ "clone", PLACE_XFS, "src/file dst/new", files_source, NULL, NULL, 0, 0 },
	{ "range", PLACE_TMPFS, "-p src/file dst/new", files_source, NULL, NULL, 0, 0 },
	{ "read-write", PLACE_TMPFS, "--reflink=never src/big dst/new", files_source, NULL, NULL, 0,
	  0 },
	{ "attributes", PLACE_EXT4, "--preserve=mode,ownership,timestamps,xattr src/file dst/new",
	  files_source, NULL, NULL, 0, 0 },
	{ "set-id", PLACE_XFS, "-p src/set-id dst/new", files_source, NULL, NULL, 0, 0 },
	{ "no-mode", PLACE_TMPFS, "--preserve=ownership src/set-id dst/new", files_source, NULL,
	  NULL, 0, 0 },
	{ "acl", PLACE_XFS, "-p src/list dst/new", files_source, NULL, NULL, 0, 0 },
	{ "attributes-only", PLACE_TMPFS, "-p --attributes-only src/file dst/old", files_source,
	  files_old, NULL, 0, 0 },
	{ "sparse", PLACE_TMPFS, "src/sparse dst/new", files_source, NULL, NULL, 0, 0 },
	{ "sparse-always", PLACE_XFS, "--sparse=always src/sparse dst/new", files_source, NULL,
	  NULL, 0, 0 },
	{ "sparse-never", PLACE_XFS, "--sparse=never src/sparse dst/new", files_source, NULL, NULL,
	  0, 0 },
	{ "reflink-always", PLACE_XFS, "--reflink=always -p src/file dst/new", files_source, NULL,
	  NULL, 0, 0 },
	{ "nocow", PLACE_BTRFS, "--reflink=always src/nocow dst/new", files_source_nocow, NULL,
	  NULL, 0, 0 },
	{ "cow-to-nocow", PLACE_BTRFS, "-p src/nocow src/file dst", files_source_nocow, NULL, NULL,
	  0, 0 },
	/* an existing file */
	{ "overwrite", PLACE_XFS, "-p src/file dst/old", files_source, files_old, NULL, 0, 0 },
	{ "overwrite-read-write", PLACE_TMPFS, "--reflink=never src/big dst/old", files_source,
	  files_old, NULL, 0, 0 },
	{ "force", PLACE_TMPFS, "-f src/file dst/old", files_source, files_old, NULL,
	  SCENARIO_REMOVES, REMADE },
	{ "remove-destination", PLACE_XFS, "--remove-destination src/file dst/old", files_source,
	  files_old, NULL, SCENARIO_REMOVES, 0 },
	{ "through-a-link", PLACE_TMPFS, "src/file dst/old", files_source, files_old_symlink, NULL,
	  0, 0 },
	{ "backup", PLACE_TMPFS, "-b -p src/file dst/old", files_source, files_old, NULL,
	  SCENARIO_BACKUP, 0 },
	{ "backup-numbered", PLACE_XFS, "--backup=numbered src/file dst/old", files_source,
	  files_numbered, NULL, SCENARIO_BACKUP, 0 },
	{ "update", PLACE_TMPFS, "-u src/file src/list dst", files_source, files_old, NULL, 0, 0 },
	{ "update-old", PLACE_TMPFS, "-uT src/file dst/old", files_source, files_old, NULL, 0, 0 },
	{ "no-clobber", PLACE_TMPFS, "-n -T src/file dst/old", files_source, files_old, NULL, 0,
	  0 },
	{ "interactive", PLACE_TMPFS, "-i src/file dst/old", files_source, files_old, ANSWERS, 0,
	  0 },
	/* trees */
	{ "tree", PLACE_XFS, "-R -j1 src/tree dst/new", files_source, NULL, NULL, 0, 0 },
	{ "archive", PLACE_TMPFS, "-a -j1 src/tree dst/new", files_source, NULL, NULL, 0, ARCHIVE },
	{ "archive-ext4", PLACE_EXT4, "-a -j1 src/tree dst/new", files_source, NULL, NULL, 0,
	  ARCHIVE },
	{ "preserve-all", PLACE_XFS, "-R -j1 --preserve=all,xattr src/tree dst/new", files_source,
	  NULL, NULL, 0, 0 },
	{ "merge", PLACE_XFS, "-aT -j1 src/tree dst/tree", files_source, files_old_tree, NULL,
	  SCENARIO_REMOVES, ARCHIVE },
	{ "merge-backup", PLACE_TMPFS, "-aT -j1 --backup=numbered src/tree dst/tree", files_source,
	  files_old_tree, NULL, SCENARIO_BACKUP, ARCHIVE },
	{ "merge-update", PLACE_TMPFS, "-RuT -j1 src/tree dst/tree", files_source, files_old_tree,
	  NULL, SCENARIO_REMOVES, 0 },
	{ "dereference", PLACE_TMPFS, "-RL -j1 src/tree/sub src/link dst", files_source, NULL, NULL,
	  0, 0 },
	{ "one-file-system", PLACE_TMPFS, "-Rx -j1 src/tree/sub dst", files_source, NULL, NULL, 0,
	  0 },
	{ "parents", PLACE_TMPFS, "-p --parents src/tree/sub/three dst", files_source, NULL, NULL,
	  0, 0 },
	{ "into-directory", PLACE_XFS, "-t dst src/file src/list", files_source, NULL, NULL, 0, 0 },
	{ "threads", PLACE_XFS, "-a -j2 src/tree dst/new", files_source, NULL, NULL,
	  SCENARIO_VARIES, ARCHIVE },
	{ "threads-many", PLACE_TMPFS, "-R -j2 src/many dst/new", files_source_big, NULL, NULL,
	  SCENARIO_VARIES, 0 },
	{ "threads-sources", PLACE_TMPFS, "-j2 src/big-0 src/big-1 src/file src/big-2 dst",
	  files_source_big, NULL, NULL, SCENARIO_VARIES, 0 },
	{ "split", PLACE_TMPFS, "-j2 src/huge dst/new", files_source_huge, NULL, NULL,
	  SCENARIO_VARIES, 0 },
	{ "split-overwrite", PLACE_EXT4, "-j2 --reflink=never src/huge dst/old", files_source_huge,
	  files_old, NULL, SCENARIO_VARIES, 0 },
	{ "split-overlay", PLACE_OVERLAY, "-j2 --copy-up=never src/huge dst/new", files_source_huge,
	  NULL, NULL, SCENARIO_VARIES, FILLED },
	/* links and special files */
	{ "link", PLACE_XFS, "-l src/file src/list dst", files_source, NULL, NULL, 0, 0 },
	{ "link-force", PLACE_TMPFS, "-lf src/file dst/old", files_source, files_old, NULL, 0, 0 },
	{ "link-tree", PLACE_TMPFS, "-al -j1 src/tree dst/new", files_source, NULL, NULL, 0,
	  ARCHIVE },
	{ "symbolic-force", PLACE_TMPFS, "-sf /dev/null dst/old", files_source, files_old, NULL, 0,
	  0 },
	{ "special", PLACE_TMPFS, "-a src/fifo src/null src/link dst", files_source, NULL, NULL, 0,
	  ARCHIVE },
	{ "symlink-replaces", PLACE_TMPFS, "-aT src/link dst/old", files_source, files_old, NULL,
	  SCENARIO_REMOVES, ARCHIVE },
	/* several destinations */
	{ "fan-out", PLACE_XFS, "-p --fan-out src/file dst/a dst/b dst/c", files_source, NULL, NULL,
	  0, 0 },
	{ "one-pass", PLACE_TMPFS, "--fan-out --reflink=never src/big dst/a dst/b dst/c",
	  files_source, NULL, NULL, 0, 0 },
	{ "donor", PLACE_TMPFS_XFS, "-p --fan-out src/file dst/a dst/b dst/c", files_source, NULL,
	  NULL, 0, 0 },
	{ "donor-tree", PLACE_TMPFS_XFS, "-a -j1 --fan-out src/tree dst/a dst/b", files_source,
	  files_dirs, NULL, 0, ARCHIVE },
	{ "dests-from", PLACE_TMPFS, "--fan-out --dests-from=src/dests src/file", files_source,
	  NULL, NULL, 0, 0 },
	{ "stream", PLACE_TMPFS, "/dev/stdin dst/new", files_source, NULL, LONG_INPUT,
	  SCENARIO_PIPE, 0 },
	{ "stream-fan-out", PLACE_XFS, "--fan-out /dev/stdin dst/a dst/b", files_source, NULL,
	  LONG_INPUT, SCENARIO_PIPE, 0 },
	{ "fifo", PLACE_TMPFS, "src/feed dst/new", files_source, NULL, LONG_INPUT, SCENARIO_FIFO,
	  0 },
	/* promises that cp does not make */
	{ "atomic", PLACE_XFS, "--atomic -p src/file dst/new", files_source, NULL, NULL, 0, 0 },
	{ "atomic-replace", PLACE_TMPFS, "--atomic src/big dst/old", files_source, files_old, NULL,
	  SCENARIO_ATOMIC, REMADE | DIFF_ACL },
	{ "atomic-merge", PLACE_XFS, "--atomic -aT -j1 src/tree dst/tree", files_source,
	  files_old_tree, NULL, SCENARIO_ATOMIC, ARCHIVE },
	{ "fsync", PLACE_XFS, "--fsync=file -p src/file dst/new", files_source, NULL, NULL, 0, 0 },
	{ "fsync-tree", PLACE_EXT4, "--fsync=fs -a -j1 src/tree dst/new", files_source, NULL, NULL,
	  0, ARCHIVE },
	{ "verify", PLACE_EXT4, "--verify --reflink=never src/big dst/new", files_source, NULL,
	  NULL, 0, 0 },
	{ "verify-proc", PLACE_TMPFS, "--verify /proc/version dst/new", files_source, NULL, NULL, 0,
	  0 },
	{ "verify-clone", PLACE_XFS, "--verify --atomic src/file dst/old", files_source, files_old,
	  NULL, SCENARIO_ATOMIC, REMADE | DIFF_ACL },
	/* what another call can use: without a record the copy is as good */
	{ "remember", PLACE_EXT4_XFS, "--remember src/file dst/new", files_source, NULL, NULL,
	  SCENARIO_VARIES, 0 },
	{ "remember-overlay", PLACE_OVERLAY, "--remember -a -j1 src/tree dst/new", files_source,
	  NULL, NULL, SCENARIO_VARIES, ARCHIVE | FILLED },
	{ "recall", PLACE_EXT4_XFS, "--remember src/file dst/new", files_source, NULL, NULL,
	  SCENARIO_VARIES | SCENARIO_RECORDED, 0 },
	{ "recall-verify", PLACE_EXT4_XFS, "--remember=verify src/file dst/new", files_source, NULL,
	  NULL, SCENARIO_VARIES | SCENARIO_RECORDED, 0 },
	{ "recall-link", PLACE_EXT4, "--remember --share=hardlink src/file dst/new", files_source,
	  NULL, NULL, SCENARIO_VARIES | SCENARIO_RECORDED, DIFF_LINKS },
	{ "forget", PLACE_EXT4_XFS, "--remember --forget src/file dst/new", files_source, NULL,
	  NULL, SCENARIO_VARIES | SCENARIO_RECORDED, 0 },
	{ "share", PLACE_EXT4, "-p --share=hardlink --fan-out src/file dst/a dst/b", files_source,
	  NULL, NULL, 0, DIFF_LINKS },
	{ "dedupe", PLACE_XFS, "--dedupe src/file dst", files_source, files_twin, NULL, 0, 0 },
	{ "dedupe-within", PLACE_XFS, "--dedupe-within src dst", files_source, files_twin, NULL, 0,
	  0 },
	/* overlays */
	{ "copy-up", PLACE_OVERLAY, "-p --copy-up=always src/file dst/new", files_source, NULL,
	  NULL, 0, 0 },
	{ "copy-up-metacopy", PLACE_OVERLAY_METACOPY, "-p --copy-up=always src/file dst/new",
	  files_source, NULL, NULL, 0, 0 },
	{ "copy-up-metadata", PLACE_OVERLAY_METACOPY, "--copy-up=always src/list dst/new",
	  files_source, NULL, NULL, 0, 0 },
	{ "copy-up-required", PLACE_OVERLAY, "--reflink=always --fan-out src/file dst/a dst/b",
	  files_source, NULL, NULL, 0, 0 },
	{ "copy-up-tree", PLACE_OVERLAY, "-a -j1 --copy-up=always src/tree dst/new", files_source,
	  NULL, NULL, 0, ARCHIVE | FILLED },
	{ "overlay-overwrite", PLACE_OVERLAY, "src/file dst/old", files_source, files_old, NULL, 0,
	  0 },
	{ "layer-bypass", PLACE_OUT_OF_OVERLAY, "-p src/file dst/new", files_source, NULL, NULL, 0,
	  0 },
	{ "layer-bypass-tree", PLACE_OUT_OF_OVERLAY, "-a -j1 src/tree dst/new", files_source, NULL,
	  NULL, 0, ARCHIVE },
	{ "two-overlays", PLACE_TWO_OVERLAYS, "-p src/file dst/new", files_source, NULL, NULL, 0,
	  0 },
	/* what is said */
	{ "report", PLACE_TMPFS, "--report=dst/report -R -j1 src/tree dst/new", files_source, NULL,
	  NULL, 0, 0 },
	{ "report-text", PLACE_XFS,
	  "--report=dst/report --report-format=text --fan-out src/file dst/a dst/b", files_source,
	  NULL, NULL, 0, 0 },
	{ "explain", PLACE_OVERLAY, "--explain src/file src/big dst", files_source, NULL, NULL, 0,
	  0 },
	{ "explain-metadata", PLACE_OVERLAY_METACOPY, "--explain src/list src/set-id dst",
	  files_source, NULL, NULL, 0, 0 },
	{ "explain-overwrite", PLACE_TMPFS, "--explain -T src/file dst/old", files_source,
	  files_old, NULL, 0, 0 },
	{ "explain-tree", PLACE_XFS, "--explain=summary -R src/tree dst/new", files_source, NULL,
	  NULL, 0, 0 },
	{ "debug", PLACE_TMPFS_XFS, "--debug -v src/file src/list dst", files_source, NULL, NULL, 0,
	  0 },
};

const int scenario_count = sizeof(scenarios) / sizeof(*scenarios);
