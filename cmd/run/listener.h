/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The descriptor by which the calls of a filter are answered, sent over a socket (unix(7)).
 */
#ifndef OVL_RUN_LISTENER_H
#define OVL_RUN_LISTENER_H

/** Send the listener @fd to the other end of @socket. 0, or -errno. */
int listener_send(int socket, int fd);

/**
 * Receive a message from the other end of @socket, and with it a listener: the only descriptor that
 * is one, as the kernel says. What the message says is not read.
 *
 * Returns the descriptor, close-on-exec, owned by the caller; or -errno, -ENODATA: there was none,
 * or several.
 */
int listener_receive(int socket);

#endif
