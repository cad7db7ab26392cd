dnl SPDX-License-Identifier: GPL-2.0-or-later
dnl
dnl Flags that make a mistake in the program harder to use, each only if compiler and linker take it.
dnl
dnl What the user or the distribution has chosen in CFLAGS, CPPFLAGS and LDFLAGS stays: a flag is
dnl tried before theirs, and with warnings as errors, so that one that contradicts them is left out.

dnl OVL_TRY_FLAG(VARIABLE, FLAGS, [PROGRAM]): append FLAGS to VARIABLE if PROGRAM, by default an empty
dnl one, can be compiled and linked with them, without a warning.
AC_DEFUN([OVL_TRY_FLAG], [
  AC_MSG_CHECKING([whether $CC takes $2])
  ovl_saved_CFLAGS=$CFLAGS
  CFLAGS="-Werror $2 $CFLAGS"
  AC_LINK_IFELSE([m4_default([$3], [AC_LANG_PROGRAM([], [])])],
    [AC_MSG_RESULT([yes])
     $1="$$1 $2"],
    [AC_MSG_RESULT([no])])
  CFLAGS=$ovl_saved_CFLAGS
])

dnl OVL_HARDEN: set HARDEN_CFLAGS, HARDEN_LDFLAGS, and for programs HARDEN_PIE.
AC_DEFUN([OVL_HARDEN], [
  OVL_TRY_FLAG([HARDEN_CFLAGS], [-fstack-protector-strong])
  OVL_TRY_FLAG([HARDEN_CFLAGS], [-fstack-clash-protection])
  OVL_TRY_FLAG([HARDEN_CFLAGS], [-fcf-protection=full])
  OVL_TRY_FLAG([HARDEN_CFLAGS], [-mbranch-protection=standard])
  dnl It does nothing without optimisation. Where it is on already, the level is the user's.
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
#if !defined __OPTIMIZE__ || (defined _FORTIFY_SOURCE && _FORTIFY_SOURCE > 0)
#error
#endif
    ]], [])],
    [ovl_before=$HARDEN_CFLAGS
     OVL_TRY_FLAG([HARDEN_CFLAGS], [-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3],
       [AC_LANG_PROGRAM([[#include <stdio.h>]], [])])
     AS_IF([test "$ovl_before" = "$HARDEN_CFLAGS"],
       [OVL_TRY_FLAG([HARDEN_CFLAGS], [-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2],
         [AC_LANG_PROGRAM([[#include <stdio.h>]], [])])])])
  dnl Most compilers of distributions make such programs by themselves.
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
#ifndef __PIE__
#error
#endif
    ]], [])], [],
    [OVL_TRY_FLAG([HARDEN_PIE], [-fPIE -pie], [AC_LANG_PROGRAM([[
#ifndef __PIE__
#error
#endif
      ]], [])])
     AS_IF([test -n "$HARDEN_PIE"], [HARDEN_CFLAGS="$HARDEN_CFLAGS -fPIE"; HARDEN_PIE=-pie])])
  OVL_TRY_FLAG([HARDEN_LDFLAGS], [-Wl,-z,relro])
  OVL_TRY_FLAG([HARDEN_LDFLAGS], [-Wl,-z,now])
  OVL_TRY_FLAG([HARDEN_LDFLAGS], [-Wl,-z,noexecstack])
])
