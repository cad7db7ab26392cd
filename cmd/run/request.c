/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the numbers of a call. The filter stops only these calls (filter.c), so a request that is
 * not recognised here is one of another architecture.
 */
#include "request.h"

#include "filter.h"

#include <linux/fs.h>
#include <stddef.h>

static bool read_ioctl(const struct seccomp_data *d, struct request *ret_r)
{
	*ret_r = (struct request){ .dst = (int)d->args[0] };
	switch ((uint32_t)d->args[1]) {
	case (uint32_t)FICLONE:
		ret_r->kind = REQUEST_CLONE;
		ret_r->src = (int)d->args[2];
		return true;
	case (uint32_t)FICLONERANGE:
		ret_r->kind = REQUEST_CLONE_RANGE;
		ret_r->src = -1;
		ret_r->memory = d->args[2];
		return true;
	default:
		return false;
	}
}

static bool read_copy_range(const struct seccomp_data *d, struct request *ret_r)
{
	*ret_r = (struct request){ .kind = REQUEST_COPY_RANGE,
				   .src = (int)d->args[0],
				   .dst = (int)d->args[2],
				   .memory = d->args[1],
				   .dst_memory = d->args[3],
				   .count = d->args[4] };
	return (uint32_t)d->args[5] == 0; /* there are no flags, and the kernel refuses any */
}

static bool read_sendfile(const struct seccomp_data *d, struct request *ret_r)
{
	*ret_r = (struct request){ .kind = REQUEST_SENDFILE,
				   .src = (int)d->args[1],
				   .dst = (int)d->args[0],
				   .memory = d->args[2],
				   .count = d->args[3] };
	return true;
}

bool request_read(const struct seccomp_data *d, struct request *ret_r)
{
	static bool (*const readers[])(const struct seccomp_data *d, struct request *ret_r) = {
		[FILTER_IOCTL] = read_ioctl,
		[FILTER_COPY_RANGE] = read_copy_range,
		[FILTER_SENDFILE] = read_sendfile,
	};
	int call = filter_call(d->arch, d->nr);

	return call >= 0 && readers[call](d, ret_r);
}
