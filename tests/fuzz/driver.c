/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a fuzz target without a fuzzer: driver [DIR [MUTATIONS [SEED]]]
 *
 * Each file of the corpus DIR is a test (TAP), and MUTATIONS mutations of them are one more; equal
 * SEEDs make equal mutations. It finds less than a coverage-guided fuzzer, but runs everywhere and
 * always terminates. An input that makes the target abort is written to fuzz-NAME.crash, in the
 * current directory.
 */
#include "fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MUTATIONS = 20000,
	CHANGES_MAX = 8,
	INPUT_MAX = 8192,
};

struct input {
	size_t size;
	uint8_t data[INPUT_MAX];
};

/* The current input, for the handler of SIGABRT. */
static struct input current;

static struct input *corpus;
static size_t corpus_size;

static const char crash_file[] = "fuzz-" FUZZ_TARGET ".crash";

/* In the runtime of the sanitizers, if there is one: they do not end the process by a signal. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

/* Write the input to a file. The test has failed, so stdio in a signal handler does no harm. */
static void on_death(void)
{
	FILE *f = fopen(crash_file, "w");

	if (f) {
		(void)fwrite(current.data, 1, current.size, f);
		(void)fclose(f);
	}
}

static void on_abort(int signal_number)
{
	on_death();
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

/* xorshift64: the same numbers on every machine. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* A number below @limit, which may be 0. */
static size_t below(uint64_t *state, size_t limit)
{
	return limit ? (size_t)(next_random(state) % limit) : 0;
}

static void run_current(void)
{
	/* in memory of its size, so that a sanitizer finds reads beyond the end */
	uint8_t *copy = malloc(current.size ? current.size : 1);

	if (!copy)
		abort();
	memcpy(copy, current.data, current.size);
	LLVMFuzzerTestOneInput(copy, current.size);
	free(copy);
}

/* Replace @gone bytes at @at by @len bytes from @from, as far as there is room. */
static void splice(size_t at, size_t gone, const uint8_t *from, size_t len)
{
	uint8_t tail[INPUT_MAX];
	size_t rest = current.size - at - gone;

	memcpy(tail, current.data + at + gone, rest);
	if (at + len > INPUT_MAX)
		len = INPUT_MAX - at;
	if (at + len + rest > INPUT_MAX)
		rest = INPUT_MAX - at - len;
	memmove(current.data + at, from, len);
	memcpy(current.data + at + len, tail, rest);
	current.size = at + len + rest;
}

static void change(uint64_t *state)
{
	size_t at = below(state, current.size + 1);
	size_t gone = below(state, current.size - at + 1);
	const struct input *other = &corpus[below(state, corpus_size)];
	size_t from = below(state, other->size + 1);
	size_t len = below(state, other->size - from + 1);
	uint8_t byte = (uint8_t)next_random(state);

	switch (below(state, 6)) {
	case 0: /* insert a byte */
		splice(at, 0, &byte, 1);
		break;
	case 1: /* replace a byte */
		splice(at, at < current.size, &byte, 1);
		break;
	case 2: /* delete a few bytes */
		splice(at, gone % 16, &byte, 0);
		break;
	case 3: /* insert a few bytes of another input */
		splice(at, 0, other->data + from, len % 16);
		break;
	case 4: /* replace bytes by bytes of another input */
		splice(at, gone, other->data + from, len);
		break;
	default: /* truncate */
		current.size = at;
	}
}

static void mutate(size_t count, uint64_t state)
{
	for (size_t i = 0; i < count; i++) {
		size_t changes = 1 + below(&state, CHANGES_MAX);

		current = corpus[below(&state, corpus_size)];
		while (changes--)
			change(&state);
		run_current();
	}
}

/* Read the file @name of @dir into the corpus. 0, or -1. */
static int read_input(const char *dir, const char *name)
{
	struct input *more = reallocarray(corpus, corpus_size + 1, sizeof(*more));
	char *path = NULL;
	FILE *f = NULL;

	if (!more || asprintf(&path, "%s/%s", dir, name) < 0)
		return -1;
	corpus = more;
	f = fopen(path, "r");
	free(path);
	if (!f)
		return -1;
	corpus[corpus_size].size = fread(corpus[corpus_size].data, 1, INPUT_MAX, f);
	corpus_size++;
	return fclose(f);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Run the target on each file of @dir. The number of them; -1 on failure. */
static int run_corpus(const char *dir)
{
	struct dirent **entries = NULL;
	int count = scandir(dir, &entries, is_visible, alphasort);

	printf("1..%d\n", count + 1);
	for (int i = 0; i < count; i++) {
		if (read_input(dir, entries[i]->d_name) < 0)
			return -1;
		current = corpus[corpus_size - 1];
		run_current();
		printf("ok %d - %s\n", i + 1, entries[i]->d_name);
		fflush(stdout);
		free(entries[i]);
	}
	free(entries);
	return count > 0 ? count : -1;
}

int main(int argc, char **argv)
{
	const char *srcdir = getenv("srcdir");
	size_t mutations = argc > 2 ? strtoul(argv[2], NULL, 10) : MUTATIONS;
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
	char *dir = NULL;
	int count;

	if (asprintf(&dir, "%s/tests/fuzz/corpus/" FUZZ_TARGET, srcdir ? srcdir : ".") < 0)
		return 1;
	signal(SIGABRT, on_abort);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(on_death);
	count = run_corpus(argc > 1 ? argv[1] : dir);
	free(dir);
	if (count < 0) {
		puts("Bail out! the corpus cannot be read");
		return 1;
	}
	/* never 0, which xorshift would keep for ever */
	mutate(mutations, seed * 2 + 1);
	printf("ok %d - %zu mutations of them\n", count + 1, mutations);
	free(corpus);
	return 0;
}
