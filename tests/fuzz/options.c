/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command line up to the first look at a file (cmd/options.c and what it calls). The input are
 * arguments that end with NUL bytes.
 *
 * A command line that is refused has a message, and no argument can forge a line of one. What is
 * accepted is accepted by the library, too: the copy fails for want of the source, not because of
 * its options. Operands are those of the caller, in their order.
 */
#include "arguments.h"
#include "messages.h"

#include "options.h"

#include <errno.h>

/* The operands are some of the arguments, and none comes before one that it followed. */
static void check_operands(const struct options *o, const struct arguments *a)
{
	int at = 1;

	for (int i = 0; i < o->operand_count; i++) {
		while (at < a->argc && o->operands[i] != a->argv[at])
			at++;
		must(at++ < a->argc);
	}
}

static void check_library(const struct options *o)
{
	static const char *const none[] = { "" };
	static const struct ovlcp_paths dests = { -1, none, 1 };
	struct ovlcp *session = NULL;
	int r;

	must(ovlcp_new(&session) == 0);
	r = ovlcp_fan_out(session, -1, "none", &dests, &o->copy);
	must(r < 0 && r != -EINVAL && r != -E2BIG);
	ovlcp_free(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct arguments a = arguments_read(&in);
	struct options o;
	int r;

	messages_begin();
	r = options_parse(a.argc, a.argv, &o);
	messages_end(r != 0);
	must(r == 0 || r == 1);
	must(r == 0 || (!o.help && !o.version));
	if (r == 0 && !o.help && !o.version) {
		check_operands(&o, &a);
		check_library(&o);
	}
	options_done(&o);
	arguments_done(&a);
	return 0;
}
