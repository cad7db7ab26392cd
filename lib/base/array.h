/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A growable array: a pointer, how many elements it has, and how many it has room for.
 */
#ifndef OVL_BASE_ARRAY_H
#define OVL_BASE_ARRAY_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/**
 * Make room for one more element.
 *
 * @array: address of the pointer to the elements, of any type; NULL there is the empty array.
 * @room: elements that it has room for; @count: elements in use; @size: bytes of one.
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
