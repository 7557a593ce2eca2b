#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What the built objects show and need: the library exports limbeck_* alone, a
# driver its entry alone; neither library nor program needs a database's client
# library, and a driver does not need liblimbeck.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use IPC::Run ();

my $client = qr/^lib(?:pq|sqlite3|mysqlclient|mariadb)\b/;
my $build = builddir();
my $library = "$build/core/.libs/liblimbeck.so";
my $program = "$build/core/.libs/limbeck";
my @drivers = grep { !-l } glob "$build/drivers/.libs/*.so";

skip_or_bail('nothing is built in the build tree') unless -e $library && -e $program;
for my $tool (qw(nm readelf)) {
    skip_or_bail("no $tool here (Debian: apt-get install binutils)")
        unless Limbeck::Server::find_program([$tool]);
}

exports_only($library, qr/^limbeck_[a-z0-9_]+$/);
needs_none($_, $client) for $library, $program;
loads_none($_, $client) for $library, $program;

ok scalar(@drivers), 'drivers were built';
for my $driver (@drivers) {
    exports_only($driver, qr/^limbeck_driver_entry$/);
    needs_none($driver, qr/^liblimbeck\b/);
    my @clients = grep { $_ =~ $client } needed($driver);
    cmp_ok scalar(@clients), '<=', 1, short($driver) . ' needs one client library' or diag "@clients";
}
done_testing;

sub short { return $_[0] =~ s{.*/}{}r }

sub output_of
{
    my (@command) = @_;
    my ($out, $error) = ('', '');
    IPC::Run::run(\@command, '>', \$out, '2>', \$error) or diag "@command: $error";
    return split /\n/, $out;
}

# The names of versions are absolute symbols ("A"), and no symbols of ours.
sub exports_only
{
    my ($file, $allowed) = @_;
    my @names;
    for (output_of('nm', '-D', '--defined-only', $file)) {
        my (undef, $type, $name) = /^(\S*)\s+(\w)\s+(\S+)$/ or next;
        $name =~ s/\@.*//;
        push @names, $name unless $type eq 'A' && $name =~ /^LIMBECK_/;
    }
    my @others = grep { $_ !~ $allowed } @names;
    ok @names && !@others, short($file) . ' exports only what it should'
        or diag @names ? "  also: @others" : '  it exports nothing';
}

sub needed
{
    my ($file) = @_;
    return map { /\(NEEDED\).*\[(.*)\]/ ? $1 : () } output_of('readelf', '-d', $file);
}

sub needs_none
{
    my ($file, $unwanted) = @_;
    my @found = grep { $_ =~ $unwanted } needed($file);
    is "@found", '', short($file) . " needs no $unwanted";
}

# What the libraries it needs need in turn.
sub loads_none
{
    my ($file, $unwanted) = @_;
    my @found = grep { $_ =~ $unwanted } map { /^\s*(\S+)/ ? $1 =~ s{.*/}{}r : () } output_of('ldd', $file);
    is "@found", '', short($file) . " loads no $unwanted";
}
