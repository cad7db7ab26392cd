/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a call that has stopped asks for.
 */
#ifndef OVL_RUN_REQUEST_H
#define OVL_RUN_REQUEST_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>

/** The calls that share data, or could. */
enum request_kind {
	/** ioctl FICLONE. */
	REQUEST_CLONE,
	/** ioctl FICLONERANGE; the source is in the memory of the caller, see struct request. */
	REQUEST_CLONE_RANGE,
	/** copy_file_range. */
	REQUEST_COPY_RANGE,
	/** sendfile, which never shares by itself. */
	REQUEST_SENDFILE,
};

/** A call. Numbers of descriptors are those of the caller, addresses are in its memory. */
struct request {
	/** The call. */
	enum request_kind kind;
	/** Descriptor of the source; -1: see memory. */
	int src;
	/** Descriptor of the destination. */
	int dst;
	/** REQUEST_CLONE_RANGE: address of the struct file_clone_range; REQUEST_SENDFILE,
	    REQUEST_COPY_RANGE: address of the offset in the source, or 0. */
	uint64_t memory;
	/** REQUEST_COPY_RANGE: address of the offset in the destination, or 0. */
	uint64_t dst_memory;
	/** REQUEST_SENDFILE, REQUEST_COPY_RANGE: bytes that are asked for. */
	uint64_t count;
};

/** Read the call @d. @ret_r: set if it is one of these. Returns whether it is. */
bool request_read(const struct seccomp_data *d, struct request *ret_r);

#endif
