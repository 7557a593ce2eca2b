# SPDX-License-Identifier: BSD-2-Clause
# LIMBECK_DRIVER([name], [VARIABLE], [pkg-config modules to try], [config programs to try])
#
# Adds --with-name=yes|no|auto, sets VARIABLE_CFLAGS and VARIABLE_LIBS, the
# conditional WITH_VARIABLE and the shell variable limbeck_driver_name for the
# summary. Modules separated by blanks are tried in turn, but "a >= 1" is one.
AC_DEFUN([LIMBECK_DRIVER], [
AC_ARG_WITH([$1],
  [AS_HELP_STRING([--with-$1], [build the $1 driver: yes, no or auto @<:@auto@:>@])],
  [], [with_$1=auto])
limbeck_driver_$1=no
AS_IF([test "x$with_$1" != xno], [
  AC_MSG_CHECKING([for the client library of the $1 driver])
  m4_if(m4_index([$3], [>=]), [-1],
    [for limbeck_module in $3; do
      LIMBECK_DRIVER_TRY([$1], [$2], [$limbeck_module])
    done],
    [LIMBECK_DRIVER_TRY([$1], [$2], [$3])])
  m4_ifnblank([$4], [for limbeck_program in $4; do
    AS_IF([test "$limbeck_driver_$1" = no && command -v $limbeck_program >/dev/null 2>&1],
      [m4_if([$1], [postgresql],
        [$2_CFLAGS="-I`$limbeck_program --includedir`"
         $2_LIBS="-L`$limbeck_program --libdir` -lpq"
         AS_IF([test ! -f "`$limbeck_program --includedir`/libpq-fe.h"], [continue])],
        [$2_CFLAGS="`$limbeck_program --cflags 2>/dev/null || $limbeck_program --include`"
         $2_LIBS="`$limbeck_program --libs`"])
       limbeck_driver_$1="yes ($limbeck_program)"])
  done])
  AC_MSG_RESULT([$limbeck_driver_$1])
  AS_IF([test "$limbeck_driver_$1" = no && test "x$with_$1" = xyes],
    [AC_MSG_ERROR([--with-$1 was given, but its client library was not found])])
])
AC_SUBST([$2_CFLAGS])
AC_SUBST([$2_LIBS])
AM_CONDITIONAL([WITH_$2], [test "$limbeck_driver_$1" != no])
])

# LIMBECK_DRIVER_TRY([name], [VARIABLE], [module])
AC_DEFUN([LIMBECK_DRIVER_TRY], [
AS_IF([test "$limbeck_driver_$1" = no && $PKG_CONFIG --exists "$3" 2>/dev/null],
  [$2_CFLAGS=`$PKG_CONFIG --cflags "$3"`
   $2_LIBS=`$PKG_CONFIG --libs "$3"`
   limbeck_driver_$1="yes (`AS_ECHO(["$3"]) | sed 's/ .*//'` `$PKG_CONFIG --modversion "$3" | head -n 1`)"])
])
