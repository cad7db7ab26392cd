/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Differences that are meant: where the installed cp is older than the one whose rules the program
 * follows (9.5), or is wrong, or where the program has reasons (docs/compatibility.md). A row says
 * which parts it excuses and looks at what both did, as closely as it can: what it excuses is
 * never seen again. With an installed cp that behaves like the program a row matches nothing, and
 * does no harm.
 */
#include "known.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>

/* Everything that follows when one of them did not do what the other did. */
#define ALL                                                                                        \
	(1u << PART_TREE | 1u << PART_NAMES | 1u << PART_OUT | 1u << PART_STATUS | 1u << PART_SAID)
#define FILES (1u << PART_TREE | 1u << PART_NAMES | 1u << PART_OUT)

struct known_row {
	/* Flags of the parts it excuses. */
	unsigned int parts;
	/* What a line on standard error of cp, and of the program, must hold; NULL: anything. */
	const char *cp_says;
	const char *ovl_says;
	/* What else must be true, or NULL. */
	bool (*holds)(const struct scene *scene, const struct result *cp, const struct result *ovl);
	/* Why, as a sentence. */
	const char *reason;
};

static bool says(const struct result *r, const char *piece)
{
	const struct lines *l = &r->part[PART_WORDS];

	for (size_t i = 0; i < l->count; i++) {
		if (strstr(l->line[i], piece))
			return true;
	}
	return !piece[0];
}

/* Whether one was asked, and an answer (or the want of one) was not yes. */
static bool was_declined(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	return says(cp, "? ") && (strchr(scene->answers, 'n') || !scene->answers[0]) &&
	       cp->status == 0 && ovl->status == 1;
}

static bool failed(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	return cp->status != 0 && ovl->status != 0;
}

static bool succeeded(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	(void)cp;
	return ovl->status == 0;
}

/* Whether an option that begins like @name was given. */
static bool has_option(const struct scene *scene, const char *name)
{
	for (size_t i = 0; i < scene->args.count; i++) {
		if (strncmp(scene->args.list[i].words[0], name, strlen(name)) == 0)
			return true;
	}
	return false;
}

/* Whether a short option, alone or among others, was given. */
static bool has_letter(const struct scene *scene, char letter)
{
	for (size_t i = 0; i < scene->args.count; i++) {
		const char *word = scene->args.list[i].words[0];

		if (word[0] == '-' && word[1] != '-' && strchr(word + 1, letter))
			return true;
	}
	return false;
}

static bool has_many_parents(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	size_t operands = 0;

	(void)cp;
	(void)ovl;
	for (size_t i = 0; i < scene->args.count; i++)
		operands += scene->args.list[i].words[0][0] != '-';
	return has_option(scene, "--pa") && operands >= 2;
}

/* Whether --parents was given, and a name that ends in "." or "..". */
static bool has_parents_of_dots(const struct scene *scene, const struct result *cp,
				const struct result *ovl)
{
	bool dots = false;

	(void)cp;
	(void)ovl;
	for (size_t i = 0; i < scene->args.count; i++) {
		const char *word = scene->args.list[i].words[0];
		const char *slash = strrchr(word, '/');
		const char *last = slash ? slash + 1 : word;

		dots = dots || strcmp(last, ".") == 0 || strcmp(last, "..") == 0;
	}
	return dots && has_option(scene, "--pa");
}

/* What a line of a difference of trees is about. */
struct change {
	/* '-': only after cp; '+': only after the program. */
	char side;
	/* From the path to the end. */
	const char *line;
	/* Its path in the sandbox; and what follows it, such as " file 0644 ...". */
	const char *path;
	const char *rest;
};

static bool read_change(const char *line, struct change *ret_change)
{
	static const char *const types[] = { " file ",	 " dir ",  " symlink ", " fifo ",
					     " socket ", " char ", " block ",	"  " };
	const char *rest = NULL;
	const char *box = strstr(line, "/box");

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const char *at = strstr(line, types[i]);

		rest = at && (!rest || at < rest) ? at : rest;
	}
	*ret_change = (struct change){ line[0], line + 1, box ? box + 4 : NULL, rest };
	return box && rest && box < rest;
}

/* The changes between two trees. */
struct changes {
	struct text diff;
	struct lines lines;
};

static void changes_init(struct changes *c, const struct result *cp, const struct result *ovl)
{
	c->diff = (struct text){ 0 };
	(void)lines_same(&cp->part[PART_TREE], &ovl->part[PART_TREE], &c->diff);
	lines_init(&c->lines, &c->diff, LINES_AS_THEY_ARE);
}

static void changes_done(struct changes *c)
{
	lines_done(&c->lines);
	text_done(&c->diff);
}

/* Whether all changes are as @is. */
static bool all_changes(const struct result *cp, const struct result *ovl,
			bool (*is)(const struct change *change))
{
	struct changes c;
	bool all = true;

	changes_init(&c, cp, ovl);
	for (size_t i = 0; i < c.lines.count && all; i++) {
		struct change change;

		all = read_change(c.lines.line[i], &change) && is(&change);
	}
	all = all && c.lines.count > 0;
	changes_done(&c);
	return all;
}

/* Whether each change is one of a file that both have, and the two lines are as @alike; where
   @is is given, lines of which it is true need no partner. */
static bool all_pairs(const struct result *cp, const struct result *ovl,
		      bool (*alike)(const struct change *cp, const struct change *ovl),
		      bool (*is)(const struct change *change))
{
	struct changes c;
	bool all = true;
	size_t i = 0;

	changes_init(&c, cp, ovl);
	while (i < c.lines.count && all) {
		struct change a;
		struct change b;
		bool pair = i + 1 < c.lines.count && read_change(c.lines.line[i], &a) &&
			    read_change(c.lines.line[i + 1], &b) && a.side != b.side &&
			    a.rest - a.line == b.rest - b.line &&
			    memcmp(a.line, b.line, (size_t)(a.rest - a.line)) == 0;

		if (pair && (a.side == '-' ? alike(&a, &b) : alike(&b, &a))) {
			i += 2;
			continue;
		}
		all = is && read_change(c.lines.line[i], &a) && is(&a);
		i++;
	}
	all = all && c.lines.count > 0;
	changes_done(&c);
	return all;
}

static bool any_change(const struct result *cp, const struct result *ovl,
		       bool (*is)(const struct change *change))
{
	struct changes c;
	bool any = false;

	changes_init(&c, cp, ovl);
	for (size_t i = 0; i < c.lines.count; i++) {
		struct change change;

		any = any || (read_change(c.lines.line[i], &change) && is(&change));
	}
	changes_done(&c);
	return any;
}

static bool is_attribute(const struct change *c)
{
	return strncmp(c->rest, "  ", 2) == 0;
}

static bool is_empty_of_cp(const struct change *c)
{
	return c->side == '-' && (strstr(c->rest, " size=0 ") || is_attribute(c));
}

static bool left_empty_files(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	(void)scene;
	return all_changes(cp, ovl, is_empty_of_cp);
}

static bool ends_with(const struct change *c, const char *end)
{
	size_t len = strlen(end);

	/* a quote may follow */
	return c->rest - c->path > (ptrdiff_t)len &&
	       (memcmp(c->rest - len, end, len) == 0 || memcmp(c->rest - len - 1, end, len) == 0);
}

static bool is_backup(const struct change *c)
{
	return ends_with(c, "~") || ends_with(c, ".bak") || ends_with(c, ".old");
}

/* Whether two lines are equal up to @word. */
static bool is_same_up_to(const struct change *a, const struct change *b, const char *word)
{
	const char *x = strstr(a->rest, word);
	const char *y = strstr(b->rest, word);

	return x && y && x - a->rest == y - b->rest &&
	       memcmp(a->rest, b->rest, (size_t)(x - a->rest)) == 0;
}

/* A directory in which one more or one less was made; a file that has one link more or less. */
static bool has_other_neighbours(const struct change *cp, const struct change *ovl)
{
	return strncmp(cp->rest, " dir ", 5) == 0 ? is_same_up_to(cp, ovl, " mtime=")
						  : strstr(cp->rest, " links=") != NULL ||
							    strstr(ovl->rest, " links=") != NULL;
}

/* Whether backups are, or were looked for, where they do not belong. */
static bool misplaced_backup(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	if (!has_option(scene, "--b") && !has_letter(scene, 'b') && !has_letter(scene, 'S') &&
	    !has_option(scene, "--su"))
		return false;
	return says(cp, "cannot backup ") || says(cp, "File exists") ||
	       (any_change(cp, ovl, is_backup) &&
		all_pairs(cp, ovl, has_other_neighbours, is_backup));
}

/* Whether cp has linked files that it passed over for being new. */
static bool is_link_of_cp(const struct change *c)
{
	return c->side == '-' && strstr(c->rest, " links=");
}

static bool linked_new_ones(const struct scene *scene, const struct result *cp,
			    const struct result *ovl)
{
	return (has_option(scene, "--up") || has_letter(scene, 'u')) &&
	       any_change(cp, ovl, is_link_of_cp);
}

static bool is_of_program(const struct change *c)
{
	return c->side == '+';
}

static bool kept_what_was_there(const struct scene *scene, const struct result *cp,
				const struct result *ovl)
{
	return failed(scene, cp, ovl) &&
	       (has_option(scene, "--rem") || has_option(scene, "--b") || has_letter(scene, 'b')) &&
	       all_changes(cp, ovl, is_of_program);
}

static bool updates(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)cp;
	(void)ovl;
	return has_option(scene, "--up") || has_letter(scene, 'u');
}

static bool is_attribute_of_cp(const struct change *c)
{
	return c->side == '-' && is_attribute(c);
}

static bool links_got_attributes(const struct scene *scene, const struct result *cp,
				 const struct result *ovl)
{
	return (has_option(scene, "--sy") || has_letter(scene, 's')) &&
	       all_changes(cp, ovl, is_attribute_of_cp);
}

/* Lines that differ in the first digit of the mode only: set-id and sticky bits. Of a file cp
   left them; to what is no file they mean nothing. */
static bool has_other_bits(const struct change *cp, const struct change *ovl)
{
	const char *x = strpbrk(cp->rest, "01234567");
	const char *y = strpbrk(ovl->rest, "01234567");

	return strncmp(cp->rest, " dir ", 5) != 0 && x && y && x - cp->rest == y - ovl->rest &&
	       memcmp(cp->rest, ovl->rest, (size_t)(x - cp->rest)) == 0 &&
	       strcmp(x + 1, y + 1) == 0 && (strncmp(cp->rest, " file ", 6) != 0 || *y == '0');
}

static bool left_bits(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	return all_pairs(cp, ovl, has_other_bits, NULL);
}

static bool is_attribute_of_program(const struct change *c)
{
	return c->side == '+' && is_attribute(c);
}

static bool kept_xattrs(const struct scene *scene, const struct result *cp,
			const struct result *ovl)
{
	return (has_option(scene, "--pa") || has_letter(scene, 'H') || has_letter(scene, 'L') ||
		has_option(scene, "--de")) &&
	       all_changes(cp, ovl, is_attribute_of_program);
}

static bool has_other_blocks(const struct change *cp, const struct change *ovl)
{
	return is_same_up_to(cp, ovl, " blocks=");
}

static bool left_out_zeros(const struct scene *scene, const struct result *cp,
			   const struct result *ovl)
{
	return has_option(scene, "--s") && all_pairs(cp, ovl, has_other_blocks, NULL);
}

/* Two deliberate differences in one file. */
static bool has_other_bits_and_blocks(const struct change *cp, const struct change *ovl)
{
	const char *x = strpbrk(cp->rest, "01234567");
	const char *y = strpbrk(ovl->rest, "01234567");
	size_t len = x ? (size_t)(x - cp->rest) : 0;
	const char *end = x ? strstr(x, " blocks=") : NULL;

	return len && y && y - ovl->rest == (ptrdiff_t)len && end && *y == '0' &&
	       strncmp(cp->rest, " file ", 6) == 0 && memcmp(cp->rest, ovl->rest, len) == 0 &&
	       memcmp(x + 1, y + 1, (size_t)(end - x)) == 0;
}

static bool left_bits_and_zeros(const struct scene *scene, const struct result *cp,
				const struct result *ovl)
{
	return has_option(scene, "--s") && all_pairs(cp, ovl, has_other_bits_and_blocks, NULL);
}

/* A file that its owner must not write, or the list of one. */
static bool is_read_only(const struct change *c)
{
	return is_attribute(c)
		       ? strcasestr(c->rest, "acl") != NULL
		       : strncmp(c->rest, " file ", 6) == 0 &&
				 strspn(c->rest + 6, "01234567") == 4 && strchr("0145", c->rest[7]);
}

static bool opened_read_only(const struct scene *scene, const struct result *cp,
			     const struct result *ovl)
{
	return (has_option(scene, "--pr") || has_letter(scene, 'a')) &&
	       all_changes(cp, ovl, is_read_only);
}

static bool is_directory(const struct change *c)
{
	return strncmp(c->rest, " dir ", 5) == 0 || is_attribute(c);
}

/* Whether the path of a change is that of a directory which was there from the beginning. */
static bool was_there(const struct scene *scene, const struct change *c)
{
	for (size_t i = 0; i < scene->tree.count; i++) {
		const struct node *n = &scene->tree.nodes[i];
		size_t len = strlen(n->path);

		if (n->kind == NODE_DIR && c->path[0] == '/' &&
		    strncmp(c->path + 1, n->path, len) == 0 &&
		    (size_t)(c->rest - c->path) - 1 <= len + 1)
			return true;
	}
	return c->path == c->rest || c->path + 1 == c->rest; /* the sandbox itself */
}

/* Whether all that differs is what directories of the scene are like, and directories were
   copied: onto themselves by another way, that is. New ones are never excused. */
static bool changed_source(const struct scene *scene, const struct result *cp,
			   const struct result *ovl)
{
	struct changes c;
	bool all = scene->args.recurses && cp->status == ovl->status &&
		   all_changes(cp, ovl, is_directory);

	changes_init(&c, cp, ovl);
	for (size_t i = 0; i < c.lines.count && all; i++) {
		struct change change;

		all = read_change(c.lines.line[i], &change) && was_there(scene, &change);
	}
	changes_done(&c);
	return all;
}

/* Whether X/Y was made of Y, and Y is X/Z: it was a copy of Z before it was the source. */
static bool is_of_changed_leader(const struct change *c)
{
	const char *path = c->path + (c->path < c->rest && *c->path == '/');

	for (const char *at = path; at < c->rest; at++) {
		size_t len = (size_t)(at - path) + 1;

		if (*at == '/' && c->rest - at > (ptrdiff_t)len && memcmp(at + 1, path, len) == 0)
			return is_directory(c);
	}
	return false;
}

/* Whether all that differs are leading directories that had been destinations before. */
static bool changed_leaders(const struct scene *scene, const struct result *cp,
			    const struct result *ovl)
{
	return has_option(scene, "--pa") && all_changes(cp, ovl, is_of_changed_leader);
}

static bool failed_with_directories(const struct scene *scene, const struct result *cp,
				    const struct result *ovl)
{
	return failed(scene, cp, ovl) && all_changes(cp, ovl, is_directory);
}

/* Whether the path that cp uses once more is one no longer: the copy has replaced a link in it. */
static bool lost_its_way(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	(void)scene;
	(void)ovl;
	return says(cp, ": Not a directory");
}

/* Whether neither came to an end: 128 and SIGKILL. */
static bool cp_blocked(const struct scene *scene, const struct result *cp, const struct result *ovl)
{
	(void)scene;
	(void)ovl;
	return cp->status == 128 + SIGKILL;
}

static bool both_blocked(const struct scene *scene, const struct result *cp,
			 const struct result *ovl)
{
	(void)scene;
	return cp->status == 128 + SIGKILL && ovl->status == 128 + SIGKILL;
}

static const struct known_row rows[] = {
	{ 1u << PART_STATUS, "? ", "? ", was_declined,
	  "Since 9.2 cp has failed if a question of -i was not answered by yes." },
	{ 1u << PART_TREE | 1u << PART_NAMES, "failed to clone", "failed to clone",
	  left_empty_files,
	  "Since 9.2 cp --reflink=always has removed the file that it made but could not clone." },
	{ ALL, NULL, NULL, misplaced_backup,
	  "cp 9.1 puts simple backups into the current directory." },
	{ ALL, NULL, NULL, has_many_parents,
	  "cp --parents takes a destination for new after it has made some." },
	{ ALL, "cannot create directory ", NULL, has_many_parents, "As above." },
	{ ALL, ": File exists", NULL, has_parents_of_dots,
	  "cp --parents makes the name \".\" or \"..\" in the destination, which exists." },
	{ 1u << PART_TREE, "failed to get attributes of ", "failed to get attributes of ", NULL,
	  "cp --parents leaves directories without their mode if it cannot make all of them." },
	{ 1u << PART_TREE, NULL, NULL, kept_xattrs,
	  "cp loses extended attributes of leading directories, and of directories behind links." },
	{ ALL, NULL, "which another user owns", NULL,
	  "A link that another user put into the destination is not written through." },
	{ 1u << PART_NAMES, NULL, "will not create hard link ", failed,
	  "Of two faults cp tells the other one." },
	{ ALL, "preserving permissions for ", NULL, lost_its_way,
	  "cp looks at lists by a path that leads elsewhere." },
	{ FILES, ", into itself, ", ", into itself, ", NULL,
	  "Where cp meets its own copy it leaves out what it has not copied yet." },
	{ FILES, "will not create hard link ", ", into itself, ", NULL, "As above." },
	{ FILES, NULL, NULL, linked_new_ones,
	  "cp -u links destinations that it leaves alone if their sources are links of one file." },
	{ 1u << PART_NAMES, NULL, "cannot copy cyclic", failed,
	  "The destination of a directory that leads back to itself is not looked at." },
	{ FILES, "File name too long", ", into itself, ", NULL,
	  "cp does not see that it runs into its own copy, and goes on until names are too long." },
	{ ALL, "cannot un-backup ", NULL, NULL,
	  "cp -b sets aside what its source leads to before it opens the source." },
	{ ALL, "for reading: No such file or directory", NULL, NULL, "As above." },
	{ FILES, NULL, ": can make relative symbolic links only in current directory", failed,
	  "cp removes or sets aside what a link is to replace before it finds that it cannot be." },
	{ FILES, NULL, " for reading: ", failed,
	  "cp removes or sets aside what exists before it finds that the source cannot be read." },
	{ 1u << PART_TREE, NULL, NULL, left_bits,
	  "cp -p leaves set-id and sticky bits that an existing file has and the source has not." },
	{ 1u << PART_TREE, NULL, NULL, left_out_zeros,
	  "If a source has holes, cp makes holes of its zeros too, where the program keeps them." },
	{ 1u << PART_TREE, NULL, NULL, left_bits_and_zeros, "Both of these." },
	{ FILES, "cannot create hard link ", "cannot create hard link ", kept_what_was_there,
	  "cp removes or sets aside what a link is to replace, which then cannot be made." },
	{ 1u << PART_TREE, NULL, NULL, opened_read_only,
	  "cp opens a read-only file to its owner for the attributes' sake, and forgets the "
	  "directory's default list when it closes it." },
	{ 1u << PART_TREE, NULL, NULL, changed_leaders,
	  "A leading directory that the copy itself changes." },
	{ 1u << PART_NAMES | 1u << PART_STATUS | 1u << PART_SAID, "setting attribute '", NULL,
	  succeeded, "cp -s tries to give the link the extended attributes of the file." },
	{ FILES, "setting attribute '", NULL, NULL,
	  "cp names the attribute twice instead of the file, and then forgets the file's links." },
	{ 1u << PART_TREE, "preserving times for ", NULL, failed,
	  "cp gives up at the first attribute that cannot be kept." },
	{ 1u << PART_TREE, NULL, NULL, links_got_attributes,
	  "cp -s gives the link what extended attributes of the file it can." },
	{ ALL, "cannot create hard link ", NULL, updates,
	  "cp -u tries to link destinations that it leaves alone." },
	{ 1u << PART_NAMES, "are the same file", "are the same file", failed,
	  "A directory that is its own copy is refused as a whole." },
	{ 1u << PART_NAMES, "getting attribute '", NULL, NULL, "As above." },
	{ FILES, "getting attribute '", "setting attributes for ", failed_with_directories,
	  "cp gives up at the first attribute that cannot be kept, and names it, not the file." },
	{ 1u << PART_TREE, NULL, NULL, changed_source,
	  "A source that the copy itself changes: cp looks at its mode and list again at the "
	  "end." },
	{ ALL, NULL, "not writing through dangling symlink ", cp_blocked,
	  "cp waits for the FIFO first, and finds the link to nothing then." },
	{ 1u << PART_STATUS, NULL, NULL, both_blocked, "Both wait for a FIFO, in other calls." },
	{ 1u << PART_OUT, NULL, NULL, failed,
	  "cp says with -v what it is going to try, not what was done." },
};

_Static_assert(sizeof(rows) / sizeof(rows[0]) <= KNOWN_MAX, "KNOWN_MAX");

size_t known_count(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

const char *known_reason(size_t row)
{
	return rows[row].reason;
}

static bool holds(const struct known_row *row, const struct scene *scene, const struct result *cp,
		  const struct result *ovl)
{
	return (!row->cp_says || says(cp, row->cp_says)) &&
	       (!row->ovl_says || says(ovl, row->ovl_says)) &&
	       (!row->holds || row->holds(scene, cp, ovl));
}

bool known(const struct scene *scene, const struct result *cp, const struct result *ovl,
	   unsigned int differ, uint64_t *ret_rows)
{
	*ret_rows = 0;
	for (size_t i = 0; i < known_count() && differ; i++) {
		if ((rows[i].parts & differ) && holds(&rows[i], scene, cp, ovl)) {
			differ &= ~rows[i].parts;
			*ret_rows |= (uint64_t)1 << i;
		}
	}
	return !differ;
}
