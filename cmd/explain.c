/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints a block of lines for each file of a dry run, and one for all of them (--explain=summary:
 * only that): the filesystems of both files, the method, why the data is not shared and what can be
 * done about it, then the cost.
 *
 * The lines are for people, and their wording may change; programs read --report.
 */
#include "explain.h"

#include "diag.h"
#include "fallback.h"
#include "human.h"
#include "messages.h"
#include "quote.h"
#include "terminal.h"
#include "wrap.h"

#include "base/errno_text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The column that the texts begin at. */
#define TEXT_COLUMN 15

/* "3145728 (3.0 MiB)" */
struct number_text {
	char text[64];
};

static struct number_text number(uint64_t bytes, const char *unit)
{
	char size[HUMAN_SIZE_MAX];
	struct number_text n;

	if (bytes < 1024)
		snprintf(n.text, sizeof(n.text), "%" PRIu64 "%s", bytes, unit);
	else
		snprintf(n.text, sizeof(n.text), "%" PRIu64 "%s (%s)", bytes, unit,
			 human_size(bytes, size));
	return n;
}

/* Print one line of a block, folded to the width of the terminal. */
static void line(const char *label, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void line(const char *label, const char *format, ...)
{
	char *text;
	va_list args;
	int r;

	va_start(args, format);
	r = vasprintf(&text, format, args);
	va_end(args);
	printf("  %-*s", TEXT_COLUMN - 2, label);
	diag_note_stdout();
	wrap(stdout, r < 0 ? QUOTE_NO_MEMORY : text, TEXT_COLUMN, terminal_text_width());
	diag_note_stdout();
	if (r >= 0)
		free(text);
}

static const char *const layers[OVLCP_LAYER_COUNT] = {
	[OVLCP_LAYER_UPPER] = "on the upper layer of an overlay",
	[OVLCP_LAYER_LOWER] = "on a lower layer of an overlay",
	[OVLCP_LAYER_METADATA] = "on a lower layer of an overlay, its metadata on the upper layer",
};

/* The layer in words; NULL if it is unknown. Reasons that come from a refused copy-up imply it. */
static const char *layer_words(const struct ovlcp_event *e)
{
	const enum ovlcp_reason reason = ovlcp_event_reason(e);
	enum ovlcp_layer layer = ovlcp_event_layer(e);

	if (layer == OVLCP_LAYER_UNKNOWN &&
	    ((reason >= OVLCP_REASON_LOWER_NEVER && reason <= OVLCP_REASON_LOWER_FAILED) ||
	     reason == OVLCP_REASON_LOWER_IMMUTABLE || reason == OVLCP_REASON_LOWER_REMEMBERED ||
	     ovlcp_event_method(e) == OVLCP_METHOD_CLONE_UPPER))
		layer = OVLCP_LAYER_LOWER;
	return layers[layer < OVLCP_LAYER_COUNT ? layer : OVLCP_LAYER_UNKNOWN];
}

/* Whether the files were not opened: reading from a FIFO or a device consumes data. */
static bool is_closed(const struct ovlcp_event *e)
{
	return ovlcp_event_reason(e) == OVLCP_REASON_NOT_REGULAR &&
	       !*ovlcp_event_fs(e, OVLCP_SIDE_SOURCE);
}

static void print_source(const struct ovlcp_event *e)
{
	const char *fs = ovlcp_event_fs(e, OVLCP_SIDE_SOURCE);
	const char *layer = layer_words(e);
	const uint64_t hole = ovlcp_event_bytes_hole(e);
	const char *on = layer ? layer
			 : ovlcp_event_on_overlay(e, OVLCP_SIDE_SOURCE)
				 ? "on an overlay, on an unknown layer"
			 : *fs ? fs
			       : "a filesystem of unknown type";
	const bool is_fs = !layer && !ovlcp_event_on_overlay(e, OVLCP_SIDE_SOURCE);

	if (is_closed(e))
		line("source:",
		     "not a regular file; its size is known only after it has been read");
	else
		line("source:", "%s%s; %s%s%s%s", is_fs ? "on " : "", on,
		     number(ovlcp_event_size(e), " bytes").text, hole ? ", " : "",
		     hole ? number(hole, "").text : "", hole ? " of them in holes" : "");
}

static void print_destination(const struct ovlcp_event *e)
{
	const char *fs = ovlcp_event_fs(e, OVLCP_SIDE_DESTINATION);
	const bool overlay = ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION);
	const int can = ovlcp_event_can_clone(e);
	const char *seen = *fs	     ? fs
			   : overlay ? "a filesystem that is not visible from here"
				     : "a filesystem of unknown type";

	if (!is_closed(e))
		line("destination:", "on %s%s%s", overlay ? "an overlay, its upper layer on " : "",
		     seen,
		     can > 0	? ", which can clone"
		     : can == 0 ? ", which cannot clone"
				: "; whether it can clone is unknown");
}

static bool is_unclear(const struct ovlcp_event *e)
{
	return ovlcp_event_reason(e) == OVLCP_REASON_CANNOT_TELL;
}

/* Whether less may be written than is counted. */
static bool is_at_most(const struct explain *x, const struct ovlcp_event *e)
{
	return is_unclear(e) || (x->makes_holes && ovlcp_event_reason(e) == OVLCP_REASON_SPARSE);
}

static void print_copy(const struct ovlcp_event *e)
{
	char *name = diag_quote(ovlcp_event_other(e));

	line("copy:", "%s", name ? name : QUOTE_NO_MEMORY);
	free(name);
}

static void print_method(const struct ovlcp_event *e)
{
	if (is_unclear(e)) {
		line("method:", "unknown until it is copied; at worst: %s (rule %s: %s)",
		     ovlcp_method_text(ovlcp_event_method(e)), ovlcp_event_rule(e),
		     ovlcp_event_rule_text(e));
		return;
	}
	line("method:", "%s (rule %s: %s)", ovlcp_method_text(ovlcp_event_method(e)),
	     ovlcp_event_rule(e), ovlcp_event_rule_text(e));
	if (ovlcp_event_method(e) == OVLCP_METHOD_CLONE_REMEMBERED)
		print_copy(e);
	if (ovlcp_event_refusal_errno(e))
		line("refused:", "%s, which was tried first: %s",
		     ovlcp_op_name(ovlcp_event_refusal_op(e)),
		     errno_text(ovlcp_event_refusal_errno(e)));
}

static void print_reason(const struct explain *x, const struct ovlcp_event *e)
{
	char *hint = message_of_advice(e, x->fan_out);
	char *reason = message_of_reason(e);

	if (reason)
		line(is_unclear(e) ? "shared:" : "not shared:", "%s", reason);
	if (hint)
		line("to share it:", "%s", hint);
	free(reason);
	free(hint);
}

/* What --atomic, --fsync and --verify add. */
static void print_promises(const struct ovlcp_event *e)
{
	static const char *const compared[OVLCP_VERIFIED_COUNT] = {
		[OVLCP_VERIFIED_BYTES] = "with its source, byte for byte",
		[OVLCP_VERIFIED_EXTENTS] = "with its source, by their extents",
	};
	static const char *const stored[] = {
		[OVLCP_FSYNC_FILE] = "on stable storage when it is complete",
		[OVLCP_FSYNC_FS] = "on stable storage at the end, with all of its filesystem",
	};
	const enum ovlcp_verified verified = ovlcp_event_verified(e);
	const bool is_shared =
		verified == OVLCP_VERIFIED_EXTENTS || ovlcp_event_bytes_shared(e) > 0;

	if (ovlcp_event_atomic(e))
		line("name:", "created when the file is complete%s",
		     is_shared ? "" : " and its data on stable storage");
	if (ovlcp_event_fsync(e) != OVLCP_FSYNC_NONE)
		line("stored:", "%s", stored[ovlcp_event_fsync(e)]);
	if (verified < OVLCP_VERIFIED_COUNT && compared[verified])
		line("compared:", "%s", compared[verified]);
}

/* What the destination adds to an image layer: a tar archive keeps holes, but not clones. */
static uint64_t layer_bytes(const struct ovlcp_event *e)
{
	const uint64_t data = ovlcp_event_size(e) - ovlcp_event_bytes_hole(e);
	const uint64_t written =
		ovlcp_event_bytes_written(e); /* more than data if holes are filled */
	uint64_t copy = 0;

	/* what is deduplicated is there already */
	if (ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION) &&
	    ovlcp_event_method(e) != OVLCP_METHOD_DEDUPE)
		copy = written > data ? written : data;
	return copy + ovlcp_event_bytes_copied_up(e);
}

static void print_written(uint64_t written, uint64_t shared, bool at_most, bool unclear)
{
	line("bytes:", "%s%s written, %s%s shared", at_most ? "at most " : "",
	     number(written, "").text, unclear ? "at least " : "", number(shared, "").text);
}

static void print_cost(const struct explain *x, const struct ovlcp_event *e)
{
	const uint64_t copied_up = ovlcp_event_bytes_copied_up(e);
	const uint64_t layer = layer_bytes(e);

	if (!is_closed(e))
		print_written(ovlcp_event_bytes_written(e), ovlcp_event_bytes_shared(e),
			      is_at_most(x, e), is_unclear(e));
	if (copied_up)
		line("copy-up:", "writes %s to the upper layer, once",
		     number(copied_up, " bytes").text);
	if (layer)
		line("image layer:", "grows by %s%s when it is exported%s",
		     x->makes_holes ? "at most " : "", number(layer, " bytes").text,
		     ovlcp_event_method(e) == OVLCP_METHOD_CLONE_UPPER
			     ? ", source and copy each in full"
			     : "");
}

/* Print what a hard link, a backup or new attributes copy up: of a file without data. */
static void print_copy_up(const struct ovlcp_event *e)
{
	const uint64_t copied_up = ovlcp_event_bytes_copied_up(e);

	if (copied_up)
		line("copy-up:", "writes %s to the upper layer, once",
		     number(copied_up, " bytes").text);
}

/* Print the block of a file that is copied up and not copied (--copy-up-only). */
static void print_copy_up_block(const struct explain *x, const struct ovlcp_event *e, bool refused)
{
	char *src = diag_quote(ovlcp_event_source(e));
	char *reason = message_of_reason(e);
	char *hint = refused ? message_of_advice(e, x->fan_out) : NULL;

	puts(src ? src : QUOTE_NO_MEMORY);
	diag_note_stdout();
	print_source(e);
	if (refused && reason)
		line("copy-up:", "none: %s", reason);
	else if (is_unclear(e))
		line("copy-up:", "unknown until it is tried; writes at most %s",
		     number(ovlcp_event_bytes_copied_up(e), " bytes").text);
	else
		print_copy_up(e);
	if (!refused)
		line("image layer:", "grows by %s when it is exported",
		     number(ovlcp_event_bytes_copied_up(e), " bytes").text);
	if (hint)
		line("to allow it:", "%s", hint);
	free(src);
	free(reason);
	free(hint);
}

/* Count the same. */
static void add_copy_up(struct explain *x, const struct ovlcp_event *e)
{
	const uint64_t copied_up = ovlcp_event_bytes_copied_up(e);

	x->copied_up += copied_up;
	x->upper += copied_up;
	x->layer += copied_up;
}

/* The method, for a count of each. */
static enum ovlcp_method method_of(const struct ovlcp_event *e)
{
	const enum ovlcp_method method = ovlcp_event_method(e);

	return method < OVLCP_METHOD_COUNT ? method : OVLCP_METHOD_NONE;
}

static void add_to_totals(struct explain *x, const struct ovlcp_event *e)
{
	const uint64_t written = ovlcp_event_bytes_written(e);
	const uint64_t copied_up = ovlcp_event_bytes_copied_up(e);

	x->files[method_of(e)]++;
	x->unclear += is_unclear(e);
	x->at_most += is_at_most(x, e);
	x->written += written;
	x->shared += ovlcp_event_bytes_shared(e);
	x->copied_up += copied_up;
	x->upper += copied_up;
	if (ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION))
		x->upper += written;
	x->layer += layer_bytes(e);
}

/* Count the file by reason, and keep the hint of the first one for the totals. */
static void count_reason(struct explain *x, const struct ovlcp_event *e)
{
	const enum ovlcp_reason reason = ovlcp_event_reason(e);

	if (reason >= OVLCP_REASON_COUNT || fallback_is_wanted(reason) || x->unshared[reason]++)
		return;
	x->hint[reason] = message_of_advice(e, x->fan_out);
}

static void print_block(const struct explain *x, const struct ovlcp_event *e, bool refused)
{
	print_source(e);
	print_destination(e);
	if (!refused)
		print_method(e);
	print_reason(x, e);
	if (!refused) {
		print_cost(x, e);
		print_promises(e);
	}
}

/* Whether the file is only copied up, or would have been. */
static bool is_copy_up_only(const struct ovlcp_event *e)
{
	return ovlcp_event_method(e) == OVLCP_METHOD_COPY_UP ||
	       ovlcp_event_op(e) == OVLCP_OP_COPY_UP_REFUSED;
}

void explain_event(struct explain *x, const struct ovlcp_event *e)
{
	const bool has_data = *ovlcp_event_rule(e) != '\0' || is_copy_up_only(e);
	const bool refused = ovlcp_event_type(e) == OVLCP_EVENT_FAILED;

	if (!x->is_summary && is_copy_up_only(e))
		print_copy_up_block(x, e, refused);
	else if (!x->is_summary && has_data)
		print_block(x, e, refused);
	else if (!x->is_summary && ovlcp_event_method(e) != OVLCP_METHOD_DIRECTORY)
		line("method:", "%s", ovlcp_method_text(ovlcp_event_method(e)));
	if (!x->is_summary && !has_data)
		print_copy_up(e);
	if (!has_data) {
		add_copy_up(x, e);
		x->without_data[method_of(e)]++;
		return;
	}
	count_reason(x, e);
	if (refused)
		x->refused++;
	else
		add_to_totals(x, e);
}

static uint64_t files_of(const struct explain *x)
{
	uint64_t sum = x->refused;

	for (int m = 0; m < OVLCP_METHOD_COUNT; m++)
		sum += x->files[m];
	return sum;
}

/* The words for several files, where they differ from those for one. */
static const char *const plurals[OVLCP_METHOD_COUNT] = {
	[OVLCP_METHOD_DIRECTORY] = "directories",
	[OVLCP_METHOD_SYMBOLIC_LINK] = "symbolic links",
	[OVLCP_METHOD_HARD_LINK] = "hard links",
	[OVLCP_METHOD_SPECIAL_FILE] = "special files",
};

/* Print "3 cloned, 2 copied by ...", each after @between or a comma. Returns what comes before the
 * next item. */
static const char *print_counts(const uint64_t counts[OVLCP_METHOD_COUNT], const char *between)
{
	for (int m = 0; m < OVLCP_METHOD_COUNT; m++)
		if (counts[m]) {
			printf("%s%" PRIu64 " %s", between, counts[m],
			       counts[m] > 1 && plurals[m]
				       ? plurals[m]
				       : ovlcp_method_text((enum ovlcp_method)m));
			between = ", ";
		}
	return between;
}

static void print_methods(const struct explain *x)
{
	const char *between;

	fputs("total:", stdout);
	between = print_counts(x->files, " ");
	if (x->unclear)
		printf(" (%" PRIu64 " of them uncertain)", x->unclear);
	if (x->refused)
		printf("%s%" PRIu64 " refused", between, x->refused);
	puts(files_of(x) ? "" : " no file with data");
	diag_note_stdout();
}

/* What the blocks of files would show otherwise. */
static void print_others(const struct explain *x)
{
	bool any = false;

	for (int m = 0; m < OVLCP_METHOD_COUNT; m++)
		any = any || x->without_data[m];
	if (any) {
		printf("  %-*s", TEXT_COLUMN - 2, "no data:");
		(void)print_counts(x->without_data, "");
		putchar('\n');
		diag_note_stdout();
	}
	if (x->skipped)
		line("left alone:", "%" PRIu64 " file%s", x->skipped, x->skipped == 1 ? "" : "s");
}

static void print_hints(const struct explain *x)
{
	for (int reason = 0; reason < OVLCP_REASON_COUNT; reason++)
		if (x->unshared[reason] && x->hint[reason])
			line("to share:", "%" PRIu64 " file%s: %s", x->unshared[reason],
			     x->unshared[reason] == 1 ? "" : "s", x->hint[reason]);
}

static void print_growth(const struct explain *x)
{
	const char *most = x->at_most ? "at most " : "";

	if (x->copied_up && x->copied_up < x->upper)
		line("upper layer:", "grows by %s%s, %s of them by copy-ups", most,
		     number(x->upper, " bytes").text, number(x->copied_up, "").text);
	else if (x->upper)
		line("upper layer:", "grows by %s%s%s", most, number(x->upper, " bytes").text,
		     x->copied_up ? ", all of them by copy-ups" : "");
}

void explain_totals(const struct explain *x)
{
	/* for a single file its block has the rest */
	const bool many = files_of(x) > 1 || x->is_summary;

	print_methods(x);
	if (x->is_summary)
		print_others(x);
	if (many)
		print_written(x->written, x->shared, x->at_most > 0, x->unclear > 0);
	print_growth(x);
	if (many && x->layer)
		line("image layer:", "grows by %s%s when it is exported",
		     x->makes_holes ? "at most " : "", number(x->layer, " bytes").text);
	if (many)
		print_hints(x);
	puts("nothing was copied");
}

void explain_done(struct explain *x)
{
	for (int reason = 0; reason < OVLCP_REASON_COUNT; reason++)
		free(x->hint[reason]);
	*x = (struct explain){ 0 };
}
