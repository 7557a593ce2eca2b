#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# make install DESTDIR=... puts everything in its place and nothing else, and
# make uninstall takes it away again.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use File::Find ();
use File::Temp ();
use IPC::Run ();

my $build = builddir();
my $root = File::Temp->newdir('limbeck-install-XXXXXX', TMPDIR => 1);

# The value of a variable of the Makefile.
sub variable
{
    my ($name) = @_;
    my $text = "show:\n\t\@echo '\$($name)'\n";
    my ($out, $error);
    # Else a make that runs us has it say where it is.
    local @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};
    delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};
    IPC::Run::run(['make', '-s', '-C', $build, '-f', 'Makefile', '-f', '-', 'show'], '<', \$text, '>', \$out, '2>', \$error);
    chomp $out;
    return $out;
}

sub make
{
    my ($target) = @_;
    local @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};
    delete @ENV{qw(MAKEFLAGS MFLAGS MAKELEVEL)};
    my $done = IPC::Run::run(['make', '-s', '-C', $build, $target, "DESTDIR=$root"], '>&', \my $output);
    return ok($done, "make $target") || diag $output;
}

# Files and links below the root, as paths of the installed system.
sub installed
{
    my @found;
    File::Find::find({ no_chdir => 1, wanted => sub { push @found, s/^\Q$root\E//r if -l || !-d } }, "$root");
    return sort @found;
}

make('install') or BAIL_OUT('nothing is installed');
my %dir = map { $_ => variable($_) } qw(bindir libdir includedir mandir datadir pkgdatadir driverdir);
is $dir{driverdir}, "$dir{libdir}/limbeck/drivers", 'drivers have a folder of their own';

my %aliases = (sqlite => ['sqlite3'], postgresql => ['postgres'], mysql => ['mariadb']);
my @drivers = grep { -e "$build/drivers/.libs/$_.so" } sort keys %aliases;
my @headers = map { s{.*/}{}r } glob(srcdir() . '/include/limbeck/*.h'), 'version.h';
# What only the core has a use for.
@headers = grep { !/^home/ } @headers;
my @expected = sort(
    "$dir{bindir}/limbeck",
    (map { "$dir{libdir}/liblimbeck.$_" } qw(la so so.0 so.0.0.0)),
    (map { "$dir{includedir}/limbeck/$_" } @headers),
    "$dir{libdir}/pkgconfig/limbeck.pc",
    (map { "$dir{driverdir}/$_.so" } @drivers, map { @{ $aliases{$_} } } @drivers),
    (map { "$dir{pkgdatadir}/templates/generic/" . s{.*/}{}r } glob srcdir() . '/migrations/templates/generic/*'),
    (map { my ($name, $section) = m{([^/]+\.([1-8]))$}; "$dir{mandir}/man$section/$name" } glob srcdir() . '/core/man/*.[1-8]'),
    (-e srcdir() . '/core/man/limbeck.bash' ? "$dir{datadir}/bash-completion/completions/limbeck" : ()),
);
my @found = installed();
is_deeply \@found, \@expected, 'every file is in its place, and no other';
for my $driver (@drivers) {
    is readlink("$root$dir{driverdir}/$_.so"), "$driver.so", "$_ is a link to $driver" for @{ $aliases{$driver} };
}
ok -x "$root$dir{bindir}/limbeck", 'the program may be run';
is_deeply [grep { (stat "$root$_")[2] & 022 } @found], [], 'nothing may be written to by others';

my $file = Limbeck::Server::slurp("$root$dir{libdir}/pkgconfig/limbeck.pc");
unlike $file, qr/\@\w+\@/, 'limbeck.pc has all its values';
like $file, qr/^Version: \d+\.\d+\.\d+$/m, 'a version';
like $file, qr/^driverdir=.*\/limbeck\/drivers$/m, 'and where drivers are';
for my $object ("bin/limbeck", 'lib/liblimbeck.so') {
    my $path = $object =~ /bin/ ? "$root$dir{bindir}/limbeck" : "$root$dir{libdir}/liblimbeck.so";
    unlike `ldd '$path'`, qr/lib(?:pq|sqlite3|mysqlclient|mariadb)\b/, "$object loads no database library";
}

make('uninstall');
is_deeply [installed()], [], 'which leaves nothing';
done_testing;
