#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The disk is full, or the file may not grow, at one moment of a run or another: the
# run says so and fails, what it says it has done is done, and with room again it
# goes on.

use FindBin;
use lib "$FindBin::Bin/lib";
use File::Temp ();
use Limbeck::Test;

# Large enough to fill what is left, in any of the revisions.
sub fill
{
    my ($project, $rows) = @_;
    my $parent;
    for my $id (qw(f1 f2 f3 f4)) {
        $project->revision(id => $id, parents => $parent // [], downgrade => "DROP TABLE t_$id;",
            upgrade => "CREATE TABLE t_$id (id int, body text);\n$rows->{$id}\nCREATE INDEX i_$id ON t_$id (id);");
        $parent = $id;
    }
}

sub rows
{
    my ($id, $count) = @_;
    return "INSERT INTO t_$id VALUES " . join(', ', map { "($_, '" . 'x' x 200 . "')" } 1 .. $count) . ';';
}

# Where there is no table yet there is none.
sub history
{
    my ($db) = @_;
    return [] unless grep { $_ eq 'limbeck_history' } $db->tables;
    return $db->query('SELECT revision, outcome FROM limbeck_history ORDER BY seq');
}

# The tables that are there are those of the revisions that it says are applied.
sub true_history
{
    my ($db, $name) = @_;
    my ($head) = $db->versions;
    my @applied = grep { defined $head && $_ le $head } qw(f1 f2 f3 f4);
    is_deeply [$db->user_tables], [map { "t_$_" } @applied], "$name: what is there is what the version table says";
    my $outcomes = history($db);
    is_deeply [map { $_->[0] } grep { $_->[1] eq 'done' } @$outcomes], \@applied, "$name: and the history";
    is scalar(grep { $_->[1] eq 'running' } @$outcomes), 0, "$name: nothing is said to run";
    return scalar @applied;
}

sub stops
{
    my ($project, $db, $run, $why, $name) = @_;
    my $result = $run->();
    is $result->{status}, 1, "$name: status 1";
    like $result->{stderr}, qr/error: .*(?:$why)/, "$name: it says why";
    like $result->{stderr}, qr/the database is at|nothing was done/, "$name: and where it stands"
        if $result->{stderr} =~ /Running/;
    my $applied = true_history($db, $name);
    diag $result->{stderr} unless Test::More->builder->is_passing;
    return $applied;
}

# --- SQLite on a file system of its own, of which so much is left ---

my $place = File::Temp->newdir('limbeck-full-XXXXXX', TMPDIR => 1);
my $mounted = !$> && system("mount -t tmpfs -o size=256k,mode=755 limbeck $place 2>/dev/null") == 0;
END { my $status = $?; system('umount', "$place") if $mounted; $? = $status }

subtest 'sqlite, a full file system' => sub {
    plan skip_all => 'mounting a small file system takes root' unless $mounted;
    plan skip_all => 'no driver for it' unless grep { $_ eq 'sqlite' } engines();
    my $db = Limbeck::Database->create('sqlite');
    @$db{qw(path url)} = ("$place/full.db", "sqlite:///$place/full.db");
    my $project = new_project(db => $db);
    fill($project, { map { $_ => rows($_, 150) } qw(f1 f2 f3 f4) });
    my %applied;
    for my $left (0, 8, 24, 48, 80, 112, 144, 180) {
        unlink glob "$place/*";
        system('dd', 'if=/dev/zero', "of=$place/ballast", 'bs=1k', 'count=' . (256 - $left), 'status=none');
        my $name = "$left kB left";
        my $applied = stops($project, $db, sub { limbeck('upgrade', 'head') }, 'full|no space|I/O|open', $name);
        $applied{$applied}++;
        unlink "$place/ballast";
        system('mount', '-o', 'remount,size=1m', "$place");
        run_ok ['upgrade', 'head'], "$name: with room again";
        is true_history($db, "$name, with room"), 4, "$name: it is done";
        is_deeply [glob "$place/*"], ["$place/full.db"], "$name: no lock, no journal";
        unlink glob "$place/*";
        system('mount', '-o', 'remount,size=256k', "$place");
    }
    cmp_ok scalar(keys %applied), '>', 2, 'they ended in different revisions';
};

# --- SQLite's file may not grow: ulimit -f ---

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    fill($project, { map { $_ => rows($_, 150) } qw(f1 f2 f3 f4) });
    for my $blocks (10, 100, 200) {
        stops($project, $db, sub {
            my $run = Limbeck::Run->start(dir => $project->dir, program => ['sh', '-c',
                "ulimit -f $blocks; exec \"\$@\"", 'sh', Limbeck::Run::program()], args => ['upgrade', 'head']);
            return $run->finish;
        }, 'full|too large|I/O|large', "$blocks blocks");
    }
    run_ok ['upgrade', 'head'], 'without a limit';
    is true_history($db, 'then'), 4, 'it is done';
});

# --- PostgreSQL, whose tables lie on a small file system ---

subtest 'postgresql, a full file system' => sub {
    plan skip_all => 'mounting a small file system takes root' unless $mounted;
    plan skip_all => 'no driver for it' unless grep { $_ eq 'postgresql' } engines();
    my $why = Limbeck::Database->why_not('postgresql');
    plan skip_all => $why if defined $why;
    my $server = Limbeck::Server->private('postgresql');
    my $db = Limbeck::Database->create('postgresql', $server);
    system('mount', '-o', 'remount,size=2m', "$place");
    my ($uid, $gid) = $server->account;
    mkdir "$place/space";
    chown $uid, $gid, "$place/space";
    $db->admin("CREATE TABLESPACE small LOCATION '$place/space'");
    my $project = new_project(db => $db);
    my $many = sub { "SET LOCAL default_tablespace = small;\nCREATE TABLE t_$_[0]_b (id int, body text);\n"
        . "INSERT INTO t_$_[0]_b SELECT n, repeat('x', 200) FROM generate_series(1, 3000) n;\nDROP TABLE t_$_[0]_b;" };
    fill($project, { f1 => rows('f1', 10), f2 => rows('f2', 10), f3 => $many->('f3') =~ s/3000/30000/r, f4 => '' });
    is stops($project, $db, sub { limbeck('upgrade', 'head') }, 'space', 'a full tablespace'), 2, 'two revisions stay';
    fill($project, { f1 => rows('f1', 10), f2 => rows('f2', 10), f3 => $many->('f3') =~ s/3000/300/r, f4 => '' });
    run_ok ['upgrade', 'head'], 'with less to write';
    is true_history($db, 'then'), 4, 'it is done';
    $server->stop;
};

# --- MariaDB and MySQL, where a table in memory has a size of its own ---

for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $table = sub { "SET max_heap_table_size = $_[0];\nCREATE TABLE m (id int, body char(200)) ENGINE = MEMORY;\n"
        . 'INSERT INTO m SELECT n.id, n.body FROM t_f1 n CROSS JOIN t_f1 o;' };
    my %rows = (f1 => rows('f1', 60), f2 => rows('f2', 10), f4 => '');
    fill($project, { %rows, f3 => $table->(16384) });
    my $result = fails_with 1, qr/error: .*table '?m'? is full/i, ['upgrade', 'head'], 'a full table';
    like $result->{stderr}, qr/f3 stopped half-way: 3 of its 5 statements.*of statement 4 a part may be.*the database is at f2/,
        'it says how far it came, and that no rollback reaches such a table';
    is_deeply [$db->versions], ['f2'], 'the version table agrees';
    run_ok ['repair', 'f3', '--retry'], 'looked at';
    fill($project, { %rows, f3 => $table->(16384) =~ s/INSERT INTO m .*/DROP TABLE m;/r });
    run_ok ['upgrade', 'head'], 'the rest mended, it goes on';
    is_deeply [$db->user_tables], [qw(t_f1 t_f2 t_f3 t_f4)], 'to the end';
});

done_testing;
