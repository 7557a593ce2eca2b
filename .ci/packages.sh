# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=sh
#
# What quickstart and check share: installing what is missing, and building
# quietly. To be sourced, by sh, in the top folder; "set -eu" is the caller's.
#
#   logs=build                  where logs go
#   need_packages build check   installs what these two lists lack
#   step NAME COMMAND...        runs it with its output in $logs/NAME.log,
#                               which is shown in full when it fails

logs=${logs:-build}
program=${0##*/}

say()
{
	printf '%s: %s\n' "$program" "$*" >&2
}

stop()
{
	say "$*"
	exit 1
}

# ---------------------------------------------------------------------------
# What there is: asked of the machine, not of its package manager, for what we
# need may have come from elsewhere or have another name.

has_program()
{
	PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" >/dev/null 2>&1
}

has_library()
{
	has_program pkg-config && pkg-config --exists "$1" 2>/dev/null
}

has_header()
{
	echo "#include <$1>" | "${CC:-cc}" -E -x c - >/dev/null 2>&1
}

has_postgresql()
{
	for initdb in "$(pg_config --bindir 2>/dev/null)/initdb" /usr/lib/postgresql/*/bin/initdb; do
		[ -x "$initdb" ] && return 0
	done
	has_program initdb
}

has_mysql_library()
{
	has_library mysqlclient || has_library libmariadb || has_library mariadb ||
		has_program mysql_config || has_program mariadb_config
}

has_galera()
{
	for library in /usr/lib/galera /usr/lib64/galera-4 /usr/lib/galera-4 /usr/lib64/galera; do
		[ -e "$library/libgalera_smm.so" ] && return 0
	done
	return 1
}

# has PACKAGE: is there what this Debian package brings?
has()
{
	case $1 in
	gcc) has_program "${CC:-cc}" ;;
	g++) has_program "${CXX:-c++}" ;;
	libtool) has_program libtoolize ;;
	binutils) has_program nm && has_program readelf ;;
	libc6-dev) has_header stdio.h ;;
	libsqlite3-dev) has_library sqlite3 ;;
	libjansson-dev) has_library jansson ;;
	libmd-dev) has_header sha2.h ;;
	uthash-dev) has_header uthash.h ;;
	libpq-dev) has_library libpq ;;
	libmariadb-dev) has_mysql_library ;;
	postgresql) has_postgresql ;;
	postgresql-client) has_program psql ;;
	mariadb-server) has_program mariadbd || has_program mysqld ;;
	mariadb-client) has_program mariadb || has_program mysql ;;
	galera-4) has_galera ;;
	perl) perl -MTest::More -MJSON::PP -e 1 2>/dev/null && has_program prove ;;
	libipc-run-perl) perl -MIPC::Run -e 1 2>/dev/null ;;
	alembic) python3 -c 'import alembic' 2>/dev/null || /usr/bin/python3 -c 'import alembic' 2>/dev/null ;;
	python3-psycopg2) /usr/bin/python3 -c 'import psycopg2' 2>/dev/null ;;
	python3-yaml) /usr/bin/python3 -c 'import yaml' 2>/dev/null ;;
	xz-utils) has_program xz ;;
	*) has_program "$1" ;;
	esac
}

# The order matters: pkg-config and the compiler find what comes after them.
packages_for()
{
	case $1 in
	build)
		echo pkg-config gcc libc6-dev make
		echo autoconf automake libtool
		echo libsqlite3-dev sqlite3 libmd-dev libjansson-dev uthash-dev
		;;
	check)
		echo g++ binutils libpq-dev libmariadb-dev
		echo postgresql postgresql-client pgbouncer mariadb-server mariadb-client galera-4
		echo perl libipc-run-perl mandoc alembic python3-psycopg2 python3-yaml strace
		;;
	distcheck) echo xz-utils ;;
	esac
}

missing_packages()
{
	for list in "$@"; do
		for package in $(packages_for "$list"); do
			has "$package" || printf '%s ' "$package"
		done
	done
}

# ---------------------------------------------------------------------------
# Installing

need_packages()
{
	missing=$(missing_packages "$@")
	[ -n "$missing" ] || return 0
	has_program apt-get ||
		stop "please install what these Debian packages bring, and run this again: $missing"
	become_root
	say "installing: $missing"
	mkdir -p "$logs"
	$as_root apt-get -q -o APT::Update::Error-Mode=any update >"$logs/apt-update.log" 2>&1 || {
		cat "$logs/apt-update.log" >&2
		say "the list of packages could not be updated (apt-get update failed, see above);" \
			"going on with the list that is there"
	}
	install_packages
	missing=$(missing_packages "$@")
	[ -z "$missing" ] ||
		stop "apt-get has installed all it was asked for, but this is still missing: $missing"
}

# Sets as_root to what goes before a command that only root may run.
become_root()
{
	as_root=
	[ "$(id -u)" -ne 0 ] || return 0
	has_program sudo ||
		stop "these packages are missing, and only root can install them: apt-get install $missing"
	sudo -n true 2>/dev/null || [ -t 0 ] ||
		stop "these packages are missing, and sudo asks for a password: sudo apt-get install $missing"
	as_root=sudo
}

# The servers that the tests start are their own, so the packages' services
# need not run; in a container their start would even fail. policy-rc.d tells
# the packages' scripts so; it stays only while we install.
install_packages()
{
	policy=${policy:-/usr/sbin/policy-rc.d}
	ours=
	if [ ! -e "$policy" ]; then
		ours=yes
		trap 'remove_policy' EXIT
		trap 'exit 130' INT
		trap 'exit 143' TERM
		printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
		$as_root chmod 755 "$policy"
	fi
	status=0
	# shellcheck disable=SC2086 # a list of words
	step apt-install $as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get -q -y --no-install-recommends install $missing || status=$?
	remove_policy
	trap - EXIT INT TERM
	[ $status -eq 0 ] || stop "installing failed; by hand: apt-get install $missing"
}

remove_policy()
{
	[ -z "$ours" ] || $as_root rm -f "$policy"
	ours=
}

# ---------------------------------------------------------------------------
# Building

step()
{
	log=$logs/$1.log
	shift
	mkdir -p "$logs"
	"$@" >"$log" 2>&1 || {
		status=$?
		cat "$log" >&2
		say "failed with status $status: $*"
		say "the output above is in $log"
		return $status
	}
}

# build FOLDER CONFIGURE-OPTION...: builds there, outside of the source tree.
build()
{
	folder=$1
	shift
	# Both, for an autogen that failed may leave the one without the other.
	if [ ! -x configure ] || [ ! -f Makefile.in ]; then
		say "making ./configure"
		step autogen ./autogen.sh || exit 1
	fi
	[ -x "$folder/config.status" ] || {
		say "configuring in $folder"
		step configure in_folder "$folder" ../configure "$@" || exit 1
	}
	say "building in $folder"
	step make make -C "$folder" -j"$(processors)" || exit 1
}

in_folder()
(
	mkdir -p "$1"
	cd "$1" || exit
	shift
	exec "$@"
)

processors()
{
	nproc 2>/dev/null || echo 2
}
