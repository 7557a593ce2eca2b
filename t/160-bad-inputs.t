#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Bad inputs of every kind, a line each: a command line, a configuration, a URL, a
# revision file, what lies in the folders, the rows of our own tables, names,
# drivers, a server's answers. Each ends within 10 seconds, with the status that
# the manual says and one clean diagnostic (with its place, where it has one), and
# leaves the database as it was. In a build with sanitizers, under these; elsewhere
# a sample runs under valgrind.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Database;
use Limbeck::Hostile;
use Limbeck::Run;
use Limbeck::Server;
use Cwd ();
use POSIX ();
use Socket;

use constant { SECONDS => 10, SAMPLE => 60 };

my $v = 'migrations/versions';
my $head = "-- \@revision x\n-- \@parents good\n";
my $up = "$head-- \@upgrade\n";
my $long = 'x' x 100_000;
my $count = 0;

# ---------------------------------------------------------------------------
# The judge

my $valgrind = $ENV{LIMBECK_SANITIZER} || $ENV{LIMBECK_TEST_WRAPPER} ? undef
    : Limbeck::Server::find_program(['valgrind']);

sub wrapper
{
    return () if !$valgrind || $count % SAMPLE;
    return (timeout => 120, program => [$valgrind, '-q', '--trace-children=yes', '--error-exitcode=99',
        '--child-silent-after-fork=yes', Limbeck::Run::program()]);
}

# All that an SQLite database holds, but for the history, which tells of failures.
sub dump_of_file
{
    my ($path) = @_;
    return '' unless -f $path && -s _;
    my $dump = '';
    IPC::Run::run(['sqlite3', '-batch', $path, '.dump'], '<', '/dev/null', '>', \$dump, '2>', \my $error);
    return "$error$dump" =~ s/^INSERT INTO limbeck_history .*\n//mgr;
}

sub dump_now
{
    my ($db) = @_;
    return dump_of_file(project()->path('limbeck.db')) if !$db;
    return dump_of_file($db->path) if $db->engine eq 'sqlite';
    my @tables = sort $db->tables;
    my %rows = map { $_ => eval { $db->query("SELECT * FROM $_") } // [] } grep { /^\w+$/ && $_ ne 'limbeck_history' } @tables;
    return join "\n", @tables, map { my $t = $_; map { "$t: " . join '|', map { $_ // 'NULL' } @$_ } @{ $rows{$t} } } sort keys %rows;
}

# A diagnostic is "PLACE: error: ..." at the start of a line; nothing else is on
# stdout, and no control character anywhere.
sub bad
{
    my ($name, $status, $place, $error, $args, %opt) = @_;
    $count++;
    my $before = dump_now($opt{db});
    my $result = limbeck({ timeout => SECONDS, wrapper(), %{ $opt{run} // {} } }, @$args);
    my @faults;
    push @faults, "status is $result->{status}, not $status"
        if ref $status ? $result->{status} !~ $status : $result->{status} != $status;
    push @faults, 'something is on stdout' if length $result->{stdout};
    push @faults, "no error at \"$place\": $error" if $result->{stderr} !~ /^(?:\Q$place\E): error: .*\Q$error\E/ms;
    push @faults, 'a control character' if $result->{stderr} =~ /[\x00-\x08\x0b-\x1f\x7f]/;
    push @faults, 'the database has changed' if dump_now($opt{db}) ne $before;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return if ok !@faults, $name;
    diag map { "  $_\n" } @faults;
    Limbeck::Test::explain_run($result);
}

sub fresh
{
    my (%opt) = @_;
    my $project = new_project(%opt);
    $project->revision(id => 'good', created => '2026-01-01T00:00:00Z',
        upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
    my $result = limbeck('-q', 'upgrade', 'good');
    BAIL_OUT("a good revision can't be applied: $result->{stderr}") if $result->{status};
    $project->revision(id => 'next', parents => 'good', created => '2026-01-02T00:00:00Z',
        upgrade => 'CREATE TABLE u (a integer);', downgrade => 'DROP TABLE u;');
    return $project;
}

# ---------------------------------------------------------------------------
# Command lines: status, error, arguments

my @commands = (
    [2, 'unknown command ""', ''],
    [2, 'unknown command "-"', '-'],
    [2, 'unknown command', "\xc0\xaf"],
    [2, 'unknown option "--bogus"', '--bogus'],
    [2, 'option "-x" needs an argument', '-x'],
    [2, 'option "-u" needs an argument', '-u'],
    [2, 'option "--color" needs an argument', '--color'],
    [2, 'option --color does not know ""', '--color', '', 'heads'],
    [2, 'option --color does not know "sometimes"', '--color', 'sometimes', 'heads'],
    [2, 'option --json takes no argument', '--json=yes', 'heads'],
    [2, 'no "://" in the database URL', '-u', '', 'current'],
    [2, 'is a folder, not a file', '-c', '', 'heads'],
    [2, 'could not open file', '-c', $long, 'heads'],
    [2, 'could not open file', '-c', "a\nb", 'heads'],
    [2, 'could not', '-c', '/proc/self/mem', 'heads'],
    [2, 'not a regular file', '-c', '/dev/null', 'heads'],
    [2, 'an identifier is empty', 'upgrade', ''],
    [1, 'no revision or label is called " "', 'upgrade', ' '],
    [1, 'no revision or label is called "head', 'upgrade', "head\n"],
    [1, 'no revision or label is called', 'upgrade', "\xff\xfe"],
    [1, 'no revision or label is called "xxxx', 'upgrade', $long],
    [1, 'no revision or label is called "good;DROP TABLE t"', 'upgrade', 'good;DROP TABLE t'],
    [1, q(no revision or label is called "'"), 'upgrade', q(')],
    [1, 'no revision or label is called "../../etc/passwd"', 'upgrade', '../../etc/passwd'],
    [1, 'no revision or label is called "%s%n%s"', 'upgrade', '%s%n%s'],
    [2, '"@" is not an identifier', 'upgrade', '@'],
    [2, '"@head" is not an identifier', 'upgrade', '@head'],
    [2, '"a@b@c" is not an identifier', 'upgrade', 'a@b@c'],
    [1, 'no revision or label is called "+"', 'upgrade', '+'],
    [1, 'no revision or label is called "-"', 'upgrade', '-'],
    [1, 'no revision or label is called "+1.5"', 'upgrade', '+1.5'],
    [1, '"+99999999999999999999" goes too far', 'upgrade', '+99999999999999999999'],
    [1, '"-99999999999999999999" goes too far', 'downgrade', '-99999999999999999999'],
    [1, '"-1" does not lead up', 'upgrade', '-1'],
    [1, '"+0" does not lead up', 'upgrade', '+0'],
    [1, '"+1" does not lead down', 'downgrade', '+1'],
    [1, '"-0" does not lead down', 'downgrade', '-0'],
    [2, 'a range (:) is for --sql', 'upgrade', ':'],
    [2, 'a range (head:base) is for --sql', 'downgrade', 'head:base'],
    [2, '"::" is not a range', 'upgrade', '::', '--sql'],
    [1, 'no revision or label is called "nosuch"', 'upgrade', 'nosuch:head', '--sql'],
    [2, 'upgrade does not know what to do with "head2"', 'upgrade', 'head', 'head2'],
    [2, '"a:b:c" is not a range', 'history', '-r', 'a:b:c'],
    [2, '"" is no range of revisions', 'history', '-r', ''],
    [2, 'is no range of revisions', 'history', '-r', $long],
    [2, 'option -n takes a number, not "-1"', 'log', '-n', '-1'],
    [2, 'option -n takes a number, not "99999999999999999999999"', 'log', '-n', '99999999999999999999999'],
    [1, 'no revision or label is called', 'show', "\x1b[31mred\x07"],
    [2, q(the relative identifier "-1" can't be used here), 'stamp', '-1'],
    [1, 'no revision or label is called "nosuch"', 'stamp', 'good', 'nosuch'],
    [2, 'begins with "@upgrade"', 'revision', '-m', "a\n\@upgrade"],
    [2, q("../x" can't be a revision id), 'revision', '--rev-id', '../x', '-m', 'x'],
    [2, q(can't be a revision id), 'revision', '--rev-id', "a\nb", '-m', 'x'],
    [2, q("head" can't be a revision id), 'revision', '--rev-id', 'head', '-m', 'x'],
    [2, 'revision id good is in use already', 'revision', '--rev-id', 'good', '-m', 'x'],
    [2, q(can't be a revision id), 'revision', '--rev-id', 'x' x 129, '-m', 'x'],
    [2, q("a@b" can't be a branch label), 'revision', '--branch-label', 'a@b', '-m', 'x'],
    [2, 'is not one of the version locations', 'revision', '--version-path', '/nonexistent', '-m', 'x'],
    [1, 'no revision or label is called "nosuch"', 'revision', '--depends-on', 'nosuch', '-m', 'x'],
    [1, 'is not a head', 'merge', 'good', 'good'],
    [2, '":" is not a range', 'squash', ':'],
    [1, 'no revision or label is called "nosuch"', 'squash', 'good:nosuch'],
    [2, 'stands for another alias', 'loop'],
    [2, 'stands for another alias', 'ping'],
    [2, 'no file fits', 'diff', 'file:nosuch.sql', 'file:nosuch.sql'],
    [1, 'nosuch', 'repair', '--skip', 'nosuch'],
    [2, 'schema does not know "nosuch"', 'schema', 'nosuch'],
    [1, 'could not create folder', 'init', '/proc/x'],
    [2, q(can't be the folder of a project), 'init', "a\n[alias]\nupgrade = clear"],
    [2, q(can't be the folder of a project), 'init', ' x '],
    [2, q(can't be the folder of a project), 'init', ''],
);

subtest 'command lines' => sub {
    fresh(sections => "[alias]\nloop = loop\nping = pong\npong = ping\n");
    for my $case (@commands) {
        my ($status, $error, @args) = @$case;
        (my $name = join ' ', @args) =~ s/[^ -~]/?/g;
        bad(substr($name, 0, 60), $status, 'limbeck', $error, \@args);
    }
};

# ---------------------------------------------------------------------------
# Configurations: name, status, place, error, text

my $L = "[limbeck]\n";
my @inis = (
    ['an empty key', 2, 'limbeck.ini:2:2', 'value without a key', "$L = x\n"],
    ['a section that is not closed, at the end', 2, 'limbeck.ini:1:1', 'section without "]"', '[limbeck'],
    ['NULs', 2, 'limbeck.ini:1:1', 'NUL byte in the text', "\0" x 1000],
    ['UTF-16', 2, 'limbeck.ini:1:4', 'NUL byte in the text', "\xff\xfe[\0l\0"],
    ['an ELF file', 2, 'limbeck.ini:1:8', 'NUL byte in the text', "\x7fELF\2\1\1\0"],
    ['a key of 100,000 letters', 2, 'limbeck.ini:2:1', 'unknown key', "$L$long = 1\n"],
    ['100,000 open variables', 2, 'limbeck.ini:2:7', 'without "}"', "${L}url = " . '${a' x 100_000 . "\n"],
    ['variables nested 100,000 deep', 2, 'limbeck.ini:2:52', 'too deep', "${L}url = " . '${A:-' x 100_000 . '}' x 100_000 . "\n"],
    ['an escape sequence in a key', 2, 'limbeck.ini:2:1', 'unknown key', "$L\x1b[31mred = 1\n"],
    ['a quote in a section', 2, 'limbeck.ini:2:1', q(key outside), qq(\nurl = "x"\n)],
    ['a number beyond all', 2, 'limbeck.ini:2:16', 'bad value of "lock_timeout"', "${L}lock_timeout = 1e999\n"],
    ['no number', 2, 'limbeck.ini:2:16', 'bad value of "lock_timeout"', "${L}lock_timeout = nan\n"],
    ['a negative time', 2, 'limbeck.ini:2:16', 'bad value of "lock_timeout"', "${L}lock_timeout = -5s\n"],
    ['a version_table that is the history', 2, 'limbeck', q(version_table can't be "LIMBECK_history"), "${L}version_table = LIMBECK_history\n"],
    ['a script_location that is a file', 1, 'limbeck', 'could not open the folder', "${L}script_location = limbeck.ini\n"],
    ['a script_location of 100,000 letters', 1, 'limbeck', 'could not open the folder', "${L}script_location = $long\n"],
    ['a URL without an end', 2, 'limbeck.ini:2:7', 'bad IPv6 address', "${L}url = postgresql://[::1/d\n"],
    ['a dialect that is a path', 2, 'limbeck', 'unknown dialect', "${L}dialect = ../../sqlite\n"],
);

subtest 'configurations' => sub {
    fresh();
    my $good = slurp('limbeck.ini');
    for my $case (@inis) {
        my ($name, $status, $place, $error, $text) = @$case;
        write_file('limbeck.ini', $text);
        bad($name, $status, $place, $error, ['upgrade', 'head']);
    }
    write_file('limbeck.ini', $good);
    run_ok(['-q', 'upgrade', 'next'], 'the right one works');
};

# ---------------------------------------------------------------------------
# URLs: status, error, URL

my @urls = (
    [2, 'bad scheme', '/tmp/evil.so://x'], [2, 'bad scheme', '../evil://x'], [2, 'bad scheme', "sqlite\n:///x.db"],
    [2, 'no driver for', 'x' x 200 . '://x'], [2, 'no driver for "constructor" is installed', 'constructor://x'],
    [2, 'no scheme', '://'], [2, 'no "://"', $long], [2, 'bad percent escape', 'sqlite:///%'],
    [2, 'bad percent escape', 'sqlite:///%0'], [2, '', 'sqlite:///%00.db'], [2, 'bad port', 'nosuch://h:99999/d'],
    [2, 'bad port', 'nosuch://h:-1/d'], [2, 'bad IPv6 address', 'nosuch://[::1/d'], [2, 'bad IPv6 address', 'nosuch://[::1]x/d'],
    [2, 'without a name', 'sqlite:///x.db?=1'], [1, '', 'sqlite:////'], [1, '', 'sqlite:////dev/full'], [1, '', 'sqlite:////dev/zero'],
    [1, 'could not open database', 'sqlite:////proc/x.db'], [1, 'could not open database', "sqlite:////$long"],
    [1, 'could not open database', 'sqlite:///no/such/folder/x.db'], [1, 'could not open database', 'sqlite:///migrations'],
);

subtest 'URLs' => sub {
    fresh();
    for my $case (@urls) {
        my ($status, $error, $url) = @$case;
        (my $name = substr $url, 0, 60) =~ s/[^ -~]/?/g;
        bad($name, $status, 'limbeck', $error, ['-u', $url, 'upgrade', 'head']);
    }
};

# ---------------------------------------------------------------------------
# Revision files: name, line and column, error, text

my @files = (
    ['of no bytes', '1', 'file has no @revision', ''],
    ['of newlines', '1', 'file has no @revision', "\n" x 1000],
    ['of NULs', '1', 'file has no @revision', "\0" x 100],
    ['of a byte-order mark', '1', 'file has no @revision', "\xef\xbb\xbf"],
    ['in UTF-16', '1', 'file has no @revision', "\xff\xfe-\0-\0 \0"],
    ['compressed', '1', 'file has no @revision', "\x1f\x8b\x08\0\0\0"],
    ['that is a program', '1', 'file has no @revision', "\x7fELF\2\1\1"],
    ['that is a web page', '1', 'file has no @revision', "<html><body>404</body></html>\n"],
    ['with a conflict in its header', '1', 'file has no @revision', "<<<<<<< HEAD\n-- \@revision x\n=======\n"],
    ['with a conflict in its body', '4:1', 'syntax error', "$up<<<<<<< HEAD\nSELECT 1;\n=======\n"],
    ['with lines ended by CR alone', '1:4', '@revision takes one id', "-- \@revision x\r-- \@parents good\r"],
    ['with a NUL in a statement', '4:1', 'zero byte in the text', "$up\0SELECT 1;"],
    ['with Latin-1 in its message', '2:7', 'the text is not UTF-8', "-- \@revision x\n-- caf\xe9\n"],
    ['with an id that is a path', '1:14', q("../../x" can't be a revision id), "-- \@revision ../../x\n"],
    ['with an id of quotes', '1:14', q(can't be a revision id), "-- \@revision a';--\n"],
    ['with a parent that is a path', '2:13', q("../good" can't be a parent), "-- \@revision x\n-- \@parents ../good\n"],
    ['that is its own parent', '1', 'revision "x" is its own parent', "-- \@revision x\n-- \@parents x\n"],
    ['that depends on itself', '1', 'revision "x" depends on itself', "-- \@revision x\n-- \@parents good\n-- \@depends x\n"],
    ['that replaces itself', '1', 'revision "x" replaces itself', "-- \@revision x\n-- \@replaces x\n"],
    ['that replaces one with a file', '1', 'revision "good", which "x" replaces, has a file', "$head-- \@replaces good\n"],
    ['with the id of another as a label', '1', 'is the id of a revision', "$head-- \@labels good\n"],
    ['with 10,000 parents', '1', 'parent "p1" of revision "x" does not exist', "-- \@revision x\n-- \@parents " . join(' ', map { "p$_" } 1 .. 10000) . "\n"],
    ['with a dialect that is a path', '2:13', 'is not the name of a dialect', "-- \@revision x\n-- \@dialect ../x\n"],
    ['with an escape sequence in a statement', '4:8', 'unrecognized token', "${up}SELECT \x1b 1;"],
    ['with 200,000 open parentheses', '4:8', 'parenthesis is not closed', $up . 'SELECT ' . '(' x 200_000],
    ['with 1,000 parentheses', '4:1', 'stack overflow', $up . 'SELECT ' . '(' x 1000 . '1' . ')' x 1000 . ';'],
    ['with parentheses too many', '4:9', 'syntax error', "${up}SELECT 1))));"],
    ['with blocks nested 300 deep', '4:677', 'nested more than 128 deep', $up . 'CREATE TRIGGER q AFTER INSERT ON t BEGIN ' . 'CASE ' x 300],
    ['with a line of 1 MB', '4:1', 'too many columns', $up . 'SELECT ' . '1,' x 500_000 . 'oops;'],
    ['with 20,000 statements, the last bad', '20004:1', 'syntax error', $up . "SELECT 1;\n" x 20_000 . 'oops;'],
    ['with a string of 5 MB that is not closed', '4:8', 'string is not closed', "${up}SELECT '" . 'x' x 5_000_000],
    ['with a comment that is not closed', '4:1', 'comment is not closed', "$up/* "],
    ['with a pause beyond all', '4:12', 'is no option of @repeat', "$up-- \@repeat pause=99999999999\nSELECT 1;\n"],
    ['with a negative pause', '4:12', 'is no option of @repeat', "$up-- \@repeat pause=-1\nSELECT 1;\n"],
    ['with a command of psql', '4:1', 'unrecognized token', "$up\\i /etc/passwd\n"],
    ['with a command of the sqlite3 shell', '4:1', 'syntax error', "$up.read /etc/passwd\n"],
    ['with data for COPY', '4:1', 'syntax error', "${up}COPY t FROM stdin;\n1\n\\.\n"],
    ['with DELIMITER, in another dialect', '4:1', 'syntax error', "${up}DELIMITER //\nSELECT 1//\n"],
    ['with a COMMIT', '4:1', 'transaction control', "${up}COMMIT;\n"],
    ['with a COMMIT behind a comment', '4:9', 'transaction control', "$up/* x */ COMMIT /* y */;\n"],
    ['with a COMMIT in one text', '5:11', 'transaction control', "$up-- \@whole\nSELECT 1; COMMIT; SELECT 2;\n"],
    ['with VACUUM in a transaction', '4:1', 'cannot VACUUM', "${up}VACUUM;\n"],
    ['that releases what is not there', '4:1', 'no such savepoint', "${up}RELEASE x;\n"],
    ['that loads code', '4:1', 'not authorized', "${up}SELECT load_extension('/tmp/x.so');\n"],
    ['that deletes our rows', undef, 'is not as it was when the run began', "${up}DELETE FROM limbeck_version;\n"],
    ['that drops our version table', undef, 'no such table: limbeck_version', "${up}DROP TABLE limbeck_version;\n"],
    ['that drops our history', undef, 'no such table: limbeck_history', "${up}DROP TABLE limbeck_history;\n"],
);

subtest 'revision files' => sub {
    my $project = fresh();
    unlink "$v/next.sql";
    for my $case (@files) {
        my ($name, $place, $error, $text) = @$case;
        write_file("$v/x.sql", $text);
        bad($name, 1, defined $place ? "$v/x.sql:$place" : 'limbeck', $error, ['upgrade', 'heads']);
    }
};

# ---------------------------------------------------------------------------
# What lies in the folders

# The project's files, below it: name, place, error, what makes it.
sub sparse
{
    my ($path, $text) = @_;
    open my $file, '>', $path or return 0;
    print {$file} $text;
    close $file;
    return truncate $path, 1 << 30;
}

# A socket's path must be short, so it is made from within its folder.
sub socket_at
{
    my ($path) = @_;
    my $cwd = Cwd::getcwd();
    my ($folder, $name) = $path =~ m{^(.*)/([^/]+)\z} or return 0;
    chdir $folder or return 0;
    socket my $socket, PF_UNIX, SOCK_STREAM, 0 or return 0;
    my $done = bind $socket, sockaddr_un($name);
    chdir $cwd;
    return $done;
}

sub fifo { return POSIX::mkfifo($_[0], 0600) }
sub to { my ($target) = @_; return sub { symlink $target, $_[0] } }

my $irregular = 'is not a regular file';
my @odd = (
    ['x.sql', $irregular, \&fifo, 'a FIFO'], ['x.sql', $irregular, \&socket_at, 'a socket'],
    ['x.sql', $irregular, to('/dev/zero'), 'a link to /dev/zero'], ['x.sql', $irregular, to('/dev/tty'), 'a link to the terminal'],
    ['x.sql', 'could not open file', to('nowhere'), 'a dangling link'], ['x.sql', 'could not open file', to('x.sql'), 'a link to itself'],
    ['x.sql', 'could not open file', to('x' x 300), 'a link to a name too long'],
    ['x.sql', 'could not open file', sub { symlink('y.sql', $_[0]) && symlink 'x.sql', $_[0] =~ s/x\.sql$/y.sql/r }, 'links in a circle'],
    ['x.sql', 'could not read file', to('/proc/self/mem'), 'a link to memory', 'limbeck'],
    ['x.sql', 'file has no @revision', to('../../limbeck.db'), 'a link to the database', ':1'],
    ['x.sql', 'is used twice', to('good.sql'), 'a link to another', ':1'],
    ['x.sql', 'file has no @revision', sub { sparse($_[0], '') }, 'a gigabyte of nothing', ':1'],
    ['x.sql', 'zero byte in the text', sub { sparse($_[0], "-- \@revision x\n-- \@upgrade\n") }, 'a gigabyte behind a header', ':3:1'],
    ['x.sql', 'zero byte in the text', sub { sparse($_[0], "-- \@revision x\n-- \@upgrade\nSELECT '") }, 'a gigabyte in a string', ':3:9'],
    (map { [$_->[1], 'file has no @revision', sub { write_file($_[0], 'oops') }, "a name with $_->[0]", ':1'] }
        ['a newline', "a\nb.sql"], ['quotes', q(a'"b.sql)], ['semicolons', ';rm -rf x;.sql'], 
        ['a command', '$(id)`id`.sql'], ['formats', '%s%n%s.sql'], ['a hyphen first', '-rf.sql'], ['a blank', ' .sql'],
        ['all that fits', 'x' x 251 . '.sql'], ['a backslash', 'a\\b.sql']),
);

subtest 'the folder of the revisions' => sub {
    for my $case (@odd) {
        my ($file, $error, $make, $name, $place) = @$case;
        my $project = fresh();
        $make->($project->path("$v/$file")) or do { fail("$name can be made: $!"); next };
        $place = "$v/$file" . ($place // '') if ($place // '') ne 'limbeck';
        bad($name, 1, $place, $error, ['upgrade', 'heads']);
    }
    my $project = fresh();
    write_file("$v/\x1b[31m.sql", 'oops');
    my $result = limbeck('heads');
    ok $result->{status} == 1 && $result->{stderr} =~ /error: file has no/ && $result->{stderr} !~ /\x1b/,
        'a name with an escape sequence is not sent to the terminal';
    unlink project()->path("$v/\x1b[31m.sql");
    write_file("$v/caf\xe9.sql", 'oops');
    fails_with(1, qr/caf\xef\xbf\xbd\.sql:1: error: file has no/, ['heads'], 'nor one that is not UTF-8');
    unlink project()->path("$v/caf\xe9.sql");
    mkdir $project->path("$v/folder.sql") or die $!;
    symlink '..', $project->path("$v/up.sql") or die $!;
    run_like(['heads'], qr/\Anext \(head\)\n\z/, 'folders and links to folders are passed over');
};

sub instead { my ($path, $make) = @_; return sub { my $p = project()->path($path); unlink $p; rename $p, "$p.away"; $make->($p) } }
sub damaged { my ($at, $bytes) = @_; return sub { my $t = slurp('limbeck.db'); substr($t, $at, length $bytes) = $bytes; write_file('limbeck.db', $t) } }

my @projects = (
    ['limbeck.ini is a FIFO', 2, $irregular, instead('limbeck.ini', \&fifo)],
    ['limbeck.ini is a socket', 2, 'could not open file', instead('limbeck.ini', \&socket_at)],
    ['limbeck.ini is a folder', 2, 'is a folder', instead('limbeck.ini', sub { mkdir $_[0] })],
    ['limbeck.ini is a gigabyte', 2, 'is larger than', instead('limbeck.ini', sub { sparse($_[0], $L) })],
    ['limbeck.ini is a link to nowhere', 2, 'limbeck.ini', instead('limbeck.ini', to('nowhere'))],
    ['limbeck.ini is a link to itself', 2, 'limbeck.ini', instead('limbeck.ini', to('limbeck.ini'))],
    ['the database is a FIFO', 1, 'could not open database', instead('limbeck.db', \&fifo)],
    ['the database is a folder', 1, 'could not open database', instead('limbeck.db', sub { mkdir $_[0] })],
    ['the database is a link to itself', 1, 'could not open database', instead('limbeck.db', to('limbeck.db'))],
    ['the database is a text', 1, 'file is not a database', instead('limbeck.db', sub { write_file($_[0], 'no database' x 500) })],
    ['the database is cut short', 1, 'malformed', sub { write_file('limbeck.db', substr(slurp('limbeck.db'), 0, 5000)) }],
    ['the database has a damaged page', 1, 'malformed', damaged(100, "\xff" x 50)],
    ['the database has pages of no bytes', 1, 'file is not a database', damaged(16, "\0\0")],
    ['versions/ is a FIFO', 1, 'could not open the folder', instead($v, \&fifo)],
    ['versions/ is a link to itself', 1, 'could not open the folder', instead($v, to('versions'))],
    ['versions/ is a file', 1, 'could not open the folder', instead($v, sub { write_file($_[0], 'x') })],
);

subtest 'the project' => sub {
    for my $case (@projects) {
        my ($name, $status, $error, $make) = @$case;
        fresh();
        $make->() or do { fail("$name: $!"); next };
        bad($name, $status, 'limbeck', $error, ['upgrade', 'heads']);
    }
    fresh(ini => { schema => 's.sql' });
    run_ok(['-q', 'upgrade', 'heads'], 'all is applied');
    fifo(project()->path('s.sql')) or die $!;
    bad('the desired schema is a FIFO', 1, 'limbeck', $irregular, ['check']);
    fifo(project()->path('migrations/revision.sql')) or die $!;
    bad('the template is a FIFO', 1, 'limbeck', $irregular, ['revision', '-m', 'x']);
};

# ---------------------------------------------------------------------------
# Our own tables

# Room for anything in the version table.
sub loosened
{
    my ($engine) = @_;
    return 'ALTER TABLE limbeck_version DROP PRIMARY KEY, MODIFY version_num longtext NULL;' if $engine eq 'mysql';
    return 'ALTER TABLE limbeck_version DROP CONSTRAINT limbeck_version_pkey; ALTER TABLE limbeck_version'
        . ' ALTER version_num DROP NOT NULL, ALTER version_num TYPE text;' if $engine eq 'postgresql';
    return "DROP TABLE limbeck_version; CREATE TABLE limbeck_version (version_num text); INSERT INTO limbeck_version VALUES ('good');";
}

my $row = sub { "UPDATE limbeck_version SET version_num = $_[0];" };
my $entry = sub { "UPDATE limbeck_history SET $_[0];" };
my $view = 'DROP TABLE limbeck_version; CREATE VIEW limbeck_version AS ';
# name, error, SQL; ~ at its front: the version table is loosened first
my @rows = (
    ['a NULL', 'has a row without a revision', '~' . $row->('NULL')],
    ['a NULL beside the right row', 'has a row without a revision', '~INSERT INTO limbeck_version VALUES (NULL);'],
    ['an empty text', 'has a row without a revision', $row->("''")],
    ['a revision that no file has', 'the database is at nosuch, which no revision file has', $row->("'nosuch'")],
    ['quotes', 'which no revision file has', $row->("'a''; DROP TABLE t; --'")],
    ['control characters', 'the database is at a', $row->("'a\x1b[31m\nb\x07'")],
    ['blanks', 'which no revision file has', $row->("' good '")],
    ['a reserved word', 'the database is at head, which', $row->("'head'")],
    ['a text of 10 MB', 'the database is at xxx', '~' . $row->("'" . 'x' x 10_000_000 . "'")],
    ['a row twice', 'holds "good" more than once', "~INSERT INTO limbeck_version VALUES ('good');"],
    ['300 rows', 'which no revision file has', join '', map { "INSERT INTO limbeck_version VALUES ('r$_');" } 1 .. 300],
    ['a version table of other columns', 'version_num', 'DROP TABLE limbeck_version; CREATE TABLE limbeck_version (x integer);'],
    ['a version table of numbers', 'the database is at 7, which', 'DROP TABLE limbeck_version; CREATE TABLE limbeck_version (version_num integer); INSERT INTO limbeck_version VALUES (7);'],
    ['a view that has a row of its own', 'which no revision file has', "$view SELECT 'nosuch' AS version_num;"],
    ['a view of other columns', 'version_num', "$view SELECT 1 AS x;"],
    ['a history of other columns', 'revision', 'DROP TABLE limbeck_history; CREATE TABLE limbeck_history (seq integer);'],
    ['a history that ends with the last number', 'ends with the number', $entry->('seq = 9223372036854775807')],
    ['an entry that never ended', 'half-way through the upgrade of revision good', $entry->("outcome = 'running'")],
    ['an entry with more done than there is', 'half-way through', $entry->("outcome = 'running', statements_done = 999999, statement_started = 1000000")],
    ['an entry with less than nothing done', 'half-way through', $entry->("outcome = 'failed', statements_done = -7, statement_started = 99")],
    ['a checksum that is SQL', 'was changed after being applied', $entry->(q(checksum = '''; DROP TABLE t; --'))],
    ['a kept downgrade that is not closed', 'string is not closed', $entry->("downgrade = '-- \@downgrade\nSELECT ''x'"), 'down'],
    ['a kept downgrade that is another section', '@upgrade in the text of one section', $entry->("downgrade = '-- \@upgrade\nDROP TABLE t;'"), 'down'],
    ['a kept downgrade of NULs\' like', 'syntax', $entry->("downgrade = '-- \@downgrade\n\x01\x02'"), 'down'],
);

for_each_engine(sub {
    my ($db) = @_;
    my $engine = $db->engine;
    for my $case (@rows) {
        my ($name, $error, $sql, $down) = @$case;
        my $one = $db->fresh;
        my $project = fresh(db => $one);
        my $loose = $sql =~ s/^~// ? loosened($engine) : '';
        $one->do("$loose$sql");
        unlink $project->path("$v/good.sql"), $project->path("$v/next.sql") if $down;
        my $place = $down ? '(?:limbeck|\(kept downgrade of good\):[\d:]+)' : $error =~ /was changed/ ? "$v/good.sql" : 'limbeck';
        bad_row($name, $place, $error, $one, $down ? ['downgrade', 'base'] : ['upgrade', 'heads']);
        $one->drop;
    }
});

# As bad(), with a pattern for the place, and words of three engines for the error.
sub bad_row
{
    my ($name, $place, $error, $db, $args) = @_;
    $count++;
    my $before = dump_now($db);
    my $result = limbeck({ timeout => SECONDS, wrapper() }, @$args);
    my $rest = $error eq 'syntax' ? qr/syntax|unrecognized token/i : qr/\Q$error\E/;
    my @faults;
    push @faults, "status is $result->{status}, not 1" if $result->{status} != 1;
    push @faults, "no error $error at $place" if $result->{stderr} !~ /^$place: error: .*$rest/ms;
    push @faults, 'a control character' if $result->{stderr} =~ /[\x00-\x08\x0b-\x1f\x7f]/;
    push @faults, 'the database has changed' if dump_now($db) ne $before;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return if ok !@faults, $name;
    diag map { "  $_\n" } @faults;
    Limbeck::Test::explain_run($result);
}

# ---------------------------------------------------------------------------
# Names: odd ones work, and mean themselves

my @names = ('a"b', 'a`b', q(a'b), 'a;DROP TABLE t', 'a]b', 'select', 'a.b', '--', '/*', '$$', '%s', 'a\\b', "\xc3\xa4", '?', 'Limbeck_Version');

for_each_engine(sub {
    my ($db) = @_;
    for my $name (@names) {
        my $one = $db->fresh;
        $one->do('CREATE TABLE t (keep integer)');
        my $project = new_project(db => $one, ini => { version_table => $name });
        $project->revision(id => 'good', upgrade => 'CREATE TABLE u (a integer);', downgrade => 'DROP TABLE u;');
        my @status = map { limbeck({ timeout => SECONDS }, '-q', @$_)->{status} } ['upgrade', 'head'], ['current', '-c'], ['log'], ['downgrade', 'base'];
        is_deeply [\@status, [sort $one->tables]], [[0, 0, 0, 0], [sort 'limbeck_history', 't', $name]], "a version table called $name";
        $one->drop;
    }
    for my $name ('nosuch', 'a"b', q(a'b;DROP TABLE t), '--') {
        my $one = $db->fresh;
        my $project = new_project(db => $one, ini => { version_table_schema => $name });
        $project->revision(id => 'good', upgrade => 'CREATE TABLE u (a integer);', downgrade => 'DROP TABLE u;');
        bad("a schema called $name that is not there", 1, 'limbeck', '', ['upgrade', 'head'], db => $one);
        $one->drop;
    }
});

# ---------------------------------------------------------------------------
# Drivers: name, error, what makes the file from a good one

my @cc = split ' ', $ENV{CC} // 'cc';

sub compiled
{
    my ($c) = @_;
    return sub {
        my ($path) = @_;
        write_file("$path.c", $c);
        my $done = system(@cc, '-shared', '-fPIC', '-I' . srcdir() . '/include', '-I' . builddir() . '/include', '-o', $path, "$path.c") == 0;
        unlink "$path.c";
        return $done;
    };
}

my $entry_c = "#include <limbeck/driver.h>\nstatic const struct limbeck_driver_entry e = { %s };\n"
    . "const struct limbeck_driver_entry *limbeck_driver_entry(const struct limbeck_host *h) { (void)h; return %s; }\n";
sub altered { my ($change) = @_; return sub { my ($path, $good) = @_; local $_ = $good; $change->(); write_file($path, $_) } }

my @drivers = (
    ['of no bytes', 'is not a driver', altered(sub { $_ = '' })],
    ['that is a text', 'is not a driver', altered(sub { $_ = "#!/bin/sh\nexit 0\n" })],
    ['cut short in its header', 'is not a driver', altered(sub { $_ = substr $_, 0, 40 })],
    ['cut short', 'is not a driver', altered(sub { $_ = substr $_, 0, 5000 })],
    ['for another machine', 'is not a driver', altered(sub { substr($_, 18, 2) = "\x08\0" })],
    ['for another word size', 'is not a driver', altered(sub { substr($_, 4, 1) = "\1" })],
    ['that is a program', 'is not a driver', sub { system('cp', '/bin/true', $_[0]) == 0 }],
    ['without the symbol', 'does not export limbeck_driver_entry', compiled("int x;\n")],
    ['whose entry returns nothing', 'returned nothing', compiled(sprintf $entry_c, '0', '0')],
    ['whose entry has no table', 'has no table', compiled(sprintf $entry_c, 'LIMBECK_DRIVER_ABI, sizeof(struct limbeck_driver), sizeof(struct limbeck_traits), 0', '&e')],
    ['of another ABI', 'ABI 77', compiled(sprintf $entry_c, '77, 8, 8, 0', '&e')],
    ['that lacks a library', 'is not a driver', compiled("extern int no_such_symbol_anywhere(void); int limbeck_x(void); int limbeck_x(void) { return no_such_symbol_anywhere(); }\n")],
    ['that is a folder', 'no regular file', sub { mkdir $_[0] }],
    ['that is a FIFO', 'no regular file', \&fifo],
    ['that is a dangling link', 'could not read driver', to('nowhere')],
    ['that is a link to itself', 'could not read driver', to('evil.so')],
    ['that is a link to /dev/zero', 'no regular file', to('/dev/zero')],
);

subtest 'drivers' => sub {
    my $good = slurp(builddir() . '/drivers/.libs/sqlite.so');
    for my $case (@drivers) {
        my ($name, $error, $make) = @$case;
        my $project = fresh();
        my $folder = $project->path('plugins');
        mkdir $folder, 0755 or die $!;
        $make->("$folder/evil.so", $good) or do { fail("$name can be made: $!"); next };
        bad($name, 2, 'limbeck', $error, ['--driver-path', $folder, '-u', 'evil://h/d', 'upgrade', 'head']);
    }
};

# ---------------------------------------------------------------------------
# Servers: name, engine, when, what they say

my $random = join '', map { chr($_ * 7919 % 256) } 1 .. 4000;
my $http = "HTTP/1.1 400 Bad Request\r\n\r\n";
my @servers = (
    ['closes', 'postgresql', 'greet', ''], ['is a web server', 'postgresql', 'greet', $http], ['is silent', 'postgresql', 'greet', undef],
    ['says anything', 'postgresql', 'start', $random], ['says a length beyond all', 'postgresql', 'start', "R\x7f\xff\xff\xff"],
    ['says a negative length', 'postgresql', 'start', "R\xff\xff\xff\xff"], ['wants a login of its own', 'postgresql', 'start', pg_message('R', pack 'N', 99)],
    ['fails without a word', 'postgresql', 'start', pg_message('E', "\0")], ['fails with control characters', 'postgresql', 'start', pg_error("\xff\x1b[31m\x07")],
    ['fails with 1 MB', 'postgresql', 'start', pg_error('x' x 1_000_000)], ['closes after the login', 'postgresql', 'query', ''],
    ['says anything after the login', 'postgresql', 'query', 'garbage' x 100],
    ['sends a row that it has not described', 'postgresql', 'query', pg_message('D', pack 'nN', 1, 0xffffffff) . pg_message('Z', 'I')],
    ['promises 65,535 columns', 'postgresql', 'query', pg_message('T', pack 'n', 65535)],
    ['wants to be sent data', 'postgresql', 'query', pg_message('G', "\0" . pack 'n', 0)], ['sends data', 'postgresql', 'query', pg_message('H', "\0" . pack 'n', 0)],
    ['wants both', 'postgresql', 'query', pg_message('W', "\0" . pack 'n', 0)],
    ['closes', 'mysql', 'greet', ''], ['is a web server', 'mysql', 'greet', $http], ['is silent', 'mysql', 'greet', undef],
    ['says anything', 'mysql', 'greet', $random], ['says a length beyond all', 'mysql', 'greet', "\xff\xff\xff\0" . 'x' x 100],
    ['says nothing in a packet', 'mysql', 'greet', "\0\0\0\0"], ['is too old', 'mysql', 'greet', mysql_packet(0, "\x095.0\0")],
    ['greets by half', 'mysql', 'greet', mysql_packet(0, "\x0a5.7.99")], ['fails with control characters', 'mysql', 'start', mysql_error(2, "\xff\x1b[31m\x07")],
    ['closes after the login', 'mysql', 'query', ''], ['says anything after the login', 'mysql', 'query', 'garbage' x 100],
    ['asks for a local file', 'mysql', 'query', mysql_packet(1, "\xfb/etc/passwd")], ['promises 65,535 columns', 'mysql', 'query', mysql_packet(1, "\xfc\xff\xff")],
);

subtest 'servers' => sub {
    pass 'those whose drivers were built';
    fresh(ini => { lock_timeout => '500ms' });
    for my $case (@servers) {
        my ($name, $engine, $when, $text) = @$case;
        next unless grep { $_ eq $engine } engines();
        my $server = Limbeck::Hostile->$engine($when => $text);
        # What it says may be that another holds the lock.
        bad("$engine: it $name", qr/^[14]$/, 'limbeck', '', ['-u', $server->url, 'upgrade', 'head']);
        $server->stop;
    }
};

note "$count bad inputs were refused";
cmp_ok $count, '>=', 200, 'at least 200 bad inputs';
done_testing;
