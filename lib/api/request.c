/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The entry points for copies and deduplications: check the options of the caller before anything
 * is opened.
 */
#include "copy/durable.h"
#include "dedupe/by_name.h"
#include "dedupe/within.h"
#include "remember/memory.h"
#include "remember/pending.h"
#include "remember/store.h"
#include "tree/copy_many.h"
#include "tree/copy_up_tree.h"
#include "tree/traverse.h"

#include <errno.h>
#include <string.h>

/* All bits up to the last defined one. */
#define FLAGS	 (((uint64_t)OVLCP_VERIFY << 1) - 1)
#define PRESERVE (((uint32_t)OVLCP_PRESERVE_CONTEXT << 1) - 1)

/* Size of the structure in the first version, and a maximum that no version will reach, as in
   openat2(2). */
#define OPTIONS_SIZE_0	 (offsetof(struct ovlcp_options, context) + sizeof(const char *))
#define OPTIONS_SIZE_MAX ((size_t)4096)

/* Return whether every value, flag and bit is defined. */
static bool are_known(const struct ovlcp_options *opt)
{
	const struct {
		unsigned int value;
		unsigned int last;
	} enums[] = {
		{ opt->reflink, OVLCP_REFLINK_NEVER },
		{ opt->copy_up, OVLCP_COPY_UP_NEVER },
		{ opt->existing, OVLCP_EXISTING_ASK },
		{ opt->update, OVLCP_UPDATE_NONE_FAIL },
		{ opt->follow, OVLCP_FOLLOW_NONE },
		{ opt->make, OVLCP_MAKE_SYMBOLIC_LINKS },
		{ opt->backup, OVLCP_BACKUP_EXISTING },
		{ opt->sparse, OVLCP_SPARSE_NEVER },
		{ opt->require, OVLCP_REQUIRE_CLONE },
		{ opt->fsync, OVLCP_FSYNC_FS },
		{ opt->remember, OVLCP_REMEMBER_VERIFY },
		{ opt->share, OVLCP_SHARE_REFLINK_OR_HARD_LINK },
	};

	for (size_t i = 0; i < sizeof(enums) / sizeof(*enums); i++)
		if (enums[i].value > enums[i].last)
			return false;
	return opt->reserved == 0 && !(opt->flags & ~FLAGS) && !(opt->preserve & ~PRESERVE) &&
	       !(opt->preserve_if_possible & ~opt->preserve);
}

/* Return whether the options do not contradict one another. A shared file has the holes of its
   source, so sparse cannot be chosen; attributes are changed in place, not as a whole; a backup
   suffix must not lead to another directory. */
static bool are_consistent(const struct ovlcp_options *opt)
{
	bool shares = opt->reflink == OVLCP_REFLINK_ALWAYS || opt->require != OVLCP_REQUIRE_ANY;

	return (!shares || opt->sparse == OVLCP_SPARSE_AUTO) &&
	       !((opt->flags & OVLCP_ATOMIC) && (opt->flags & OVLCP_ATTRIBUTES_ONLY)) &&
	       (opt->remember == OVLCP_REMEMBER_NO || opt->remember_dir) &&
	       (opt->reflink != OVLCP_REFLINK_NEVER || opt->require == OVLCP_REQUIRE_ANY) &&
	       (!opt->backup_suffix || (*opt->backup_suffix && !strchr(opt->backup_suffix, '/')));
}

/* Check and copy the options of a caller that was compiled against any version; fields that it does
   not know are 0, the default. @opt: may be NULL. 0; -EINVAL; -E2BIG if an unknown field is set. */
static int read_options(const struct ovlcp_options *opt, struct ovlcp_options *ret_opt)
{
	struct ovlcp_options checked = { 0 };
	size_t known = sizeof(checked);

	if (opt) {
		const char *bytes = (const char *)opt;

		if (opt->size < OPTIONS_SIZE_0)
			return -EINVAL;
		if (opt->size > OPTIONS_SIZE_MAX)
			return -E2BIG;

		for (size_t i = known; i < opt->size; i++)
			if (bytes[i])
				return -E2BIG;
		memcpy(&checked, opt, opt->size < known ? opt->size : known);
	}
	if (!are_known(&checked) || !are_consistent(&checked))
		return -EINVAL;
	if (checked.flags & OVLCP_DRY_RUN)
		checked.flags |= OVLCP_EXPLAIN;
	*ret_opt = checked;
	return 0;
}

/* Check and copy the options of a call that copies or copies up, and begin it.
   0, or -errno as of read_options. */
static int begin_call(struct ovlcp *o, const struct ovlcp_options *opt,
		      struct ovlcp_options *ret_opt)
{
	int r = read_options(opt, ret_opt);

	if (r == 0)
		session_begin_call(o, ret_opt);
	return r;
}

/* Choose when to write to stable storage. @many: several sources or destinations. */
static void resolve_fsync(struct ovlcp_options *opt, bool many)
{
	if (opt->fsync == OVLCP_FSYNC_AUTO)
		opt->fsync =
			many || (opt->flags & OVLCP_RECURSIVE) ? OVLCP_FSYNC_FS : OVLCP_FSYNC_FILE;
}

/* End a call whose first failure is @first. 0, or -errno. */
static int end_call(struct ovlcp *o, const struct ovlcp_options *opt, int first)
{
	int r = durable_end(o, opt, &o->caller.sink);

	pending_settle(&o->memory);
	/* mounts, names and users may be others at the next call, and so may be its directory */
	memory_done(&o->memory);
	session_drop_parent(o);
	return first ? first : r;
}

int ovlcp_fan_out(struct ovlcp *o, int src_fd, const char *src, const struct ovlcp_paths *dst,
		  const struct ovlcp_options *opt)
{
	struct ovlcp_options checked;
	int r = begin_call(o, opt, &checked);

	if (r < 0)
		return r;
	resolve_fsync(&checked, dst->count > 1);
	r = traverse_run(o, &o->caller.sink,
			 &(struct copy_request){ src_fd, src, dst->fd, dst->list, dst->count,
						 &checked, NULL });
	return end_call(o, &checked, r);
}

int ovlcp_copy(struct ovlcp *o, int src_fd, const char *src, int dst_fd, const char *dst,
	       const struct ovlcp_options *opt)
{
	return ovlcp_fan_out(o, src_fd, src, &(struct ovlcp_paths){ dst_fd, &dst, 1 }, opt);
}

int ovlcp_copy_many(struct ovlcp *o, const struct ovlcp_paths *src, int dst_fd, const char *dst,
		    const struct ovlcp_options *opt)
{
	struct ovlcp_options checked;
	bool is_alone;
	int r = begin_call(o, opt, &checked);

	if (r < 0)
		return r;
	is_alone = src->count > 1 && !(checked.flags & OVLCP_SAME_CALL);
	if (is_alone)
		session_forget_call(o);
	checked.flags |= OVLCP_INTO_DIRECTORY | (is_alone ? OVLCP_SAME_CALL : 0);
	resolve_fsync(&checked, src->count > 1);
	r = copy_many_run(o, &o->caller.sink,
			  &(struct copy_many_request){ src->fd, src->list, src->count, dst_fd, dst,
						       &checked });
	r = end_call(o, &checked, r);
	if (is_alone)
		session_forget_call(o);
	return r;
}

int ovlcp_forget(const char *dir)
{
	return store_remove(dir);
}

int ovlcp_copy_up(struct ovlcp *o, int dir_fd, const char *path, const struct ovlcp_options *opt)
{
	struct ovlcp_options checked;
	int r = begin_call(o, opt, &checked);

	if (r < 0)
		return r;
	if (session_is_cancelled(o))
		return -ECANCELED;
	return copy_up_tree_run(o, &o->caller.sink, dir_fd, path, &checked);
}

int ovlcp_copy_up_fd(struct ovlcp *o, int fd, int beside_fd, const char *path,
		     const struct ovlcp_options *opt)
{
	struct ovlcp_options checked;
	int r = begin_call(o, opt, &checked);

	if (r < 0)
		return r;
	if (session_is_cancelled(o))
		return -ECANCELED;
	return copy_up_fd_run(o, &o->caller.sink, &(struct copy_up_fd){ fd, beside_fd, path },
			      &checked);
}

/* Begin a deduplication, for which of all options only the flags @allowed may be set. 0, or
   -errno. */
static int begin_dedupe(struct ovlcp *o, const struct ovlcp_options *opt, uint64_t allowed,
			struct dedupe_run *ret_d)
{
	struct ovlcp_options checked;
	struct ovlcp_options rest;
	int r = read_options(opt, &checked);

	if (r < 0)
		return r;
	rest = checked;
	rest.size = 0;
	rest.flags &= ~(allowed | OVLCP_EXPLAIN | OVLCP_DRY_RUN);
	if (memcmp(&rest, &(struct ovlcp_options){ 0 }, sizeof(rest)) != 0)
		return -EINVAL;
	*ret_d = (struct dedupe_run){ .o = o, .events = &o->caller.sink, .flags = checked.flags };
	return session_is_cancelled(o) ? -ECANCELED : 0;
}

/* End a deduplication. 0, or -errno. */
static int end_dedupe(struct dedupe_run *d)
{
	dedupe_run_done(d);
	return d->first == 0 && session_is_cancelled(d->o) ? -ECANCELED : d->first;
}

int ovlcp_dedupe(struct ovlcp *o, int src_fd, const char *src, const struct ovlcp_paths *dst,
		 const struct ovlcp_options *opt)
{
	const uint64_t allowed = OVLCP_RECURSIVE | OVLCP_INTO_DIRECTORY | OVLCP_ONE_FILE_SYSTEM;
	struct dedupe_run d;
	int r = begin_dedupe(o, opt, allowed, &d);

	if (r < 0)
		return r;
	by_name_run(&d, &(struct by_name_request){ src_fd, src, dst->fd, dst->list, dst->count });
	return end_dedupe(&d);
}

int ovlcp_dedupe_within(struct ovlcp *o, const struct ovlcp_paths *dirs,
			const struct ovlcp_options *opt)
{
	struct dedupe_run d;
	int r = begin_dedupe(o, opt, 0, &d);

	if (r < 0)
		return r;
	within_run(&d, dirs->fd, dirs->list, dirs->count);
	return end_dedupe(&d);
}
