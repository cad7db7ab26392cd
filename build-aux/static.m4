dnl SPDX-License-Identifier: GPL-2.0-or-later
dnl
dnl --enable-static-program: ovl-cp, ovl-stat and ovl-run run in a root directory that has no library. What
dnl they load on demand otherwise is linked in (lib/base/dlopen_table.h).

dnl OVL_STATIC_PROGRAM: the option. Before LT_INIT, because there is no shared library then.
AC_DEFUN([OVL_STATIC_PROGRAM], [
  AC_ARG_ENABLE([static-program],
    [AS_HELP_STRING([--enable-static-program],
      [build programs that need no library, also not on demand; see "./bootstrap static"])],
    [], [enable_static_program=no])
  AS_CASE([$enable_static_program],
    [yes], [enable_shared=no enable_static=yes],
    [no], [],
    [AC_MSG_ERROR([--enable-static-program is yes or no])])
  dnl libtool takes -static for itself, and what it links is dynamic. The same in Makefile.am.
  AS_CASE(["$enable_static_program $LDFLAGS "],
    ["no -static "* | "no "*" -static "*],
    [AC_MSG_ERROR([LDFLAGS=-static makes no static program; use --enable-static-program])])
  AM_CONDITIONAL([STATIC_PROGRAM], [test "$enable_static_program" = yes])
])

dnl OVL_NEED_STATIC(NAME, FUNCTION, LIBS): an error if $CC cannot link FUNCTION statically.
AC_DEFUN([OVL_NEED_STATIC], [
  AC_MSG_CHECKING([whether $CC links $1 statically])
  LIBS="$3 $ovl_saved_LIBS"
  AC_LINK_IFELSE([AC_LANG_CALL([], [$2])],
    [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no])
     AC_MSG_ERROR([--enable-static-program needs a static $1 for the C library of $CC; "./bootstrap static" builds all of them])])
])

dnl OVL_LINK_LIBRARIES: PROGRAM_LDFLAGS for libtool and, for a static program, LINKED_LIBS for the
dnl library and LINKED_JANSSON for the commands.
AC_DEFUN([OVL_LINK_LIBRARIES], [
  PROGRAM_LDFLAGS=-static LINKED_LIBS= LINKED_JANSSON=
  AS_IF([test "$enable_static_program" = yes], [
    ovl_saved_LIBS=$LIBS ovl_saved_LDFLAGS=$LDFLAGS
    LDFLAGS="-static $LDFLAGS"
    OVL_NEED_STATIC([popt], [poptGetContext], [$POPT_LIBS])
    OVL_NEED_STATIC([libmount], [mnt_new_table], [$MOUNT_LIBS])
    OVL_NEED_STATIC([libblkid], [blkid_new_probe], [$BLKID_LIBS])
    OVL_NEED_STATIC([libacl], [acl_get_fd], [$ACL_LIBS $ATTR_LIBS])
    OVL_NEED_STATIC([libattr], [attr_copy_action], [$ATTR_LIBS])
    OVL_NEED_STATIC([jansson], [json_object], [$JANSSON_LIBS])
    AS_IF([test "$with_seccomp" != no],
      [OVL_NEED_STATIC([libseccomp], [seccomp_init], [$SECCOMP_LIBS])])
    LIBS=$ovl_saved_LIBS LDFLAGS=$ovl_saved_LDFLAGS
    PROGRAM_LDFLAGS='-all-static -Wl,--gc-sections'
    LINKED_LIBS="$MOUNT_LIBS $BLKID_LIBS $ACL_LIBS $ATTR_LIBS" LINKED_JANSSON=$JANSSON_LIBS
    AC_CHECK_TOOL([READELF], [readelf], [no])
    AS_IF([test "$READELF" = no], [AC_MSG_ERROR([readelf is missing: install binutils])])
    AC_DEFINE([LINKED_LIBRARIES], [1],
      [Define if the libraries of base/dlopen_table.h are linked in instead of loaded.])])
  AC_SUBST([PROGRAM_LDFLAGS])
  AC_SUBST([LINKED_LIBS])
  AC_SUBST([LINKED_JANSSON])
])
