/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What to do about a destination that exists (lib/plan/existing.c): each row, the order of the
 * rows, and properties that must hold for every state.
 */
#include "cases.h"

#include "plan/existing.h"
#include "plan/file_kind.h"
#include "plan/same_file.h"

#include <errno.h>
#include <sys/stat.h>

struct existing_case {
	const char *name;
	struct dst_facts f;
	struct ovlcp_options opt;
	struct dst_step step;
};

/* A destination that exists, and what is to be created; from the caller, or found in a tree. */
#define TO_MAKE(what, src, dst, ...)                                                               \
	{                                                                                          \
		.kind = KIND_##what, .src_type = S_IF##src, .type = S_IF##dst,                     \
		.from_caller = true, __VA_ARGS__                                                   \
	}
#define IN_TREE(what, src, dst, ...)                                                               \
	{                                                                                          \
		.kind = KIND_##what, .src_type = S_IF##src, .type = S_IF##dst, __VA_ARGS__         \
	}
/* A file over a file; a file and a directory over a directory; a directory over a file. */
#define FILE_(...)	  TO_MAKE(DATA, REG, REG, __VA_ARGS__)
#define DIRECTORY(...)	  TO_MAKE(DATA, REG, DIR, __VA_ARGS__)
#define TREE(...)	  TO_MAKE(DIRECTORY, DIR, DIR, __VA_ARGS__)
#define TREE_ON_FILE(...) TO_MAKE(DIRECTORY, DIR, REG, __VA_ARGS__)
/* Another hard link of a source that was copied already, with --preserve=links. */
#define COPY_LINK(...)	   TO_MAKE(LINK_TO_COPY, REG, REG, __VA_ARGS__)
#define HARD_LINK(...)	   TO_MAKE(LINK, REG, REG, __VA_ARGS__)
#define SYMBOLIC_LINK(...) TO_MAKE(SYMLINK_TO, REG, REG, __VA_ARGS__)
#define COPY_OF_LINK(...)  TO_MAKE(SYMLINK, LNK, REG, __VA_ARGS__)
/* Data, and the destination is a dangling symbolic link. */
#define DANGLING(...)                                                                              \
	{                                                                                          \
		.kind = KIND_DATA, .src_type = S_IFREG, .from_caller = true, __VA_ARGS__           \
	}

#define OPTIONS(...)                                                                               \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}
#define DEFAULTS       OPTIONS(.flags = 0)
#define FLAGS(...)     OPTIONS(.flags = (__VA_ARGS__))
#define EXISTING(what) OPTIONS(.existing = OVLCP_EXISTING_##what)
#define UPDATE(what)   OPTIONS(.update = OVLCP_UPDATE_##what)
#define BACKUP(what)   OPTIONS(.backup = OVLCP_BACKUP_##what)
#define KEEP_LINKS     OPTIONS(.preserve = OVLCP_PRESERVE_LINKS)

#define DO(what)                                                                                   \
	{                                                                                          \
		DST_##what, OVLCP_OP_NONE, 0                                                       \
	}
#define SKIP(op, err)                                                                              \
	{                                                                                          \
		DST_SKIP, OVLCP_OP_##op, err                                                       \
	}
#define REFUSE(op, err)                                                                            \
	{                                                                                          \
		DST_REFUSE, OVLCP_OP_##op, err                                                     \
	}

static const struct existing_case existing_cases[] = {
	/* each kind of file over each type of destination */
	{ "a file is overwritten", FILE_(), DEFAULTS, DO(OVERWRITE) },
	{ "with OVLCP_ATOMIC it is superseded", FILE_(), FLAGS(OVLCP_ATOMIC), DO(SUPERSEDE) },
	{ "but a device is overwritten then, too", TO_MAKE(DATA, REG, CHR), FLAGS(OVLCP_ATOMIC),
	  DO(OVERWRITE) },
	{ "and what would be removed is replaced", FILE_(),
	  FLAGS(OVLCP_ATOMIC | OVLCP_REMOVE_DESTINATION), DO(REPLACE) },
	{ "as is a file that keeps its name beside that of its backup", FILE_(.backed_up = true),
	  OPTIONS(.flags = OVLCP_ATOMIC, .backup = OVLCP_BACKUP_SIMPLE), DO(REPLACE) },
	{ "a device is overwritten", TO_MAKE(DATA, REG, CHR), DEFAULTS, DO(OVERWRITE) },
	{ "a directory is merged into a directory", TREE(), DEFAULTS, DO(MERGE) },
	{ "a directory is not overwritten by a file", DIRECTORY(), DEFAULTS,
	  REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "nor by a symbolic link", TO_MAKE(SYMLINK, LNK, DIR), FLAGS(OVLCP_FORCE),
	  REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "a file is not overwritten by a directory", TREE_ON_FILE(), DEFAULTS,
	  REFUSE(DESTINATION_NOT_DIRECTORY, ENOTDIR) },
	{ "nor is a link to a directory", TO_MAKE(DIRECTORY, DIR, LNK), FLAGS(OVLCP_FORCE),
	  REFUSE(DESTINATION_NOT_DIRECTORY, ENOTDIR) },
	{ "the name of a link that is copied is taken", COPY_OF_LINK(), DEFAULTS,
	  REFUSE(CREATE_SYMLINK, EEXIST) },
	{ "the name of a FIFO is taken", TO_MAKE(SPECIAL, IFO, REG), DEFAULTS,
	  REFUSE(CREATE_FIFO, EEXIST) },
	{ "the name of a device is taken", TO_MAKE(SPECIAL, CHR, REG), DEFAULTS,
	  REFUSE(CREATE_SPECIAL, EEXIST) },
	{ "the name of a hard link is taken", HARD_LINK(), DEFAULTS, REFUSE(CREATE_LINK, EEXIST) },
	{ "the name of a symbolic link is taken", SYMBOLIC_LINK(), DEFAULTS,
	  REFUSE(CREATE_SYMLINK_TO, EEXIST) },
	{ "a link to a copy replaces the file", COPY_LINK(), DEFAULTS, DO(REPLACE) },

	/* entering directories */
	{ "a directory is entered where that was asked for", DIRECTORY(),
	  FLAGS(OVLCP_INTO_DIRECTORY), DO(ENTER) },
	{ "a directory is entered by a directory", TREE(), FLAGS(OVLCP_INTO_DIRECTORY), DO(ENTER) },
	{ "a directory in the directory is not entered", DIRECTORY(.in_dir = true),
	  FLAGS(OVLCP_INTO_DIRECTORY), REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "a directory in the directory is merged with a directory", TREE(.in_dir = true),
	  FLAGS(OVLCP_INTO_DIRECTORY), DO(MERGE) },
	{ "a directory found in a tree enters nothing", IN_TREE(DIRECTORY, DIR, DIR),
	  FLAGS(OVLCP_INTO_DIRECTORY), DO(MERGE) },
	{ "a file is not entered", FILE_(), FLAGS(OVLCP_INTO_DIRECTORY), DO(OVERWRITE) },
	{ "entering comes before skipping",
	  DIRECTORY(),
	  { .flags = OVLCP_INTO_DIRECTORY, .existing = OVLCP_EXISTING_SKIP },
	  DO(ENTER) },
	{ "entering comes before asking",
	  DIRECTORY(),
	  { .flags = OVLCP_INTO_DIRECTORY, .existing = OVLCP_EXISTING_ASK },
	  DO(ENTER) },
	{ "entering comes before the duplicate in a fan-out", DIRECTORY(.duplicate = true),
	  FLAGS(OVLCP_INTO_DIRECTORY), DO(ENTER) },
	{ "entering comes before the check for the same file", TREE(.same = SAME_REFUSED),
	  FLAGS(OVLCP_INTO_DIRECTORY), DO(ENTER) },
	{ "entering comes before not being older",
	  DIRECTORY(.not_older = true),
	  { .flags = OVLCP_INTO_DIRECTORY, .update = OVLCP_UPDATE_OLDER },
	  DO(ENTER) },

	/* a fan-out that names a destination twice */
	{ "a destination named twice is copied once", FILE_(.duplicate = true), DEFAULTS,
	  SKIP(DUPLICATE, 0) },
	{ "a tree as well", TREE(.duplicate = true), DEFAULTS, SKIP(DUPLICATE, 0) },
	{ "being named twice comes before skipping", FILE_(.duplicate = true), EXISTING(SKIP),
	  SKIP(DUPLICATE, 0) },
	{ "being named twice comes before having just been created",
	  FILE_(.duplicate = true, .just_created = true), DEFAULTS, SKIP(DUPLICATE, 0) },
	{ "being named twice comes before the check for the same file",
	  FILE_(.duplicate = true, .same = SAME_REFUSED), DEFAULTS, SKIP(DUPLICATE, 0) },
	{ "what this copy has made under another name is not named twice",
	  TREE(.duplicate = true, .from_this_copy = true), DEFAULTS,
	  REFUSE(CREATE_DIRECTORY, EEXIST) },
	{ "being named twice comes before a copy that becomes the backup",
	  FILE_(.duplicate = true, .same_path = true),
	  { .flags = OVLCP_FORCE, .backup = OVLCP_BACKUP_SIMPLE },
	  SKIP(DUPLICATE, 0) },

	/* the copy becomes the backup */
	{ "with force and backup a file that is copied to itself is copied to its backup",
	  FILE_(.same_path = true, .same = SAME_REFUSED),
	  { .flags = OVLCP_FORCE, .backup = OVLCP_BACKUP_SIMPLE },
	  DO(AS_BACKUP) },
	{ "not without force", FILE_(.same_path = true, .same = SAME_REFUSED), BACKUP(SIMPLE),
	  REFUSE(SAME_FILE, 0) },
	{ "not without a backup", FILE_(.same_path = true, .same = SAME_REFUSED),
	  FLAGS(OVLCP_FORCE), REFUSE(SAME_FILE, 0) },
	{ "not by two paths",
	  FILE_(.same = SAME_REFUSED),
	  { .flags = OVLCP_FORCE, .backup = OVLCP_BACKUP_SIMPLE },
	  REFUSE(SAME_FILE, 0) },
	{ "that backup gets no backup itself",
	  FILE_(.same_path = true, .as_backup = true),
	  { .flags = OVLCP_FORCE, .backup = OVLCP_BACKUP_SIMPLE },
	  DO(OVERWRITE) },

	/* dangling symbolic links */
	{ "a dangling link is not written through", DANGLING(), DEFAULTS,
	  REFUSE(DANGLING, EEXIST) },
	{ "nor by force", DANGLING(), FLAGS(OVLCP_FORCE), REFUSE(DANGLING, EEXIST) },
	{ "but its missing file is created where that was asked for", DANGLING(),
	  FLAGS(OVLCP_CREATE_THROUGH_SYMLINK), DO(CREATE_THROUGH_SYMLINK) },
	{ "a file is not a dangling link", FILE_(), FLAGS(OVLCP_CREATE_THROUGH_SYMLINK),
	  DO(OVERWRITE) },
	{ "a dangling link does not count as an existing file for --update=none-fail", DANGLING(),
	  UPDATE(NONE_FAIL), REFUSE(DANGLING, EEXIST) },
	{ "nor to ask about", DANGLING(), EXISTING(ASK), REFUSE(DANGLING, EEXIST) },
	{ "nor to skip", DANGLING(), EXISTING(SKIP), REFUSE(DANGLING, EEXIST) },
	{ "writing through it comes before skipping",
	  DANGLING(),
	  { .flags = OVLCP_CREATE_THROUGH_SYMLINK, .existing = OVLCP_EXISTING_SKIP },
	  DO(CREATE_THROUGH_SYMLINK) },
	{ "a link that this call made is refused first", DANGLING(.just_created_link = true),
	  DEFAULTS, REFUSE(JUST_CREATED_LINK, EEXIST) },
	{ "a dangling link is replaced by a hard link to an earlier copy",
	  { .kind = KIND_LINK_TO_COPY, .src_type = S_IFREG, .from_caller = true },
	  DEFAULTS,
	  DO(REPLACE) },
	{ "replacing it comes before writing through it",
	  { .kind = KIND_LINK_TO_COPY, .src_type = S_IFREG, .from_caller = true },
	  FLAGS(OVLCP_CREATE_THROUGH_SYMLINK),
	  DO(REPLACE) },
	{ "a dangling link that this call made is not replaced",
	  { .kind = KIND_LINK_TO_COPY,
	    .src_type = S_IFREG,
	    .from_caller = true,
	    .just_created_link = true },
	  DEFAULTS,
	  REFUSE(JUST_CREATED_LINK, EEXIST) },
	{ "a link to itself is an error", DANGLING(.symlink_loop = true), DEFAULTS,
	  REFUSE(STAT_DESTINATION, ELOOP) },
	{ "a link to itself is removed by force", DANGLING(.symlink_loop = true),
	  FLAGS(OVLCP_FORCE), DO(REMOVE) },
	{ "a link to itself is not written through", DANGLING(.symlink_loop = true),
	  FLAGS(OVLCP_CREATE_THROUGH_SYMLINK), REFUSE(STAT_DESTINATION, ELOOP) },
	{ "the error comes before skipping", DANGLING(.symlink_loop = true), EXISTING(SKIP),
	  REFUSE(STAT_DESTINATION, ELOOP) },
	{ "skipping comes before force",
	  DANGLING(.symlink_loop = true),
	  { .flags = OVLCP_FORCE, .existing = OVLCP_EXISTING_SKIP },
	  SKIP(NONE, 0) },
	{ "asking comes before force",
	  DANGLING(.symlink_loop = true),
	  { .flags = OVLCP_FORCE, .existing = OVLCP_EXISTING_ASK },
	  DO(ASK) },

	/* source and destination are one file */
	{ "the source is not overwritten", FILE_(.same = SAME_REFUSED), DEFAULTS,
	  REFUSE(SAME_FILE, 0) },
	{ "a tree that is the source is refused", TREE(.same = SAME_REFUSED), DEFAULTS,
	  REFUSE(SAME_FILE, 0) },
	{ "a destination that is already as asked for is done", HARD_LINK(.same = SAME_DONE),
	  DEFAULTS, DO(DONE) },
	{ "the same file comes before not being older",
	  FILE_(.same = SAME_REFUSED, .not_older = true), UPDATE(OLDER), REFUSE(SAME_FILE, 0) },
	{ "the same file comes before asking", FILE_(.same = SAME_REFUSED), EXISTING(ASK),
	  REFUSE(SAME_FILE, 0) },
	{ "the same file comes before removing", FILE_(.same = SAME_REFUSED),
	  FLAGS(OVLCP_REMOVE_DESTINATION), REFUSE(SAME_FILE, 0) },
	{ "the same file comes before a backup", FILE_(.same = SAME_REFUSED), BACKUP(NUMBERED),
	  REFUSE(SAME_FILE, 0) },
	{ "the same file comes before a link to a copy", COPY_LINK(.same = SAME_REFUSED), DEFAULTS,
	  REFUSE(SAME_FILE, 0) },
	{ "skipping comes before the same file", FILE_(.same = SAME_REFUSED), EXISTING(SKIP),
	  SKIP(NONE, 0) },
	{ "failing comes before the same file", FILE_(.same = SAME_REFUSED), UPDATE(NONE_FAIL),
	  REFUSE(NOT_REPLACED, EEXIST) },
	{ "under skip a tree that is the source is merged", TREE(.same = SAME_REFUSED),
	  EXISTING(SKIP), DO(MERGE) },
	{ "being done comes after being asked about", HARD_LINK(.same = SAME_DONE), EXISTING(ASK),
	  DO(ASK) },
	{ "being done comes after skipping", HARD_LINK(.same = SAME_DONE), EXISTING(SKIP),
	  SKIP(NONE, 0) },
	{ "under skip a tree that is done is merged", TREE(.same = SAME_DONE), EXISTING(SKIP),
	  DO(MERGE) },
	{ "under none-fail as well", TREE(.same = SAME_DONE), UPDATE(NONE_FAIL), DO(MERGE) },
	{ "being done comes before having just been created",
	  HARD_LINK(.same = SAME_DONE, .just_created = true), DEFAULTS, DO(DONE) },
	{ "being done comes before a backup", HARD_LINK(.same = SAME_DONE), BACKUP(SIMPLE),
	  DO(DONE) },

	/* -u, -n and -i */
	{ "an older file is overwritten by -u", FILE_(), UPDATE(OLDER), DO(OVERWRITE) },
	{ "a file that is not older is skipped", FILE_(.not_older = true), UPDATE(OLDER),
	  SKIP(NONE, 0) },
	{ "but overwritten without -u", FILE_(.not_older = true), UPDATE(ALL), DO(OVERWRITE) },
	{ "a file that is not older is replaced by a link to a copy", COPY_LINK(.not_older = true),
	  UPDATE(OLDER), DO(REPLACE) },
	{ "but not under skip",
	  COPY_LINK(.not_older = true),
	  { .update = OVLCP_UPDATE_OLDER, .existing = OVLCP_EXISTING_SKIP },
	  SKIP(NONE, 0) },
	{ "the link to a copy comes before asking",
	  COPY_LINK(.not_older = true),
	  { .update = OVLCP_UPDATE_OLDER, .existing = OVLCP_EXISTING_ASK },
	  DO(REPLACE) },
	{ "not being older comes before asking",
	  FILE_(.not_older = true),
	  { .update = OVLCP_UPDATE_OLDER, .existing = OVLCP_EXISTING_ASK },
	  SKIP(NONE, 0) },
	{ "not being older comes before refusing a directory", DIRECTORY(.not_older = true),
	  UPDATE(OLDER), SKIP(NONE, 0) },
	{ "a directory that is not older is merged", TREE(.not_older = true), UPDATE(OLDER),
	  DO(MERGE) },
	{ "not being older comes after refusing to replace a file by a directory",
	  TREE_ON_FILE(.not_older = true), UPDATE(OLDER),
	  REFUSE(DESTINATION_NOT_DIRECTORY, ENOTDIR) },
	{ "a file is left alone under skip", FILE_(), EXISTING(SKIP), SKIP(NONE, 0) },
	{ "no file is overwritten by --update=none", FILE_(), UPDATE(NONE), SKIP(NONE, 0) },
	{ "a file is a failure for --update=none-fail", FILE_(), UPDATE(NONE_FAIL),
	  REFUSE(NOT_REPLACED, EEXIST) },
	{ "skipping comes before failing",
	  FILE_(),
	  { .update = OVLCP_UPDATE_NONE_FAIL, .existing = OVLCP_EXISTING_SKIP },
	  SKIP(NONE, 0) },
	{ "failing comes before asking",
	  FILE_(),
	  { .update = OVLCP_UPDATE_NONE_FAIL, .existing = OVLCP_EXISTING_ASK },
	  REFUSE(NOT_REPLACED, EEXIST) },
	{ "skipping comes before being a directory", DIRECTORY(), EXISTING(SKIP), SKIP(NONE, 0) },
	{ "failing comes before being a directory", DIRECTORY(), UPDATE(NONE_FAIL),
	  REFUSE(NOT_REPLACED, EEXIST) },
	{ "skipping comes before removing",
	  FILE_(),
	  { .flags = OVLCP_REMOVE_DESTINATION, .existing = OVLCP_EXISTING_SKIP },
	  SKIP(NONE, 0) },
	{ "under skip directories are merged", TREE(), EXISTING(SKIP), DO(MERGE) },
	{ "under none-fail directories are merged", TREE(), UPDATE(NONE_FAIL), DO(MERGE) },
	{ "under skip a directory in the place of a file is refused", TREE_ON_FILE(),
	  EXISTING(SKIP), REFUSE(DESTINATION_NOT_DIRECTORY, ENOTDIR) },
	{ "a file is asked about", FILE_(), EXISTING(ASK), DO(ASK) },
	{ "a directory is merged without a question", TREE(), EXISTING(ASK), DO(MERGE) },
	{ "a file that may be overwritten is", FILE_(.may_overwrite = ANSWER_YES), EXISTING(ASK),
	  DO(OVERWRITE) },
	{ "a file that may not be overwritten is left alone", FILE_(.may_overwrite = ANSWER_NO),
	  EXISTING(ASK), SKIP(NONE, ECANCELED) },
	{ "asking comes before removing",
	  FILE_(),
	  { .flags = OVLCP_REMOVE_DESTINATION, .existing = OVLCP_EXISTING_ASK },
	  DO(ASK) },
	{ "asking comes before a backup",
	  FILE_(),
	  { .backup = OVLCP_BACKUP_SIMPLE, .existing = OVLCP_EXISTING_ASK },
	  DO(ASK) },
	{ "asking comes before refusing a directory", DIRECTORY(), EXISTING(ASK), DO(ASK) },
	{ "asking comes before a file that was just created", FILE_(.just_created = true),
	  EXISTING(ASK), DO(ASK) },
	{ "the answer no comes before refusing a directory", DIRECTORY(.may_overwrite = ANSWER_NO),
	  EXISTING(ASK), SKIP(NONE, ECANCELED) },
	{ "the answer no comes before being done",
	  HARD_LINK(.same = SAME_DONE, .may_overwrite = ANSWER_NO), EXISTING(ASK),
	  SKIP(NONE, ECANCELED) },
	{ "the answer yes does not overwrite a directory", DIRECTORY(.may_overwrite = ANSWER_YES),
	  EXISTING(ASK), REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "the answer yes puts a hard link there", HARD_LINK(.may_overwrite = ANSWER_YES),
	  EXISTING(ASK), DO(REPLACE) },
	{ "the answer yes puts no symbolic link there", SYMBOLIC_LINK(.may_overwrite = ANSWER_YES),
	  EXISTING(ASK), REFUSE(CREATE_SYMLINK_TO, EEXIST) },

	/* created by this call */
	{ "a file of this call is not overwritten", FILE_(.just_created = true), DEFAULTS,
	  REFUSE(JUST_CREATED, EEXIST) },
	{ "a directory of this call is merged", TREE(.just_created = true), DEFAULTS, DO(MERGE) },
	{ "a file of this call gets a numbered backup", FILE_(.just_created = true),
	  BACKUP(NUMBERED), DO(BACKUP) },
	{ "but no other one", FILE_(.just_created = true), BACKUP(EXISTING),
	  REFUSE(JUST_CREATED, EEXIST) },
	{ "having just been created comes before removing", FILE_(.just_created = true),
	  FLAGS(OVLCP_REMOVE_DESTINATION), REFUSE(JUST_CREATED, EEXIST) },
	{ "having just been created comes before a link to a copy", COPY_LINK(.just_created = true),
	  DEFAULTS, REFUSE(JUST_CREATED, EEXIST) },
	{ "being a directory comes before having just been created",
	  DIRECTORY(.just_created = true), DEFAULTS, REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "refusing to replace a file by a directory comes before that",
	  TREE_ON_FILE(.just_created = true), DEFAULTS,
	  REFUSE(DESTINATION_NOT_DIRECTORY, ENOTDIR) },
	{ "a link that this call made is not written through", FILE_(.just_created_link = true),
	  DEFAULTS, REFUSE(JUST_CREATED_LINK, EEXIST) },
	{ "but removed", FILE_(.just_created_link = true), FLAGS(OVLCP_REMOVE_DESTINATION),
	  DO(REMOVE) },
	{ "or renamed to a backup", FILE_(.just_created_link = true), BACKUP(SIMPLE), DO(BACKUP) },
	{ "a link that this call made is not replaced", COPY_LINK(.just_created_link = true),
	  DEFAULTS, REFUSE(JUST_CREATED_LINK, EEXIST) },

	/* backups */
	{ "a file gets a backup", FILE_(), BACKUP(EXISTING), DO(BACKUP) },
	{ "a directory gets none", TREE(), BACKUP(SIMPLE), DO(MERGE) },
	{ "a file gets one also if a directory takes its place", TREE_ON_FILE(), BACKUP(SIMPLE),
	  DO(BACKUP) },
	{ "but not if that is named by dots", TREE_ON_FILE(.dots = true), BACKUP(SIMPLE),
	  REFUSE(DESTINATION_NOT_DIRECTORY, ENOTDIR) },
	{ "nor if this call made it", TREE_ON_FILE(.just_created = true), BACKUP(SIMPLE),
	  REFUSE(JUST_CREATED, EEXIST) },
	{ "a backup comes before removing",
	  FILE_(),
	  { .backup = OVLCP_BACKUP_SIMPLE, .flags = OVLCP_REMOVE_DESTINATION },
	  DO(BACKUP) },
	{ "a backup comes before a link to a copy", COPY_LINK(), BACKUP(SIMPLE), DO(BACKUP) },
	{ "a backup does not overwrite the source", FILE_(.backup_is_source = true), BACKUP(SIMPLE),
	  REFUSE(BACKUP_IS_SOURCE, 0) },
	{ "a numbered backup never would", FILE_(.backup_is_source = true), BACKUP(NUMBERED),
	  DO(BACKUP) },
	{ "without a backup there is nothing to check", FILE_(.backup_is_source = true), DEFAULTS,
	  DO(OVERWRITE) },
	{ "having just been created comes before the backup that is the source",
	  FILE_(.backup_is_source = true, .just_created = true), BACKUP(SIMPLE),
	  REFUSE(JUST_CREATED, EEXIST) },

	/* removed before the copy */
	{ "a file is removed where that was asked for", FILE_(), FLAGS(OVLCP_REMOVE_DESTINATION),
	  DO(REMOVE) },
	{ "being a directory comes before removing", DIRECTORY(), FLAGS(OVLCP_REMOVE_DESTINATION),
	  REFUSE(DESTINATION_IS_DIRECTORY, EISDIR) },
	{ "a directory is merged where files are removed", TREE(), FLAGS(OVLCP_REMOVE_DESTINATION),
	  DO(MERGE) },
	{ "one name of several is removed where links are kept", FILE_(.has_links = true),
	  KEEP_LINKS, DO(REMOVE) },
	{ "not where they are not", FILE_(.has_links = true), DEFAULTS, DO(OVERWRITE) },
	{ "the only name is not removed", FILE_(), KEEP_LINKS, DO(OVERWRITE) },
	{ "nor one of several where attributes only are wanted",
	  FILE_(.has_links = true),
	  { .preserve = OVLCP_PRESERVE_LINKS, .flags = OVLCP_ATTRIBUTES_ONLY },
	  DO(OVERWRITE) },
	{ "a file is removed for a symbolic link", COPY_OF_LINK(),
	  OPTIONS(.follow = OVLCP_FOLLOW_NONE), DO(REMOVE) },
	{ "a file is removed for the data of a device", TO_MAKE(DATA, CHR, REG),
	  OPTIONS(.follow = OVLCP_FOLLOW_NONE), DO(REMOVE) },
	{ "not for a file", FILE_(), OPTIONS(.follow = OVLCP_FOLLOW_NONE), DO(OVERWRITE) },
	{ "not where links are followed", TO_MAKE(DATA, CHR, REG), DEFAULTS, DO(OVERWRITE) },
	{ "nor where the caller named the source and such links are followed",
	  TO_MAKE(DATA, CHR, REG), OPTIONS(.follow = OVLCP_FOLLOW_NAMED), DO(OVERWRITE) },
	{ "but in a tree where links are not followed", IN_TREE(SYMLINK, LNK, REG),
	  OPTIONS(.follow = OVLCP_FOLLOW_NAMED), DO(REMOVE) },
	{ "having to be removed comes before a link that this call made",
	  FILE_(.has_links = true, .just_created_link = true), KEEP_LINKS, DO(REMOVE) },
	{ "having to be removed comes before a link to a copy", COPY_LINK(.has_links = true),
	  KEEP_LINKS, DO(REMOVE) },

	/* symbolic links of other users */
	{ "a link that another user put into the tree is not written through",
	  IN_TREE(DATA, REG, REG, .foreign_link = true), DEFAULTS, REFUSE(FOREIGN_LINK, EPERM) },
	{ "not by force either", IN_TREE(DATA, REG, REG, .foreign_link = true), FLAGS(OVLCP_FORCE),
	  REFUSE(FOREIGN_LINK, EPERM) },
	{ "it may be removed", IN_TREE(DATA, REG, REG, .foreign_link = true),
	  FLAGS(OVLCP_REMOVE_DESTINATION), DO(REMOVE) },
	{ "it may be replaced", IN_TREE(LINK_TO_COPY, REG, LNK, .foreign_link = true), DEFAULTS,
	  DO(REPLACE) },
	{ "a link to a copy replaces a device", TO_MAKE(LINK_TO_COPY, REG, CHR), DEFAULTS,
	  DO(REPLACE) },
	{ "but not one of --share", TO_MAKE(LINK_TO_COPY, REG, CHR, .is_share = true), DEFAULTS,
	  REFUSE(CREATE_LINK_TO_COPY, EOPNOTSUPP) },
	{ "not a FIFO either, and that is not asked about",
	  TO_MAKE(LINK_TO_COPY, REG, IFO, .is_share = true), EXISTING(ASK),
	  REFUSE(CREATE_LINK_TO_COPY, EOPNOTSUPP) },
	{ "but after a backup", TO_MAKE(LINK_TO_COPY, REG, CHR, .is_share = true), BACKUP(SIMPLE),
	  DO(BACKUP) },
	{ "a link of --share replaces a file", COPY_LINK(.is_share = true), DEFAULTS, DO(REPLACE) },
	{ "by any link", IN_TREE(SYMLINK, LNK, LNK, .foreign_link = true), FLAGS(OVLCP_FORCE),
	  DO(REPLACE) },

	/* force */
	{ "force overwrites data like no force", FILE_(), FLAGS(OVLCP_FORCE), DO(OVERWRITE) },
	{ "a hard link replaces a file by force", HARD_LINK(), FLAGS(OVLCP_FORCE), DO(REPLACE) },
	{ "a symbolic link replaces a file by force", SYMBOLIC_LINK(), FLAGS(OVLCP_FORCE),
	  DO(REPLACE) },
	{ "a copy of a symbolic link replaces a file by force", COPY_OF_LINK(), FLAGS(OVLCP_FORCE),
	  DO(REPLACE) },
	{ "a FIFO does not", TO_MAKE(SPECIAL, IFO, REG), FLAGS(OVLCP_FORCE),
	  REFUSE(CREATE_FIFO, EEXIST) },
};

static void test_existing(void **state)
{
	const struct existing_case *c = *state;
	struct dst_step step = plan_existing(&c->f, &c->opt);

	assert_int_equal(step.action, c->step.action);
	assert_string_equal(ovlcp_op_name(step.refusal), ovlcp_op_name(c->step.refusal));
	assert_int_equal(step.error, c->step.error);
}

/* Properties of every state. */

struct view {
	struct dst_facts f;
	struct ovlcp_options opt;
	struct dst_step step;
};

static bool does(const struct view *v, enum dst_action action)
{
	return v->step.action == action;
}

/* Whether the existing file is lost, changed, or renamed. */
static bool harms(const struct view *v)
{
	return does(v, DST_OVERWRITE) || does(v, DST_REMOVE) || does(v, DST_BACKUP) ||
	       does(v, DST_REPLACE) || does(v, DST_SUPERSEDE);
}

/* -u replaces even a file that is not older by a link to a copy, as cp does. */
static bool links_not_older(const struct view *v)
{
	return v->f.kind == KIND_LINK_TO_COPY && v->f.not_older &&
	       v->opt.update == OVLCP_UPDATE_OLDER;
}

static bool refusal_has_a_name(const struct view *v)
{
	return !does(v, DST_REFUSE) ||
	       (v->step.refusal > OVLCP_OP_NONE && v->step.refusal < OVLCP_OP_COUNT);
}

static bool nothing_else_has_a_name(const struct view *v)
{
	return does(v, DST_REFUSE) || does(v, DST_SKIP) ||
	       (v->step.refusal == OVLCP_OP_NONE && v->step.error == 0);
}

static bool only_data_overwrites(const struct view *v)
{
	return !does(v, DST_OVERWRITE) || v->f.kind == KIND_DATA;
}

static bool only_directories_merge(const struct view *v)
{
	return !does(v, DST_MERGE) || (v->f.kind == KIND_DIRECTORY && S_ISDIR(v->f.type));
}

/* DST_REPLACE is left out: no rename puts a file in the place of a directory. */
static bool directory_is_safe(const struct view *v)
{
	return !S_ISDIR(v->f.type) ||
	       !(does(v, DST_OVERWRITE) || does(v, DST_REMOVE) || does(v, DST_BACKUP));
}

/* A directory takes the place of a file that gets a backup; as with cp, whatever -i and -u say. */
static bool directory_backs_up(const struct view *v)
{
	return v->f.kind == KIND_DIRECTORY && does(v, DST_BACKUP) && !S_ISDIR(v->f.type);
}

static bool directory_harms_nothing(const struct view *v)
{
	return v->f.kind != KIND_DIRECTORY || !harms(v) || directory_backs_up(v);
}

static bool tree_is_not_skipped(const struct view *v)
{
	return v->f.kind != KIND_DIRECTORY || !does(v, DST_SKIP) || v->f.duplicate ||
	       v->f.may_overwrite == ANSWER_NO;
}

static bool skip_is_safe(const struct view *v)
{
	return v->opt.existing != OVLCP_EXISTING_SKIP || !harms(v);
}

static bool update_none_is_safe(const struct view *v)
{
	return (v->opt.update != OVLCP_UPDATE_NONE && v->opt.update != OVLCP_UPDATE_NONE_FAIL) ||
	       !harms(v);
}

static bool update_older_is_safe(const struct view *v)
{
	return v->opt.update != OVLCP_UPDATE_OLDER || !v->f.not_older || !harms(v) ||
	       links_not_older(v) || directory_backs_up(v);
}

static bool ask_is_safe(const struct view *v)
{
	return v->opt.existing != OVLCP_EXISTING_ASK || v->f.may_overwrite == ANSWER_YES ||
	       !harms(v) || links_not_older(v) || directory_backs_up(v);
}

static bool no_is_no(const struct view *v)
{
	return v->f.may_overwrite != ANSWER_NO || !harms(v) || links_not_older(v);
}

static bool asks_with_reason(const struct view *v)
{
	return !does(v, DST_ASK) ||
	       (v->opt.existing == OVLCP_EXISTING_ASK && v->f.may_overwrite == ANSWER_NOT_ASKED &&
		v->f.kind != KIND_DIRECTORY);
}

static bool source_is_safe(const struct view *v)
{
	return v->f.same != SAME_REFUSED || !harms(v);
}

static bool backup_keeps_source(const struct view *v)
{
	return !does(v, DST_BACKUP) || !v->f.backup_is_source ||
	       v->opt.backup == OVLCP_BACKUP_NUMBERED;
}

static bool created_is_safe(const struct view *v)
{
	return !v->f.just_created || !harms(v) || links_not_older(v) ||
	       (does(v, DST_BACKUP) && v->opt.backup == OVLCP_BACKUP_NUMBERED);
}

static bool created_link_is_safe(const struct view *v)
{
	return !v->f.just_created_link || !does(v, DST_OVERWRITE);
}

static bool foreign_link_is_safe(const struct view *v)
{
	return !v->f.foreign_link || !does(v, DST_OVERWRITE);
}

static bool creates_through_on_request(const struct view *v)
{
	return !does(v, DST_CREATE_THROUGH_SYMLINK) ||
	       (v->f.type == 0 && !v->f.symlink_loop &&
		(v->opt.flags & OVLCP_CREATE_THROUGH_SYMLINK));
}

static bool dangling_is_not_opened(const struct view *v)
{
	return v->f.type != 0 || !does(v, DST_OVERWRITE);
}

static bool enters_directories(const struct view *v)
{
	return !does(v, DST_ENTER) || (S_ISDIR(v->f.type) && !v->f.in_dir && v->f.from_caller &&
				       (v->opt.flags & OVLCP_INTO_DIRECTORY));
}

static bool backups_are_asked_for(const struct view *v)
{
	return !(does(v, DST_BACKUP) || does(v, DST_AS_BACKUP)) ||
	       (v->opt.backup != OVLCP_BACKUP_NONE && !v->f.as_backup);
}

static bool as_backup_is_asked_for(const struct view *v)
{
	return !does(v, DST_AS_BACKUP) || (v->f.same_path && (v->opt.flags & OVLCP_FORCE));
}

static bool removes_with_reason(const struct view *v)
{
	bool links = (v->opt.preserve & OVLCP_PRESERVE_LINKS) && v->f.has_links;
	bool as_link = !S_ISREG(v->f.src_type) && v->opt.follow != OVLCP_FOLLOW_ALL;

	return !does(v, DST_REMOVE) || (v->opt.flags & OVLCP_REMOVE_DESTINATION) ||
	       (v->f.symlink_loop && (v->opt.flags & OVLCP_FORCE)) ||
	       (!(v->opt.flags & OVLCP_ATTRIBUTES_ONLY) && (links || as_link));
}

static bool done_is_done(const struct view *v)
{
	return !does(v, DST_DONE) || v->f.same == SAME_DONE;
}

static bool atomic_keeps_the_name(const struct view *v)
{
	return !(v->opt.flags & OVLCP_ATOMIC) || v->f.kind == KIND_DIRECTORY ||
	       (!does(v, DST_REMOVE) && (!does(v, DST_OVERWRITE) || !S_ISREG(v->f.type)));
}

static bool supersedes_files(const struct view *v)
{
	return !does(v, DST_SUPERSEDE) ||
	       (v->f.kind == KIND_DATA && S_ISREG(v->f.type) && (v->opt.flags & OVLCP_ATOMIC));
}

struct property {
	const char *name;
	bool (*holds)(const struct view *v);
};

static const struct property properties[] = {
	{ "always: a refusal has a name", refusal_has_a_name },
	{ "always: what is done has neither a refusal nor an error", nothing_else_has_a_name },
	{ "always: nothing but data overwrites", only_data_overwrites },
	{ "always: nothing but directories is merged", only_directories_merge },
	{ "always: a directory is not overwritten, removed or backed up", directory_is_safe },
	{ "always: a directory replaces no other file", directory_harms_nothing },
	{ "always: a directory is skipped only if it is a duplicate or was answered with no",
	  tree_is_not_skipped },
	{ "always: under skip nothing is lost", skip_is_safe },
	{ "always: under --update=none and none-fail nothing is lost", update_none_is_safe },
	{ "always: under -u nothing that is not older is lost, but for links",
	  update_older_is_safe },
	{ "always: under ask nothing is lost without a yes, but for links under -u", ask_is_safe },
	{ "always: after a no nothing is lost", no_is_no },
	{ "always: the user is asked once, and not about directories", asks_with_reason },
	{ "always: the source is not lost", source_is_safe },
	{ "always: the source is not lost to a backup", backup_keeps_source },
	{ "always: a file that this call created is not lost", created_is_safe },
	{ "always: a link that this call made is not written through", created_link_is_safe },
	{ "always: a link of another user is not written through", foreign_link_is_safe },
	{ "always: a dangling link is written through only where that was asked for",
	  creates_through_on_request },
	{ "always: a dangling link is not opened", dangling_is_not_opened },
	{ "always: one directory is entered, where that was asked for", enters_directories },
	{ "always: there is one backup, and only if asked for", backups_are_asked_for },
	{ "always: the copy becomes the backup only with force and for one path",
	  as_backup_is_asked_for },
	{ "always: nothing is removed without a reason", removes_with_reason },
	{ "always: only a destination that is already as asked for is done", done_is_done },
	{ "always: with OVLCP_ATOMIC a file has its name all the time", atomic_keeps_the_name },
	{ "always: only a file is superseded, by data, with OVLCP_ATOMIC", supersedes_files },
};

/* There are too many states to try all, so two million are drawn, the same in every run. */

/* A number below @n that looks random (xorshift). */
static unsigned int draw(uint64_t *seed, unsigned int n)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned int)((*seed >> 16) % n);
}

static void draw_options(uint64_t *seed, struct ovlcp_options *ret_opt)
{
	*ret_opt = (struct ovlcp_options){
		.existing = (enum ovlcp_existing)draw(seed, 3),
		.update = (enum ovlcp_update)draw(seed, 4),
		.follow = (enum ovlcp_follow)draw(seed, 3),
		.backup = (enum ovlcp_backup)draw(seed, 4),
		.preserve = draw(seed, OVLCP_PRESERVE_CONTEXT << 1),
		.flags = draw(seed, OVLCP_DEFAULT_CONTEXT << 1),
	};
	if (!(ret_opt->flags & OVLCP_ATTRIBUTES_ONLY) && draw(seed, 2))
		ret_opt->flags |= OVLCP_ATOMIC;
}

/* Facts that can occur together. */
static void draw_facts(uint64_t *seed, const struct ovlcp_options *opt, struct dst_facts *ret_f)
{
	static const mode_t sources[] = { S_IFREG, S_IFLNK, S_IFIFO, S_IFBLK };
	static const mode_t types[] = { 0, S_IFREG, S_IFDIR, S_IFIFO, S_IFLNK };
	struct dst_facts f = { .kind = (enum file_kind)draw(seed, KIND_COUNT) };
	bool tree = f.kind == KIND_DIRECTORY;

	f.src_type = tree ? S_IFDIR : sources[draw(seed, ROWS(sources))];
	f.type = types[draw(seed, ROWS(types))];
	f.from_caller = draw(seed, 2);
	f.in_dir = draw(seed, 2);
	f.just_created_link = draw(seed, 2);
	f.may_overwrite = (enum answer)draw(seed, 3);
	f.as_backup = draw(seed, 2);
	f.backed_up = opt->backup != OVLCP_BACKUP_NONE && (opt->flags & OVLCP_ATOMIC) && !tree &&
		      draw(seed, 4) == 0;
	f.dots = tree && draw(seed, 2);
	if (f.type == 0 && plan_lstat_dest(f.kind, f.src_type, opt))
		f.type = S_IFLNK;
	f.symlink_loop = f.type == 0 && draw(seed, 2);
	if (f.type) {
		f.same = (enum same_verdict)draw(seed, 3);
		f.same_path = draw(seed, 2);
		f.not_older = draw(seed, 2);
		f.has_links = draw(seed, 2);
		f.just_created = draw(seed, 2);
		f.foreign_link = draw(seed, 2);
		f.duplicate = draw(seed, 8) == 0;
		f.backup_is_source = draw(seed, 2);
	}
	*ret_f = f;
}

/* Results. */
static struct {
	unsigned int broken[ROWS(properties)];
	struct view example[ROWS(properties)];
	unsigned int reached[DST_ACTIONS];
} seen;

static int see_all_states(void **state)
{
	uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);

	(void)state;
	for (int i = 0; i < 2000000; i++) {
		struct view v;

		draw_options(&seed, &v.opt);
		draw_facts(&seed, &v.opt, &v.f);
		v.step = plan_existing(&v.f, &v.opt);
		seen.reached[v.step.action]++;
		for (size_t p = 0; p < ROWS(properties); p++)
			if (!properties[p].holds(&v) && seen.broken[p]++ == 0)
				seen.example[p] = v;
	}
	return 0;
}

static void test_property(void **state)
{
	const struct property *p = *state;
	size_t i = (size_t)(p - properties);
	const struct view *v = &seen.example[i];

	if (seen.broken[i])
		fail_msg("%u times; action %d: kind %d, type %o, same %d, answer %d, existing %d, "
			 "update %d, backup %d, flags %jx",
			 seen.broken[i], v->step.action, v->f.kind, v->f.type, v->f.same,
			 v->f.may_overwrite, v->opt.existing, v->opt.update, v->opt.backup,
			 (uintmax_t)v->opt.flags);
}

static void test_every_action_is_taken(void **state)
{
	(void)state;
	for (int i = 0; i < DST_ACTIONS; i++)
		if (!seen.reached[i])
			fail_msg("nothing leads to action %d", i);
}

int main(void)
{
	struct CMUnitTest tests[ROWS(existing_cases) + ROWS(properties) + 1];
	struct CMUnitTest *end = tests;

	end = CASES(end, existing_cases, test_existing);
	end = CASES(end, properties, test_property);
	*end = (struct CMUnitTest)cmocka_unit_test(test_every_action_is_taken);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("existing", tests, see_all_states, NULL);
}
