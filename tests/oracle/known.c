/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Differences that are meant: where the installed cp is older than the one whose rules the program
 * follows (9.5), or is wrong, or where the program has reasons (docs/compatibility.md). A row says
 * which parts it excuses and looks at what both did, as closely as it can: what it excuses is
 * never seen again. With an installed cp that behaves like the program a row matches nothing, and
 * does no harm.
 */
#include "known.h"

#include "excuses.h"

#include <stddef.h>
#include <string.h>

/* Everything that follows when one of them did not do what the other did. */
#define ALL                                                                                        \
	(1u << PART_TREE | 1u << PART_NAMES | 1u << PART_OUT | 1u << PART_STATUS | 1u << PART_SAID)
#define FILES (1u << PART_TREE | 1u << PART_NAMES | 1u << PART_OUT)

struct known_row {
	/* Flags of the parts it excuses. */
	unsigned int parts;
	/* What a line on standard error of cp, and of the program, must hold; NULL: anything. */
	const char *cp_says;
	const char *ovl_says;
	/* What else must be true, or NULL. */
	bool (*holds)(const struct scene *scene, const struct result *cp, const struct result *ovl);
	/* Why, as a sentence. */
	const char *reason;
};

static const struct known_row rows[] = {
	{ 1u << PART_STATUS, "? ", "? ", excuse_was_declined,
	  "Since 9.2 cp has failed if a question of -i was not answered by yes." },
	{ 1u << PART_TREE | 1u << PART_NAMES, "failed to clone", "failed to clone",
	  excuse_left_empty_files,
	  "Since 9.2 cp --reflink=always has removed the file that it made but could not clone." },
	{ ALL, NULL, NULL, excuse_misplaced_backup,
	  "cp 9.1 puts simple backups into the current directory." },
	{ ALL, "cannot create ", "cannot create ", excuse_took_back_wrong_backup,
	  "As above; and if the copy fails, what it takes back is another file." },
	{ ALL, NULL, NULL, excuse_has_many_parents,
	  "cp --parents takes a destination for new after it has made some." },
	{ ALL, "cannot create directory ", NULL, excuse_has_many_parents, "As above." },
	{ ALL, ": File exists", NULL, excuse_has_parents_of_dots,
	  "cp --parents makes the name \".\" or \"..\" in the destination, which exists." },
	{ 1u << PART_TREE, "failed to get attributes of ", "failed to get attributes of ", NULL,
	  "cp --parents leaves directories without their mode if it cannot make all of them." },
	{ 1u << PART_TREE, NULL, NULL, excuse_kept_xattrs,
	  "cp loses extended attributes of leading directories, and of directories behind links." },
	{ ALL, NULL, "which another user owns", NULL,
	  "A link that another user put into the destination is not written through." },
	{ 1u << PART_NAMES, NULL, "will not create hard link ", excuse_failed,
	  "Of two faults cp tells the other one." },
	{ ALL, "preserving permissions for ", NULL, excuse_lost_its_way,
	  "cp looks at lists by a path that leads elsewhere." },
	{ ALL, "clearing permissions for ", NULL, excuse_lost_its_way, "As above." },
	{ 1u << PART_STATUS | 1u << PART_NAMES | 1u << PART_SAID, "preserving permissions for ",
	  NULL, excuse_had_the_mode,
	  "cp sets a mode that the destination has, which fails if another user owns it." },
	{ ALL, "cannot read symbolic link ", NULL, excuse_found_its_way,
	  "cp looks for its source by a path in which the copy has replaced a link." },
	{ ALL, "cannot create symbolic link ", NULL, excuse_found_its_way,
	  "Likewise for its destination." },
	{ 1u << PART_STATUS | 1u << PART_NAMES | 1u << PART_SAID, "': Permission denied", NULL,
	  excuse_closed_its_way, "cp looks at lists by a path that the copy has closed." },
	{ ALL, NULL, NULL, excuse_kept_endless_link,
	  "With -f cp replaces a link to itself in spite of -n, and without the question of -i." },
	{ 1u << PART_OUT | 1u << PART_NAMES, NULL, NULL, excuse_quoted_badly,
	  "cp forgets a quote in names that have one in them and what is no text." },
	{ FILES, ", into itself, ", ", into itself, ", NULL,
	  "Where cp meets its own copy it leaves out what it has not copied yet." },
	{ FILES, "will not create hard link ", ", into itself, ", NULL, "As above." },
	{ 1u << PART_NAMES, NULL, ", into itself, ", excuse_failed,
	  "Of two faults cp tells the other one." },
	{ 1u << PART_TREE, NULL, NULL, excuse_left_group_bit,
	  "cp loses the inherited set-group-ID bit of a directory that is closed to its owner." },
	{ FILES, NULL, NULL, excuse_linked_new_ones,
	  "cp -u links destinations that it leaves alone if their sources are links of one file." },
	{ 1u << PART_NAMES, ": can make relative symbolic links only in current directory", NULL,
	  excuse_failed, "As above." },
	{ 1u << PART_NAMES, " for reading: ", "not writing through dangling symlink ",
	  excuse_failed, "As above." },
	{ 1u << PART_NAMES, "are the same file", "Too many levels of symbolic links", excuse_failed,
	  "As above." },
	{ 1u << PART_NAMES, NULL, "cannot copy cyclic", excuse_failed,
	  "The destination of a directory that leads back to itself is not looked at." },
	{ FILES, "File name too long", ", into itself, ", NULL,
	  "cp does not see that it runs into its own copy, and goes on until names are too long." },
	{ FILES | 1u << PART_STATUS, "File name too long", ", into itself, ", excuse_cp_blocked,
	  "Likewise, and it is not done before its time is up." },
	{ FILES | 1u << PART_STATUS, ", into itself, ", ", into itself, ", excuse_went_on_to_block,
	  "The program goes on to what cp has left out, and waits for a FIFO." },
	{ ALL, "cannot un-backup ", NULL, NULL,
	  "cp -b sets aside what its source leads to before it opens the source." },
	{ ALL, "for reading: No such file or directory", NULL, NULL, "As above." },
	{ ALL, "as it was replaced while being copied", "might destroy source", NULL, "As above." },
	{ FILES, NULL, ": can make relative symbolic links only in current directory",
	  excuse_failed,
	  "cp removes or sets aside what a link is to replace before it finds that it cannot be." },
	{ FILES, NULL, " for reading: ", excuse_failed,
	  "cp removes or sets aside what exists before it finds that the source cannot be read." },
	{ 1u << PART_TREE, NULL, NULL, excuse_left_bits,
	  "cp -p leaves set-id and sticky bits that an existing file has and the source has not." },
	{ 1u << PART_TREE, NULL, NULL, excuse_left_out_zeros,
	  "If a source has holes, cp makes holes of its zeros too, where the program keeps them." },
	{ 1u << PART_TREE, NULL, NULL, excuse_left_bits_and_zeros, "Both of these." },
	{ FILES, "cannot create hard link ", "cannot create hard link ", excuse_kept_what_was_there,
	  "cp removes or sets aside what a link is to replace, which then cannot be made." },
	{ 1u << PART_TREE, NULL, NULL, excuse_opened_read_only,
	  "cp opens a read-only file to its owner for the attributes' sake, and forgets the "
	  "directory's default list when it closes it." },
	{ 1u << PART_TREE, NULL, NULL, excuse_changed_leaders,
	  "A leading directory that the copy itself changes." },
	{ 1u << PART_NAMES | 1u << PART_STATUS | 1u << PART_SAID, "setting attribute '", NULL,
	  excuse_succeeded, "cp -s tries to give the link the extended attributes of the file." },
	{ FILES, "setting attribute '", NULL, NULL,
	  "cp names the attribute twice instead of the file, and then forgets the file's links." },
	{ 1u << PART_NAMES, NULL, "failed to preserve ownership for ", excuse_failed,
	  "cp gives up without a word at what another user owns." },
	{ 1u << PART_TREE, "preserving times for ", NULL, excuse_failed,
	  "cp gives up at the first attribute that cannot be kept." },
	{ 1u << PART_TREE, NULL, NULL, excuse_links_got_attributes,
	  "cp -s gives the link what extended attributes of the file it can." },
	{ ALL, NULL, NULL, excuse_linked_to_source,
	  "cp -s with --preserve=links makes the second link a name of the file it leads to." },
	{ ALL, "cannot create hard link ", NULL, excuse_updates,
	  "cp -u tries to link destinations that it leaves alone." },
	{ 1u << PART_OUT, NULL, NULL, excuse_updates_itself, "As above, even to themselves." },
	{ 1u << PART_NAMES, "are the same file", "are the same file", excuse_failed,
	  "A directory that is its own copy is refused as a whole." },
	{ 1u << PART_NAMES, "getting attribute '", NULL, NULL, "As above." },
	{ FILES, "getting attribute '", "setting attributes for ", excuse_failed_with_directories,
	  "cp gives up at the first attribute that cannot be kept, and names it, not the file." },
	{ 1u << PART_TREE, NULL, NULL, excuse_changed_source,
	  "A source that the copy itself changes: cp looks at its mode and list again at the "
	  "end." },
	{ ALL, NULL, "not writing through dangling symlink ", excuse_cp_blocked,
	  "cp waits for the FIFO first, and finds the link to nothing then." },
	{ 1u << PART_STATUS | FILES, NULL, NULL, excuse_set_aside_and_blocked,
	  "cp sets aside or removes what exists before it waits for the FIFO." },
	{ 1u << PART_STATUS, NULL, NULL, excuse_both_blocked,
	  "Both wait for a FIFO, in other calls." },
	{ 1u << PART_OUT, NULL, NULL, excuse_failed,
	  "cp says with -v what it is going to try, not what was done." },
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

static bool holds(const struct known_row *row, const struct scene *scene, const struct result *cp,
		  const struct result *ovl)
{
	return (!row->cp_says || result_says(cp, row->cp_says)) &&
	       (!row->ovl_says || result_says(ovl, row->ovl_says)) &&
	       (!row->holds || row->holds(scene, cp, ovl));
}

bool known(const struct scene *scene, const struct result *cp, const struct result *ovl,
	   unsigned int differ, uint64_t *ret_rows)
{
	*ret_rows = 0;
	for (size_t i = 0; i < known_count() && differ; i++) {
		if ((rows[i].parts & differ) && holds(&rows[i], scene, cp, ovl)) {
			differ &= ~rows[i].parts;
			*ret_rows |= (uint64_t)1 << i;
		}
	}
	return !differ;
}
