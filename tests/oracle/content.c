/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Content of regular files: numbered lines with the name of the file, so that a difference shows
 * which data went where, in a few shapes with holes and zeros. The lines have the format of seq,
 * because content_script() writes them with it.
 */
#include "content.h"

#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

enum {
	SEGMENTS = 3
};

/* A piece of a file. */
struct segment {
	/* 'd': data; 'z': zeros that are written; 'h': a hole. */
	char kind;
	/* Its length in bytes. */
	unsigned int bytes;
};

static const struct shape {
	unsigned int weight;
	struct segment segments[SEGMENTS];
} shapes[] = {
	{ 20, { { 'd', 20 } } },
	{ 12, { { 'd', 0 } } },
	{ 12, { { 'd', 37 } } },
	{ 4, { { 'd', 1 } } },
	{ 5, { { 'd', 4096 } } },
	{ 4, { { 'd', 4097 } } },
	{ 3, { { 'd', 9000 } } },
	{ 2, { { 'd', 100 * 1024 + 17 } } },
	{ 1, { { 'd', 300 * 1024 } } },
	{ 3, { { 'h', 32768 }, { 'd', 12288 } } },
	{ 3, { { 'd', 8192 }, { 'h', 40960 }, { 'd', 4196 } } },
	{ 3, { { 'd', 4096 }, { 'h', 81920 } } },
	{ 2, { { 'd', 100 }, { 'h', 14236 } } },
	{ 2, { { 'h', 20480 } } },
	{ 2, { { 'd', 8192 }, { 'z', 32768 }, { 'd', 4096 } } },
	{ 2, { { 'd', 4096 }, { 'z', 16384 } } },
	{ 1, { { 'z', 8192 } } },
	{ 1, { { 'd', 131072 }, { 'h', 262144 }, { 'z', 131072 } } },
};

unsigned int content_random(struct random *r)
{
	return (unsigned int)(random_row(r, shapes) - shapes);
}

unsigned int content_plain(void)
{
	return 0;
}

static void write_at(int fd, const char *data, size_t len, off_t at)
{
	if (pwrite(fd, data, len, at) != (ssize_t)len)
		die("writing content");
}

static void write_lines(int fd, const char *name, unsigned int len, off_t at)
{
	struct text t = { 0 };

	for (unsigned int i = 1; t.len < len; i++)
		text_printf(&t, "%s %u\n", name, i);
	write_at(fd, text_string(&t), len, at);
	text_done(&t);
}

static void write_zeros(int fd, unsigned int len, off_t at)
{
	static const char zeros[4096];

	for (unsigned int done = 0; done < len; done += sizeof(zeros))
		write_at(fd, zeros, len - done < sizeof(zeros) ? len - done : sizeof(zeros),
			 at + done);
}

void content_write(int fd, const char *name, unsigned int shape)
{
	off_t at = 0;

	for (size_t i = 0; i < SEGMENTS; i++) {
		const struct segment *s = &shapes[shape].segments[i];

		if (s->kind == 'd')
			write_lines(fd, name, s->bytes, at);
		if (s->kind == 'z')
			write_zeros(fd, s->bytes, at);
		at += s->bytes;
	}
	if (ftruncate(fd, at) != 0)
		die("giving a file its size");
}

/* One command per segment. The name is also part of a printf format: no name contains '%'. */
void content_script(struct text *t, const char *name, unsigned int shape)
{
	struct text quoted = { 0 };

	text_puts(&quoted, *name == '-' ? "./" : "");
	text_quote(&quoted, name);
	text_printf(t, ": >%s\n", text_string(&quoted));
	for (size_t i = 0; i < SEGMENTS && shapes[shape].segments[i].kind; i++) {
		const struct segment *s = &shapes[shape].segments[i];

		if (s->kind == 'd' && s->bytes) {
			text_puts(t, "seq -f ");
			text_quote(t, name);
			text_printf(t, "' %%.0f' 1 99999 | head -c %u >>%s\n", s->bytes,
				    text_string(&quoted));
		}
		if (s->kind == 'z')
			text_printf(t, "head -c %u /dev/zero >>%s\n", s->bytes,
				    text_string(&quoted));
		if (s->kind == 'h')
			text_printf(t, "truncate -s +%u %s\n", s->bytes, text_string(&quoted));
	}
	text_done(&quoted);
}
