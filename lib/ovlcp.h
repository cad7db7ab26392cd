/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libovlcp: copies files so that they share their data (reflink) wherever the kernel can, also from
 * the lower layers of an overlay.
 *
 * A program creates a session, sets its callbacks, and copies. The library reports everything as
 * events: it never prints or prompts, does not read the environment or the locale, and keeps no
 * state outside its sessions. Sessions are independent: each may be used by a thread of its own.
 *
 * Sizes, offsets and amounts of data are in bytes. Functions that can fail return 0 or -errno
 * unless stated otherwise. Strings and structures passed in are borrowed until the call returns.
 *
 * A program that was compiled with this header works with every later library of the same soname.
 * Enumerations grow at their ends: OVLCP_..._COUNT is the number of values that this header has,
 * and what a function returns can be any number beyond it, so compare before you use it as an
 * index. Structures grow at their ends: those that a program allocates have the size that it knows
 * (ovlcp_options.size, ovlcp_extents), the others are handed out by pointer.
 */
#ifndef OVLCP_H
#define OVLCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The version of this header; it is written nowhere else. ovlcp_version tells that of the library,
   which may be a newer one. */
#define OVLCP_VERSION_MAJOR 0
#define OVLCP_VERSION_MINOR 1
#define OVLCP_VERSION_PATCH 0

/** A version as one number, to compare: #if OVLCP_VERSION >= OVLCP_VERSION_NUMBER(1, 2, 0). */
#define OVLCP_VERSION_NUMBER(major, minor, patch) ((major)*1000000 + (minor)*1000 + (patch))
/** The version of this header as one number. */
#define OVLCP_VERSION                                                                              \
	OVLCP_VERSION_NUMBER(OVLCP_VERSION_MAJOR, OVLCP_VERSION_MINOR, OVLCP_VERSION_PATCH)

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define OVLCP_API __attribute__((visibility("default")))
#else
#define OVLCP_API
#endif

/** A session: callbacks, and what was learned about filesystems so far. Where filesystems are
   mounted or unmounted meanwhile, make a new one. */
struct ovlcp;

/** An event; valid only inside the callback that it is passed to, but for a copy. */
struct ovlcp_event;

/** When to share data (FICLONE). */
enum ovlcp_reflink {
	/** Share if possible, otherwise copy the bytes. */
	OVLCP_REFLINK_AUTO = 0,
	/** Share, or fail and remove the new destination. */
	OVLCP_REFLINK_ALWAYS,
	/** Write every byte; copy_file_range is not used either, because it may share. */
	OVLCP_REFLINK_NEVER,
};

/** When to copy up a source that is on a lower layer, so that it can be cloned. */
enum ovlcp_copy_up {
	/** If it is worth the cost: see ovlcp_options.copy_up_min. */
	OVLCP_COPY_UP_AUTO = 0,
	/** Whenever it makes a clone possible. */
	OVLCP_COPY_UP_ALWAYS,
	/** Never; the source is not touched. */
	OVLCP_COPY_UP_NEVER,
};

/** What to do with a destination that already exists. */
enum ovlcp_existing {
	/** Overwrite it. */
	OVLCP_EXISTING_OVERWRITE = 0,
	/** Leave it alone; the copy counts as done. */
	OVLCP_EXISTING_SKIP,
	/** Ask the question callback; without a callback the answer is no. */
	OVLCP_EXISTING_ASK,
};

/** Which existing destinations may be overwritten, by age. */
enum ovlcp_update {
	/** All. */
	OVLCP_UPDATE_ALL = 0,
	/** Those modified before the source (mtime); others are left alone. */
	OVLCP_UPDATE_OLDER,
	/** None; they are left alone, and the copy counts as done. */
	OVLCP_UPDATE_NONE,
	/** None; each is a failure. */
	OVLCP_UPDATE_NONE_FAIL,
};

/** Which symbolic links at the source are followed. */
enum ovlcp_follow {
	/** All. */
	OVLCP_FOLLOW_ALL = 0,
	/** A source named by the caller, but none in the tree below it. */
	OVLCP_FOLLOW_NAMED,
	/** None: links are copied as links. */
	OVLCP_FOLLOW_NONE,
};

/** What to make of files that are not directories. */
enum ovlcp_make {
	/** Copies. */
	OVLCP_MAKE_COPIES = 0,
	/** Hard links to the source. */
	OVLCP_MAKE_HARD_LINKS,
	/** Symbolic links to the path of the source. */
	OVLCP_MAKE_SYMBOLIC_LINKS,
};

/** Whether an existing destination is renamed to a backup, and to which name. */
enum ovlcp_backup {
	/** No backup. */
	OVLCP_BACKUP_NONE = 0,
	/** Its name with ovlcp_options.backup_suffix; an older backup of that name is replaced. */
	OVLCP_BACKUP_SIMPLE,
	/** Its name with .~N~, where N is one more than the highest existing number. */
	OVLCP_BACKUP_NUMBERED,
	/** Numbered if numbered backups of it exist, otherwise simple. */
	OVLCP_BACKUP_EXISTING,
};

/** Where copies have holes. */
enum ovlcp_sparse {
	/** Where the source has holes. */
	OVLCP_SPARSE_AUTO = 0,
	/** Also where the source has blocks of zeros; data is not shared then. */
	OVLCP_SPARSE_ALWAYS,
	/** Nowhere; data is not shared then. */
	OVLCP_SPARSE_NEVER,
};

/** How a file must get its data; otherwise it fails, and its new destination is removed. */
enum ovlcp_require {
	/** In any way: data that cannot be shared is written. */
	OVLCP_REQUIRE_ANY = 0,
	/** Shared: by a clone, or by copy_file_range if that shared. A file of less than 4096 bytes
	    may be written, because a filesystem can have it stored with its metadata. */
	OVLCP_REQUIRE_SHARE,
	/** By a clone (FICLONE). */
	OVLCP_REQUIRE_CLONE,
};

/** When what was copied is written to stable storage, so that it outlives a power failure. */
enum ovlcp_fsync {
	/** When the kernel does so by itself. */
	OVLCP_FSYNC_NONE = 0,
	/** OVLCP_FSYNC_FILE for one destination of one file, otherwise OVLCP_FSYNC_FS. */
	OVLCP_FSYNC_AUTO,
	/** Each file as it is complete: its data and attributes, then its name (fsync(2) of the
	    file and of its directory). */
	OVLCP_FSYNC_FILE,
	/** All files at the end of the call: each filesystem that was written to, with what other
	    processes have left to be written there (syncfs(2)). On an overlay each file whose bytes
	    were written besides, as OVLCP_FSYNC_FILE, because errors are not told otherwise; on
	   FUSE all of them, because the server is not told. */
	OVLCP_FSYNC_FS,
};

/** What the destinations of one source may share: blocks, or all that a file is. */
enum ovlcp_share {
	/** Blocks (reflink), as far as the other options allow it. */
	OVLCP_SHARE_REFLINK = 0,
	/**
	 * The second destination of a source in a call and all others become hard links to the
	 * first one, never to the source: they are one file, also in an image layer that is a tar
	 * archive. Copies where links cannot be had; devices and pipes are written to.
	 */
	OVLCP_SHARE_HARD_LINK,
	/** Blocks; and hard links, likewise, where bytes would have to be written once more. */
	OVLCP_SHARE_REFLINK_OR_HARD_LINK,
};

/** Whether copies are remembered, so that later calls clone from them. */
enum ovlcp_remember {
	/** No. */
	OVLCP_REMEMBER_NO = 0,
	/**
	 * A copy whose bytes had to be written is recorded in ovlcp_options.remember_dir; one that
	 * is recorded, and unchanged as its times prove, is cloned instead of writing the bytes
	 * again. A source is then not copied up by OVLCP_COPY_UP_AUTO.
	 */
	OVLCP_REMEMBER_YES,
	/** The same, but source and copy are read and compared before the copy is cloned. */
	OVLCP_REMEMBER_VERIFY,
};

/** How a copy was compared with its source (OVLCP_VERIFY). */
enum ovlcp_verified {
	/** It was not. */
	OVLCP_VERIFIED_NONE = 0,
	/** Both were read, and are equal byte for byte. */
	OVLCP_VERIFIED_BYTES,
	/** Both consist of the same extents of the filesystem (FIEMAP). */
	OVLCP_VERIFIED_EXTENTS,
	/** Number of values that this header has; the library may return others. */
	OVLCP_VERIFIED_COUNT,
};

/** The layer of an overlay that the data of a file is on. */
enum ovlcp_layer {
	/** Unknown. */
	OVLCP_LAYER_UNKNOWN = 0,
	/** The file is not on an overlay. */
	OVLCP_LAYER_NONE,
	/** The upper layer. */
	OVLCP_LAYER_UPPER,
	/** A lower layer. */
	OVLCP_LAYER_LOWER,
	/** A lower layer, while the metadata is on the upper layer (metacopy). */
	OVLCP_LAYER_METADATA,
	/** Number of values that this header has; the library may return others. */
	OVLCP_LAYER_COUNT,
};

/** What an overlay uses a directory for. */
enum ovlcp_role {
	/** Upper layer, which receives all writes. */
	OVLCP_ROLE_UPPER,
	/** Work directory, on the filesystem of the upper layer. */
	OVLCP_ROLE_WORK,
	/** Lower layer. */
	OVLCP_ROLE_LOWER,
	/** Data-only lower layer: holds only data that files of other layers refer to. */
	OVLCP_ROLE_DATA,
	/** Number of values that this header has; the library may return others. */
	OVLCP_ROLE_COUNT,
};

/** What is known about a file, its filesystem and its overlay; see ovlcp_inspect. */
struct ovlcp_info;

/** A layer of an overlay, as it was given at mount time; handed out by pointer only. Strings are
    owned by the info. */
struct ovlcp_layer_info {
	/** What the overlay uses it for. */
	enum ovlcp_role role;
	/**
	 * Its path as listed by the kernel, without escapes. Valid in the mount namespace in which
	 * the overlay was mounted; without a leading slash, relative to the cwd of that mount call.
	 */
	const char *path;
	/**
	 * Whether it is on a filesystem mounted in this namespace. That is verified for the topmost
	 * layer. For the others it is what their paths lead to, unless the numbers of the file show
	 * that its data is elsewhere.
	 */
	bool visible;
	/** Device number of the superblock of that filesystem; 0 if it is not visible. */
	dev_t device;
	/** Type of that filesystem; "" if it is not visible. */
	const char *fs_type;
	/** Label of that filesystem; "" if it has none or it cannot be read. */
	const char *fs_label;
	/** UUID of that filesystem; "" if it has none or it cannot be read. */
	const char *fs_uuid;
};

/** An extent: contiguous bytes of a file. The size is an argument of ovlcp_extents. */
struct ovlcp_extent {
	/** Offset in the file, in bytes. */
	uint64_t logical;
	/** Offset on the device of the filesystem, in bytes; meaningless unless known. */
	uint64_t physical;
	/** Length in bytes; the last extent may reach beyond the end of the file. */
	uint64_t length;
	/** Whether its blocks are used more than once, by this or another file. */
	bool shared;
	/** Whether physical is known: the extent is allocated, and not stored inside metadata. */
	bool known;
	/** Whether it is compressed or encrypted: physical is the start of a larger unit then. */
	bool encoded;
};

/** Bits of ovlcp_options.flags. */
enum ovlcp_flag {
	/** Remove a destination that cannot be opened for writing, and create it anew. */
	OVLCP_FORCE = 1u << 0,
	/** Remove every existing destination before the copy. */
	OVLCP_REMOVE_DESTINATION = 1u << 1,
	/** If the destination is a directory, copy into it, under the source's last name. */
	OVLCP_INTO_DIRECTORY = 1u << 2,
	/**
	 * Treat this copy and the others of this session with this flag, until ovlcp_reset, as one
	 * call of cp: do not overwrite what the call created, skip sources that it copied already,
	 * and preserve hard links between its sources (OVLCP_PRESERVE_LINKS). Needs memory for each
	 * source.
	 */
	OVLCP_SAME_CALL = 1u << 3,
	/**
	 * Fill in event fields that a copy does not need: layer, holes, size, types of filesystems,
	 * bytes that copy_file_range shared. Costs time.
	 */
	OVLCP_EXPLAIN = 1u << 4,
	/** Copy directories with everything in them. */
	OVLCP_RECURSIVE = 1u << 5,
	/** Copy the data read from FIFOs and devices, instead of creating such files. */
	OVLCP_COPY_CONTENTS = 1u << 6,
	/** Create directories that are mount points of other filesystems, but do not enter them. */
	OVLCP_ONE_FILE_SYSTEM = 1u << 7,
	/** Copy no data: create missing files empty, keep existing data, set attributes. */
	OVLCP_ATTRIBUTES_ONLY = 1u << 8,
	/** The destination is a directory; the whole path of the source is created in it. */
	OVLCP_PARENTS = 1u << 9,
	/** In the destination tree, use a symbolic link to a directory like that directory. */
	OVLCP_KEEP_DIRECTORY_SYMLINK = 1u << 10,
	/** Create the missing target of a dangling symbolic link, as cp does by POSIXLY_CORRECT. */
	OVLCP_CREATE_THROUGH_SYMLINK = 1u << 11,
	/** Give new files the default mode (0666 or 0777 less the umask), not the source's mode. */
	OVLCP_DEFAULT_MODE = 1u << 12,
	/** Give new files the security context that the system's policy has for their paths. */
	OVLCP_DEFAULT_CONTEXT = 1u << 13,
	/**
	 * Copy nothing, but report what a copy would do, by OVLCP_EVENT_PLANNED instead of
	 * OVLCP_EVENT_COPIED. No name is created, changed or removed, nothing is copied up. What a
	 * filesystem can do is tried on an unnamed temporary file (O_TMPFILE). Implies
	 * OVLCP_EXPLAIN; OVLCP_EXISTING_ASK counts as answered with yes.
	 */
	OVLCP_DRY_RUN = 1u << 14,
	/**
	 * Do not look for the source's file in a layer of its overlay, from which it could be
	 * cloned to a destination outside of the overlay.
	 */
	OVLCP_NO_LAYER_BYPASS = 1u << 15,
	/**
	 * A destination gets its name when it is complete; until then it has no name (O_TMPFILE),
	 * or a temporary one in the same directory. Its data is on stable storage before that
	 * (fdatasync(2)), unless it was cloned, so that the name never leads to a part of it, not
	 * even after a power failure. A regular file of that name is replaced as a whole by a
	 * rename, whose attributes the new one gets as if it were overwritten; other hard links
	 * keep the old file. Directories are created at once. Not with OVLCP_ATTRIBUTES_ONLY.
	 */
	OVLCP_ATOMIC = 1u << 16,
	/**
	 * Compare each copy with its source: byte for byte, past the page cache where the
	 * filesystem allows it (O_DIRECT); a clone by its extents, where the filesystem lists them.
	 * A copy that differs fails with OVLCP_OP_VERIFY, and is removed.
	 */
	OVLCP_VERIFY = 1u << 17,
};

/** Bits of ovlcp_options.preserve: attributes that the copy gets from the source. */
enum ovlcp_preserve {
	/** Permission bits and ACLs; without it permission bits are less the umask. */
	OVLCP_PRESERVE_MODE = 1u << 0,
	/** Owner and group. */
	OVLCP_PRESERVE_OWNERSHIP = 1u << 1,
	/** Access and modification time, in nanoseconds. */
	OVLCP_PRESERVE_TIMESTAMPS = 1u << 2,
	/** Hard links between the source files. */
	OVLCP_PRESERVE_LINKS = 1u << 3,
	/** Extended attributes, except those that /etc/xattr.conf excludes, or, without it, those
	    that it usually excludes: man ovl-cp, FILES. */
	OVLCP_PRESERVE_XATTR = 1u << 4,
	/** Security context (SELinux). */
	OVLCP_PRESERVE_CONTEXT = 1u << 5,
};

/**
 * How to copy. All-zero except for size means all defaults.
 *
 * The structure grows only at its end. A caller compiled with a newer header may pass a larger one:
 * if a field that the library does not know is nonzero, the call fails with -E2BIG.
 */
struct ovlcp_options {
	/** sizeof(struct ovlcp_options) in the caller. */
	size_t size;
	/**
	 * Smallest source that OVLCP_COPY_UP_AUTO copies up, in bytes. 0 means the default: 1 MiB
	 * (on fuse-overlayfs 16 MiB), or no limit if sharing is required (reflink, require). With
	 * several destinations it is at least 16 MiB unless sharing is required: one copy and
	 * clones of that copy cost less. Files found in trees are copied up only if sharing is
	 * required.
	 */
	uint64_t copy_up_min;
	/** When to share data. */
	enum ovlcp_reflink reflink;
	/** When to copy up the source. */
	enum ovlcp_copy_up copy_up;
	/** What to do with existing destinations. */
	enum ovlcp_existing existing;
	/** Which existing destinations may be overwritten; checked before OVLCP_EXISTING_ASK. */
	enum ovlcp_update update;
	/** Which symbolic links to follow. */
	enum ovlcp_follow follow;
	/** What to create. */
	enum ovlcp_make make;
	/** Whether and how to back up an existing destination. */
	enum ovlcp_backup backup;
	/** Where to create holes. */
	enum ovlcp_sparse sparse;
	/**
	 * How a file must get its data. Empty files have no data and do not fail. If anything is
	 * required, the default limits of OVLCP_COPY_UP_AUTO do not apply.
	 */
	enum ovlcp_require require;
	/** When to write to stable storage. */
	enum ovlcp_fsync fsync;
	/**
	 * Number of threads, including the caller's, that copy files of a tree or big sources of
	 * ovlcp_copy_many. 1: only the caller's; 0: one for each processor, at most 8, of which
	 * a tree gets as many as pay, measured as it is copied. Events arrive in the caller's
	 * thread, those of a file together, in an order that does not depend on timing, with the
	 * files of a directory before its subdirectories. OVLCP_EXISTING_ASK and OVLCP_DRY_RUN
	 * imply 1; for trees also OVLCP_FOLLOW_ALL, for sources also OVLCP_PARENTS and
	 * OVLCP_ATTRIBUTES_ONLY. Files are copied up one at a time with 0, otherwise so many at a
	 * time, and of two in one directory the kernel may give that the present time.
	 */
	uint32_t jobs;
	/** OR of enum ovlcp_preserve. */
	uint32_t preserve;
	/** Subset of preserve; if such an attribute cannot be set, that is only a warning. */
	uint32_t preserve_if_possible;
	/** Must be 0. */
	uint32_t reserved;
	/** OR of enum ovlcp_flag. */
	uint64_t flags;
	/** Suffix of simple backups, without a slash; NULL means "~". */
	const char *backup_suffix;
	/** Security context of new files; NULL leaves it to the other options. */
	const char *context;
	/**
	 * Directory of the records of copies, for enum ovlcp_remember; created with mode 0700 if it
	 * is missing. If it cannot be used, or others have rights to it, nothing is remembered.
	 */
	const char *remember_dir;
	/** Whether copies are remembered; not without remember_dir. */
	enum ovlcp_remember remember;
	/** What several destinations of one source share. */
	enum ovlcp_share share;
};

/** Paths that are relative to one directory. It stays as it is. */
struct ovlcp_paths {
	/** The directory, or AT_FDCWD; borrowed. */
	int fd;
	/** The paths; borrowed. May be NULL if there are none. */
	const char *const *list;
	/** Number of paths. */
	size_t count;
};

/** What an event reports. */
enum ovlcp_event_type {
	/** The destination is open and its data follows; a directory was created. */
	OVLCP_EVENT_BEGIN,
	/** The destination has its data and its name. After an OVLCP_EVENT_FAILED of it something
	    else is missing, such as an attribute. A directory also if something in it failed, or
	   was not begun because the session was cancelled. */
	OVLCP_EVENT_COPIED,
	/** The destination existed and was left alone; or a check (ovlcp_event_op) has passed over
	    it, which is no failure: OVLCP_OP_DUPLICATE, OVLCP_OP_SOURCE_REPEATED,
	    OVLCP_OP_DIRECTORY_REPEATED. */
	OVLCP_EVENT_SKIPPED,
	/** An existing destination was removed, to be created anew. */
	OVLCP_EVENT_REMOVED,
	/** A warning; the copy continues. */
	OVLCP_EVENT_WARNING,
	/** The destination could not be created, or not completely. */
	OVLCP_EVENT_FAILED,
	/** A backup was renamed back, because the new destination could not be created. */
	OVLCP_EVENT_RESTORED,
	/** A leading directory of OVLCP_PARENTS was created. */
	OVLCP_EVENT_PARENT_CREATED,
	/** OVLCP_DRY_RUN: the destination would be complete; the fields are predictions. */
	OVLCP_EVENT_PLANNED,
	/** ovlcp_copy_up: the source was copied up. */
	OVLCP_EVENT_COPIED_UP,
	/**
	 * ovlcp_dedupe, ovlcp_dedupe_within: the two files are equal, and share what they can.
	 * ovlcp_event_bytes_shared counts what they did not share before.
	 */
	OVLCP_EVENT_DEDUPED,
};

/** The operation, or the check, that an event with an error is about. */
enum ovlcp_op {
	/** None in particular. */
	OVLCP_OP_NONE,
	/** Looking up the source. */
	OVLCP_OP_STAT_SOURCE,
	/** Opening the source for reading. */
	OVLCP_OP_OPEN_SOURCE,
	/** Check: the source is a directory, without OVLCP_RECURSIVE. */
	OVLCP_OP_SOURCE_IS_DIRECTORY,
	/** Check: the source was replaced by another file after it was looked up. */
	OVLCP_OP_SOURCE_REPLACED,
	/** Reading the source. */
	OVLCP_OP_READ,
	/** Reading the target of a symbolic link. */
	OVLCP_OP_READ_LINK,
	/** Opening or reading a directory of the source, for each of its destinations. */
	OVLCP_OP_READ_DIRECTORY,
	/** Check: the source is a stream, and its data was already read for another destination. */
	OVLCP_OP_SOURCE_CONSUMED,
	/** Check: a symbolic link leads to a directory that contains it. */
	OVLCP_OP_CYCLE,
	/** Check: the destination is inside the source. */
	OVLCP_OP_INTO_ITSELF,
	/** Looking up the destination. */
	OVLCP_OP_STAT_DESTINATION,
	/** Creating or opening the destination. */
	OVLCP_OP_CREATE,
	/** Creating a directory, or opening the existing one. */
	OVLCP_OP_CREATE_DIRECTORY,
	/** Creating a leading directory of OVLCP_PARENTS. */
	OVLCP_OP_CREATE_PARENT,
	/** Check: a leading directory of OVLCP_PARENTS exists and is not a directory. */
	OVLCP_OP_PARENT_NOT_DIRECTORY,
	/** Looking up a leading directory of the source. */
	OVLCP_OP_STAT_PARENT,
	/** Creating a copy of a symbolic link. */
	OVLCP_OP_CREATE_SYMLINK,
	/** Creating a symbolic link to the source. */
	OVLCP_OP_CREATE_SYMLINK_TO,
	/** Check: a symbolic link to a relative path would be created in another directory. */
	OVLCP_OP_RELATIVE_SYMLINK,
	/** Creating a hard link to the source. */
	OVLCP_OP_CREATE_LINK,
	/** Check: a hard link would copy the source up and so separate it from its other links. */
	OVLCP_OP_LINK_SPLITS,
	/** Creating a hard link to an earlier destination (see ovlcp_event_other). */
	OVLCP_OP_CREATE_LINK_TO_COPY,
	/** Creating a FIFO. */
	OVLCP_OP_CREATE_FIFO,
	/** Creating a device or a socket. */
	OVLCP_OP_CREATE_SPECIAL,
	/** Removing an existing destination. */
	OVLCP_OP_REMOVE,
	/** Renaming an existing destination to its backup name. */
	OVLCP_OP_BACKUP,
	/** Check: the backup would overwrite the source. */
	OVLCP_OP_BACKUP_IS_SOURCE,
	/** Renaming a backup back. */
	OVLCP_OP_UNDO_BACKUP,
	/** Check: the destination is a directory, and the source is not. */
	OVLCP_OP_DESTINATION_IS_DIRECTORY,
	/** Check: the source is a directory, and the destination is not. */
	OVLCP_OP_DESTINATION_NOT_DIRECTORY,
	/** Check: the destination exists (OVLCP_UPDATE_NONE_FAIL). */
	OVLCP_OP_NOT_REPLACED,
	/** Check: the destination is a dangling symbolic link. */
	OVLCP_OP_DANGLING,
	/** Check: the destination is a symbolic link in a tree, owned by an untrusted user. */
	OVLCP_OP_FOREIGN_LINK,
	/** An unfinished destination is left, because another process has written to it. */
	OVLCP_OP_UNDO,
	/** The destination, in a tree, is a symbolic link that leads out of the directory that the
	    caller has named. */
	OVLCP_OP_LINK_LEADS_OUT,
	/** Check: source and destination are one file. */
	OVLCP_OP_SAME_FILE,
	/** Check: this call created the destination (OVLCP_SAME_CALL). */
	OVLCP_OP_JUST_CREATED,
	/** Check: this call created a symbolic link there, which would be written through. */
	OVLCP_OP_JUST_CREATED_LINK,
	/** Check: this call already copied the source (OVLCP_SAME_CALL). */
	OVLCP_OP_SOURCE_REPEATED,
	/** Check: this call already copied the directory, to the same place. */
	OVLCP_OP_DIRECTORY_REPEATED,
	/** Check: this call already copied the directory, to another place (ovlcp_event_other). */
	OVLCP_OP_DIRECTORY_LINK,
	/** Check: the fan-out names the destination twice. */
	OVLCP_OP_DUPLICATE,
	/** Check: another process changed the destination tree during the copy. */
	OVLCP_OP_DESTINATION_REPLACED,
	/** Cloning (FICLONE). */
	OVLCP_OP_CLONE,
	/** Copying by copy_file_range. */
	OVLCP_OP_COPY_RANGE,
	/** Writing the destination. */
	OVLCP_OP_WRITE,
	/** Triggering the copy-up of the source. */
	OVLCP_OP_COPY_UP,
	/** Restoring the source's times after a copy-up. */
	OVLCP_OP_RESTORE_TIMES,
	/** Setting owner and group. */
	OVLCP_OP_CHOWN,
	/** Setting permission bits and ACLs. */
	OVLCP_OP_CHMOD,
	/** Setting extended attributes. */
	OVLCP_OP_SET_XATTR,
	/** Listing or reading the source's extended attributes or ACLs. */
	OVLCP_OP_GET_XATTR,
	/** Setting the security context. */
	OVLCP_OP_SET_CONTEXT,
	/** Reading the source's security context. */
	OVLCP_OP_GET_CONTEXT,
	/** Setting access and modification time. */
	OVLCP_OP_UTIMES,
	/** Closing the destination, where delayed write errors are reported. */
	OVLCP_OP_CLOSE,
	/** Warning: the source is in a layer of an overlay, and its data in a lower one (metacopy).
	 */
	OVLCP_OP_LAYER_METACOPY,
	/** Warning: the source is in a layer, and a part of its entries in a lower one, by another
	   name (redirect). */
	OVLCP_OP_LAYER_REDIRECT,
	/** Warning: the source is in a layer, where it stands for a file that was removed. */
	OVLCP_OP_LAYER_WHITEOUT,
	/** Check: a copy differs from its source (OVLCP_VERIFY, ovlcp_event_offset). */
	OVLCP_OP_VERIFY,
	/** Comparing a copy with its source: it could not be done. */
	OVLCP_OP_COMPARE,
	/** Writing to stable storage (OVLCP_FSYNC_FILE, OVLCP_FSYNC_FS, OVLCP_ATOMIC). */
	OVLCP_OP_SYNC,
	/** Check: the overlay of the destination is volatile: it writes nothing to stable storage.
	 */
	OVLCP_OP_VOLATILE,
	/** Warning: nothing is remembered, because the directory of the records
	    (ovlcp_event_other) cannot be used. */
	OVLCP_OP_REMEMBER,
	/** Check: it is unknown whether the overlay of the destination is volatile. */
	OVLCP_OP_VOLATILE_UNKNOWN,
	/** Check: ovlcp_copy_up does not copy the source up, or could not (ovlcp_event_reason). */
	OVLCP_OP_COPY_UP_REFUSED,
	/** Opening the destination of ovlcp_dedupe for reading. */
	OVLCP_OP_OPEN_DESTINATION,
	/** Letting two equal files share data (FIDEDUPERANGE). */
	OVLCP_OP_DEDUPE,
	/** The filesystem of the destination cannot let equal files share data. */
	OVLCP_OP_DEDUPE_FILESYSTEM,
	/** Check: source and destination are not two regular files, or not two directories. */
	OVLCP_OP_DEDUPE_KIND,
	/** Check: the destination differs from the source (ovlcp_event_offset); left alone. */
	OVLCP_OP_DEDUPE_DIFFERS,
	/** Check: another process changed the source or the destination meanwhile; left alone. */
	OVLCP_OP_DEDUPE_CHANGED,
	/** Check: the source is on a lower layer of its overlay, which shares only what is on the
	    upper one. */
	OVLCP_OP_DEDUPE_SOURCE_LOWER,
	/** Check: the destination is on a lower layer, which the overlay cannot change. */
	OVLCP_OP_DEDUPE_LOWER,
	/** Number of operations that this header has; the library may return others. */
	OVLCP_OP_COUNT,
};

/** How a destination got its data. */
enum ovlcp_method {
	/** It got none. */
	OVLCP_METHOD_NONE,
	/** Cloned from the source. */
	OVLCP_METHOD_CLONE,
	/** Cloned from the source after a copy-up in this call. */
	OVLCP_METHOD_CLONE_UPPER,
	/** Cloned from an earlier destination of the same fan-out (donor). */
	OVLCP_METHOD_CLONE_DONOR,
	/** Cloned from the source's file in a layer of its overlay. */
	OVLCP_METHOD_CLONE_LAYER,
	/** copy_file_range: shared or written, as the filesystem chose. */
	OVLCP_METHOD_COPY_RANGE,
	/** Read and written. */
	OVLCP_METHOD_READ_WRITE,
	/** A directory: no data. */
	OVLCP_METHOD_DIRECTORY,
	/** A symbolic link: no data. */
	OVLCP_METHOD_SYMBOLIC_LINK,
	/** A hard link was created. */
	OVLCP_METHOD_HARD_LINK,
	/** A FIFO, a socket or a device: no data. */
	OVLCP_METHOD_SPECIAL_FILE,
	/** OVLCP_ATTRIBUTES_ONLY: no data. */
	OVLCP_METHOD_ATTRIBUTES,
	/** Cloned from the copy of an earlier call (enum ovlcp_remember); ovlcp_event_other has its
	    path. */
	OVLCP_METHOD_CLONE_REMEMBERED,
	/** ovlcp_copy_up: copied up, and to nowhere else. */
	OVLCP_METHOD_COPY_UP,
	/** It existed, was equal to the source, and shares its data now (FIDEDUPERANGE). */
	OVLCP_METHOD_DEDUPE,
	/** Number of methods that this header has; the library may return others. */
	OVLCP_METHOD_COUNT,
};

/** Why data is not shared. "On a lower layer" refers to the source. */
enum ovlcp_reason {
	/** The data is shared, with the source or with a donor. */
	OVLCP_REASON_NONE,
	/** OVLCP_REFLINK_NEVER. */
	OVLCP_REASON_REFLINK_NEVER,
	/** The copy gets holes of its own, or none (enum ovlcp_sparse). */
	OVLCP_REASON_SPARSE,
	/** The source has size 0: it is empty, or a file as in /proc. */
	OVLCP_REASON_EMPTY,
	/** Source or destination is not a regular file. */
	OVLCP_REASON_NOT_REGULAR,
	/** The filesystem of the destination cannot clone. */
	OVLCP_REASON_FILESYSTEM,
	/** Both are on overlays, and the upper filesystem of the destination cannot clone. */
	OVLCP_REASON_UPPER_FILESYSTEM,
	/** Source and destination are on different filesystems. */
	OVLCP_REASON_OTHER_FILESYSTEM,
	/** One of them is on an overlay, the other is not: they are on different mounts. */
	OVLCP_REASON_OUTSIDE_OVERLAY,
	/** Whether both are on one overlay is unknown. */
	OVLCP_REASON_OVERLAY_UNKNOWN,
	/** Source and destination differ in a flag (btrfs: nodatacow, nodatasum). */
	OVLCP_REASON_FLAGS,
	/** On a lower layer; OVLCP_COPY_UP_NEVER. */
	OVLCP_REASON_LOWER_NEVER,
	/** On a lower layer; it has less data than ovlcp_options.copy_up_min. */
	OVLCP_REASON_LOWER_SMALL,
	/** On a lower layer; in a fan-out, a donor costs less for so much data. */
	OVLCP_REASON_LOWER_DONOR,
	/** On a lower layer; files of a tree are not copied up. */
	OVLCP_REASON_LOWER_TREE,
	/** On a lower layer; a copy-up would break its hard links (no index=on). */
	OVLCP_REASON_LOWER_LINKS,
	/** On a lower layer, its metadata on the upper one; a copy-up would change its times, which
	    only its owner can restore, and until then others see them. */
	OVLCP_REASON_LOWER_TIMES,
	/** On a lower layer; it is being executed (ETXTBSY). */
	OVLCP_REASON_LOWER_RUNNING,
	/** On a lower layer; no permission to write it. */
	OVLCP_REASON_LOWER_PERMISSION,
	/** On a lower layer; the overlay is read-only. */
	OVLCP_REASON_LOWER_READ_ONLY,
	/** On a lower layer; its owner is not mapped in this user namespace. */
	OVLCP_REASON_LOWER_UNMAPPED,
	/** On a lower layer; another process holds a lease on it. */
	OVLCP_REASON_LOWER_LEASED,
	/** On a lower layer; signals interrupted the copy-up repeatedly. */
	OVLCP_REASON_LOWER_INTERRUPTED,
	/** On a lower layer; it was replaced or removed during the copy. */
	OVLCP_REASON_LOWER_REPLACED,
	/** On a lower layer; the upper layer has no space for it or for one of its attributes. */
	OVLCP_REASON_LOWER_NO_SPACE,
	/** On a lower layer; the copy-up failed for another reason. */
	OVLCP_REASON_LOWER_FAILED,
	/** OVLCP_DRY_RUN: whether the destination can share cannot be tried. */
	OVLCP_REASON_CANNOT_TELL,
	/** They are on two overlays; only copy_file_range can share there, and it did not. */
	OVLCP_REASON_TWO_OVERLAYS,
	/** The source is active swap space. */
	OVLCP_REASON_SWAP,
	/** The clone failed for another reason. */
	OVLCP_REASON_REFUSED,
	/** On a lower layer; it is immutable (chattr +i). */
	OVLCP_REASON_LOWER_IMMUTABLE,
	/** The source is on an overlay, the destination is not; OVLCP_NO_LAYER_BYPASS. */
	OVLCP_REASON_LAYER_NEVER,
	/** The source is on an overlay, the destination is not; too small for a layer search. */
	OVLCP_REASON_LAYER_SMALL,
	/** On a lower layer; a copy-up would break its hard links, if the overlay is not mounted
	    with index=on, which is unknown. */
	OVLCP_REASON_LOWER_LINKS_UNKNOWN,
	/** On a lower layer; it may be executed, and could not be while it is copied up. */
	OVLCP_REASON_LOWER_EXECUTABLE,
	/** On a lower layer; a copy-up would fill its holes, which are most of it. */
	OVLCP_REASON_LOWER_SPARSE,
	/** On a lower layer; the kernel cannot move a file from the work directory to the upper
	    layer: they are in two subvolumes, or belong to two projects. */
	OVLCP_REASON_LOWER_WORK_DIR,
	/** The source is larger than a file may be (RLIMIT_FSIZE). */
	OVLCP_REASON_SIZE_LIMIT,
	/** On a lower layer; the copy is remembered, and later ones are cloned from it. */
	OVLCP_REASON_LOWER_REMEMBERED,
	/** ovlcp_copy_up: the file is not on an overlay. */
	OVLCP_REASON_NO_OVERLAY,
	/** ovlcp_copy_up: the data is on the upper layer already. */
	OVLCP_REASON_UPPER_ALREADY,
	/** ovlcp_copy_up: the data is on the filesystem of the upper layer already. */
	OVLCP_REASON_CLONABLE,
	/** ovlcp_copy_up: whether the upper layer can clone cannot be tried. */
	OVLCP_REASON_NO_TRIAL,
	/** They are on one fuse-overlayfs, which cannot clone: only copy_file_range can share there
	    what is on the upper layer. */
	OVLCP_REASON_FUSE_OVERLAY,
	/** ovlcp_dedupe: the destination is immutable (chattr +i). */
	OVLCP_REASON_DEDUPE_IMMUTABLE,
	/** ovlcp_dedupe: the caller neither owns the destination nor may write it. */
	OVLCP_REASON_DEDUPE_PERMISSION,
	/** ovlcp_dedupe: one of the two is active swap space. */
	OVLCP_REASON_DEDUPE_SWAP,
	/** Number of reasons that this header has; the library may return others. */
	OVLCP_REASON_COUNT,
};

/** Which of the two files an accessor is about. */
enum ovlcp_side {
	/** The source. */
	OVLCP_SIDE_SOURCE,
	/** The destination; on an overlay, its upper layer. */
	OVLCP_SIDE_DESTINATION,
};

/**
 * Called for each event, in the thread that has called the library.
 *
 * To stop the copy, call ovlcp_cancel: no other file is begun when the callback has returned. Call
 * no other function of this session. Return: longjmp(3) and exceptions of C++ must not pass through
 * the library.
 *
 * @e: the event; borrowed, valid until the callback returns.
 * @payload: as passed to ovlcp_on_event.
 */
typedef void ovlcp_event_fn(const struct ovlcp_event *e, void *payload);

/**
 * Called for each question of OVLCP_EXISTING_ASK.
 *
 * @e: has the paths and ovlcp_event_mode; borrowed, valid until the callback returns.
 * @payload: as passed to ovlcp_on_question.
 * Returns whether the destination may be overwritten; if the session is cancelled by then, it is
 * not.
 */
typedef bool ovlcp_question_fn(const struct ovlcp_event *e, void *payload);

/**
 * Create a session.
 *
 * @ret_o: receives the session, to be freed with ovlcp_free; unchanged on failure.
 * Returns 0, or -ENOMEM.
 */
OVLCP_API int ovlcp_new(struct ovlcp **ret_o);

/** Free the session @o, which may be NULL. Always returns NULL. */
OVLCP_API struct ovlcp *ovlcp_free(struct ovlcp *o);

/**
 * Set the callback for events, instead of the previous one.
 *
 * @fn: NULL discards all events.   @payload: passed to @fn; must be valid as long as it is set.
 */
OVLCP_API void ovlcp_on_event(struct ovlcp *o, ovlcp_event_fn *fn, void *payload);

/**
 * Set the callback for questions of OVLCP_EXISTING_ASK, instead of the previous one.
 *
 * @fn: NULL answers no.   @payload: passed to @fn; must be valid as long as it is set.
 */
OVLCP_API void ovlcp_on_question(struct ovlcp *o, ovlcp_question_fn *fn, void *payload);

/**
 * Copy one source to one destination; with OVLCP_RECURSIVE also a tree. In a tree a failure does
 * not stop the rest, and a tree that is changed meanwhile cannot lead the copy out of itself.
 *
 * @o: session; borrowed.   @opt: NULL means all defaults; borrowed, not kept.
 * @src_fd, @dst_fd: directory that @src or @dst is relative to, or AT_FDCWD; borrowed.
 * Returns 0 if everything was copied, or skipped as asked for; otherwise -errno, after an event.
 * -EXDEV, -EOPNOTSUPP: sharing is required and not possible. -ECANCELED: see ovlcp_cancel; or a
 * question was answered with no. Without an event: -EINVAL: @opt holds an unknown value, or no
 * size. -E2BIG: @opt is newer than the library. -ECANCELED: the session was cancelled before.
 */
OVLCP_API int ovlcp_copy(struct ovlcp *o, int src_fd, const char *src, int dst_fd, const char *dst,
			 const struct ovlcp_options *opt);

/**
 * Copy one source to many destinations, which share data with each other if possible.
 *
 * @dst: the destinations. The other parameters are those of ovlcp_copy.
 * A destination that fails does not stop the others. If two paths lead to one file, it is copied
 * once, and the second one is OVLCP_EVENT_SKIPPED with OVLCP_OP_DUPLICATE.
 * Returns 0, or -errno of the first failure; each failure is an event.
 */
OVLCP_API int ovlcp_fan_out(struct ovlcp *o, int src_fd, const char *src,
			    const struct ovlcp_paths *dst, const struct ovlcp_options *opt);

/**
 * Copy many sources into one directory, like one call of cp.
 *
 * @src: the sources. Several without OVLCP_SAME_CALL are a call of cp by themselves: this forgets
 * what was remembered before, and remembers nothing afterwards.
 * @dst: path of the directory, relative to @dst_fd. The other parameters are those of ovlcp_copy.
 * A source that fails does not stop the others. While the data of a big source is being copied, the
 * next ones start: see ovlcp_options.jobs.
 * Returns 0, or -errno of the first failure; each failure is an event.
 */
OVLCP_API int ovlcp_copy_many(struct ovlcp *o, const struct ovlcp_paths *src, int dst_fd,
			      const char *dst, const struct ovlcp_options *opt);

/**
 * Forget the copies that are recorded in the directory @dir (ovlcp_options.remember_dir), and
 * remove it if nothing else is in it.
 *
 * Returns 0, also if there is no such directory; or -errno; -EPERM: it belongs to another user, or
 * others have rights to it.
 */
OVLCP_API int ovlcp_forget(const char *dir);

/**
 * Copy a file up, and nothing else, so that other programs can clone it: files on a lower layer of
 * an overlay, whose data is on another filesystem than the upper layer. All that forbids a copy-up
 * before a clone forbids this one. Its contents and times stay as they are.
 *
 * @path: relative to @dir_fd (or AT_FDCWD); a regular file, or with OVLCP_RECURSIVE a directory, in
 * which no symbolic link is followed.
 * @opt: of it count copy_up, copy_up_min, where 0 means no limit, follow, jobs (0: one
 * thread), and the flags OVLCP_RECURSIVE, OVLCP_ONE_FILE_SYSTEM, OVLCP_EXPLAIN, OVLCP_DRY_RUN, and
 * OVLCP_SAME_CALL: a dry run counts a file once that several calls name. NULL means all defaults.
 *
 * Each regular file has an event with one of these types: OVLCP_EVENT_COPIED_UP, with
 * ovlcp_event_bytes_copied_up (OVLCP_DRY_RUN: OVLCP_EVENT_PLANNED). OVLCP_EVENT_SKIPPED: there is
 * nothing to do, and ovlcp_event_reason says why: OVLCP_REASON_NO_OVERLAY, _UPPER_ALREADY,
 * _CLONABLE, _EMPTY, _NOT_REGULAR, or _LOWER_SMALL (copy_up_min). OVLCP_EVENT_FAILED:
 * with OVLCP_OP_COPY_UP_REFUSED, ovlcp_event_reason says why.
 * Returns 0, or -errno of the first failure. Without an event: as ovlcp_copy.
 */
OVLCP_API int ovlcp_copy_up(struct ovlcp *o, int dir_fd, const char *path,
			    const struct ovlcp_options *opt);

/**
 * The same for one file that is open, on overlayfs only: what a clone of it into another open file
 * needs. So it can be done for another process, whose descriptors one has (pidfd_getfd(2)).
 *
 * @fd: the file, which is opened once more for reading, through /proc, and closed: with that end
 * locks that the process has on it (F_SETLK), and an open waits for a write lease (F_SETLEASE).
 * @beside_fd: whether the upper layer can clone is tried on a file without a name in the root
 * directory of the overlay; where none can be had, in the directory of this file, which must be on
 * the same mount and is itself only looked at. -1: nowhere else.
 * @path: what the file is called in the event.
 * @opt: as for ovlcp_copy_up, without OVLCP_RECURSIVE, OVLCP_ONE_FILE_SYSTEM and OVLCP_SAME_CALL.
 * Emits and returns as ovlcp_copy_up.
 */
OVLCP_API int ovlcp_copy_up_fd(struct ovlcp *o, int fd, int beside_fd, const char *path,
			       const struct ovlcp_options *opt);

/**
 * Let files that exist and are equal share their data (FIDEDUPERANGE). The kernel locks and
 * compares them; no byte, time, mode or owner of any file changes, and nothing is copied up. What
 * differs, or is changed meanwhile, is left alone from there on.
 *
 * @src: the file, or with OVLCP_RECURSIVE the directory, whose data the others get.
 * @dst: the destinations. A directory stands for the file in it that has the
 * last name of @src if OVLCP_INTO_DIRECTORY is set and @src is no directory. Of two directories
 * the files of equal names are compared, through no symbolic link; links and special files of the
 * source are passed over.
 * @opt: only OVLCP_RECURSIVE, OVLCP_INTO_DIRECTORY, OVLCP_ONE_FILE_SYSTEM, OVLCP_EXPLAIN and
 * OVLCP_DRY_RUN may be set. The other parameters are those of ovlcp_copy.
 * Events: OVLCP_EVENT_DEDUPED for each destination that is equal; OVLCP_EVENT_PLANNED in a dry run,
 * which reads and compares both; OVLCP_EVENT_SKIPPED for what is on a lower layer of an overlay;
 * OVLCP_EVENT_FAILED for what differs or could not be done.
 * Returns 0 if nothing failed; otherwise -errno of the first failure, -EBADMSG if it differs. Also
 * -EINVAL, -E2BIG and -ECANCELED as ovlcp_copy.
 */
OVLCP_API int ovlcp_dedupe(struct ovlcp *o, int src_fd, const char *src,
			   const struct ovlcp_paths *dst, const struct ovlcp_options *opt);

/**
 * Let all files below directories share their data, where they are equal, as ovlcp_dedupe does.
 * Equal are files of one size and one hash (XXH3, 128 bits) that the kernel finds equal, too. That
 * files differ is no failure. Symbolic links, empty and special files and other mounts are passed
 * over, hard links are one file.
 *
 * @dirs: the directories. @opt: only OVLCP_EXPLAIN and OVLCP_DRY_RUN may be
 * set. The other parameters, the events and the results are those of ovlcp_dedupe; source is the
 * first of the equal files.
 */
OVLCP_API int ovlcp_dedupe_within(struct ovlcp *o, const struct ovlcp_paths *dirs,
				  const struct ovlcp_options *opt);

/**
 * Stop the running copy of the session @o, and every later one until ovlcp_reset, as soon as
 * possible.
 *
 * The incomplete destination is removed, and a backup gets its name back. A file that was being
 * overwritten in place, without OVLCP_ATOMIC, stays incomplete. Async-signal-safe, and may be
 * called from any thread, and from a callback.
 *
 * It does not interrupt a system call of the thread that copies, which may wait for a FIFO, a lease
 * or a pipe. A signal with a handler and without SA_RESTART does, unless it arrives just before the
 * call: repeat it until the copy returns, for example by setitimer(2).
 */
OVLCP_API void ovlcp_cancel(struct ovlcp *o);

/** What a thread of a session is doing that may take long. */
enum ovlcp_step {
	/** Nothing that takes long. */
	OVLCP_STEP_NONE = 0,
	/** Copying bytes. */
	OVLCP_STEP_COPY,
	/** Copying up a source. The kernel shows nothing of it until it is complete. */
	OVLCP_STEP_COPY_UP,
	/** Comparing a copy with its source (OVLCP_VERIFY). */
	OVLCP_STEP_VERIFY,
	/** Writing to stable storage; how much is not known. */
	OVLCP_STEP_SYNC,
	/** Letting two files share data (ovlcp_dedupe, ovlcp_dedupe_within). */
	OVLCP_STEP_DEDUPE,
	/** Number of steps; grows with the library. */
	OVLCP_STEP_COUNT,
};

/** What a session has done so far, in all of its calls. The structure grows only at its end. */
struct ovlcp_progress {
	/** sizeof(struct ovlcp_progress) in the caller; set by the caller. */
	size_t size;
	/**
	 * Bytes that destinations have: written, shared, or as holes; also of those that are not
	 * complete, or have failed. A file that was copied has added its size.
	 */
	uint64_t bytes_done;
	/** Bytes that were written to destinations. */
	uint64_t bytes_written;
	/** Bytes that destinations share. Those that copy_file_range shares count as written until
	    that is known (ovlcp_event_bytes_shared). */
	uint64_t bytes_shared;
	/** Bytes that copy-ups of sources have written. */
	uint64_t bytes_copied_up;
	/** What is being done. If several threads copy, it is that of one of them. */
	enum ovlcp_step step;
	/** How far that has come, in bytes of one file; 0 for steps of a single system call. */
	uint64_t step_done;
	/** Of how many bytes; 0 if that is unknown. */
	uint64_t step_size;
	/** For how long, in nanoseconds. */
	uint64_t step_time_ns;
};

/**
 * Find out what the session @o has done so far, also while it copies. Async-signal-safe, and may be
 * called from any thread, until the session is freed. The numbers are not of one instant.
 *
 * @ret_p: its size is set by the caller; what the library does not know is 0.
 */
OVLCP_API void ovlcp_progress(const struct ovlcp *o, struct ovlcp_progress *ret_p);

/**
 * Let a session that was cancelled be used again, and forget what OVLCP_SAME_CALL has remembered:
 * the next copy begins a new call of cp. The callbacks and what was learned about filesystems stay.
 * Not while a copy of the session is running. If ovlcp_cancel is called at the same time, it may
 * count before or after this.
 */
OVLCP_API void ovlcp_reset(struct ovlcp *o);

/**
 * Copy an event, with its strings, so that it outlives the callback and the session.
 *
 * @ret_e: receives the copy, to be freed with ovlcp_event_free; unchanged on failure.
 * Returns 0, or -ENOMEM.
 */
OVLCP_API int ovlcp_event_dup(const struct ovlcp_event *e, struct ovlcp_event **ret_e);

/** Free the copy @e, which may be NULL. Always returns NULL. */
OVLCP_API struct ovlcp_event *ovlcp_event_free(struct ovlcp_event *e);

/**
 * Number of the destination of one source; in ovlcp_copy_up of the file. All events about it have
 * this number, and no others of the session. 0: the event is about no single destination: a source
 * that failed before there was any, or a filesystem. The order of numbers means nothing.
 *
 * A destination has at most one OVLCP_EVENT_BEGIN, and then others; between those of a directory
 * come those of the files in it.
 */
OVLCP_API uint64_t ovlcp_event_id(const struct ovlcp_event *e);

/** What the event reports. */
OVLCP_API enum ovlcp_event_type ovlcp_event_type(const struct ovlcp_event *e);

/** Path of the source, as given by the caller; in a tree, with the path below it. Never NULL. */
OVLCP_API const char *ovlcp_event_source(const struct ovlcp_event *e);

/** Path of the destination, with the name it gets in a directory; "" if it is not known yet. */
OVLCP_API const char *ovlcp_event_destination(const struct ovlcp_event *e);

/** errno (positive) of the failure; 0 if there was none, or a check refused without one. */
OVLCP_API int ovlcp_event_errno(const struct ovlcp_event *e);

/** The operation that failed, or the check that refused. */
OVLCP_API enum ovlcp_op ovlcp_event_op(const struct ovlcp_event *e);

/** errno (positive) of the first method that was tried and refused for the file; 0 if none was. */
OVLCP_API int ovlcp_event_refusal_errno(const struct ovlcp_event *e);

/** The operation that ovlcp_event_refusal_errno belongs to. */
OVLCP_API enum ovlcp_op ovlcp_event_refusal_op(const struct ovlcp_event *e);

/** How the destination got its data. */
OVLCP_API enum ovlcp_method ovlcp_event_method(const struct ovlcp_event *e);

/** Id of the rule that chose the method, such as "clone"; never NULL. */
OVLCP_API const char *ovlcp_event_rule(const struct ovlcp_event *e);

/** Why that rule applied, as a short English text; never NULL. */
OVLCP_API const char *ovlcp_event_rule_text(const struct ovlcp_event *e);

/** Why the data is not shared; OVLCP_REASON_NONE if it is. */
OVLCP_API enum ovlcp_reason ovlcp_event_reason(const struct ovlcp_event *e);

/** Bytes written to the destination, not counting a copy-up. */
OVLCP_API uint64_t ovlcp_event_bytes_written(const struct ovlcp_event *e);

/**
 * Bytes that the destination shares with the source or a donor. Under OVLCP_EXPLAIN without holes,
 * and with those that copy_file_range shared; otherwise with holes, and those count as written.
 */
OVLCP_API uint64_t ovlcp_event_bytes_shared(const struct ovlcp_event *e);

/**
 * Bytes that copy-ups in this call wrote to the upper layer: of the source, or of an existing
 * destination that was renamed to a backup or got new attributes. 0 without a copy-up.
 */
OVLCP_API uint64_t ovlcp_event_bytes_copied_up(const struct ovlcp_event *e);

/** errno of the copy-up of the source; 0 if it succeeded or was not tried. */
OVLCP_API int ovlcp_event_copy_up_errno(const struct ovlcp_event *e);

/** Bytes of the source that are holes, after its copy-up those that are left; only under
   OVLCP_EXPLAIN, otherwise 0. */
OVLCP_API uint64_t ovlcp_event_bytes_hole(const struct ovlcp_event *e);

/** Size of the source in bytes; only under OVLCP_EXPLAIN or by ovlcp_dedupe, otherwise 0. */
OVLCP_API uint64_t ovlcp_event_size(const struct ovlcp_event *e);

/** How the copy was compared with its source; in a dry run, how it would be. */
OVLCP_API enum ovlcp_verified ovlcp_event_verified(const struct ovlcp_event *e);

/**
 * OVLCP_OP_VERIFY, OVLCP_OP_DEDUPE_DIFFERS: the first offset at which the destination differs from
 * its source, in bytes; for the latter, if the lengths differ, that of the shorter one.
 */
OVLCP_API uint64_t ovlcp_event_offset(const struct ovlcp_event *e);

/** Whether the destination got its name when it was complete (OVLCP_ATOMIC). */
OVLCP_API bool ovlcp_event_atomic(const struct ovlcp_event *e);

/** When the file is written to stable storage: OVLCP_FSYNC_NONE, _FILE or _FS. _NONE also where it
    is not, although it was asked for: OVLCP_OP_VOLATILE, OVLCP_OP_VOLATILE_UNKNOWN. */
OVLCP_API enum ovlcp_fsync ovlcp_event_fsync(const struct ovlcp_event *e);

/**
 * Layer that the data of the source was on before the copy; only under OVLCP_EXPLAIN, otherwise
 * OVLCP_LAYER_UNKNOWN.
 */
OVLCP_API enum ovlcp_layer ovlcp_event_layer(const struct ovlcp_event *e);

/** Whether the file of @side is on an overlay, whose upper layer receives all writes. */
OVLCP_API bool ovlcp_event_on_overlay(const struct ovlcp_event *e, enum ovlcp_side side);

/** st_dev of the file of @side, if its data was copied or planned; otherwise 0. */
OVLCP_API dev_t ovlcp_event_device(const struct ovlcp_event *e, enum ovlcp_side side);

/** Whether the filesystem of the destination can clone: 1 yes, 0 no, -1 unknown or not tried. */
OVLCP_API int ovlcp_event_can_clone(const struct ovlcp_event *e);

/**
 * When the event happened, in nanoseconds of CLOCK_MONOTONIC. If several threads copy, the callback
 * may be called later.
 */
OVLCP_API uint64_t ovlcp_event_time_ns(const struct ovlcp_event *e);

/**
 * Path of a third file: of the backup (OVLCP_EVENT_BEGIN, OVLCP_EVENT_RESTORED), of the earlier
 * destination that a hard link is made to, or of the earlier copy that the data was cloned from
 * (OVLCP_METHOD_CLONE_REMEMBERED). "" if there is none.
 */
OVLCP_API const char *ovlcp_event_other(const struct ovlcp_event *e);

/** st_mode of the existing destination that a question is about; otherwise 0. */
OVLCP_API mode_t ovlcp_event_mode(const struct ovlcp_event *e);

/**
 * Type of the filesystem of @side, such as "ext4" or "xfs"; "" if it is unknown. Set if the event
 * is a failure to share, or under OVLCP_EXPLAIN. Paths of layers are never opened for it: the mount
 * table of the kernel is read. Printable ASCII; other bytes are shown as question marks.
 */
OVLCP_API const char *ovlcp_event_fs(const struct ovlcp_event *e, enum ovlcp_side side);

/**
 * Whether the kernel supports security contexts (SELinux). If not, OVLCP_PRESERVE_CONTEXT,
 * OVLCP_DEFAULT_CONTEXT and ovlcp_options.context have no effect.
 */
OVLCP_API bool ovlcp_has_contexts(void);

/**
 * Inspect a file, its filesystem and its overlay. Nothing is created, changed or copied up. Paths
 * of layers are opened only if the topmost layer is verified to be in this mount namespace, for
 * reading and without a change of their atimes. A symbolic link is followed.
 *
 * @o: session; borrowed. It reads the mount table only once.
 * @dir_fd: directory that @path is relative to, or AT_FDCWD; borrowed.
 * @ret_i: receives the info, to be freed with ovlcp_info_free, also after the session; unchanged on
 * failure.
 * Returns 0, or -errno of looking up @path, or -ENOMEM. Facts that cannot be found out, without
 * permission to read the file or without /proc, are left unknown.
 */
OVLCP_API int ovlcp_inspect(struct ovlcp *o, int dir_fd, const char *path,
			    struct ovlcp_info **ret_i);

/** Free the info @i, which may be NULL. Always returns NULL. */
OVLCP_API struct ovlcp_info *ovlcp_info_free(struct ovlcp_info *i);

/** Type and permission bits (st_mode). */
OVLCP_API mode_t ovlcp_info_mode(const struct ovlcp_info *i);

/** Size in bytes. */
OVLCP_API uint64_t ovlcp_info_size(const struct ovlcp_info *i);

/** Inode number (st_ino). */
OVLCP_API uint64_t ovlcp_info_ino(const struct ovlcp_info *i);

/** Number of hard links. */
OVLCP_API uint64_t ovlcp_info_hard_links(const struct ovlcp_info *i);

/**
 * The layer that the data is on. OVLCP_LAYER_UNKNOWN also on an overlay for empty files and files
 * that are not regular; on every FUSE filesystem, which may be an overlay; and for files that the
 * caller neither owns nor may write.
 */
OVLCP_API enum ovlcp_layer ovlcp_info_layer(const struct ovlcp_info *i);

/** Number of extents; 0 if they are unknown. */
OVLCP_API uint64_t ovlcp_info_extents(const struct ovlcp_info *i);

/** Whether the filesystem reported the extents (FIEMAP). */
OVLCP_API bool ovlcp_info_has_extents(const struct ovlcp_info *i);

/** Bytes in shared extents; 0 if the extents are unknown. */
OVLCP_API uint64_t ovlcp_info_bytes_shared(const struct ovlcp_info *i);

/** Bytes of the file that are not holes; its size if the filesystem does not report holes. */
OVLCP_API uint64_t ovlcp_info_bytes_data(const struct ovlcp_info *i);

/**
 * Bytes that a copy-up of the file would write: its data, and holes of less than 1 MiB; 0 if it is
 * on the upper layer already, or not on an overlay. Where ovlcp_info_on_upper_fs is 1 they are
 * shared instead, if that filesystem can clone.
 */
OVLCP_API uint64_t ovlcp_info_bytes_copy_up(const struct ovlcp_info *i);

/**
 * Whether a copy-up would separate the file from its other hard links: it is on a lower layer, and
 * the overlay is not mounted with index=on. 1 or 0; -1 if the option is unknown.
 */
OVLCP_API int ovlcp_info_copy_up_splits_links(const struct ovlcp_info *i);

/**
 * Whether the inode number changes some time after a copy-up: its hard links are separated, or its
 * lower layer is another overlay, or one of two filesystems with one UUID, or squashfs or FUSE in
 * an overlay without xino=on, index=on, metacopy=on and redirect_dir=on. 1 or 0; -1 if it is
 * unknown.
 */
OVLCP_API int ovlcp_info_copy_up_changes_ino(const struct ovlcp_info *i);

/**
 * Whether the data is on the filesystem of the upper layer, so that it can be cloned without a
 * copy-up if that can clone. 1 or 0; -1 if it is unknown, or the file is not on an overlay.
 */
OVLCP_API int ovlcp_info_on_upper_fs(const struct ovlcp_info *i);

/**
 * Device number of the superblock that holds the data, as in /proc/self/mountinfo; it is the same
 * for all subvolumes of a btrfs. 0 if it is unknown.
 */
OVLCP_API dev_t ovlcp_info_data_device(const struct ovlcp_info *i);

/**
 * Whether the overlay can copy nothing up, because the kernel cannot move files from the work
 * directory to the upper layer: they are in two subvolumes, or belong to two projects. False if
 * they are not in this mount namespace.
 */
OVLCP_API bool ovlcp_info_work_dir_apart(const struct ovlcp_info *i);

/**
 * Whether the owner or group is not mapped in this user namespace: no overlay copies up such a
 * file. A file that really belongs to the overflow user (65534) is taken for one, unless all ids
 * are mapped.
 */
OVLCP_API bool ovlcp_info_owner_unmapped(const struct ovlcp_info *i);

/** Type of the filesystem that the file is seen on, such as "overlay"; "" if it is unknown. */
OVLCP_API const char *ovlcp_info_fs_type(const struct ovlcp_info *i);

/** Label of that filesystem; "" if it has none or it cannot be read. */
OVLCP_API const char *ovlcp_info_fs_label(const struct ovlcp_info *i);

/** UUID of that filesystem; "" if it has none or it cannot be read. */
OVLCP_API const char *ovlcp_info_fs_uuid(const struct ovlcp_info *i);

/** Source of the mount, such as a device; "" if it is unknown. */
OVLCP_API const char *ovlcp_info_fs_source(const struct ovlcp_info *i);

/** Mount point; "" if it is unknown. */
OVLCP_API const char *ovlcp_info_mount_point(const struct ovlcp_info *i);

/** Mount id, as in /proc/self/mountinfo; 0 if it is unknown. */
OVLCP_API uint64_t ovlcp_info_mount_id(const struct ovlcp_info *i);

/** Whether the mount, or its filesystem, is read-only. */
OVLCP_API bool ovlcp_info_read_only(const struct ovlcp_info *i);

/**
 * Value of an option of the overlay.
 *
 * @name: metacopy, index, xino, redirect_dir, nfs_export, uuid, verity, volatile or userxattr; the
 * last two are "on" or "off".
 * @ret_listed: whether the kernel lists it for the mount; otherwise the value is the current
 * default of the kernel module. May be NULL. Returns the value, owned by @i; "" if it is unknown,
 * for other names, and if the file is not on an overlay. If all layers are on one filesystem, the
 * kernel does not list xino, which has no effect.
 */
OVLCP_API const char *ovlcp_info_option(const struct ovlcp_info *i, const char *name,
					bool *ret_listed);

/** Number of layers of the overlay that are known; 0 if the file is not on an overlay. */
OVLCP_API size_t ovlcp_info_layers(const struct ovlcp_info *i);

/**
 * Layer number @n of the overlay, from top to bottom: the upper layer and the work directory, if
 * any, then lower layers, then data-only layers.
 *
 * Returns the layer, owned by @i; NULL if @n is not less than ovlcp_info_layers.
 */
OVLCP_API const struct ovlcp_layer_info *ovlcp_info_layer_at(const struct ovlcp_info *i, size_t n);

/** Whether the kernel cut off the list of layers; the layers that are known are complete. */
OVLCP_API bool ovlcp_info_layers_cut(const struct ovlcp_info *i);

/**
 * List the extents of a file in ascending order (FIEMAP), for display. Data that is not yet written
 * to disk has no known place.
 *
 * @fd: the file; borrowed.
 * @size: sizeof(struct ovlcp_extent) in the caller. Fields that the library does not know are 0.
 * @ret_list: receives the list, to be freed with free(3); NULL without extents; unchanged on
 * failure. Returns the number of extents, or -errno. -EOPNOTSUPP, -ENOTTY: the filesystem does not
 * report extents. -EINVAL: @size is not that of any version.
 */
OVLCP_API int64_t ovlcp_extents(int fd, size_t size, struct ovlcp_extent **ret_list);

/** Stable lower-case name of a layer, such as "lower"; never NULL. */
OVLCP_API const char *ovlcp_layer_name(enum ovlcp_layer layer);

/** Stable lower-case name of a role, such as "work"; never NULL. */
OVLCP_API const char *ovlcp_role_name(enum ovlcp_role role);

/** Stable lower-case name of an operation, such as "open-source"; never NULL. */
OVLCP_API const char *ovlcp_op_name(enum ovlcp_op op);

/** Stable lower-case name of a way to compare, such as "extents"; "" for none. */
OVLCP_API const char *ovlcp_verified_name(enum ovlcp_verified verified);

/** Stable lower-case name of a method, such as "clone-donor"; never NULL. */
OVLCP_API const char *ovlcp_method_name(enum ovlcp_method method);

/** Stable lower-case name of a reason, such as "lower-running"; never NULL. */
OVLCP_API const char *ovlcp_reason_name(enum ovlcp_reason reason);

/** What a part of a text is. */
enum ovlcp_text_part {
	/** Words, as they are: English, the text of an errno (strerror(3)), a number. */
	OVLCP_TEXT_WORDS,
	/** The name of a file, to be quoted: it can have any byte but NUL. */
	OVLCP_TEXT_NAME,
	/** The same at the beginning of a line before a colon, where cp quotes only if it must. */
	OVLCP_TEXT_NAME_BEFORE_COLON,
	/** An option of ovl-cp without its dashes, such as "copy-up=always", which stands for what
	    the program has instead. */
	OVLCP_TEXT_OPTION,
};

/**
 * Called for each part of a text, in order; a program with a part that it does not know takes it
 * for OVLCP_TEXT_WORDS.
 *
 * @text: borrowed, valid until the function returns.   @payload: as passed with the function.
 */
typedef void ovlcp_text_fn(enum ovlcp_text_part part, const char *text, void *payload);

/** A buffer for ovlcp_text_put. It stays as it is. */
struct ovlcp_text_buffer {
	/** Receives the text, which always ends with NUL. */
	char *text;
	/** Its size in bytes. */
	size_t size;
	/** 0 at first; then the length of the whole text: it was cut if this is not below size. */
	size_t length;
};

/**
 * An ovlcp_text_fn that collects a text: names in single quotes, with question marks in place of
 * control characters, options by their names in this header. @payload: struct ovlcp_text_buffer.
 */
OVLCP_API void ovlcp_text_put(enum ovlcp_text_part part, const char *text, void *payload);

/** Make the message of a failure or a warning: a sentence without its end. Parts go to @fn. */
OVLCP_API void ovlcp_event_message(const struct ovlcp_event *e, ovlcp_text_fn *fn, void *payload);

/** Make the text of ovlcp_event_reason. Returns false if there is none, and nothing to say. */
OVLCP_API bool ovlcp_event_reason_text(const struct ovlcp_event *e, ovlcp_text_fn *fn,
				       void *payload);

/**
 * Make the text of what can be done where data is not shared.
 *
 * @fan_out: whether the copy has several destinations, which can share with each other.
 * Returns false if there is none, and nothing to say.
 */
OVLCP_API bool ovlcp_event_advice(const struct ovlcp_event *e, bool fan_out, ovlcp_text_fn *fn,
				  void *payload);

/** Words for a method, such as "cloned after a copy-up of the source"; never NULL. */
OVLCP_API const char *ovlcp_method_text(enum ovlcp_method method);

/** Version of the library at run time, such as "0.1.0". */
OVLCP_API const char *ovlcp_version(void);

#ifdef __cplusplus
}
#endif

#endif
