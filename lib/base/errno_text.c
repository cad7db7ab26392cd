/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * musl has texts only for the errors that its own functions give. Filesystems give more of them,
 * such as EUCLEAN of a damaged one, about which "No error information" says nothing.
 */
#include "base/errno_text.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

/* The errors without a text in musl 1.2.3, with that of glibc. */
static const struct {
	int error;
	const char *text;
} texts[] = {
	{ ECHRNG, "Channel number out of range" },
	{ EL2NSYNC, "Level 2 not synchronized" },
	{ EL3HLT, "Level 3 halted" },
	{ EL3RST, "Level 3 reset" },
	{ ELNRNG, "Link number out of range" },
	{ EUNATCH, "Protocol driver not attached" },
	{ ENOCSI, "No CSI structure available" },
	{ EL2HLT, "Level 2 halted" },
	{ EBADE, "Invalid exchange" },
	{ EBADR, "Invalid request descriptor" },
	{ EXFULL, "Exchange full" },
	{ ENOANO, "No anode" },
	{ EBADRQC, "Invalid request code" },
	{ EBADSLT, "Invalid slot" },
	{ EBFONT, "Bad font file format" },
	{ ENONET, "Machine is not on the network" },
	{ ENOPKG, "Package not installed" },
	{ EREMOTE, "Object is remote" },
	{ EADV, "Advertise error" },
	{ ESRMNT, "Srmount error" },
	{ ECOMM, "Communication error on send" },
	{ EDOTDOT, "RFS specific error" },
	{ ENOTUNIQ, "Name not unique on network" },
	{ EREMCHG, "Remote address changed" },
	{ ELIBACC, "Can not access a needed shared library" },
	{ ELIBBAD, "Accessing a corrupted shared library" },
	{ ELIBSCN, ".lib section in a.out corrupted" },
	{ ELIBMAX, "Attempting to link in too many shared libraries" },
	{ ELIBEXEC, "Cannot exec a shared library directly" },
	{ ERESTART, "Interrupted system call should be restarted" },
	{ ESTRPIPE, "Streams pipe error" },
	{ EUSERS, "Too many users" },
	{ ETOOMANYREFS, "Too many references: cannot splice" },
	{ EUCLEAN, "Structure needs cleaning" },
	{ ENOTNAM, "Not a XENIX named type file" },
	{ ENAVAIL, "No XENIX semaphores available" },
	{ EISNAM, "Is a named type file" },
	{ ERFKILL, "Operation not possible due to RF-kill" },
	{ EHWPOISON, "Memory page has hardware error" },
};

const char *errno_text(int error)
{
	const char *text = strerror(error);

	/* musl says of 0 what it says of all that it does not know; glibc says "Success" */
	if (strcmp(text, strerror(0)) != 0)
		return text;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i].error == error)
			return texts[i].text;
	return text;
}
