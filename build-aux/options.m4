dnl SPDX-License-Identifier: GPL-2.0-or-later

dnl OVL_KNOWN_OPTIONS: an option that configure does not know is an error: of what autoconf says of it
dnl nothing is to be seen on a terminal in the end. Packagers' scripts that give all projects the same
dnl options give --disable-option-checking, too.
AC_DEFUN([OVL_KNOWN_OPTIONS], [
  AS_IF([test -n "$ac_unrecognized_opts" && test "$enable_option_checking" != no],
    [AC_MSG_ERROR([unrecognized options: $ac_unrecognized_opts; see "configure --help", and --disable-option-checking if they are to be ignored])])
])
