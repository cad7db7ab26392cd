/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A pure pass over the arguments, before popt: long options are completed ("--name" or "--name=N"),
 * clusters of short options are split, and operands, also those after "--", are moved to a list.
 */
#include "normalize.h"

#include "text.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The state of the pass. */
struct pass {
	struct normalized *n;
	struct normalize_problem *problem;
	char *const *argv;
	int argc;
	int at; /* index of the next argument */
};

/* Bytes of the longest "--name=N", with room to spare. */
#define OPTION_MAX 64

/* Append the option @o, with the index of @value unless that is NULL. Without stdio: its pages of
   code would be touched by few calls for anything else, and that takes time at every start. */
static enum normalize_error put_option(struct pass *p, const struct opt *o, const char *value)
{
	char spelling[OPT_SPELLING_MAX];
	char buffer[OPTION_MAX];
	struct text t = text_begin(buffer, sizeof(buffer));
	char *copy;

	text_add(&t, opt_spelling(o, spelling));
	if (*o->long_name && value) {
		text_add(&t, "=");
		text_add_number(&t, (uint64_t)p->n->value_count);
	}
	assert(t.len + 1 < sizeof(buffer)); /* nothing was cut off */
	copy = strdup(buffer);
	if (!copy)
		return NORMALIZE_NO_MEMORY;
	if (value)
		p->n->values[p->n->value_count++] = value;
	p->n->argv[p->n->argc++] = copy;
	return NORMALIZE_OK;
}

/* Whether an abbreviation of both is not ambiguous, because they mean the same. */
static bool are_synonyms(const struct opt *a, const struct opt *b)
{
	return (a->id == OPT_PARENTS && b->id == OPT_PATH) ||
	       (a->id == OPT_PATH && b->id == OPT_PARENTS);
}

/* Find the option @name, or the only one it abbreviates; options of cp have precedence. */
static enum normalize_error find_long(const char *name, int len, const struct opt **ret_o)
{
	const struct opt *found = NULL;
	bool many = false;

	for (const struct opt *o = opt_list; o->id; o++) {
		if (strncmp(o->long_name, name, (size_t)len) != 0 || !*o->long_name)
			continue;
		if (!o->long_name[len]) {
			*ret_o = o;
			return NORMALIZE_OK;
		}
		if (found && found->extra != o->extra) {
			many = found->extra ? false : many;
			found = found->extra ? o : found;
			continue;
		}
		many = many || (found && !are_synonyms(found, o));
		found = o;
	}
	if (!found)
		return NORMALIZE_UNKNOWN;
	*ret_o = found;
	return many ? NORMALIZE_AMBIGUOUS : NORMALIZE_OK;
}

static const struct opt *find_short(char letter)
{
	const struct opt *o = opt_list;

	while (o->id && o->short_name != letter)
		o++;
	return o->id ? o : NULL;
}

static enum normalize_error long_option(struct pass *p, const char *name)
{
	const char *value = strchr(name, '=');
	const struct opt *o = NULL;
	enum normalize_error e;

	p->problem->name = name;
	p->problem->name_len = value ? (int)(value - name) : (int)strlen(name);
	p->problem->letter = 0;
	value = value ? value + 1 : NULL;
	e = find_long(name, p->problem->name_len, &o);
	p->problem->opt = o;
	if (e != NORMALIZE_OK)
		return e;
	if (o->kind == OPT_KIND_NONE && value)
		return NORMALIZE_TAKES_NO_VALUE;
	if (o->kind == OPT_KIND_OPTIONAL && !value)
		value = o->bare;
	if (o->kind == OPT_KIND_REQUIRED && !value) {
		if (p->at == p->argc)
			return NORMALIZE_NEEDS_VALUE;
		value = p->argv[p->at++];
	}
	return put_option(p, o, value);
}

static enum normalize_error short_options(struct pass *p, const char *letters)
{
	const char *cluster = letters;
	const int cluster_len = (int)strcspn(cluster, "=");
	enum normalize_error e = NORMALIZE_OK;

	while (e == NORMALIZE_OK && *letters) {
		const struct opt *o = find_short(*letters);
		const char *value = NULL;

		*p->problem = (struct normalize_problem){
			.name = cluster, .name_len = cluster_len, .opt = o, .letter = *letters++
		};
		if (!o)
			return NORMALIZE_UNKNOWN;
		if (o->kind == OPT_KIND_REQUIRED) {
			/* the rest of the cluster, or the next argument */
			if (!*letters && p->at == p->argc)
				return NORMALIZE_NEEDS_VALUE;
			value = *letters ? letters : p->argv[p->at++];
			letters = "";
		}
		e = put_option(p, o, value);
	}
	return e;
}

enum normalize_error normalize(int argc, char *const argv[], bool posix, struct normalized *ret_n,
			       struct normalize_problem *ret_p)
{
	struct pass p = { .n = ret_n, .problem = ret_p, .argv = argv, .argc = argc, .at = 1 };
	enum normalize_error e = NORMALIZE_OK;
	bool options = true;
	size_t most = 2; /* the name of the program, and NULL */

	for (int i = 0; i < argc; i++)
		most += strlen(argv[i]) + 1; /* a cluster may become one option per letter */
	*ret_n = (struct normalized){ .argv = calloc(most, sizeof(*ret_n->argv)),
				      .operands = calloc(most, sizeof(*ret_n->operands)),
				      .values = calloc(most, sizeof(*ret_n->values)) };
	*ret_p = (struct normalize_problem){ 0 };
	if (!ret_n->argv || !ret_n->operands || !ret_n->values)
		return NORMALIZE_NO_MEMORY;
	ret_n->argv[0] = strdup("ovl-cp");
	if (!ret_n->argv[0])
		return NORMALIZE_NO_MEMORY;
	ret_n->argc = 1;
	while (e == NORMALIZE_OK && p.at < argc) {
		const char *arg = argv[p.at++];

		if (options && strcmp(arg, "--") == 0) {
			options = false;
		} else if (!options || arg[0] != '-' || !arg[1]) {
			ret_n->operands[ret_n->operand_count++] = arg;
			options = options && !posix;
		} else if (arg[1] == '-') {
			e = long_option(&p, arg + 2);
		} else {
			e = short_options(&p, arg + 1);
		}
	}
	return e;
}

void normalize_done(struct normalized *n)
{
	for (int i = 0; i < n->argc; i++)
		free((char *)(uintptr_t)n->argv[i]); /* allocated here, const for popt */
	free(n->argv);
	free(n->operands);
	free(n->values);
	*n = (struct normalized){ 0 };
}
