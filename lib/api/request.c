/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What callers ask for, checked before anything is touched.
 */
#include "job/copy.h"

#include <errno.h>
#include <string.h>

#define FLAGS                                                                                      \
	(OVLCP_FORCE | OVLCP_REMOVE_DESTINATION | OVLCP_INTO_DIRECTORY | OVLCP_PROTECT_CREATED |   \
	 OVLCP_EXPLAIN)
#define PRESERVE (OVLCP_PRESERVE_MODE | OVLCP_PRESERVE_OWNERSHIP | OVLCP_PRESERVE_TIMESTAMPS)

/* The structure of the first version; and what no version will reach, as with openat2(2). */
#define OPTIONS_SIZE_0	 (offsetof(struct ovlcp_options, flags) + sizeof(uint64_t))
#define OPTIONS_SIZE_MAX ((size_t)4096)

/* Copy the options of a caller of any age; what it does not know is zero, the default. */
static int read_options(const struct ovlcp_options *opt, struct ovlcp_options *ret_opt)
{
	struct ovlcp_options mine = { 0 };
	size_t known = sizeof(mine);

	if (opt) {
		const char *bytes = (const char *)opt;

		if (opt->size < OPTIONS_SIZE_0)
			return -EINVAL;
		if (opt->size > OPTIONS_SIZE_MAX)
			return -E2BIG;

		for (size_t i = known; i < opt->size; i++)
			if (bytes[i])
				return -E2BIG;
		memcpy(&mine, opt, opt->size < known ? opt->size : known);
	}
	if (mine.reflink > OVLCP_REFLINK_NEVER || mine.copy_up > OVLCP_COPY_UP_NEVER ||
	    mine.existing > OVLCP_EXISTING_ASK || mine.update > OVLCP_UPDATE_NONE_FAIL ||
	    (mine.flags & ~FLAGS) || (mine.preserve & ~PRESERVE))
		return -EINVAL;
	*ret_opt = mine;
	return 0;
}

int ovlcp_fan_out(struct ovlcp *o, int src_fd, const char *src, int dst_fd, const char *const *dst,
		  size_t n, const struct ovlcp_options *opt)
{
	struct ovlcp_options mine;
	int r = read_options(opt, &mine);

	if (r < 0)
		return r;
	return copy_run(o, &(struct copy_request){ src_fd, src, dst_fd, dst, n, &mine });
}

int ovlcp_copy(struct ovlcp *o, int src_fd, const char *src, int dst_fd, const char *dst,
	       const struct ovlcp_options *opt)
{
	return ovlcp_fan_out(o, src_fd, src, dst_fd, &dst, 1, opt);
}
