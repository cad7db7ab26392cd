/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads what the kernel reads to execute a program: "#!" and the headers of ELF (elf(5)). The
 * library was built with this program, so it is one for programs with the same loader.
 */
#include "loadable.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Interpreters of interpreters that the kernel follows (execve(2)). */
#define SCRIPTS_MAX 5

/* An ELF file of this architecture. */
struct program {
	int fd;
	ElfW(Ehdr) header;
	/* the path of its loader; "": none */
	char loader[PATH_MAX];
};

/* Read all @len bytes at @offset. */
static bool read_at(int fd, void *buf, size_t len, off_t offset)
{
	return pread(fd, buf, len, offset) == (ssize_t)len;
}

static bool is_same_machine(const ElfW(Ehdr) * a, const ElfW(Ehdr) * b)
{
	return a->e_ident[EI_CLASS] == b->e_ident[EI_CLASS] &&
	       a->e_ident[EI_DATA] == b->e_ident[EI_DATA] && a->e_machine == b->e_machine;
}

/* Read the path of the loader. */
static bool read_loader(struct program *p)
{
	for (unsigned int i = 0; i < p->header.e_phnum; i++) {
		ElfW(Phdr) h;

		if (!read_at(p->fd, &h, sizeof(h), (off_t)(p->header.e_phoff + i * sizeof(h))))
			return false;
		if (h.p_type != PT_INTERP)
			continue;
		if (h.p_filesz == 0 || h.p_filesz > sizeof(p->loader) ||
		    !read_at(p->fd, p->loader, h.p_filesz, (off_t)h.p_offset))
			return false;
		p->loader[h.p_filesz - 1] = '\0';
		return true;
	}
	p->loader[0] = '\0';
	return true;
}

/* Whether the file is executed with other rights than those of this process. */
static bool gets_rights(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return true;
	return ((st.st_mode & S_ISUID) && st.st_uid != geteuid()) ||
	       ((st.st_mode & S_ISGID) && (st.st_mode & S_IXGRP) && st.st_gid != getegid()) ||
	       (geteuid() != 0 && fgetxattr(fd, "security.capability", NULL, 0) > 0);
}

/* Read the headers of this program. */
static bool read_self(struct program *ret_p)
{
	bool done;

	ret_p->fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	done = ret_p->fd >= 0 && read_at(ret_p->fd, &ret_p->header, sizeof(ret_p->header), 0) &&
	       read_loader(ret_p);
	if (ret_p->fd >= 0)
		(void)close(ret_p->fd);
	return done;
}

/* Look at the ELF file @p, whose header was read. */
static enum loadable look_at_elf(struct program *p)
{
	static struct program own;

	if (!read_self(&own))
		return LOADABLE_UNKNOWN;
	if (!is_same_machine(&p->header, &own.header))
		return LOADABLE_OTHER_LOADER;
	if (!read_loader(p))
		return LOADABLE_UNKNOWN;
	if (!p->loader[0])
		return LOADABLE_STATIC;
	/* this program may be a static one: then its C library is not known */
	if (own.loader[0] && strcmp(p->loader, own.loader) != 0)
		return LOADABLE_OTHER_LOADER;
	return gets_rights(p->fd) ? LOADABLE_SECURE : LOADABLE;
}

/* The interpreter of the script @fd, in @line of @size bytes; NULL: it is no script. */
static const char *interpreter_of(int fd, char *line, size_t size)
{
	ssize_t n = pread(fd, line, size - 1, 0);
	char *begin;

	if (n < 2 || line[0] != '#' || line[1] != '!')
		return NULL;
	line[n] = '\0';
	line[strcspn(line, "\n")] = '\0';
	begin = line + 2 + strspn(line + 2, " \t");
	begin[strcspn(begin, " \t")] = '\0';
	return *begin ? begin : NULL;
}

/* Look at the file @p->fd. @ret_next: the interpreter of a script, in @line; otherwise NULL. */
static enum loadable look_at(struct program *p, char *line, size_t size, const char **ret_next)
{
	*ret_next = interpreter_of(p->fd, line, size);
	if (*ret_next)
		return LOADABLE_UNKNOWN;
	if (!read_at(p->fd, &p->header, sizeof(p->header), 0) ||
	    memcmp(p->header.e_ident, ELFMAG, SELFMAG) != 0)
		return LOADABLE_UNKNOWN;
	return look_at_elf(p);
}

enum loadable loadable_look(const char *path)
{
	static struct program p;
	char lines[2][PATH_MAX];
	enum loadable result = LOADABLE_UNKNOWN;

	for (int i = 0; path && i <= SCRIPTS_MAX; i++) {
		p.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		if (p.fd < 0)
			return LOADABLE_UNKNOWN;
		result = look_at(&p, lines[i % 2], sizeof(lines[0]), &path);
		(void)close(p.fd);
	}
	return path ? LOADABLE_UNKNOWN : result;
}
