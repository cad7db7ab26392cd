/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A growable array: a pointer to the elements, their number, and the number allocated. The three
 * are variables, or fields of the structure, of the caller.
 */
#ifndef OVL_BASE_ARRAY_H
#define OVL_BASE_ARRAY_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/**
 * Allocate room for one more element, unless there is some; the room is doubled each time.
 *
 * @array: address of the pointer to the elements, of any type; the pointer is NULL at first.
 * @room: number of elements allocated; @count: number in use; @size: bytes of one element.
 * Returns 0; or -ENOMEM, and nothing has changed.
 */
static inline int array_grow(void *array, size_t *room, size_t count, size_t size)
{
	size_t more = *room ? *room * 2 : 16;
	void *old;
	void *grown;

	if (count < *room)
		return 0;
	memcpy(&old, array, sizeof(old));
	grown = reallocarray(old, more, size);
	if (!grown)
		return -ENOMEM;
	memcpy(array, &grown, sizeof(grown));
	*room = more;
	return 0;
}

#endif
