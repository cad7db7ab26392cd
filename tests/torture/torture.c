/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A worker: for each scenario a run that counts calls, and then one for each fault of its part of
 * the plan. Workers share nothing but the results.
 */
#include "torture.h"

#include "../../cmd/errname.h"
#include "errors.h"
#include "fail.h"
#include "judge.h"
#include "lab.h"
#include "plan.h"
#include "run_program.h"
#include "scenarios.h"
#include "snapshot.h"
#include "strace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ARGS_MAX = 32,
	/* losses of a scenario that are shown in full */
	SHOWN = 5,
	/* runs for a fault that need not happen in each */
	ATTEMPTS = 4,
};

/* Where --remember has its records by default: in memory, and in that of this worker alone. */
#define RECORDS "/dev/shm/ovl-cp-0"

/* A scenario under way. */
struct work {
	const struct settings *settings;
	const struct scenario *scenario;
	struct result *result;
	struct results *results;
	int number;
	struct lab lab;
	char args[500];
	const char *argv[ARGS_MAX];
	struct strace_args strace;
	struct snapshot source, before, expected;
};

static void split_args(struct work *w)
{
	size_t n = 0;
	char *rest = NULL;

	snprintf(w->args, sizeof(w->args), "%s", w->scenario->args);
	w->argv[n++] = w->settings->binary;
	for (char *word = strtok_r(w->args, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		w->argv[n++] = word;
	w->argv[n] = NULL;
}

/* "dst" and the records are as they are before a run. */
static void prepare(struct work *w)
{
	const char *const earlier[] = { w->settings->binary, "--remember", "--share=hardlink",
					"src/file",	     "dst/first",  NULL };
	static struct outcome o;

	lab_reset(&w->lab, w->scenario->before);
	remove_tree(RECORDS);
	if (!(w->scenario->flags & SCENARIO_RECORDED))
		return;
	run_program(&o, earlier, w->lab.cwd, NULL, NULL, INPUT_FILE);
	if (o.status != 0 || access(RECORDS, F_OK) < 0)
		fail("%s: nothing was recorded: %s", w->scenario->name, o.err);
}

/* Run the program once, from "dst" as it is before. */
static void run_once(struct work *w, struct outcome *ret, const char *fault)
{
	const char *strace = w->settings->strace;

	prepare(w);
	run_program(ret, strace ? strace_wrap(&w->strace, strace, w->argv, fault) : w->argv,
		    w->lab.cwd, strace ? NULL : fault, w->scenario->input,
		    w->scenario->flags & SCENARIO_FIFO	 ? INPUT_FIFO
		    : w->scenario->flags & SCENARIO_PIPE ? INPUT_PIPE
							 : INPUT_FILE);
}

static int error_number(const char *name)
{
	for (int i = 1; i < 140; i++)
		if (errname(i) && strcmp(errname(i), name) == 0)
			return i;
	return 0;
}

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = words; at && (at = strstr(at, word)); at += len)
		if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
			return true;
	return false;
}

/* For a fault that was asked for by name: what is there. */
static void show_files(const char *dir)
{
	char command[LAB_PATH + 40];

	snprintf(command, sizeof(command), "ls -lsRain '%s' | sed 's/^/# /'", dir);
	if (system(command) != 0)
		fail("%s", command);
}

static void show_loss(struct work *w, const char *fault, const struct outcome *o, const char *text)
{
	if (atomic_fetch_add(&w->result->losses, 1) >= SHOWN && !w->settings->all)
		return;
	printf("# LOSS %s %s: %s\n# status %d\n", w->scenario->name, fault, w->scenario->args,
	       o->status);
	for (const char *at = text; *at;) {
		int len = (int)strcspn(at, "\n");

		printf("#     %.*s\n", len, at);
		at += len + (at[len] == '\n');
	}
	for (const char *at = o->err; *at;) {
		int len = (int)strcspn(at, "\n");

		printf("#   stderr: %.*s\n", len, at);
		at += len + (at[len] == '\n');
	}
	fflush(stdout);
	if (w->settings->fault)
		show_files(w->lab.dst);
}

/* The source is as it was: "Contents, owner, mode, size, times ... and extended attributes stay",
   but not "holes shorter than 1 MiB" (What it changes). */
static bool source_is_kept(struct work *w, char *ret, size_t size)
{
	struct snapshot now;
	size_t len = strlen(ret);
	bool same;

	snapshot_take(&now, w->lab.src, NULL);
	snprintf(ret + len, size - len, "the source was changed: ");
	len += strlen(ret + len);
	same = snapshot_same(&w->source, &now,
			     w->scenario->place == PLACE_OVERLAY ||
					     w->scenario->place == PLACE_OVERLAY_METACOPY
				     ? DIFF_HOLES
				     : 0,
			     ret + len, size - len);
	snapshot_done(&now);
	return same;
}

static void count_injection(struct work *w, const struct planned *p)
{
	atomic_fetch_add(strcmp(p->function, "alloc") == 0 ? &w->result->allocations
							   : &w->result->injected,
			 1);
	for (int i = 0; i < w->results->function_count; i++)
		if (strcmp(w->results->functions[i].name, p->function) == 0)
			atomic_fetch_add(&w->results->functions[i].injected, 1);
}

static bool has_fired(const struct outcome *o)
{
	return strstr(o->log, "injected ") || strstr(o->log, "(INJECTED)");
}

/* Run the program with @fault, which may need another attempt if its calls are not the same each
   time. Whether the fault happened. */
static bool run_with_fault(struct work *w, struct outcome *ret, const char *fault)
{
	const int attempts = w->scenario->flags & SCENARIO_VARIES ? ATTEMPTS : 1;

	for (int i = 0; i < attempts; i++) {
		run_once(w, ret, fault);
		if (has_fired(ret))
			return true;
	}
	return false;
}

static void try_fault(struct work *w, const struct planned *p)
{
	static struct outcome o;
	char fault[100];
	char text[LOSS_TEXT + 300] = "";
	struct snapshot after;
	const struct errors *e = errors_of(p->function);
	struct trial t = {
		.scenario = w->scenario,
		.function = p->function,
		.failure = p->failure,
		.error = error_number(p->failure),
		.lost = e && has_word(e->answers, p->failure) ? e->lost : 0,
		.has_log = !w->settings->strace,
		.outcome = &o,
		.before = &w->before,
		.expected = &w->expected,
		.after = &after,
	};
	bool ok;

	snprintf(fault, sizeof(fault), "%s:%s@%ld%s", p->function, p->failure, p->at,
		 p->for_ever ? "+" : "");
	if (run_with_fault(w, &o, fault))
		count_injection(w, p);
	else if (!(w->scenario->flags & SCENARIO_VARIES))
		return show_loss(w, fault, &o, "the fault did not happen");
	snapshot_take(&after, w->lab.cwd, "src");
	ok = judge(&t, text);
	snapshot_done(&after);
	/* "and they cannot be restored", which is said */
	if (!source_is_kept(w, text, sizeof(text)) &&
	    !strstr(o.err, "warning: the copy-up changed the times of ")) {
		show_loss(w, fault, &o, text);
		lab_done(&w->lab, w->settings->lab, w->number);
		lab_make(&w->lab, w->settings->lab, w->number, w->scenario->place,
			 w->scenario->source);
	} else if (!ok) {
		*strstr(text, "the source was changed") = '\0';
		show_loss(w, fault, &o, text);
	}
}

/* The first line of @a that @b does not have at the same place, in @text of 300 bytes. */
static const char *first_difference(const char *a, const char *b, char *text)
{
	const char *line = a;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '\n')
			line = a + i + 1;
	snprintf(text, 300, "%.*s, then %.*s", (int)strcspn(line, "\n"), line,
		 (int)strcspn(b + (line - a), "\n"), b + (line - a));
	return text;
}

/* The runs without a fault: what is expected, and how often each function is called, which has to
   be as often in the next run: a fault is a number of a call. */
static void run_well(struct work *w, struct outcome *ret)
{
	static struct outcome second;
	struct snapshot again;
	char text[300];

	prepare(w);
	snapshot_take(&w->source, w->lab.src, NULL);
	snapshot_take(&w->before, w->lab.cwd, "src");
	run_once(w, ret, "count");
	snapshot_take(&w->expected, w->lab.cwd, "src");
	if (ret->status != 0 || (*ret->err && !w->scenario->input))
		fail("%s: status %d without a fault: %s", w->scenario->name, ret->status, ret->err);
	if (!w->settings->strace &&
	    (!strstr(ret->log, "\nend\n") || !strstr(ret->log, "count fstat ")))
		fail("%s: the calls are not wrapped", w->scenario->name);
	run_once(w, &second, "count");
	snapshot_take(&again, w->lab.cwd, "src");
	if (!w->settings->strace && !(w->scenario->flags & SCENARIO_VARIES) &&
	    strcmp(ret->log, second.log) != 0)
		fail("%s: two runs without a fault differ in their calls: %s", w->scenario->name,
		     first_difference(ret->log, second.log, text));
	if (!snapshot_same(&w->expected, &again, 0, text, sizeof(text)))
		fail("%s: two runs without a fault differ: %s", w->scenario->name, text);
	snapshot_done(&again);
}

static void run_scenario(struct work *w)
{
	static struct outcome counted;
	struct plan plan = { .list = NULL };

	split_args(w);
	lab_make(&w->lab, w->settings->lab, w->number, w->scenario->place, w->scenario->source);
	run_well(w, &counted);
	if (w->settings->fault)
		plan_one(&plan, w->settings->fault);
	else if (w->settings->strace)
		strace_plan(&plan, counted.log);
	else
		plan_make(&plan, counted.log, w->settings, w->scenario->name, w->results);
	for (size_t i = 0; i < plan.count; i++)
		if (plan_worker(&plan.list[i], w->settings->workers) == w->number)
			try_fault(w, &plan.list[i]);
	plan_done(&plan);
	snapshot_done(&w->source);
	snapshot_done(&w->before);
	snapshot_done(&w->expected);
	lab_done(&w->lab, w->settings->lab, w->number);
}

void torture_worker(const struct settings *s, int number, struct results *r)
{
	for (int i = 0; i < scenario_count; i++) {
		struct work w = {
			.settings = s,
			.scenario = &scenarios[i],
			.result = &r->scenarios[i],
			.results = r,
			.number = number,
		};

		if (s->strace && !strace_has(scenarios[i].name))
			continue;
		if (!s->scenario || strcmp(s->scenario, scenarios[i].name) == 0)
			run_scenario(&w);
	}
}
