/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One errno has several meanings: EPERM is that of missing rights, of an immutable file and of a
 * file on a lower layer (ovl_remap_file_range() refuses that, because it would have to be copied
 * up). The meanings of the others were measured on Linux 6.18, see sys_dedupe.
 */
#include "dedupe/refusal.h"

#include "base/unsupported.h"
#include "probe/layer.h"
#include "sys/flags.h"
#include "sys/share.h"

#include <errno.h>

enum ovlcp_layer refusal_layer(struct ovlcp *o, const struct opened *f)
{
	return layer_of(f->fd, &f->st, session_mount_table, o);
}

static bool is_below(struct ovlcp *o, const struct opened *f)
{
	const enum ovlcp_layer layer = refusal_layer(o, f);

	return layer == OVLCP_LAYER_LOWER || layer == OVLCP_LAYER_METADATA;
}

/* Whether the filesystem of @f shares nothing at all. */
static bool cannot_share(const struct opened *f)
{
	return is_unsupported(sys_layer_probe(f->fd));
}

static enum ovlcp_reason reason_of(const struct pair *p)
{
	const enum answer from = layer_on_overlay(p->src->fd, session_mount_table, p->o);
	const enum answer to = layer_on_overlay(p->dst->fd, session_mount_table, p->o);

	switch (p->err.code) {
	case EPERM:
		return sys_get_immutable(p->dst->fd) > 0 ? OVLCP_REASON_DEDUPE_IMMUTABLE
							 : OVLCP_REASON_DEDUPE_PERMISSION;
	case EXDEV:
	case EOPNOTSUPP: /* that of the source cannot share */
	case ENOTTY:
		if (from == ANSWER_NOT_ASKED || to == ANSWER_NOT_ASKED)
			return OVLCP_REASON_OVERLAY_UNKNOWN;
		return from != to ? OVLCP_REASON_OUTSIDE_OVERLAY : OVLCP_REASON_OTHER_FILESYSTEM;
	case EINVAL:
		return sys_knows_nocow(p->dst->fd) ? OVLCP_REASON_FLAGS : OVLCP_REASON_REFUSED;
	case ETXTBSY:
		return OVLCP_REASON_DEDUPE_SWAP;
	default:
		return OVLCP_REASON_NONE;
	}
}

struct refusal refusal_explain(const struct pair *p)
{
	const int code = p->err.code;
	const bool may_be_layer = code == EPERM || code == EXDEV || code == EROFS;

	if (is_unsupported(-code) && cannot_share(p->dst))
		return (struct refusal){ OVLCP_EVENT_FAILED, OVLCP_OP_DEDUPE_FILESYSTEM,
					 OVLCP_REASON_FILESYSTEM };
	if (may_be_layer && is_below(p->o, p->dst))
		return (struct refusal){ OVLCP_EVENT_SKIPPED, OVLCP_OP_DEDUPE_LOWER,
					 OVLCP_REASON_NONE };
	if (may_be_layer && is_below(p->o, p->src))
		return (struct refusal){ OVLCP_EVENT_SKIPPED, OVLCP_OP_DEDUPE_SOURCE_LOWER,
					 OVLCP_REASON_NONE };
	return (struct refusal){ OVLCP_EVENT_FAILED, OVLCP_OP_DEDUPE, reason_of(p) };
}
