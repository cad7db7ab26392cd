/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The plan: each call of each function, with each failure, once and for ever. In the short form a
 * part of them, which the seed picks.
 */
#include "plan.h"

#include "errors.h"
#include "fail.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* of so many faults the short form takes one; and one of each function in any case */
	SHARE = 32
};

/* Functions that a fault was planned for, in any scenario so far. */
static char planned_names[FUNCTIONS_MAX][NAME_ROOM];

/* Whether a fault of @function was planned before. It is from now on. */
static bool was_planned(const char *function)
{
	size_t i = 0;

	while (i < FUNCTIONS_MAX && strcmp(planned_names[i], function) != 0)
		i++;
	if (i < FUNCTIONS_MAX)
		return true;
	for (i = 0; i < FUNCTIONS_MAX && *planned_names[i]; i++)
		;
	if (i == FUNCTIONS_MAX)
		fail("too many functions");
	snprintf(planned_names[i], sizeof(planned_names[i]), "%s", function);
	return false;
}

/* Forget those whose fault has not happened: not each call is made each time. */
static void forget_unfired(const struct results *r)
{
	for (size_t i = 0; i < FUNCTIONS_MAX; i++)
		for (int f = 0; f < r->function_count; f++)
			if (!r->functions[f].injected &&
			    strcmp(r->functions[f].name, planned_names[i]) == 0)
				*planned_names[i] = '\0';
}

static void add(struct plan *p, const struct planned *one)
{
	if (p->count == p->room) {
		p->room = p->room * 2 + 256;
		p->list = reallocarray(p->list, p->room, sizeof(*p->list));
	}
	if (!p->list)
		fail("memory");
	p->list[p->count++] = *one;
}

/* A number that depends on all of this, for a choice that is the same each time. */
static uint64_t mix(uint64_t seed, const char *name, const struct planned *one)
{
	char text[200];
	uint64_t hash = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;

	snprintf(text, sizeof(text), "%s %s %s %ld %d", name, one->function, one->failure, one->at,
		 one->for_ever);
	for (const char *at = text; *at; at++) {
		hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
		hash ^= hash >> 31;
	}
	return hash >> 8;
}

/* A signal ends a call that waits; no signal comes for ever. */
static bool only_once(const char *failure)
{
	return strcmp(failure, "EINTR") == 0 || strcmp(failure, "EAGAIN") == 0;
}

static void add_calls(struct plan *p, struct planned *one, long count, const struct settings *s,
		      const char *name)
{
	for (one->at = 1; one->at <= count; one->at++) {
		for (int ever = 0; ever < 2; ever++) {
			one->for_ever = ever;
			if (ever && only_once(one->failure))
				continue;
			if (s->all || mix(s->seed, name, one) % SHARE == 0 ||
			    !was_planned(one->function))
				add(p, one);
		}
	}
}

static void add_words(struct plan *p, struct planned *one, const char *words, long count,
		      const struct settings *s, const char *name)
{
	while (words && *words) {
		size_t len = strcspn(words, " ");

		if (len > 0) {
			snprintf(one->failure, sizeof(one->failure), "%.*s", (int)len, words);
			add_calls(p, one, count, s, name);
		}
		words += len + (words[len] == ' ');
	}
}

void plan_make(struct plan *p, const char *counts, const struct settings *s, const char *name,
	       const struct results *r)
{
	struct planned one = { .at = 0 };
	long count;

	forget_unfired(r);

	for (const char *at = counts; at && *at; at = strchr(at, '\n')) {
		const struct errors *e;

		at += *at == '\n';
		if (sscanf(at, "count %31s %ld", one.function, &count) != 2)
			continue;
		e = errors_of(one.function);
		if (!e || count == 0)
			continue;
		add_words(p, &one, e->failures, count, s, name);
		add_words(p, &one, e->answers, count, s, name);
	}
}

int plan_worker(const struct planned *one, int workers)
{
	return (int)(mix(0, "", one) % (uint64_t)workers);
}

void plan_one(struct plan *p, const char *text)
{
	struct planned one = { .at = 0 };
	char plus = '\0';

	if (sscanf(text, "%31[^:]:%31[^@]@%ld%c", one.function, one.failure, &one.at, &plus) < 3)
		fail("%s is no fault", text);
	one.for_ever = plus == '+';
	add(p, &one);
}

void plan_done(struct plan *p)
{
	free(p->list);
	*p = (struct plan){ .list = NULL };
}
