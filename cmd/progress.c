/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line has parts; a new one is a row of the table. What is not known is not guessed: without a
 * total there is no percentage and no time left.
 */
#include "progress.h"

#include "columns.h"

#include <string.h>

#define NS_PER_SECOND UINT64_C(1000000000)
/* The fewest columns that a name is worth, with the dots of one that is shortened. */
#define NAME_MIN 12
#define DOTS	 "..."
#define COMMA	 ", "

static uint64_t percent(uint64_t part, uint64_t whole)
{
	return part >= whole ? 100 : (uint64_t)((double)part / (double)whole * 100);
}

static void add_percent(struct text *t, uint64_t part, uint64_t whole)
{
	text_add_number(t, percent(part, whole));
	text_add(t, "%");
}

static void add_amount(struct text *t, const struct progress_state *s)
{
	text_add_size(t, s->bytes.bytes_done);
	if (s->bytes_total == 0) {
		text_add(t, " so far");
		return;
	}
	text_add(t, " of ");
	text_add_size(t, s->bytes_total);
	text_add(t, " (");
	add_percent(t, s->bytes.bytes_done, s->bytes_total);
	text_add(t, ")");
}

/* What a system call does that shows nothing until it returns. */
static void add_waiting(struct text *t, const struct progress_state *s, const char *what)
{
	text_add(t, what);
	if (s->bytes.step_size) {
		text_add(t, " ");
		text_add_size(t, s->bytes.step_size);
	}
	text_add(t, " (");
	text_add_time(t, s->bytes.step_time_ns / NS_PER_SECOND);
	text_add(t, ")");
}

static void add_step(struct text *t, const struct progress_state *s)
{
	static const char *const waiting[OVLCP_STEP_COUNT] = {
		[OVLCP_STEP_COPY_UP] = "copying up",
		[OVLCP_STEP_VERIFY] = "comparing",
		[OVLCP_STEP_SYNC] = "writing to stable storage",
	};
	const enum ovlcp_step step = s->bytes.step;

	if (step < OVLCP_STEP_COUNT && waiting[step]) {
		add_waiting(t, s, waiting[step]);
	} else if (step != OVLCP_STEP_NONE && s->bytes.step_size > 0 &&
		   s->bytes.step_size != s->bytes_total) {
		add_percent(t, s->bytes.step_done, s->bytes.step_size);
		text_add(t, " of this file");
	}
}

static void add_files(struct text *t, const struct progress_state *s)
{
	if (s->files_total == 1)
		return; /* the bytes say it all */
	text_add_number(t, s->files);
	if (s->files_total) {
		text_add(t, " of ");
		text_add_number(t, s->files_total);
	}
	text_add(t, s->files == 1 && !s->files_total ? " file" : " files");
}

static void add_elapsed(struct text *t, const struct progress_state *s)
{
	text_add(t, "after ");
	text_add_time(t, s->time_ns / NS_PER_SECOND);
}

static void add_rate(struct text *t, const struct progress_state *s)
{
	if (s->rate == 0)
		return;
	text_add_size(t, s->rate);
	text_add(t, "/s");
}

static void add_time_left(struct text *t, const struct progress_state *s)
{
	if (s->rate == 0 || s->bytes_total <= s->bytes.bytes_done)
		return;
	text_add_time(t, (s->bytes_total - s->bytes.bytes_done) / s->rate);
	text_add(t, " left");
}

static void add_shared(struct text *t, const struct progress_state *s)
{
	text_add_size(t, s->bytes.bytes_shared);
	text_add(t, " shared, ");
	text_add_size(t, s->bytes.bytes_written);
	text_add(t, " written");
	if (s->bytes.bytes_copied_up == 0)
		return;
	text_add(t, COMMA);
	text_add_size(t, s->bytes.bytes_copied_up);
	text_add(t, " copied up");
}

/* The parts in their order. The one with the highest rank is the first to be left out of a line
   that is too long; NOT_IN_LINE is always. */
#define NOT_IN_LINE 9

static const struct {
	void (*add)(struct text *t, const struct progress_state *s);
	unsigned int rank;
} parts[] = {
	{ add_amount, 0 }, { add_step, 1 },	 { add_files, 4 },  { add_elapsed, NOT_IN_LINE },
	{ add_rate, 3 },   { add_time_left, 2 }, { add_shared, 5 },
};

#define PARTS (sizeof(parts) / sizeof(*parts))

/* Append the parts whose rank is at most @most. */
static void add_parts(struct text *t, const struct progress_state *s, unsigned int most)
{
	const size_t begin = t->len;

	for (size_t i = 0; i < PARTS; i++) {
		const size_t before = t->len;

		if (parts[i].rank > most)
			continue;
		if (before > begin)
			text_add(t, COMMA);
		if (t->len + 1 < t->size) {
			const size_t with_comma = t->len;

			parts[i].add(t, s);
			if (t->len == with_comma) { /* nothing is known: no comma */
				t->len = before;
				t->buffer[before] = '\0';
			}
		}
	}
}

/* Append the end of @name that fits into @width columns. */
static void add_name(struct text *t, const char *name, size_t width)
{
	size_t all = columns_of(name, strlen(name));
	size_t len;

	if (width < NAME_MIN)
		return;
	text_add(t, COMMA);
	width -= strlen(COMMA);
	if (all > width) {
		text_add(t, DOTS);
		width -= strlen(DOTS);
	}
	while (all > width) {
		all -= columns_of_character(name, &len);
		name += len;
	}
	/* what has no width of its own belongs to the character that was cut off */
	while (*name && columns_of_character(name, &len) == 0)
		name += len;
	text_add(t, name);
}

void progress_line(struct text *t, const struct progress_state *s, size_t width)
{
	const size_t begin = t->len;
	unsigned int most = NOT_IN_LINE - 1;

	add_parts(t, s, most);
	while (t->len - begin > width && most > 0) {
		t->len = begin;
		add_parts(t, s, --most);
	}
	if (t->len - begin > width) {
		t->len = begin + width;
		t->buffer[t->len] = '\0';
	} else if (s->name) {
		add_name(t, s->name, width - (t->len - begin));
	}
}

void progress_status(struct text *t, const struct progress_state *s)
{
	add_parts(t, s, NOT_IN_LINE);
}
