/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Paths for messages: no file is opened by them, so they may be longer than PATH_MAX, which a deep
 * tree needs.
 */
#include "base/pathbuf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Allocate room for @len bytes and a NUL byte. 0, or -ENOMEM. */
static int make_room(struct pathbuf *p, size_t len)
{
	size_t room = p->room ? p->room : 256;
	char *text;

	if (len < p->room)
		return 0;
	while (room <= len)
		room *= 2;
	text = realloc(p->text, room);
	if (!text)
		return -ENOMEM;
	p->text = text;
	p->room = room;
	return 0;
}

int pathbuf_set(struct pathbuf *p, const char *path)
{
	size_t len = strlen(path);
	int r = make_room(p, len);

	if (r < 0)
		return r;
	memcpy(p->text, path, len + 1);
	p->len = len;
	return 0;
}

int pathbuf_push(struct pathbuf *p, const char *name)
{
	size_t len = strlen(name);
	size_t slash = p->len > 0 && p->text[p->len - 1] != '/';
	int r = make_room(p, p->len + slash + len);

	if (r < 0)
		return r;
	if (slash)
		p->text[p->len] = '/';
	memcpy(p->text + p->len + slash, name, len + 1);
	p->len += slash + len;
	return 0;
}

void pathbuf_cut(struct pathbuf *p, size_t len)
{
	p->len = len;
	p->text[len] = '\0';
}

void pathbuf_trim(struct pathbuf *p)
{
	while (p->len > 1 && p->text[p->len - 1] == '/' && p->text[p->len - 2] == '/')
		pathbuf_cut(p, p->len - 1);
}

void pathbuf_done(struct pathbuf *p)
{
	free(p->text);
	*p = (struct pathbuf){ 0 };
}
