/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The thread looks at the status five times a second, which costs the copy nothing; a timer with a
 * signal would interrupt its system calls. What it draws and what the program prints cannot be
 * mixed: progress_pause waits for a line that is being drawn, and no other begins.
 *
 * On a terminal the line is erased by escape codes. A terminal that was made narrower may have
 * folded the line, of which a part then remains: not every terminal folds, and to erase more could
 * erase what was printed before.
 *
 * A terminal or a pipe that takes nothing now (Ctrl-S) is left alone, so that the copy never waits
 * for it, nor does its end by a signal.
 */
#include "progress_thread.h"

#include "diag.h"
#include "status_signal.h"
#include "terminal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_SECOND UINT64_C(1000000000)
/* From the beginning to the first line. */
#define FIRST_NS NS_PER_SECOND
/* Between two lines that replace one another, and between two that do not. */
#define DRAW_NS (NS_PER_SECOND / 5)
#define LINE_NS (10 * NS_PER_SECOND)
/* The part of a new rate in the rate that is shown: it follows within some two seconds. */
#define RATE_PART 0.1
/* Bytes of a name that are shown at most: more than any terminal is wide. */
#define NAME_MAX_SHOWN 512
#define ERASE	       "\r\033[K"

static struct {
	const struct options *o;
	const struct operands *operands;
	const struct status *status;
	pthread_t thread;
	/* guards what follows */
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_started;
	bool is_over;
	bool is_paused;
	bool is_drawn;
	bool can_erase;
	bool has_totals;
	/* of the last look */
	struct progress_state last;
	uint64_t last_line_ns;
	double rate;
	char name[NAME_MAX_SHOWN];
} p = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void put(const char *bytes, size_t len)
{
	if (write(STDERR_FILENO, bytes, len) < 0)
		return; /* there is nowhere to say so */
}

static void erase(void)
{
	if (p.is_drawn && terminal_takes_output(STDERR_FILENO))
		put(ERASE, strlen(ERASE));
	p.is_drawn = false;
}

/* Look at the status. */
static void look(struct progress_state *ret_now)
{
	uint64_t ns;

	status_read(p.status, ret_now);
	if (!p.has_totals)
		status_totals(p.o, p.operands, &p.last);
	p.has_totals = true;
	ret_now->files_total = p.last.files_total;
	ret_now->bytes_total = p.last.bytes_total;
	ns = ret_now->time_ns - p.last.time_ns;
	if (p.last.time_ns == 0)
		p.rate = (double)ret_now->rate;
	else if (ns > 0 && ret_now->bytes.bytes_done >= p.last.bytes.bytes_done)
		p.rate +=
			RATE_PART * ((double)(ret_now->bytes.bytes_done - p.last.bytes.bytes_done) *
					     (double)NS_PER_SECOND / (double)ns -
				     p.rate);
	ret_now->rate = (uint64_t)p.rate;
	p.last = *ret_now;
}

/* Replace the line. */
static void draw(struct progress_state *now)
{
	char buffer[PROGRESS_LINE_MAX + NAME_MAX_SHOWN * 4];
	struct text t = text_begin(buffer, sizeof(buffer));
	char *quoted = *p.name ? diag_quote(p.name) : NULL;

	now->name = quoted;
	text_add(&t, "\r");
	/* the last column is left free: some terminals begin a new line after it */
	progress_line(&t, now, terminal_width_now(STDERR_FILENO) - 1);
	text_add(&t, "\033[K");
	put(t.buffer, t.len);
	p.is_drawn = true;
	free(quoted);
}

/* Print a whole line. */
static void print(const struct progress_state *now)
{
	char buffer[PROGRESS_LINE_MAX];
	struct text t = text_begin(buffer, sizeof(buffer));

	erase();
	text_add(&t, diag_program());
	text_add(&t, ": ");
	progress_status(&t, now);
	text_add(&t, "\n");
	put(t.buffer, t.len);
	p.last_line_ns = now->time_ns;
}

/* What the thread does each time. */
static void show(void)
{
	struct progress_state now;

	look(&now);
	if (p.is_paused || !terminal_takes_output(STDERR_FILENO))
		return;
	if (status_signal_take())
		print(&now);
	else if (!terminal_is_foreground(STDERR_FILENO))
		return;
	else if (p.can_erase)
		draw(&now);
	else if (p.last_line_ns == 0 || now.time_ns - p.last_line_ns >= LINE_NS)
		print(&now);
}

/* Wait, with the lock, for @ns, or until it is over. */
static void wait_for(uint64_t ns)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until); /* every Linux has this clock */
	until.tv_sec += (time_t)(ns / NS_PER_SECOND);
	until.tv_nsec += (long)(ns % NS_PER_SECOND);
	if (until.tv_nsec >= (long)NS_PER_SECOND) {
		until.tv_nsec -= (long)NS_PER_SECOND;
		until.tv_sec++;
	}
	while (!p.is_over && pthread_cond_timedwait(&p.wake, &p.lock, &until) == 0)
		;
}

static void *show_until_over(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&p.lock);
	wait_for(FIRST_NS);
	while (!p.is_over) {
		show();
		wait_for(DRAW_NS);
	}
	erase();
	pthread_mutex_unlock(&p.lock);
	return NULL;
}

/*
 * Start the thread with every signal blocked but SIGUSR1, which is blocked in all others: there it
 * would interrupt a copy-up. 0, or an errno (positive).
 */
static int start_thread(void)
{
	pthread_condattr_t attr;
	sigset_t own;
	sigset_t others;
	int r;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&p.wake, &attr);
	pthread_condattr_destroy(&attr);
	sigfillset(&own);
	sigdelset(&own, SIGUSR1);
	pthread_sigmask(SIG_SETMASK, &own, &others);
	r = pthread_create(&p.thread, NULL, show_until_over, NULL);
	if (r == 0)
		sigaddset(&others, SIGUSR1);
	pthread_sigmask(SIG_SETMASK, &others, NULL);
	return r;
}

/* Whether the options ask for it. A dry run copies nothing. */
static bool is_wanted(const struct options *o)
{
	return !o->explain && (o->progress == PROGRESS_ALWAYS ||
			       (o->progress == PROGRESS_AUTO && isatty(STDERR_FILENO)));
}

void progress_start(const struct options *o, const struct operands *operands,
		    const struct status *status)
{
	int r;

	if (!is_wanted(o))
		return;
	p.o = o;
	p.operands = operands;
	p.status = status;
	p.can_erase = terminal_can_erase(STDERR_FILENO);
	diag_use_locale(); /* before there is a second thread */
	diag_before_message(progress_erase);
	status_signal_defer(true);
	r = start_thread();
	p.is_started = r == 0;
	if (r == 0)
		return;
	status_signal_defer(false);
	(void)diag_failure(r, "warning: cannot show the progress");
}

void progress_stop(void)
{
	if (!p.is_started)
		return;
	pthread_mutex_lock(&p.lock);
	p.is_over = true;
	pthread_cond_signal(&p.wake);
	pthread_mutex_unlock(&p.lock);
	pthread_join(p.thread, NULL);
	p.is_started = false;
}

static void set_paused(bool is_paused)
{
	if (!p.is_started)
		return;
	pthread_mutex_lock(&p.lock);
	p.is_paused = is_paused;
	pthread_mutex_unlock(&p.lock);
}

void progress_pause(void)
{
	set_paused(true);
}

void progress_resume(void)
{
	set_paused(false);
}

void progress_erase(void)
{
	if (!p.is_started)
		return;
	pthread_mutex_lock(&p.lock);
	erase();
	pthread_mutex_unlock(&p.lock);
}

void progress_event(const struct ovlcp_event *e)
{
	const char *name = ovlcp_event_destination(e);
	size_t len = strlen(name);

	if (!p.is_started || ovlcp_event_type(e) != OVLCP_EVENT_BEGIN)
		return;
	if (len >= sizeof(p.name))
		name += len - (sizeof(p.name) - 1);
	pthread_mutex_lock(&p.lock);
	memcpy(p.name, name, strlen(name) + 1);
	pthread_mutex_unlock(&p.lock);
}
