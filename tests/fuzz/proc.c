/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other files of /proc that are read: status (sys_umask), uid_map (owner_is_mapped), locks
 * (is_leased). The input is a byte that chooses one, and values that are written as the kernel
 * writes them; a name in status is any text, which the kernel escapes.
 *
 * The umask, the ranges and the leases that were written are found, and no others: a process cannot
 * choose its name so that another umask is read.
 */
#include "fake_proc.h"
#include "input.h"

#include "probe/idmap.h"
#include "probe/in_use.h"
#include "sys/process.h"

#include <stdio.h>
#include <sys/sysmacros.h>

#define RANGES_MAX 5

static char *text;
static size_t text_len;

static FILE *begin_text(void)
{
	FILE *out = open_memstream(&text, &text_len);

	must(out);
	return out;
}

static void end_text(FILE *out)
{
	must(fclose(out) == 0);
	fake_proc(text, text_len);
}

/* fs/proc/array.c; a name has at most 15 bytes, and that of a kernel thread 63. */
static void run_umask(struct input *in)
{
	unsigned int mask = (input_byte(in) | (unsigned int)input_byte(in) << 8) & 0777;
	char *name = input_text(in);
	FILE *out = begin_text();

	fprintf(out, "Name:\t");
	for (size_t i = 0; i < 63 && name[i]; i++)
		if (name[i] == '\n')
			fputs("\\n", out);
		else if (name[i] == '\\')
			fputs("\\\\", out);
		else
			fputc(name[i], out);
	fprintf(out, "\nUmask:\t%04o\nState:\tR (running)\nUmask:\t0000\n", mask);
	end_text(out);
	must(sys_umask() == mask);
	free(name);
}

static void run_idmap(struct input *in)
{
	uint32_t first[RANGES_MAX];
	uint32_t count[RANGES_MAX];
	size_t n = input_below(in, RANGES_MAX + 1);
	struct stat st = { .st_uid = (uint32_t)input_number(in), .st_gid = 0 };
	bool uid = false;
	bool gid = false;
	FILE *out = begin_text();

	for (size_t i = 0; i < n; i++) {
		first[i] = (uint32_t)input_number(in);
		count[i] = (uint32_t)input_number(in);
		fprintf(out, "%10u %10u %10u\n", first[i], (unsigned int)input_byte(in), count[i]);
		uid = uid || (st.st_uid >= first[i] && st.st_uid < (uint64_t)first[i] + count[i]);
		gid = gid || (first[i] == 0 && count[i] > 0);
	}
	end_text(out);
	must(owner_is_mapped(&st) == (uid && gid));
}

/* fs/locks.c, lock_get_status */
static void run_leased(struct input *in)
{
	static const char *const kinds[] = { "POSIX  ADVISORY ", "FLOCK  ADVISORY ",
					     "LEASE  ACTIVE   ", "LEASE  BREAKING ",
					     "DELEG  ACTIVE   " };
	unsigned int major = input_byte(in);
	unsigned int minor = input_byte(in);
	uint64_t ino = input_number(in);
	size_t n = input_below(in, RANGES_MAX + 1);
	bool leased = false;
	FILE *out = begin_text();

	for (size_t i = 0; i < n; i++) {
		unsigned int kind = input_below(in, 5);
		unsigned int other_major = input_byte(in);
		unsigned int other_minor = input_byte(in);
		uint64_t other = input_flag(in) ? ino : input_number(in);

		fprintf(out, "%zu: %s %s %d %02x:%02x:%llu 0 EOF\n", i + 1, kinds[kind],
			input_flag(in) ? "READ " : "WRITE", (int)input_byte(in) - 1, other_major,
			other_minor, (unsigned long long)other);
		leased = leased || ((kind == 2 || kind == 3) && other_major == major &&
				    other_minor == minor && other == ino);
	}
	end_text(out);
	must(is_leased(makedev(major, minor), ino) == leased);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const runs[])(struct input *) = { run_umask, run_idmap, run_leased };
	struct input in = { data, size };

	runs[input_below(&in, 3)](&in);
	free(text);
	text = NULL;
	return 0;
}
