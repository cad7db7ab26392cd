dnl SPDX-License-Identifier: GPL-2.0-or-later

dnl OVL_KNOWN_OPTIONS: an option that configure does not know is an error: of what autoconf says of it
dnl nothing is to be seen on a terminal in the end. Packagers' scripts that give all projects the same
dnl options give --disable-option-checking, too.
AC_DEFUN([OVL_KNOWN_OPTIONS], [
  AS_IF([test -n "$ac_unrecognized_opts" && test "$enable_option_checking" != no],
    [AC_MSG_ERROR([unrecognized options: $ac_unrecognized_opts; see "configure --help", and --disable-option-checking if they are to be ignored])])
])

dnl OVL_YES_OR_NO(OPTION, VALUE): an error if VALUE, that of --OPTION, is neither yes nor no.
AC_DEFUN([OVL_YES_OR_NO], [
  AS_CASE([$2], [yes|no], [], [AC_MSG_ERROR([--$1 is yes or no, not '$2'])])
])

dnl OVL_DIRECTORY(OPTION, VALUE): an error if VALUE, that of --OPTION, is no absolute path: --without-OPTION
dnl would install into a directory "no".
AC_DEFUN([OVL_DIRECTORY], [
  AS_CASE([$2], [/*|'${'*|'$('*], [], [AC_MSG_ERROR([--$1 takes the absolute path of a directory, not '$2'])])
])

dnl OVL_NEED_MODULE(VARIABLE, MODULE, DEBIAN, FEDORA, ALPINE): as PKG_CHECK_MODULES; the error names the
dnl packages that have MODULE.
AC_DEFUN([OVL_NEED_MODULE], [
  PKG_CHECK_MODULES([$1], [$2], [],
    [AS_IF([test -z "$PKG_CONFIG"],
      [AC_MSG_ERROR([pkg-config is missing: install pkg-config (Debian), pkgconf-pkg-config (Fedora) or pkgconf (Alpine)])])
     AC_MSG_ERROR([$2 is missing: install $3 (Debian), $4 (Fedora) or $5 (Alpine). $$1_PKG_ERRORS])])
])
