/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A block of lines for each file of a dry run, and one for all of them.
 *
 * Scripts read --report; these lines are for people, and may be worded otherwise tomorrow.
 */
#include "explain.h"

#include "advice.h"
#include "methods.h"
#include "sentence.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What begins each line of a block. */
static void label(const char *name)
{
	printf("  %-13s", name);
}

static const char *const layers[OVLCP_LAYER_COUNT] = {
	[OVLCP_LAYER_UPPER] = "on the upper layer of an overlay",
	[OVLCP_LAYER_LOWER] = "on a lower layer of an overlay",
	[OVLCP_LAYER_METADATA] = "on a lower layer of an overlay, its metadata on the upper layer",
};

static void print_source(const struct ovlcp_event *e)
{
	const char *fs = ovlcp_event_fs(e, OVLCP_SIDE_SOURCE);
	const char *layer = layers[ovlcp_event_layer(e)];
	const uint64_t holes = ovlcp_event_bytes_hole(e);

	label("source:");
	if (layer)
		fputs(layer, stdout);
	else if (ovlcp_event_on_overlay(e, OVLCP_SIDE_SOURCE))
		fputs("on an overlay; on which layer cannot be told", stdout);
	else
		printf("on %s", *fs ? fs : "a filesystem whose type cannot be told");
	printf("; %" PRIu64 " bytes", ovlcp_event_size(e));
	if (holes)
		printf(", %" PRIu64 " of them in holes", holes);
	putchar('\n');
}

static void print_destination(const struct ovlcp_event *e)
{
	const char *fs = ovlcp_event_fs(e, OVLCP_SIDE_DESTINATION);
	const bool overlay = ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION);
	const int can = ovlcp_event_can_clone(e);

	label("destination:");
	if (overlay)
		fputs("on an overlay, its upper layer ", stdout);
	if (*fs)
		printf("on %s", fs);
	else
		printf("on a filesystem %s",
		       overlay ? "that cannot be seen from here" : "whose type cannot be told");
	puts(can > 0	? ", which can clone"
	     : can == 0 ? ", which cannot clone"
			: "; whether it can clone cannot be told from here");
}

static void print_method(const struct ovlcp_event *e)
{
	label("method:");
	printf("%s (row %s: %s)\n", method_words(ovlcp_event_method(e)), ovlcp_event_row(e),
	       ovlcp_event_row_reason(e));
	if (ovlcp_event_refusal_errno(e)) {
		label("refused:");
		printf("%s: %s\n", ovlcp_op_name(ovlcp_event_refusal_op(e)),
		       strerror(ovlcp_event_refusal_errno(e)));
	}
}

static void print_why(const struct ovlcp_event *e)
{
	const char *advice = advice_on(ovlcp_event_why(e));
	char *why = sentence_why(e);

	if (why) {
		label("not shared:");
		puts(why);
	}
	free(why);
	if (advice) {
		label("to share it:");
		puts(advice);
	}
}

/* What the destination adds to an image layer: a tar of it has holes, but no clones. */
static uint64_t layer_bytes(const struct ovlcp_event *e)
{
	const uint64_t data = ovlcp_event_size(e) - ovlcp_event_bytes_hole(e);
	const uint64_t written = ovlcp_event_bytes_written(e); /* more, where holes are filled */
	uint64_t copy = 0;

	if (ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION))
		copy = written > data ? written : data;
	return copy + ovlcp_event_bytes_copied_up(e);
}

static void print_cost(const struct ovlcp_event *e)
{
	const uint64_t copied_up = ovlcp_event_bytes_copied_up(e);
	const uint64_t layer = layer_bytes(e);

	label("bytes:");
	printf("%" PRIu64 " written, %" PRIu64 " shared\n", ovlcp_event_bytes_written(e),
	       ovlcp_event_bytes_shared(e));
	if (copied_up) {
		label("copy-up:");
		printf("writes %" PRIu64 " bytes of the source to the upper layer, once\n",
		       copied_up);
	}
	if (layer) {
		label("image layer:");
		printf("grows by %" PRIu64 " bytes when it is exported%s\n", layer,
		       copied_up ? ", source and copy each in full" : "");
	}
}

static void add(struct explain *x, const struct ovlcp_event *e)
{
	const uint64_t written = ovlcp_event_bytes_written(e);
	const uint64_t copied_up = ovlcp_event_bytes_copied_up(e);

	x->files[ovlcp_event_method(e)]++;
	x->written += written;
	x->shared += ovlcp_event_bytes_shared(e);
	x->copied_up += copied_up;
	x->upper += copied_up;
	if (ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION))
		x->upper += written;
	x->layer += layer_bytes(e);
}

void explain_event(struct explain *x, const struct ovlcp_event *e)
{
	if (!*ovlcp_event_row(e)) {
		if (ovlcp_event_method(e) != OVLCP_METHOD_DIRECTORY) {
			label("method:");
			puts(method_words(ovlcp_event_method(e)));
		}
		return;
	}
	print_source(e);
	print_destination(e);
	print_method(e);
	print_cost(e);
	print_why(e);
	add(x, e);
}

void explain_totals(const struct explain *x)
{
	const char *between = " ";

	fputs("total:", stdout);
	for (int m = 0; m < OVLCP_METHOD_COUNT; m++)
		if (x->files[m]) {
			printf("%s%" PRIu64 " %s", between, x->files[m],
			       method_words((enum ovlcp_method)m));
			between = ", ";
		}
	puts(*between == ' ' ? " no file with data" : "");
	label("bytes:");
	printf("%" PRIu64 " written, %" PRIu64 " shared\n", x->written, x->shared);
	if (x->upper) {
		label("upper layer:");
		printf("grows by %" PRIu64 " bytes, %" PRIu64 " of them by copy-ups\n", x->upper,
		       x->copied_up);
	}
	if (x->layer) {
		label("image layer:");
		printf("grows by %" PRIu64 " bytes when it is exported\n", x->layer);
	}
	puts("nothing was copied");
}
