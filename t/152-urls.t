#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The database URL: which of its sources counts, what it may look like, and
# each way in which it can be wrong.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

sub uses
{
    my ($args, $expected, $name) = @_;
    my $value = json_of([@$args, 'current'], "$name: it runs") // {};
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return is $value->{database}, $expected =~ s{PROJECT}{project()->dir}er, $name;
}

subtest 'where it comes from' => sub {
    my $project = new_project(ini => { url => 'sqlite:///ini.db' }, sections => "[bare]\nurl =\n");
    my %all = (LIMBECK_URL => 'sqlite:///limbeck-url.db', DATABASE_URL => 'sqlite:///database-url.db');
    mkdir $project->path('below') or die $!;
    my $below = { dir => $project->path('below') };
    uses([{ env => \%all }, '-u', 'sqlite:///u.db'], 'sqlite:///PROJECT/u.db', '-u goes before all');
    uses([{ env => \%all }, '--url=sqlite:///u.db'], 'sqlite:///PROJECT/u.db', 'so does --url=');
    uses([{ env => \%all }], 'sqlite:///PROJECT/limbeck-url.db', 'then LIMBECK_URL');
    uses([{ env => { DATABASE_URL => $all{DATABASE_URL} } }], 'sqlite:///PROJECT/ini.db', 'then the url of the section');
    uses([{ env => { %all, LIMBECK_URL => '' } }], 'sqlite:///PROJECT/ini.db', 'an empty variable is none');
    uses([{ env => { DATABASE_URL => $all{DATABASE_URL} } }, '-n', 'bare'], 'sqlite:///PROJECT/database-url.db',
        'then DATABASE_URL, where the section has none');
    uses([$below, '-u', 'sqlite:///u.db'], 'sqlite:///PROJECT/below/u.db', 'on the command line it starts at the current folder');
    uses([{ %$below, env => \%all }], 'sqlite:///PROJECT/below/limbeck-url.db', 'in the environment too');
    uses([$below], 'sqlite:///PROJECT/ini.db', 'in the file at its folder');
    write_file('limbeck.ini', "[limbeck]\n");
    uses([{ env => { DATABASE_URL => $all{DATABASE_URL} } }], 'sqlite:///PROJECT/database-url.db', 'DATABASE_URL before the default');
    uses([$below], 'sqlite:///PROJECT/limbeck.db', 'which is limbeck.db beside the file');
};

subtest 'what is right' => sub {
    new_project();
    my @right = (
        ['sqlite:///x.db', 'sqlite:///PROJECT/x.db', 'a file'],
        ['sqlite:////tmp/no-such-limbeck.db', 'sqlite:////tmp/no-such-limbeck.db', 'an absolute path'],
        ['sqlite://', 'sqlite://', 'in memory'],
        ['sqlite:///:memory:', 'sqlite:///:memory:', 'in memory, as SQLite names it'],
        ['sqlite+aiosqlite:///x.db', 'sqlite:///PROJECT/x.db', 'a suffix is ignored'],
        ['SQLite:///x.db', 'sqlite:///PROJECT/x.db', 'capitals in the scheme'],
        ['sqlite:///a%20b%25.db', 'sqlite:///PROJECT/a%20b%25.db', 'percent escapes'],
        ['sqlite:///a b.db', 'sqlite:///PROJECT/a%20b.db', 'a blank'],
        ["sqlite:///\xc3\xa4.db", 'sqlite:///PROJECT/%C3%A4.db', 'letters beyond ASCII'],
        ['sqlite:///x.db?busy_timeout=100&foreign_keys=on', 'sqlite:///PROJECT/x.db?busy_timeout=100&foreign_keys=on', 'parameters'],
        ['sqlite:///x.db?', 'sqlite:///PROJECT/x.db', 'an empty query'],
    );
    uses(['-u', $_->[0]], $_->[1], $_->[2]) for @right;
};

my $project = new_project();
$project->revision(id => 'good', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');

# URL, status, error, further texts
my $from = 'in the database URL from -u';
my @wrong = (
    ['', 2, "no \"://\" $from", 'SCHEME://'],
    ['limbeck.db', 2, "no \"://\" $from"],
    ['sqlite:/limbeck.db', 2, "no \"://\" $from"],
    ['sqlite:limbeck.db', 2, "no \"://\" $from"],
    ['://host/db', 2, "no scheme $from"],
    ['+x://host/db', 2, "no scheme $from"],
    ['sq/lite:///x.db', 2, "bad scheme $from", 'letters, digits and "_"'],
    ['../sqlite:///x.db', 2, "bad scheme $from"],
    ['/tmp/evil:///x.db', 2, "bad scheme $from"],
    ['sq-lite:///x.db', 2, "bad scheme $from"],
    ['sq lite:///x.db', 2, "bad scheme $from"],
    ["sqlite\xc3\xa9:///x.db", 2, "bad scheme $from"],
    ['sqlite.so:///x.db', 2, "bad scheme $from"],
    ['nosuch://host/db', 2, 'no driver for "nosuch" is installed', 'limbeck-nosuch', 'installed: '],
    ['sqlit:///x.db', 2, 'no driver for "sqlit" is installed', 'Perhaps you meant "sqlite"'],
    ['sqlite:///%zz.db', 2, "bad percent escape $from", '%25'],
    ['sqlite:///x.db%', 2, "bad percent escape $from"],
    ['sqlite:///x.db%4', 2, "bad percent escape $from"],
    ['sqlite:///x%00.db', 2, "%00 $from"],
    ["sqlite:///x\n.db", 2, "control character $from", '%XX'],
    ["sqlite:///\e[31m.db", 2, "control character $from"],
    ['sqlite:///x.db?=1', 2, "parameter without a name $from", '?NAME=VALUE'],
    ['sqlite:///x.db?%zz=1', 2, "bad percent escape $from"],
    ['nosuch://host:port/db', 2, "bad port $from", '65535'],
    ['nosuch://host:65536/db', 2, "bad port $from"],
    ['nosuch://user:se/cret@host/db', 2, "bad port $from", '%2F'],
    ['nosuch://[::1/db', 2, "bad IPv6 address $from", '[::1]'],
    ['nosuch://[::1]x/db', 2, "bad IPv6 address $from"],
    ['sqlite://host/x.db', 2, 'the URL of an SQLite database names no server', 'sqlite:///NAME'],
    ['sqlite:///x.db?mod=ro', 2, 'SQLite has no parameter "mod"', 'mode, '],
    ['sqlite:///x.db?mode=bad', 2, '', '"bad"'],
    ['sqlite:///x.db?busy_timeout=soon', 2, '', 'busy_timeout'],
    ['sqlite:///x.db?foreign_keys=maybe', 2, '', 'foreign_keys'],
    ['sqlite:////dev/null/x.db', 1, 'could not open database', '/dev/null/x.db'],
    ['sqlite:////no-such-folder/x.db', 1, 'could not open database', '/no-such-folder/x.db'],
    ['sqlite:////', 1, 'could not open database'],
    ['sqlite:///limbeck.ini', 1, '', 'not a database'],
);
for my $case (@wrong) {
    my ($url, $status, $error, @also) = @$case;
    (my $name = $url) =~ s/[^ -~]/?/g;
    refused("'$name'", args => ['-u', $url, 'upgrade', 'head'], status => $status, error => $error, also => \@also);
}
refused('a URL in the environment is named so', run => { env => { LIMBECK_URL => 'x' } }, status => 2,
    error => 'no "://" in the database URL from LIMBECK_URL');

SKIP: {
    skip 'no PostgreSQL', 1 unless grep { $_ eq 'postgresql' } engines();
    my $why = Limbeck::Database->why_not('postgresql');
    skip_or_bail($why) if $why;
    my $db = Limbeck::Database->create('postgresql');
    my %env = (PGHOST => $db->server->dir, PGPORT => $db->server->port, PGUSER => 'limbeck');
    run_ok [{ env => \%env }, '-u', 'postgresql:///' . $db->name, 'upgrade', 'head'],
        'a database alone, the server from the environment';
    ok scalar(grep { $_ eq 'limbeck_version' } $db->tables), 'is that database';
}

done_testing;
