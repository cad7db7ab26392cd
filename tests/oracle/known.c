/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of known differences: the installed cp is older than the version whose rules ovl-cp
 * follows (9.5), or is wrong, or ovl-cp has a reason (docs/compatibility.md). A row names the parts
 * that it allows to differ, and conditions that are as narrow as they can be: a difference that it
 * allows is never reported again. If the installed cp behaves like ovl-cp, a row matches nothing
 * and does no harm.
 */
#include "known.h"

#include "allowed_attrs.h"
#include "allowed_diffs.h"
#include "allowed_messages.h"
#include "allowed_status.h"

#include <stddef.h>
#include <string.h>

#define TREE	   (1u << PART_TREE)
#define STATUS	   (1u << PART_STATUS)
#define NAMES	   (1u << PART_NAMES)
#define HAS_STDERR (1u << PART_HAS_STDERR)
#define STDOUT	   (1u << PART_STDOUT)
/* The parts that differ in consequence if one program copied files that the other did not. */
#define FILES (TREE | NAMES | STDOUT)
#define ALL   (FILES | STATUS | HAS_STDERR)

struct known_row {
	/* The parts that it allows to differ, flags 1 << PART_. */
	unsigned int parts;
	/* What a line on the standard error of cp, and of ovl-cp, must contain; NULL: anything. */
	const char *cp_stderr;
	const char *ovl_stderr;
	/* What else must be true, or NULL. */
	bool (*condition)(const struct comparison *c);
	/* The reason, as a sentence. */
	const char *reason;
};

static const struct known_row rows[] = {
	{ STATUS, "? ", "? ", allow_if_prompt_declined,
	  "Since 9.2 cp fails if a prompt of -i is not answered with yes." },
	{ TREE | NAMES, "failed to clone", "failed to clone", allow_if_cp_left_empty_files,
	  "Since 9.2 cp --reflink=always removes the file that it created but could not clone." },
	{ NAMES, "cannot overwrite directory ", "cannot overwrite directory ", allow_if_both_failed,
	  "cp 9.1 does not name the file that is not a directory." },
	{ ALL, "cannot overwrite non-directory ", NULL, allow_if_backup_makes_room,
	  "cp 9.1 does not set a file aside for a directory." },
	{ ALL, NULL, NULL, allow_if_backup_misplaced,
	  "cp 9.1 puts simple backups into the current directory." },
	{ ALL, "cannot create ", "cannot create ", allow_if_wrong_backup_restored,
	  "As above; and if the copy fails, it restores another file." },
	{ ALL, NULL, NULL, allow_if_parents_of_many,
	  "cp --parents treats an existing directory as new after it has created others." },
	{ ALL, "cannot create directory ", NULL, allow_if_parents_of_many, "As above." },
	{ ALL, ": File exists", NULL, allow_if_parents_of_dots,
	  "cp --parents creates \".\" or \"..\" in the destination, which exists." },
	{ TREE, "failed to get attributes of ", "failed to get attributes of ", NULL,
	  "cp --parents leaves directories without their mode if it cannot create all of them." },
	{ TREE, NULL, NULL, allow_if_dir_xattrs_kept,
	  "cp loses extended attributes of leading directories, and of directories behind "
	  "symlinks." },
	{ ALL, NULL, "which another user owns", NULL,
	  "ovl-cp does not write through a symlink in the destination that another user owns." },
	{ NAMES, NULL, "will not create hard link ", allow_if_both_failed,
	  "Of two errors cp reports the other one." },
	{ ALL, "preserving permissions for ", NULL, allow_if_cp_path_broke,
	  "cp reads access control lists by a path that meanwhile leads elsewhere." },
	{ ALL, "clearing permissions for ", NULL, allow_if_cp_path_broke, "As above." },
	{ STATUS | NAMES | HAS_STDERR, "preserving permissions for ", NULL,
	  allow_if_mode_already_set,
	  "cp sets the mode that the destination already has, which fails if another user owns "
	  "it." },
	{ ALL, "cannot read symbolic link ", NULL, allow_if_ovl_path_held,
	  "cp finds its source by a path in which the copy has replaced a symlink." },
	{ ALL, "cannot create symbolic link ", NULL, allow_if_ovl_path_held,
	  "Likewise for its destination." },
	{ STATUS | NAMES | HAS_STDERR, "': Permission denied", NULL, allow_if_cp_path_closed,
	  "cp reads access control lists by a path that the copy has made unsearchable." },
	{ ALL, NULL, NULL, allow_if_symlink_loop_kept,
	  "With -f cp replaces a symlink to itself in spite of -n, and without the prompt of -i." },
	{ ALL, NULL, NULL, allow_if_symlink_loop_prompted, "As above." },
	{ STDOUT | NAMES, NULL, NULL, allow_if_cp_misquoted,
	  "cp omits a quote in names that contain an apostrophe and unprintable bytes." },
	{ FILES, ", into itself, ", ", into itself, ", NULL,
	  "When cp finds its own copy in the source, it skips the entries not copied yet." },
	{ FILES, "will not create hard link ", ", into itself, ", NULL, "As above." },
	{ NAMES, NULL, ", into itself, ", allow_if_both_failed,
	  "Of two errors cp reports the other one." },
	{ TREE, NULL, NULL, allow_if_dir_bits_left,
	  "cp 9.1 leaves set-ID and sticky bits, also inherited ones, that a directory has and its "
	  "source has not." },
	{ FILES, NULL, NULL, allow_if_update_linked,
	  "cp -u links destinations that it skips, if their sources are hard links of one file." },
	{ NAMES, ": can make relative symbolic links only in current directory", NULL,
	  allow_if_both_failed, "Of two errors cp reports the other one." },
	{ NAMES, " for reading: ", "not writing through dangling symlink ", allow_if_both_failed,
	  "As above." },
	{ NAMES, "are the same file", "Too many levels of symbolic links", allow_if_both_failed,
	  "As above." },
	{ NAMES, NULL, "cannot copy cyclic", allow_if_both_failed,
	  "ovl-cp refuses a cyclic symlink to a directory before it looks at the destination." },
	{ FILES, "File name too long", ", into itself, ", NULL,
	  "cp does not notice that it copies its own copy, and goes on until names are too long." },
	{ FILES | STATUS, "File name too long", ", into itself, ", allow_if_cp_blocked,
	  "As above, and it does not finish within the time limit." },
	{ FILES | STATUS, ", into itself, ", ", into itself, ", allow_if_only_ovl_blocked,
	  "ovl-cp goes on to entries that cp skips, and waits for a FIFO." },
	{ ALL, "cannot un-backup ", NULL, NULL,
	  "cp -b renames the file that its source leads to before it opens the source." },
	{ ALL, "for reading: No such file or directory", NULL, NULL, "As above." },
	{ ALL, "as it was replaced while being copied", "might destroy source", NULL, "As above." },
	{ FILES, NULL, ": can make relative symbolic links only in current directory",
	  allow_if_both_failed,
	  "cp removes or backs up what a link is to replace before it finds that the link is "
	  "invalid." },
	{ FILES, NULL, " for reading: ", allow_if_both_failed,
	  "cp removes or backs up an existing file before it finds that the source is "
	  "unreadable." },
	{ TREE, NULL, NULL, allow_if_mode_bits_left,
	  "cp -p leaves set-ID and sticky bits that an existing file has and the source has not." },
	{ TREE, NULL, NULL, allow_if_holes_differ,
	  "If a source has holes, cp also turns its zeros into holes; ovl-cp keeps them." },
	{ TREE, NULL, NULL, allow_if_mode_bits_and_holes_differ, "Both of these." },
	{ FILES, "cannot create hard link ", "cannot create hard link ", allow_if_ovl_kept_existing,
	  "cp removes or backs up what a link is to replace, and then cannot create the link." },
	{ TREE, NULL, NULL, allow_if_read_only_differs,
	  "cp opens a read-only file to its owner to set its attributes, and forgets the "
	  "directory's default access control list when it restores the mode." },
	{ TREE, NULL, NULL, allow_if_leading_dirs_changed,
	  "The copy itself changes a leading directory." },
	{ NAMES | STATUS | HAS_STDERR, "setting attribute '", NULL, allow_if_ovl_succeeded,
	  "cp -s tries to set the extended attributes of the file on the symlink." },
	{ FILES, "setting attribute '", NULL, NULL,
	  "cp names the attribute twice instead of the file, and then forgets the file's hard "
	  "links." },
	{ NAMES, NULL, "failed to preserve ownership for ", allow_if_both_failed,
	  "cp silently gives up on a file that another user owns." },
	{ TREE, "preserving times for ", NULL, allow_if_both_failed,
	  "cp gives up at the first attribute that cannot be preserved." },
	{ TREE, NULL, NULL, allow_if_symlinks_got_xattrs,
	  "cp -s sets on the symlink those extended attributes of the file that it can." },
	{ ALL, NULL, NULL, allow_if_ovl_linked_symlinks,
	  "cp -s with --preserve=links makes the second symlink a hard link of its target." },
	{ ALL, "cannot create hard link ", NULL, allow_if_update,
	  "cp -u tries to link destinations that it skips." },
	{ STDOUT, NULL, NULL, allow_if_update_removed_itself,
	  "As above, even to themselves, and reports what it removed for that." },
	{ NAMES, "are the same file", "are the same file", allow_if_both_failed,
	  "ovl-cp refuses a directory that is its own destination as a whole." },
	{ NAMES, "getting attribute '", NULL, NULL, "As above." },
	{ FILES, "getting attribute '", "setting attributes for ", allow_if_only_dirs_differ,
	  "cp gives up at the first attribute that cannot be preserved, and names it, not the "
	  "file." },
	{ TREE, NULL, NULL, allow_if_source_dirs_changed,
	  "The copy changes its own source, whose mode and access control list cp reads again at "
	  "the end." },
	{ ALL, NULL, "not writing through dangling symlink ", allow_if_cp_blocked,
	  "cp waits for the FIFO before it finds the dangling symlink." },
	{ STATUS | FILES, NULL, NULL, allow_if_replaced_and_blocked,
	  "cp backs up or removes an existing file before it waits for the FIFO." },
	{ STATUS, NULL, NULL, allow_if_both_blocked, "Both wait for a FIFO, in different calls." },
	{ STDOUT, NULL, NULL, allow_if_both_failed,
	  "cp -v reports what it is going to do, ovl-cp what it did." },
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) <= KNOWN_MAX, "KNOWN_MAX");

size_t known_count(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

const char *known_reason(size_t row)
{
	return rows[row].reason;
}

static bool row_matches(const struct known_row *row, const struct comparison *c)
{
	return (!row->cp_stderr || result_stderr_has(c->cp, row->cp_stderr)) &&
	       (!row->ovl_stderr || result_stderr_has(c->ovl, row->ovl_stderr)) &&
	       (!row->condition || row->condition(c));
}

bool known_allows(const struct comparison *c, unsigned int differ, uint64_t *ret_rows)
{
	*ret_rows = 0;
	for (size_t i = 0; i < known_count() && differ; i++) {
		if ((rows[i].parts & differ) && row_matches(&rows[i], c)) {
			differ &= ~rows[i].parts;
			*ret_rows |= (uint64_t)1 << i;
		}
	}
	return !differ;
}
