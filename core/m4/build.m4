# SPDX-License-Identifier: BSD-2-Clause
# LIMBECK_WARNINGS: --enable-werror, and the warnings that the sources are clean of.
AC_DEFUN([LIMBECK_WARNINGS], [
AC_ARG_ENABLE([werror], [AS_HELP_STRING([--enable-werror], [make warnings errors])],
  [], [enable_werror=no])
WARNING_CFLAGS="-Wall -Wextra -Wshadow -Wconversion -Wformat=2 -Wmissing-prototypes \
-Wstrict-prototypes -Wvla -Wwrite-strings -Wcast-qual"
AS_IF([test "x$enable_werror" = xyes], [WARNING_CFLAGS="$WARNING_CFLAGS -Werror"])
AC_SUBST([WARNING_CFLAGS])
])

# LIMBECK_SANITIZER: --with-sanitizer builds everything with ASan and UBSan.
AC_DEFUN([LIMBECK_SANITIZER], [
AC_ARG_WITH([sanitizer],
  [AS_HELP_STRING([--with-sanitizer], [build with the address and undefined-behaviour sanitizers])],
  [], [with_sanitizer=no])
limbeck_sanitizer=no
SANITIZER_CFLAGS=
AS_IF([test "x$with_sanitizer" != xno],
  [limbeck_sanitizer="address, undefined"
   SANITIZER_CFLAGS="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"])
AC_SUBST([SANITIZER_CFLAGS])
AM_CONDITIONAL([WITH_SANITIZER], [test "x$with_sanitizer" != xno])
])

# LIMBECK_LD_VERSION_SCRIPT: can the linker take a version script?
AC_DEFUN([LIMBECK_LD_VERSION_SCRIPT], [
AC_CACHE_CHECK([whether the linker takes a version script], [limbeck_cv_version_script],
  [limbeck_save_LDFLAGS=$LDFLAGS
   LDFLAGS="$LDFLAGS -Wl,--version-script=$srcdir/core/limbeck.syms"
   AC_LINK_IFELSE([AC_LANG_PROGRAM()], [limbeck_cv_version_script=yes], [limbeck_cv_version_script=no])
   LDFLAGS=$limbeck_save_LDFLAGS])
AM_CONDITIONAL([HAVE_VERSION_SCRIPT], [test "$limbeck_cv_version_script" = yes])
])
