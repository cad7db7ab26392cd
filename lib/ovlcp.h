/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libovlcp: copy files so that they share their data wherever the kernel allows it,
 * also out of the lower layers of an overlay.
 *
 * A program makes a session, sets the callbacks it cares for, and copies. Everything the
 * library has to say comes as events; it never prints, never prompts, never reads the
 * environment or the locale, and keeps no state outside its sessions. Sessions are
 * independent: one thread may use one session while another uses another.
 *
 * Sizes, offsets and counts of data are in bytes. Functions that can fail return 0 or
 * -errno. Strings are borrowed for the time of the call, never kept, never freed.
 */
#ifndef OVLCP_H
#define OVLCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define OVLCP_API __attribute__((visibility("default")))
#else
#define OVLCP_API
#endif

/** A session: callbacks and what has been learned about filesystems so far. */
struct ovlcp;

/** Something that happened; valid only inside the callback it is passed to. */
struct ovlcp_event;

/** When to share data (the FICLONE family of calls). */
enum ovlcp_reflink {
	/** Share where possible, copy the bytes where not. */
	OVLCP_REFLINK_AUTO = 0,
	/** Share, or fail and leave no new destination behind. */
	OVLCP_REFLINK_ALWAYS,
	/** Write every byte anew; copy_file_range is avoided too, because it may share. */
	OVLCP_REFLINK_NEVER,
};

/** When a source on a lower layer may be copied up to make it clonable. */
enum ovlcp_copy_up {
	/** When it pays: see ovlcp_options.copy_up_min. */
	OVLCP_COPY_UP_AUTO = 0,
	/** Whenever it makes clones possible. */
	OVLCP_COPY_UP_ALWAYS,
	/** Never touch the source. */
	OVLCP_COPY_UP_NEVER,
};

/** What becomes of a destination that exists already. */
enum ovlcp_existing {
	/** It is overwritten. */
	OVLCP_EXISTING_OVERWRITE = 0,
	/** It is left alone and the copy counts as done. */
	OVLCP_EXISTING_SKIP,
	/** The question callback decides; no callback means no. */
	OVLCP_EXISTING_ASK,
};

/** Which existing destinations are candidates for being overwritten at all. */
enum ovlcp_update {
	/** All. */
	OVLCP_UPDATE_ALL = 0,
	/** Those with an older time of modification than the source; others are left alone. */
	OVLCP_UPDATE_OLDER,
	/** None; they are left alone, and the copy counts as done. */
	OVLCP_UPDATE_NONE,
	/** None; each is a failure. */
	OVLCP_UPDATE_NONE_FAIL,
};

/** Which symbolic links a copy follows at the source. */
enum ovlcp_follow {
	/** All. */
	OVLCP_FOLLOW_ALL = 0,
	/** A source that was named, but none in the trees below. */
	OVLCP_FOLLOW_NAMED,
	/** None: links are copied as links. */
	OVLCP_FOLLOW_NONE,
};

/** What files other than directories are made into. */
enum ovlcp_make {
	/** Copies. */
	OVLCP_MAKE_COPIES = 0,
	/** Hard links to the source. */
	OVLCP_MAKE_HARD_LINKS,
	/** Symbolic links that hold the path of the source. */
	OVLCP_MAKE_SYMBOLIC_LINKS,
};

/** Which name an existing destination gets instead of being overwritten or removed. */
enum ovlcp_backup {
	/** None, there are no backups. */
	OVLCP_BACKUP_NONE = 0,
	/** Its own with ovlcp_options.backup_suffix, replacing an older backup. */
	OVLCP_BACKUP_SIMPLE,
	/** Its own with .~N~, one more than the highest there is. */
	OVLCP_BACKUP_NUMBERED,
	/** Numbered where there are numbered ones, otherwise simple. */
	OVLCP_BACKUP_EXISTING,
};

/** Whether copies have holes. */
enum ovlcp_sparse {
	/** Where the source has them. */
	OVLCP_SPARSE_AUTO = 0,
	/** Also where the source has blocks of zeros. Nothing is shared then. */
	OVLCP_SPARSE_ALWAYS,
	/** Nowhere; a source with holes is not shared then. */
	OVLCP_SPARSE_NEVER,
};

/** What a file must get its data by, or it is a failure and its destination is removed. */
enum ovlcp_require {
	/** Anything: data that cannot be shared is written. */
	OVLCP_REQUIRE_ANY = 0,
	/** Sharing in whatever way: by a clone, or by copy_file_range where that shares. */
	OVLCP_REQUIRE_SHARE,
	/** A clone (FICLONE). */
	OVLCP_REQUIRE_CLONE,
};

/** On which layer of an overlay the data of a file lies. */
enum ovlcp_layer {
	/** It cannot be told from here. */
	OVLCP_LAYER_UNKNOWN = 0,
	/** The file is not on an overlay. */
	OVLCP_LAYER_NONE,
	/** On the upper layer. */
	OVLCP_LAYER_UPPER,
	/** On a lower layer. */
	OVLCP_LAYER_LOWER,
	/** Its inode is on the upper layer, its data below (metacopy). */
	OVLCP_LAYER_METADATA,
	/** Number of these; grows with the library. */
	OVLCP_LAYER_COUNT,
};

/** What a directory is to an overlay. */
enum ovlcp_role {
	/** Its upper layer, which receives what is written. */
	OVLCP_ROLE_UPPER,
	/** Its work directory, on the filesystem of the upper layer. */
	OVLCP_ROLE_WORK,
	/** One of its lower layers. */
	OVLCP_ROLE_LOWER,
	/** A lower layer that only holds data which files of other layers refer to. */
	OVLCP_ROLE_DATA,
	/** Number of these; grows with the library. */
	OVLCP_ROLE_COUNT,
};

/** What is known about one file and where it lies; made by ovlcp_inspect. */
struct ovlcp_info;

/** One layer of an overlay as it was named at mount time. Strings belong to the info. */
struct ovlcp_layer_info {
	/** What it is to the overlay. */
	enum ovlcp_role role;
	/**
	 * Its path as the kernel lists it, without escapes. Text of the mount namespace that the
	 * overlay was mounted in, and relative to a directory of then if it has no slash in front.
	 */
	const char *path;
	/**
	 * Whether it seems to lie on a filesystem that is mounted in this namespace. It was not
	 * opened: the path was compared with mounts, and the overlay with the filesystem found.
	 */
	bool visible;
	/** Type of that filesystem; "" if it is not visible. */
	const char *fs_type;
	/** Its label; "" if it has none or it cannot be read. */
	const char *fs_label;
	/** Its UUID; "" if it has none or it cannot be read. */
	const char *fs_uuid;
};

/** One extent of a file: bytes that lie in one piece. */
struct ovlcp_extent {
	/** Where it begins in the file. */
	uint64_t logical;
	/** Where it begins on the filesystem's device; meaningless if it is not known. */
	uint64_t physical;
	/** Its length; the last one may reach beyond the end of the file. */
	uint64_t length;
	/** Whether its blocks are used by another file, or twice by this one. */
	bool shared;
	/** Whether physical is known: it is allocated, and not kept inside of metadata. */
	bool known;
	/** Whether it is compressed or encrypted: then physical is the begin of a larger unit. */
	bool encoded;
};

/** Bits of ovlcp_options.flags. */
enum ovlcp_flag {
	/** A destination that cannot be opened for writing is removed and made anew. */
	OVLCP_FORCE = 1u << 0,
	/** Every existing destination is removed before the copy. */
	OVLCP_REMOVE_DESTINATION = 1u << 1,
	/** A destination that is a directory receives the file, under the source's last name. */
	OVLCP_INTO_DIRECTORY = 1u << 2,
	/**
	 * This copy and others of this session that have the flag are one call, as of cp: do not
	 * overwrite what the call has made, pass over a source that it has copied, and let
	 * OVLCP_PRESERVE_LINKS join their links. Takes memory for each source.
	 */
	OVLCP_SAME_CALL = 1u << 3,
	/**
	 * Let events tell what nobody needs for a copy: layer, holes, names of filesystems, bytes
	 * that copy_file_range shared. Costs time.
	 */
	OVLCP_EXPLAIN = 1u << 4,
	/** Directories are copied with all that is in them. */
	OVLCP_RECURSIVE = 1u << 5,
	/** Of FIFOs and devices copy what can be read from them, instead of making such files. */
	OVLCP_COPY_CONTENTS = 1u << 6,
	/** Directories on other filesystems than the source are made, but not entered. */
	OVLCP_ONE_FILE_SYSTEM = 1u << 7,
	/** Copy no data: make missing files empty, leave existing data alone, set attributes. */
	OVLCP_ATTRIBUTES_ONLY = 1u << 8,
	/** The destination is a directory that receives the source's whole path. */
	OVLCP_PARENTS = 1u << 9,
	/** A link to a directory in the destination tree counts as that directory. */
	OVLCP_KEEP_DIRECTORY_SYMLINK = 1u << 10,
	/** A destination that is a link to nothing is made where it points, as POSIX wants. */
	OVLCP_CREATE_THROUGH_SYMLINK = 1u << 11,
	/** New files get the mode that new files have, whatever the mode of the source. */
	OVLCP_DEFAULT_MODE = 1u << 12,
	/** New files get the security context that the system's policy has for their place. */
	OVLCP_DEFAULT_CONTEXT = 1u << 13,
	/**
	 * Copy nothing, but tell what a copy would do: OVLCP_EVENT_PLANNED takes the place of
	 * OVLCP_EVENT_COPIED. No name is made, changed or removed, no file is copied up. What a
	 * filesystem can do is tried on a file without a name (O_TMPFILE), which is gone at once.
	 * Implies OVLCP_EXPLAIN. OVLCP_EXISTING_ASK counts as answered with yes.
	 */
	OVLCP_DRY_RUN = 1u << 14,
	/**
	 * Do not look for the source's own file in a layer of its overlay, to clone that to a
	 * destination outside the overlay.
	 */
	OVLCP_NO_LAYER_BYPASS = 1u << 15,
};

/** Bits of ovlcp_options.preserve. */
enum ovlcp_preserve {
	/** Permission bits and access control list; without it the bits are less the umask. */
	OVLCP_PRESERVE_MODE = 1u << 0,
	/** Owner and group. */
	OVLCP_PRESERVE_OWNERSHIP = 1u << 1,
	/** Times of last access and last modification, to the nanosecond. */
	OVLCP_PRESERVE_TIMESTAMPS = 1u << 2,
	/** Which files are hard links of one another. */
	OVLCP_PRESERVE_LINKS = 1u << 3,
	/** Extended attributes, but for those that /etc/xattr.conf says to skip. */
	OVLCP_PRESERVE_XATTR = 1u << 4,
	/** The security context (SELinux). */
	OVLCP_PRESERVE_CONTEXT = 1u << 5,
};

/**
 * How to copy. All-zero (but for size) means all defaults.
 *
 * The structure grows at its end only. A caller compiled against a newer header may pass a
 * larger one: what the library does not know must be zero, otherwise the call is -E2BIG.
 * Strings are borrowed for the time of the call.
 */
struct ovlcp_options {
	/** sizeof(struct ovlcp_options) of the caller. */
	size_t size;
	/**
	 * Smallest source that OVLCP_COPY_UP_AUTO copies up, in bytes. 0 means the default:
	 * 1 MiB for a single destination, and for any size where OVLCP_REFLINK_ALWAYS leaves
	 * no other way. A fan-out never goes below 16 MiB, because one copy and clones of
	 * that copy are cheaper there. Files in trees are not copied up unless
	 * OVLCP_REFLINK_ALWAYS leaves no other way.
	 */
	uint64_t copy_up_min;
	/** When to share data. */
	enum ovlcp_reflink reflink;
	/** When to copy up the source. */
	enum ovlcp_copy_up copy_up;
	/** What to do with existing destinations. */
	enum ovlcp_existing existing;
	/** Which of them; comes before the question of OVLCP_EXISTING_ASK. */
	enum ovlcp_update update;
	/** Which links to follow. */
	enum ovlcp_follow follow;
	/** What to make. */
	enum ovlcp_make make;
	/** What to call an existing destination that is in the way. */
	enum ovlcp_backup backup;
	/** Whether to make holes. */
	enum ovlcp_sparse sparse;
	/**
	 * What a file must get its data by. Empty files have none and are no failures. Where
	 * anything is required, the limits of OVLCP_COPY_UP_AUTO do not count.
	 */
	enum ovlcp_require require;
	/**
	 * Threads that copy the files of a tree, or big sources of ovlcp_copy_many, the caller's
	 * among them: 1 none but that, 0 as many as there are processors, at most 8. Events come in
	 * the caller's thread, those of a file together, in an order that does not depend on how
	 * fast the threads are; but files of a directory come before its directories then.
	 * OVLCP_EXISTING_ASK and OVLCP_DRY_RUN mean 1; for trees also OVLCP_FOLLOW_ALL, for sources
	 * also OVLCP_PARENTS and OVLCP_ATTRIBUTES_ONLY.
	 */
	uint32_t jobs;
	/** OR of enum ovlcp_preserve. */
	uint32_t preserve;
	/** Those of preserve whose loss is a warning and no failure. */
	uint32_t preserve_if_possible;
	/** OR of enum ovlcp_flag. */
	uint64_t flags;
	/** What a simple backup has after its name; NULL means "~". No slash. */
	const char *backup_suffix;
	/** The security context of new files; NULL leaves it to the other options. */
	const char *context;
};

/** What an event tells. */
enum ovlcp_event_type {
	/** The destination is open and its data comes next; of a directory: it was made. */
	OVLCP_EVENT_BEGIN,
	/** The destination is complete. */
	OVLCP_EVENT_COPIED,
	/** The destination existed and was left alone. */
	OVLCP_EVENT_SKIPPED,
	/** An existing destination was removed to make room. */
	OVLCP_EVENT_REMOVED,
	/** Something is worth knowing; the copy goes on. */
	OVLCP_EVENT_WARNING,
	/** The destination could not be made, or not completely. */
	OVLCP_EVENT_FAILED,
	/** A backup got its old name again, because its successor could not be made. */
	OVLCP_EVENT_RESTORED,
	/** A leading directory of OVLCP_PARENTS was made. */
	OVLCP_EVENT_PARENT_CREATED,
	/** OVLCP_DRY_RUN: the destination would be complete; what is told of it is foreseen. */
	OVLCP_EVENT_PLANNED,
};

/** What was being done, or checked, when an event with an error came up. */
enum ovlcp_op {
	/** Nothing in particular. */
	OVLCP_OP_NONE,
	/** Looking up the source. */
	OVLCP_OP_STAT_SOURCE,
	/** Opening the source for reading. */
	OVLCP_OP_OPEN_SOURCE,
	/** Check: the source is a directory, and OVLCP_RECURSIVE was not asked for. */
	OVLCP_OP_SOURCE_IS_DIRECTORY,
	/** Check: another file has taken the name of the source since it was looked up. */
	OVLCP_OP_SOURCE_REPLACED,
	/** Reading the source. */
	OVLCP_OP_READ,
	/** Reading what a symbolic link holds. */
	OVLCP_OP_READ_LINK,
	/** Opening or reading a directory of the source. */
	OVLCP_OP_READ_DIRECTORY,
	/** Check: the source gives its data only once and was read already. */
	OVLCP_OP_SOURCE_CONSUMED,
	/** Check: a link leads back to a directory that it is in. */
	OVLCP_OP_CYCLE,
	/** Check: the destination lies in the source. */
	OVLCP_OP_INTO_ITSELF,
	/** Looking up the destination. */
	OVLCP_OP_STAT_DESTINATION,
	/** Making or opening the destination. */
	OVLCP_OP_CREATE,
	/** Making a directory, or opening the one that is there. */
	OVLCP_OP_CREATE_DIRECTORY,
	/** Making a leading directory of OVLCP_PARENTS. */
	OVLCP_OP_CREATE_PARENT,
	/** Check: a leading directory of OVLCP_PARENTS is something else. */
	OVLCP_OP_PARENT_NOT_DIRECTORY,
	/** Looking up a leading directory of the source. */
	OVLCP_OP_STAT_PARENT,
	/** Making a copy of a symbolic link. */
	OVLCP_OP_CREATE_SYMLINK,
	/** Making a symbolic link to the source. */
	OVLCP_OP_CREATE_SYMLINK_TO,
	/** Check: a symbolic link to a relative path, in another directory. */
	OVLCP_OP_RELATIVE_SYMLINK,
	/** Making a hard link to the source. */
	OVLCP_OP_CREATE_LINK,
	/** Making a hard link to an earlier destination (see ovlcp_event_other). */
	OVLCP_OP_CREATE_LINK_TO_COPY,
	/** Making a FIFO. */
	OVLCP_OP_CREATE_FIFO,
	/** Making a device or a socket. */
	OVLCP_OP_CREATE_SPECIAL,
	/** Removing an existing destination. */
	OVLCP_OP_REMOVE,
	/** Giving an existing destination the name of a backup. */
	OVLCP_OP_BACKUP,
	/** Check: the backup would take the place of the source. */
	OVLCP_OP_BACKUP_IS_SOURCE,
	/** Giving a backup its old name again. */
	OVLCP_OP_UNDO_BACKUP,
	/** Check: the destination is a directory. */
	OVLCP_OP_DESTINATION_IS_DIRECTORY,
	/** Check: the source is a directory, and the destination is none. */
	OVLCP_OP_DESTINATION_NOT_DIRECTORY,
	/** Check: the destination exists (OVLCP_UPDATE_NONE_FAIL). */
	OVLCP_OP_NOT_REPLACED,
	/** Check: the destination is a symbolic link to nothing. */
	OVLCP_OP_DANGLING,
	/** Check: the destination is a link that another user put into the tree. */
	OVLCP_OP_FOREIGN_LINK,
	/** Check: source and destination are one file. */
	OVLCP_OP_SAME_FILE,
	/** Check: this call made the destination (OVLCP_SAME_CALL). */
	OVLCP_OP_JUST_CREATED,
	/** Check: ... and it is a symbolic link, which would be written through. */
	OVLCP_OP_JUST_CREATED_LINK,
	/** Check: this call copied the source before (OVLCP_SAME_CALL). */
	OVLCP_OP_SOURCE_REPEATED,
	/** Check: this call copied the directory before, to the same place. */
	OVLCP_OP_DIRECTORY_REPEATED,
	/** Check: this call copied the directory before, to another place (ovlcp_event_other). */
	OVLCP_OP_DIRECTORY_LINK,
	/** Check: a fan-out names the destination twice. */
	OVLCP_OP_DUPLICATE,
	/** Check: somebody else has changed the destination tree under our hands. */
	OVLCP_OP_DESTINATION_REPLACED,
	/** FICLONE. */
	OVLCP_OP_CLONE,
	/** copy_file_range. */
	OVLCP_OP_COPY_RANGE,
	/** Writing the destination. */
	OVLCP_OP_WRITE,
	/** Triggering the copy-up of the source. */
	OVLCP_OP_COPY_UP,
	/** Giving the source its times back after a copy-up. */
	OVLCP_OP_RESTORE_TIMES,
	/** Setting owner and group. */
	OVLCP_OP_CHOWN,
	/** Setting permission bits. */
	OVLCP_OP_CHMOD,
	/** Setting extended attributes. */
	OVLCP_OP_SET_XATTR,
	/** Setting the security context. */
	OVLCP_OP_SET_CONTEXT,
	/** Setting times. */
	OVLCP_OP_UTIMES,
	/** Closing the destination, where delayed write errors arrive. */
	OVLCP_OP_CLOSE,
	/** Number of operations; grows with the library. */
	OVLCP_OP_COUNT,
};

/** How the data of a destination was provided. */
enum ovlcp_method {
	/** It was not. */
	OVLCP_METHOD_NONE,
	/** Cloned from the source as it lay. */
	OVLCP_METHOD_CLONE,
	/** Cloned from the source after a copy-up in this call. */
	OVLCP_METHOD_CLONE_UPPER,
	/** Cloned from an earlier destination of the same fan-out. */
	OVLCP_METHOD_CLONE_DONOR,
	/** Cloned from the source's own file in a layer of its overlay. */
	OVLCP_METHOD_CLONE_LAYER,
	/** copy_file_range: shared or written, as the filesystem chose. */
	OVLCP_METHOD_COPY_RANGE,
	/** Read and written. */
	OVLCP_METHOD_READ_WRITE,
	/** There is none: a directory. */
	OVLCP_METHOD_DIRECTORY,
	/** There is none: a symbolic link. */
	OVLCP_METHOD_SYMBOLIC_LINK,
	/** A hard link was made. */
	OVLCP_METHOD_HARD_LINK,
	/** There is none: a FIFO, a socket or a device. */
	OVLCP_METHOD_SPECIAL_FILE,
	/** None was asked for (OVLCP_ATTRIBUTES_ONLY). */
	OVLCP_METHOD_ATTRIBUTES,
	/** Number of methods; grows with the library. */
	OVLCP_METHOD_COUNT,
};

/** Why data was not shared with the source, or why it could not be. */
enum ovlcp_reason {
	/** It was shared, with the source or with the donor. */
	OVLCP_REASON_NONE,
	/** OVLCP_REFLINK_NEVER was asked for. */
	OVLCP_REASON_REFLINK_NEVER,
	/** Holes of its own were asked for (enum ovlcp_sparse). */
	OVLCP_REASON_SPARSE,
	/** The source is empty, or looks it (files in /proc do). */
	OVLCP_REASON_EMPTY,
	/** The source or the destination is not a regular file. */
	OVLCP_REASON_NOT_REGULAR,
	/** The filesystem of the destination cannot clone. */
	OVLCP_REASON_FILESYSTEM,
	/** Source and destination lie in one overlay whose upper filesystem cannot clone. */
	OVLCP_REASON_UPPER_FILESYSTEM,
	/** Source and destination lie on different filesystems. */
	OVLCP_REASON_OTHER_FILESYSTEM,
	/** One of them lies on an overlay, and the other outside of it: another mount. */
	OVLCP_REASON_OUTSIDE_OVERLAY,
	/** Both lie on overlays and it cannot be told whether on the same one. */
	OVLCP_REASON_OVERLAY_UNKNOWN,
	/** Source and destination differ in a flag (btrfs: nodatacow, nodatasum). */
	OVLCP_REASON_FLAGS,
	/** On a lower layer; OVLCP_COPY_UP_NEVER. */
	OVLCP_REASON_LOWER_NEVER,
	/** On a lower layer; smaller than ovlcp_options.copy_up_min. */
	OVLCP_REASON_LOWER_SMALL,
	/** On a lower layer; in a fan-out of this size a donor is cheaper. */
	OVLCP_REASON_LOWER_DONOR,
	/** On a lower layer; files of a tree are not copied up one by one. */
	OVLCP_REASON_LOWER_TREE,
	/** On a lower layer; a copy-up would split its hard links (no index=on). */
	OVLCP_REASON_LOWER_LINKS,
	/** On a lower layer; a copy-up would change its times for good. */
	OVLCP_REASON_LOWER_TIMES,
	/** On a lower layer; it is a running program (ETXTBSY). */
	OVLCP_REASON_LOWER_RUNNING,
	/** On a lower layer; no permission to write it. */
	OVLCP_REASON_LOWER_PERMISSION,
	/** On a lower layer; the overlay is read-only. */
	OVLCP_REASON_LOWER_READ_ONLY,
	/** On a lower layer; its owner is not mapped in this user namespace. */
	OVLCP_REASON_LOWER_UNMAPPED,
	/** On a lower layer; another process holds a lease on it. */
	OVLCP_REASON_LOWER_LEASED,
	/** On a lower layer; signals interrupted the copy-up again and again. */
	OVLCP_REASON_LOWER_INTERRUPTED,
	/** On a lower layer; it was replaced or removed meanwhile. */
	OVLCP_REASON_LOWER_REPLACED,
	/** On a lower layer; the upper has no room for it or for one of its attributes. */
	OVLCP_REASON_LOWER_NO_SPACE,
	/** On a lower layer; the copy-up failed in another way. */
	OVLCP_REASON_LOWER_FAILED,
	/** A dry run: it cannot be told from here whether the destination can share. */
	OVLCP_REASON_CANNOT_TELL,
	/** On two overlays; only copy_file_range can share there, and it did not. */
	OVLCP_REASON_TWO_OVERLAYS,
	/** The source is active swap space. */
	OVLCP_REASON_SWAP,
	/** The clone failed in another way. */
	OVLCP_REASON_REFUSED,
	/** On a lower layer; it is immutable (chattr +i). */
	OVLCP_REASON_LOWER_IMMUTABLE,
	/** The source lies on an overlay, the destination outside; OVLCP_NO_LAYER_BYPASS. */
	OVLCP_REASON_LAYER_NEVER,
	/** Likewise; it is too small for its own file to be sought in a layer. */
	OVLCP_REASON_LAYER_SMALL,
	/** Number of reasons; grows with the library. */
	OVLCP_REASON_COUNT,
};

/** Which file an ovlcp_event_fs question is about. */
enum ovlcp_side {
	/** The source. */
	OVLCP_SIDE_SOURCE,
	/** The destination; in an overlay: its upper layer. */
	OVLCP_SIDE_DESTINATION,
};

/** Called for every event. @e is borrowed; @payload is what was given with the callback. */
typedef void ovlcp_event_fn(const struct ovlcp_event *e, void *payload);

/** Called for OVLCP_EXISTING_ASK. Returns whether the destination of @e may be overwritten. */
typedef bool ovlcp_question_fn(const struct ovlcp_event *e, void *payload);

/**
 * Make a session.
 *
 * @ret_o: receives the session, to be freed with ovlcp_free; untouched on failure.
 * Returns 0, or -ENOMEM.
 */
OVLCP_API int ovlcp_new(struct ovlcp **ret_o);

/** Free a session. @o: may be NULL. Always returns NULL. */
OVLCP_API struct ovlcp *ovlcp_free(struct ovlcp *o);

/** Send events to @fn with @payload; NULL sends them nowhere. Replaces the last callback. */
OVLCP_API void ovlcp_on_event(struct ovlcp *o, ovlcp_event_fn *fn, void *payload);

/** Send the questions of OVLCP_EXISTING_ASK to @fn; NULL answers each with no. */
OVLCP_API void ovlcp_on_question(struct ovlcp *o, ovlcp_question_fn *fn, void *payload);

/**
 * Copy one source to one destination; with OVLCP_RECURSIVE also a tree.
 *
 * In a tree, a failure does not stop the rest. Directories are held open by descriptor and
 * their entries reached by name only, so that who rearranges a tree meanwhile leads nothing
 * out of it; links in it are followed only as ovlcp_options.follow says.
 *
 * @o: session; borrowed.   @opt: NULL means all defaults; borrowed, not kept.
 * @src_fd: directory fd or AT_FDCWD; borrowed.   @src: path relative to it.
 * @dst_fd: directory fd or AT_FDCWD; borrowed.   @dst: path relative to it.
 * Returns 0 if all that was asked for was done or rightly skipped; otherwise -errno, and an
 * event told it. -EXDEV or -EOPNOTSUPP: sharing was required and is not possible.
 * -ECANCELED: see ovlcp_cancel; also the answer no to a question.
 * -EINVAL: @opt holds an unknown value, or no size. -E2BIG: @opt is newer than this library.
 * These two, and -ECANCELED in a session that was cancelled before, are told by no event.
 */
OVLCP_API int ovlcp_copy(struct ovlcp *o, int src_fd, const char *src, int dst_fd, const char *dst,
			 const struct ovlcp_options *opt);

/**
 * Copy one source to many destinations, sharing among them what can be shared.
 *
 * @dst: @n paths relative to @dst_fd; borrowed. The rest as for ovlcp_copy.
 * A destination that fails does not stop the others; one that is named twice, by whatever
 * name, is copied once and warned about.
 * Returns 0, or -errno of the first failure; each failure is an event.
 */
OVLCP_API int ovlcp_fan_out(struct ovlcp *o, int src_fd, const char *src, int dst_fd,
			    const char *const *dst, size_t n, const struct ovlcp_options *opt);

/**
 * Copy many sources into one directory, as one call of cp: see OVLCP_SAME_CALL, which is implied
 * if there are several. While the data of a big one is on its way, others go on: see
 * ovlcp_options.jobs.
 *
 * @src: @n paths relative to @src_fd; borrowed. @dst: path of the directory. The rest as for
 * ovlcp_copy. A source that fails does not stop the others.
 * Returns 0, or -errno of the first failure; each failure is an event.
 */
OVLCP_API int ovlcp_copy_many(struct ovlcp *o, int src_fd, const char *const *src, size_t n,
			      int dst_fd, const char *dst, const struct ovlcp_options *opt);

/**
 * Stop the copy that is going on in @o, and every later one, as soon as possible.
 * The unfinished destination is removed. Async-signal-safe; may be called from any thread.
 */
OVLCP_API void ovlcp_cancel(struct ovlcp *o);

/** What happened. */
OVLCP_API enum ovlcp_event_type ovlcp_event_type(const struct ovlcp_event *e);

/** Path of the source as it was given. */
OVLCP_API const char *ovlcp_event_source(const struct ovlcp_event *e);

/** Path of the destination, with the name it got in a directory; "" before there is one. */
OVLCP_API const char *ovlcp_event_destination(const struct ovlcp_event *e);

/** errno (positive) of the failure, or 0. */
OVLCP_API int ovlcp_event_errno(const struct ovlcp_event *e);

/** The operation that failed, or the check that refused. */
OVLCP_API enum ovlcp_op ovlcp_event_op(const struct ovlcp_event *e);

/** errno (positive) of the first method that was tried and refused for this file; 0 if none was. */
OVLCP_API int ovlcp_event_refusal_errno(const struct ovlcp_event *e);

/** The operation of ovlcp_event_refusal_errno. */
OVLCP_API enum ovlcp_op ovlcp_event_refusal_op(const struct ovlcp_event *e);

/** How the data was provided. */
OVLCP_API enum ovlcp_method ovlcp_event_method(const struct ovlcp_event *e);

/** Id of the row of the plan that chose the method, such as "clone"; never NULL. */
OVLCP_API const char *ovlcp_event_row(const struct ovlcp_event *e);

/** Why that row was chosen, in a few words of English; never NULL. */
OVLCP_API const char *ovlcp_event_row_text(const struct ovlcp_event *e);

/** Why the data is not shared with the source; OVLCP_REASON_NONE where it is. */
OVLCP_API enum ovlcp_reason ovlcp_event_reason(const struct ovlcp_event *e);

/** Bytes written for this destination, without a copy-up. */
OVLCP_API uint64_t ovlcp_event_bytes_written(const struct ovlcp_event *e);

/**
 * Bytes this destination shares with the source or the donor.
 * For copy_file_range they are measured under OVLCP_EXPLAIN only, and count as written otherwise.
 */
OVLCP_API uint64_t ovlcp_event_bytes_shared(const struct ovlcp_event *e);

/** Bytes that a copy-up in this call wrote to the upper layer; 0 if there was none. */
OVLCP_API uint64_t ovlcp_event_bytes_copied_up(const struct ovlcp_event *e);

/** Bytes of the source that are holes; known under OVLCP_EXPLAIN, otherwise 0. */
OVLCP_API uint64_t ovlcp_event_bytes_hole(const struct ovlcp_event *e);

/** Size of the source in bytes; known under OVLCP_EXPLAIN, otherwise 0. */
OVLCP_API uint64_t ovlcp_event_size(const struct ovlcp_event *e);

/**
 * Layer that the data of the source lay on before the copy; known under OVLCP_EXPLAIN,
 * otherwise OVLCP_LAYER_UNKNOWN.
 */
OVLCP_API enum ovlcp_layer ovlcp_event_layer(const struct ovlcp_event *e);

/** Whether the file lies on an overlay, so that what is written to it belongs to the upper layer.
 */
OVLCP_API bool ovlcp_event_on_overlay(const struct ovlcp_event *e, enum ovlcp_side side);

/** Device number (st_dev) of the file, where its data was provided or planned; otherwise 0. */
OVLCP_API dev_t ovlcp_event_device(const struct ovlcp_event *e, enum ovlcp_side side);

/**
 * Whether the filesystem of the destination can clone: 1 yes, 0 no, -1 it was not asked or
 * cannot be told from here.
 */
OVLCP_API int ovlcp_event_can_clone(const struct ovlcp_event *e);

/**
 * When it happened: CLOCK_MONOTONIC in nanoseconds. Where several threads copy, events may be
 * told later.
 */
OVLCP_API uint64_t ovlcp_event_time_ns(const struct ovlcp_event *e);

/**
 * Path of a third file, "" where there is none: of the backup that was made (BEGIN, RESTORED),
 * of the earlier destination that a link leads to.
 */
OVLCP_API const char *ovlcp_event_other(const struct ovlcp_event *e);

/** Mode (st_mode) of the existing destination, in a question; 0 otherwise. */
OVLCP_API mode_t ovlcp_event_mode(const struct ovlcp_event *e);

/**
 * Type of a filesystem, such as "ext4" or "xfs"; "" where it cannot be told from here.
 * Known when the event is a failure to share, or under OVLCP_EXPLAIN. Layer paths of an
 * overlay are never opened for it: the kernel's table of mounts is read as text.
 */
OVLCP_API const char *ovlcp_event_fs(const struct ovlcp_event *e, enum ovlcp_side side);

/**
 * Whether the kernel gives files security contexts (SELinux), so that OVLCP_PRESERVE_CONTEXT,
 * OVLCP_DEFAULT_CONTEXT and ovlcp_options.context mean something. Without, they do nothing.
 */
OVLCP_API bool ovlcp_has_contexts(void);

/**
 * Look at a file and where it lies. Nothing is created, changed or copied up, and no path of a
 * layer is opened. A symbolic link is followed, as it is when its data is read.
 *
 * @o: session; borrowed. The table of mounts is read once in its life.
 * @dir_fd: directory that @path is relative to, or AT_FDCWD; borrowed.
 * @ret_i: receives what was found, to be freed with ovlcp_info_free; unchanged on failure. It
 * does not need the session any more.
 * Returns 0, or -errno: of looking @path up, or -ENOMEM. What else cannot be told, because the
 * file may not be read or there is no /proc, is left out.
 */
OVLCP_API int ovlcp_inspect(struct ovlcp *o, int dir_fd, const char *path,
			    struct ovlcp_info **ret_i);

/** Free an info. @i: may be NULL. Returns NULL. */
OVLCP_API struct ovlcp_info *ovlcp_info_free(struct ovlcp_info *i);

/** Type and permission bits, as of stat. */
OVLCP_API mode_t ovlcp_info_mode(const struct ovlcp_info *i);

/** Size in bytes. */
OVLCP_API uint64_t ovlcp_info_size(const struct ovlcp_info *i);

/** Inode number as stat shows it. */
OVLCP_API uint64_t ovlcp_info_ino(const struct ovlcp_info *i);

/** Number of hard links. */
OVLCP_API uint64_t ovlcp_info_hard_links(const struct ovlcp_info *i);

/**
 * Where its data lies. OVLCP_LAYER_UNKNOWN also for empty files and for what is no regular file,
 * if they are on an overlay; for all on FUSE filesystems, which may be overlays; and for files
 * that the caller may neither write nor owns.
 */
OVLCP_API enum ovlcp_layer ovlcp_info_layer(const struct ovlcp_info *i);

/** Number of its extents; 0 where they are not known. */
OVLCP_API uint64_t ovlcp_info_extents(const struct ovlcp_info *i);

/** Whether its filesystem told its extents (FIEMAP). */
OVLCP_API bool ovlcp_info_has_extents(const struct ovlcp_info *i);

/** Bytes in extents that are shared with something; 0 where extents are not known. */
OVLCP_API uint64_t ovlcp_info_bytes_shared(const struct ovlcp_info *i);

/** Bytes of the file that are no holes; its size where its filesystem does not tell. */
OVLCP_API uint64_t ovlcp_info_bytes_data(const struct ovlcp_info *i);

/** Whether a copy-up would make a file of its own of this name: on a lower layer, with other
 *  names, and the overlay has no index. */
OVLCP_API bool ovlcp_info_copy_up_splits_links(const struct ovlcp_info *i);

/**
 * Whether its inode number may be another after a copy-up: its links split, or a lower layer is
 * known to be a squashfs and the overlay has not xino=on, and then not at once.
 */
OVLCP_API bool ovlcp_info_copy_up_changes_ino(const struct ovlcp_info *i);

/**
 * Whether its owner or group is not mapped in this user namespace: then no overlay copies it up. A
 * file of nobody's own counts as one of those, unless all numbers are mapped.
 */
OVLCP_API bool ovlcp_info_owner_unmapped(const struct ovlcp_info *i);

/** Type of the filesystem it is seen on, "overlay" on an overlay; "" if it cannot be told. */
OVLCP_API const char *ovlcp_info_fs_type(const struct ovlcp_info *i);

/** Label of that filesystem; "" if it has none or it cannot be read. */
OVLCP_API const char *ovlcp_info_fs_label(const struct ovlcp_info *i);

/** UUID of that filesystem; "" if it has none or it cannot be read. */
OVLCP_API const char *ovlcp_info_fs_uuid(const struct ovlcp_info *i);

/** What is mounted, such as a device; "" if it cannot be told. */
OVLCP_API const char *ovlcp_info_fs_source(const struct ovlcp_info *i);

/** Where it is mounted; "" if it cannot be told. */
OVLCP_API const char *ovlcp_info_mount_point(const struct ovlcp_info *i);

/** Id of that mount, as in /proc/self/mountinfo; 0 if it cannot be told. */
OVLCP_API uint64_t ovlcp_info_mount_id(const struct ovlcp_info *i);

/** Whether that mount, or its filesystem, is read-only. */
OVLCP_API bool ovlcp_info_read_only(const struct ovlcp_info *i);

/**
 * The value of an option of the overlay as it is in force.
 *
 * @name: metacopy, index, xino, redirect_dir, nfs_export, uuid, verity, volatile or userxattr;
 * the last two are "on" or "off".
 * @ret_listed: whether the mount lists it; otherwise the value is the default of the kernel's
 * module as it is now. May be NULL.
 * Returns "" where it cannot be told, where the file is on no overlay, and for other names.
 * Where all layers lie on one filesystem the kernel does not list xino, which then changes
 * nothing.
 */
OVLCP_API const char *ovlcp_info_option(const struct ovlcp_info *i, const char *name,
					bool *ret_listed);

/** Number of layers of the overlay that are listed; 0 if the file is on no overlay. */
OVLCP_API size_t ovlcp_info_layers(const struct ovlcp_info *i);

/**
 * A layer of the overlay, from the top to the bottom: the upper one and its work directory if
 * there are, lower ones, those with data only. @n: less than ovlcp_info_layers. Belongs to @i.
 */
OVLCP_API const struct ovlcp_layer_info *ovlcp_info_layer_at(const struct ovlcp_info *i, size_t n);

/** Whether the list of layers ends in the middle; those that are there are complete. */
OVLCP_API bool ovlcp_info_layers_cut(const struct ovlcp_info *i);

/**
 * List the extents of a file, in their order (FIEMAP). For pictures and reports: what was not
 * written out yet has no place.
 *
 * @fd: the file; borrowed. @ret_list: receives the list, to be freed with free(3); NULL if it
 * has no extents; unchanged on failure.
 * Returns their number, or -errno: -EOPNOTSUPP or -ENOTTY where the filesystem does not tell.
 */
OVLCP_API int64_t ovlcp_extents(int fd, struct ovlcp_extent **ret_list);

/** A stable lower-case word for a layer, such as "lower"; never NULL. */
OVLCP_API const char *ovlcp_layer_name(enum ovlcp_layer layer);

/** A stable lower-case word for a role, such as "work"; never NULL. */
OVLCP_API const char *ovlcp_role_name(enum ovlcp_role role);

/** A stable lower-case word for an operation, such as "open-source"; never NULL. */
OVLCP_API const char *ovlcp_op_name(enum ovlcp_op op);

/** A stable lower-case word for a method, such as "clone-donor"; never NULL. */
OVLCP_API const char *ovlcp_method_name(enum ovlcp_method method);

/** A stable lower-case word for a reason, such as "lower-running"; never NULL. */
OVLCP_API const char *ovlcp_reason_name(enum ovlcp_reason why);

/** Version of the library that runs, such as "0.1.0". */
OVLCP_API const char *ovlcp_version(void);

#ifdef __cplusplus
}
#endif

#endif
