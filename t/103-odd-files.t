#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Odd things in versions/: what is no file that can be read is refused, and
# never waited for; what has another name is left alone; odd but right files
# work.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;
use Cwd ();
use POSIX ();
use Socket;

my $v = 'migrations/versions';

sub fresh
{
    my $project = new_project(@_);
    $project->revision(id => 'good', created => '2026-01-01T00:00:00Z',
        upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    my $result = limbeck('upgrade', 'head');
    BAIL_OUT("a good revision can't be applied: $result->{stderr}") if $result->{status};
    return $project;
}

# What make() puts at x.sql is refused.
sub odd
{
    my ($name, $error, $make, %run) = @_;
    my $path = fresh()->path("$v/x.sql");
    $make->($path) or return fail("$name can be made: $!");
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return refused($name, run => { timeout => 10, %run }, place => "$v/x.sql", error => $error);
}

# A socket's path must be short, so it is made from within its folder.
sub socket_at
{
    my $cwd = Cwd::getcwd();
    chdir project()->versions or return 0;
    socket my $socket, PF_UNIX, SOCK_STREAM, 0 or return 0;
    my $done = bind $socket, sockaddr_un('x.sql');
    chdir $cwd;
    return $done;
}

# Root may read everything, but for the capabilities that say so.
sub without_privileges
{
    return () if $> != 0;
    return (program => ['setpriv', '--bounding-set', '-dac_override,-dac_read_search', Limbeck::Run::program()]);
}

my $irregular = qq("$v/x.sql" is not a regular file);
my $closed = qq(could not open file "$v/x.sql": );
odd('a FIFO', $irregular, sub { POSIX::mkfifo($_[0], 0600) });
odd('a socket', $irregular, \&socket_at);
odd('a link to a device', $irregular, sub { symlink '/dev/zero', $_[0] });
odd('a link to a FIFO', $irregular, sub { POSIX::mkfifo("$_[0].pipe", 0600) && symlink 'x.sql.pipe', $_[0] });
odd('a dangling link', $closed, sub { symlink 'nowhere', $_[0] });
odd('a link to itself', $closed, sub { symlink 'x.sql', $_[0] });
odd('a file that may not be read', "${closed}Permission denied",
    sub { write_file($_[0], "-- \@revision x\n") && chmod 0, $_[0] }, without_privileges());

subtest 'a header without end' => sub {
    fresh();
    refused('is not read to its end', files => { "$v/x.sql" => "-- \@revision x\n" . "-- text\n" x 200_000 },
        place => "$v/x.sql:1", error => 'header is longer than 1 MiB', also => ['-- @upgrade']);
    refused('of one line neither', files => { "$v/x.sql" => "-- \@revision x\n-- " . 'x' x 2_000_000 },
        place => "$v/x.sql:1", error => 'header is longer than 1 MiB');
};

subtest 'the folder of the revisions' => sub {
    my $project = fresh();
    rename $project->versions, $project->versions . '.away' or die $!;
    refused('that is not there', error => 'could not open the folder of revision files', also => ['version_locations']);
    write_file($v, 'x');
    refused('that is a file', error => 'could not open the folder of revision files', also => ['Not a directory']);
};

subtest 'other names are left alone' => sub {
    my $project = fresh();
    write_file("$v/$_", "not for us\0") for '.hidden.sql', '#x.sql', 'x.sql~', 'x.SQL',
        '.sql', 'sql', 'README', 'x.sql.orig', 'x.txt';
    mkdir $project->path("$v/folder.sql") or die $!;
    mkdir $project->path("$v/sub") or die $!;
    write_file("$v/sub/x.sql", "not for us\0");
    run_like(['heads'], qr/\Agood \(head\)\n\z/, 'they are not read');
};

subtest 'what is odd and right' => sub {
    my $project = fresh();
    write_file("$v/two words \xc3\xa4.sql", "-- \@revision named\n-- \@parents good\n");
    run_like(['heads'], qr/\Anamed \(head\)\n\z/, 'a name with blanks and letters beyond ASCII');
    write_file('elsewhere.sql', "-- \@revision linked\n-- \@parents named\n");
    symlink '../../elsewhere.sql', $project->path("$v/link.sql") or die $!;
    run_like(['heads'], qr/\Alinked \(head\)\n\z/, 'a link to a file');
    write_file("$v/blank.sql", "\n\n--\n  -- \@revision blank \t\n\n--@ text\n--\@parents linked\n--   \@labels l\n");
    run_like(['heads'], qr/\Ablank \(l\) \(head\)\n\z/, 'blanks and empty lines around directives');
    write_file("$v/tail.sql", "-- \@revision tail\n-- \@parents blank\n-- \@upgrade\nCREATE TABLE tail (a integer)");
    run_err_like(['upgrade', 'head'], qr/Running upgrade blank -> tail/, 'a last statement without semicolon and newline');
    write_file("$v/none.sql", "-- \@revision none\n-- \@parents tail");
    run_err_like(['upgrade', 'head'], qr/Running upgrade tail -> none/, 'a file of a header alone');
    rename $project->path("$v/tail.sql"), $project->path("$v/0.sql") or die $!;
    run_like(['current'], qr/\Anone \(head\)\n\z/, 'a file that is renamed stays what it is');
};

subtest 'subfolders' => sub {
    my $project = fresh(ini => { recursive_version_locations => 'true' });
    write_file("$v/2026/11/x.sql", "-- \@revision x\n-- \@parents good\n");
    write_file("$v/.git/y.sql", "not for us\0");
    run_like(['heads'], qr/\Ax \(head\)\n\z/, 'are read when recursive_version_locations is on');
    symlink '..', $project->path("$v/2026/up") or die $!;
    run_like(['heads'], qr/\Ax \(head\)\n\z/, 'a link that leads back up is no endless way');
};

for_each_engine(sub {
    my ($db) = @_;
    new_project(db => $db);
    my $ends = "\xef\xbb\xbf-- \@revision crlf\r\n-- \@created 2026-01-01\r\n--\r\n-- The message\r\n\r\n"
        . "-- \@upgrade\r\nCREATE TABLE t (a integer PRIMARY KEY,\r\n  b varchar(20));\r\n"
        . "INSERT INTO t VALUES (1, 'x\r\ny');\r\n-- \@downgrade\r\nDROP TABLE t;\r\n";
    write_file("$v/crlf.sql", $ends);
    run_err_like(['upgrade', 'head'], qr/Running upgrade  -> crlf, The message /, 'CRLF and a byte-order mark');
    is $db->value('SELECT b FROM t'), "x\r\ny", 'the string is as the file has it';
    stdout_is(['history'], "<base> -> crlf (head), The message\n", 'no CR in what is printed');
    $ends =~ s/\A\xef\xbb\xbf//;
    $ends =~ s/\r\n/\n/g;
    write_file("$v/crlf.sql", $ends);
    run_err_like(['downgrade', 'base'], qr/Running downgrade crlf -> /, 'and back');
    is_deeply [$db->user_tables], [], 'the table is gone';

    my $long = 'y' x 2_000_000;
    write_file("$v/long.sql", "-- \@revision long\n-- \@parents crlf\n-- \@upgrade\n"
        . "CREATE TABLE long_one (b integer); /* $long */ INSERT INTO long_one VALUES (length('$long'));\n"
        . "INSERT INTO long_one VALUES (oops);\n");
    fails_with(1, qr{^\Q$v\E/long\.sql:5:30: error: }m, ['upgrade', 'head'], 'the place behind a line of 4 MB');
    write_file("$v/long.sql", slurp("$v/long.sql") =~ s/oops/1/r);
    run_ok(['upgrade', 'head'], 'and that line works') if $db->engine ne 'mysql';
    is $db->value('SELECT max(b) FROM long_one'), 2_000_000, 'whole' if $db->engine ne 'mysql';
});
done_testing;
