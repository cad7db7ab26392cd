/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What may hold where a difference is meant. All get what was done, and what became of it.
 */
#ifndef ORACLE_EXCUSES_H
#define ORACLE_EXCUSES_H

#include "compare.h"
#include "scene.h"

#include <stdbool.h>

/* One was asked, and an answer (or the want of one) was not yes. */
bool excuse_was_declined(const struct scene *scene, const struct result *cp,
			 const struct result *ovl);

/* Both failed. */
bool excuse_failed(const struct scene *scene, const struct result *cp, const struct result *ovl);

/* The program succeeded. */
bool excuse_succeeded(const struct scene *scene, const struct result *cp, const struct result *ovl);

/* cp must not set a mode, and the program had no need to. */
bool excuse_had_the_mode(const struct scene *scene, const struct result *cp,
			 const struct result *ovl);

/* --parents, and more than one source. */
bool excuse_has_many_parents(const struct scene *scene, const struct result *cp,
			     const struct result *ovl);

/* --parents, and a name that ends in "." or "..". */
bool excuse_has_parents_of_dots(const struct scene *scene, const struct result *cp,
				const struct result *ovl);

/* cp has left empty files, and nothing else differs. */
bool excuse_left_empty_files(const struct scene *scene, const struct result *cp,
			     const struct result *ovl);

/* Backups are, or were looked for, where they do not belong. */
bool excuse_misplaced_backup(const struct scene *scene, const struct result *cp,
			     const struct result *ovl);

/* cp -u has linked files that it passed over for being new. */
bool excuse_linked_new_ones(const struct scene *scene, const struct result *cp,
			    const struct result *ovl);

/* cp has removed or set aside what the program has left, and both failed. */
bool excuse_kept_what_was_there(const struct scene *scene, const struct result *cp,
				const struct result *ovl);

/* -u. */
bool excuse_updates(const struct scene *scene, const struct result *cp, const struct result *ovl);

bool excuse_updates_itself(const struct scene *scene, const struct result *cp,
			   const struct result *ovl);

/* cp -s has given links the attributes of files. */
bool excuse_links_got_attributes(const struct scene *scene, const struct result *cp,
				 const struct result *ovl);

/* cp has left set-id and sticky bits of existing files. */
bool excuse_left_bits(const struct scene *scene, const struct result *cp, const struct result *ovl);

/* The program has left the set-group-ID bit of directories, which cp has not. */
bool excuse_left_group_bit(const struct scene *scene, const struct result *cp,
			   const struct result *ovl);

/* The program has kept extended attributes of directories that cp loses. */
bool excuse_kept_xattrs(const struct scene *scene, const struct result *cp,
			const struct result *ovl);

/* Where there are holes differs. */
bool excuse_left_out_zeros(const struct scene *scene, const struct result *cp,
			   const struct result *ovl);

/* Both bits and holes of a file differ so. */
bool excuse_left_bits_and_zeros(const struct scene *scene, const struct result *cp,
				const struct result *ovl);

/* Modes and lists of read-only files differ, where attributes were kept. */
bool excuse_opened_read_only(const struct scene *scene, const struct result *cp,
			     const struct result *ovl);

/* What differs is what directories of the scene are like, which were copied onto themselves by
 * another way, that is. New ones are never excused. */
bool excuse_changed_source(const struct scene *scene, const struct result *cp,
			   const struct result *ovl);

/* All that differs are leading directories that had been destinations before. */
bool excuse_changed_leaders(const struct scene *scene, const struct result *cp,
			    const struct result *ovl);

/* Both failed, and only directories differ. */
bool excuse_failed_with_directories(const struct scene *scene, const struct result *cp,
				    const struct result *ovl);

/* The path that cp uses once more is one no longer: the copy has replaced a link in it. */
bool excuse_lost_its_way(const struct scene *scene, const struct result *cp,
			 const struct result *ovl);

/* cp did not come to its end. */
bool excuse_took_back_wrong_backup(const struct scene *scene, const struct result *cp,
				   const struct result *ovl);
bool excuse_linked_to_source(const struct scene *scene, const struct result *cp,
			     const struct result *ovl);
bool excuse_found_its_way(const struct scene *scene, const struct result *cp,
			  const struct result *ovl);

bool excuse_closed_its_way(const struct scene *scene, const struct result *cp,
			   const struct result *ovl);
bool excuse_went_on_to_block(const struct scene *scene, const struct result *cp,
			     const struct result *ovl);
bool excuse_cp_blocked(const struct scene *scene, const struct result *cp,
		       const struct result *ovl);

/* Neither came to its end, and existing files get backups. */
bool excuse_set_aside_and_blocked(const struct scene *scene, const struct result *cp,
				  const struct result *ovl);

/* -f, and only the program has left a link that leads to itself, or has asked about one. */
bool excuse_kept_endless_link(const struct scene *scene, const struct result *cp,
			      const struct result *ovl);

/* cp has written a name with a quote in it and with bytes that are not printable. */
bool excuse_quoted_badly(const struct scene *scene, const struct result *cp,
			 const struct result *ovl);

/* Neither came to its end. */
bool excuse_both_blocked(const struct scene *scene, const struct result *cp,
			 const struct result *ovl);

#endif
