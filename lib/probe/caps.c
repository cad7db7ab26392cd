/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A short list of pairs of filesystems: a call meets one or two, so it is searched in order.
 */
#include "probe/caps.h"

#include <stdlib.h>

struct caps_row {
	dev_t src;
	dev_t dst;
	enum answer answer;
};

enum answer caps_ask(const struct caps *caps, dev_t src, dev_t dst)
{
	for (size_t i = 0; i < caps->count; i++)
		if (caps->rows[i].src == src && caps->rows[i].dst == dst)
			return caps->rows[i].answer;
	return ANSWER_NOT_ASKED;
}

void caps_learn(struct caps *caps, dev_t src, dev_t dst, enum answer answer)
{
	if (caps_ask(caps, src, dst) != ANSWER_NOT_ASKED)
		return;
	if (caps->count == caps->room) {
		size_t room = caps->room ? caps->room * 2 : 8;
		struct caps_row *rows = reallocarray(caps->rows, room, sizeof(*rows));

		if (!rows)
			return; /* it will be asked again, that is all */
		caps->rows = rows;
		caps->room = room;
	}
	caps->rows[caps->count++] = (struct caps_row){ src, dst, answer };
}

void caps_done(struct caps *caps)
{
	free(caps->rows);
	*caps = (struct caps){ 0 };
}
