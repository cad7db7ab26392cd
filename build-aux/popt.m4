dnl SPDX-License-Identifier: GPL-2.0-or-later
dnl
dnl --enable-static-popt: popt is linked in, so that a start maps one library less
dnl (docs/performance.md, "Start-up"). A static program has it linked in anyway.

dnl OVL_STATIC_POPT: the option.
AC_DEFUN([OVL_STATIC_POPT], [
  AC_ARG_ENABLE([static-popt],
    [AS_HELP_STRING([--enable-static-popt@<:@=check@:>@],
      [link popt in, for a faster start; check: if libpopt.a is there])],
    [], [enable_static_popt=no])
  AS_CASE([$enable_static_popt], [yes|no|check], [],
    [AC_MSG_ERROR([--enable-static-popt is yes, no or check])])
])

dnl OVL_LINK_POPT: have POPT_LIBS name the archive, if that is asked for.
AC_DEFUN([OVL_LINK_POPT], [
  AS_IF([test "$enable_static_popt" != no && test "$enable_static_program" != yes], [
    AC_MSG_CHECKING([whether libpopt.a can be linked])
    ovl_saved_LIBS=$LIBS
    dnl By its file name: libtool keeps the order of libraries, but not that of -Bstatic among them.
    ovl_popt_archive=$(AS_ECHO(["$POPT_LIBS"]) | sed 's/-lpopt/-l:libpopt.a/')
    LIBS="$ovl_popt_archive $LIBS"
    AC_LINK_IFELSE([AC_LANG_CALL([], [poptGetContext])],
      [AC_MSG_RESULT([yes])
       POPT_LIBS=$ovl_popt_archive],
      [AC_MSG_RESULT([no])
       AS_IF([test "$enable_static_popt" = yes],
         [AC_MSG_ERROR([libpopt.a cannot be linked: install libpopt-dev (Debian) or popt-static (Fedora, Alpine), or leave --enable-static-popt out])])])
    LIBS=$ovl_saved_LIBS])
])
