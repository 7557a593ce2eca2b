#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A database, or a file, that may only be read; a server that is stopped and
# started in the middle of a run.

use FindBin;
use lib "$FindBin::Bin/lib";
use File::Temp ();
use Limbeck::Test;
use Limbeck::Slow;

sub write_project
{
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', upgrade => 'CREATE TABLE u (id int);', downgrade => 'DROP TABLE u;');
    return $project;
}

# Reading goes on, writing fails before anything was done.
sub reads_only
{
    my ($db, $before, $pattern, $name) = @_;
    my $had = [$db->tables];
    for my $command (['upgrade', 'head'], $before ? ['downgrade', 'base'] : (), ['stamp', 'a2']) {
        my $result = fails_with 1, $pattern, $command, "$name: @$command";
        like $result->{stderr}, qr/nothing was done|rolled back, the database is at|error: could not open/,
            "$name: @$command says that nothing was done";
    }
    stdout_is ['current'], $before ? "a1\n" : '', "$name: current";
    is_deeply [$db->tables], $had, "$name: no table more or less";
}

# --- SQLite: a file system that is read-only, whoever one is ---

my $place = File::Temp->newdir('limbeck-readonly-XXXXXX', TMPDIR => 1);
my $mounted = !$> && system("mount -t tmpfs -o size=1m,mode=755 limbeck $place 2>/dev/null") == 0;
END { my $status = $?; system('umount', "$place") if $mounted; $? = $status }

for my $before (0, 1) {
    subtest 'sqlite, a read-only file system, ' . ($before ? 'with revisions' : 'without') => sub {
        plan skip_all => 'mounting a file system takes root' unless $mounted;
        plan skip_all => 'no driver for it' unless grep { $_ eq 'sqlite' } engines();
        my $db = Limbeck::Database->create('sqlite');
        @$db{qw(path url)} = ("$place/ro$before.db", "sqlite:///$place/ro$before.db");
        write_project($db);
        run_ok ['upgrade', 'a1'], 'writable as yet' if $before;
        $db->do('CREATE TABLE mine (id int)');
        system('mount', '-o', 'remount,ro', "$place");
        # Its client can't write either, so it has to be told.
        $db->{url} = "sqlite:///$place/ro$before.db";
        reads_only($db, $before, qr/error: .*(?:read-?only)/i, 'read-only');
        is_deeply [glob "$place/ro$before.db*"], ["$place/ro$before.db"], 'no lock file, no journal';
        system('mount', '-o', 'remount,rw', "$place");
        run_ok ['upgrade', 'head'], 'writable again';
    };
}

# --- SQLite: a file that is read-only, for who is not root ---

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    return skip_file('root may write it all the same') unless $>;
    write_project($db);
    run_ok ['upgrade', 'a1'], 'writable as yet';
    chmod 0444, $db->path;
    reads_only($db, 1, qr/error: .*read-?only/i, 'a file without a permission to write');
});

sub skip_file { plan skip_all => $_[0] }

# --- Servers: a session, or a role, that may only read ---

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    write_project($db);
    run_ok ['upgrade', 'a1'], 'writable as yet';
    $db->admin('ALTER DATABASE ' . $db->name . ' SET default_transaction_read_only = on');
    reads_only($db, 1, qr/error: .*read-only transaction/, 'a read-only database');
    $db->admin('ALTER DATABASE ' . $db->name . ' RESET default_transaction_read_only');
    run_ok ['upgrade', 'head'], 'writable again';
});

for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $project = write_project($db);
    run_ok ['upgrade', 'a1'], 'writable as yet';
    my ($reader, $name) = ("reader$$", $db->name);
    $db->admin("CREATE USER '$reader'\@'%' IDENTIFIED BY 'Geheim3x'; GRANT SELECT ON $name.* TO '$reader'\@'%'");
    my $url = $db->url =~ s{//[^@]*@}{//$reader:Geheim3x@}r;
    write_file('limbeck.ini', slurp('limbeck.ini') =~ s{^url = .*}{url = $url}mr);
    reads_only($db, 1, qr/error: .*denied/, 'a user who may only read');
    $db->admin("GRANT ALL ON $name.* TO '$reader'\@'%'");
    run_ok ['upgrade', 'head'], 'one who may write';
    $db->admin("DROP USER '$reader'\@'%'");
});

# --- The server is stopped and started in the middle ---

for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($shared) = @_;
    my $server = Limbeck::Server->private($shared->engine);
    my $db = Limbeck::Database->create($shared->engine, $server);
    my $halfway = $db->engine eq 'mysql';
    my $project = write_project($db);
    my $write = sub { $project->revision(id => 'a3', parents => 'a2', upgrade => "INSERT INTO u VALUES (1);\n$_[0]",
        downgrade => 'DELETE FROM u;') };
    $write->(endless_sql($db));
    run_ok ['upgrade', 'a2'], 'so far';
    my $run = limbeck_start('upgrade', 'head');
    my $busy = $halfway ? "SELECT count(*) FROM information_schema.processlist WHERE db = database() AND state = 'User sleep'"
        : "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()";
    for (1 .. 400) {
        last if $db->value($busy);
        select undef, undef, undef, 0.05;
    }
    $server->restart;
    my $result = $run->finish;
    is $result->{status}, 1, 'the run fails';
    like $result->{stderr}, qr/error: .*\n(?:.*\n)*.*(?:the database (?:is|was) at a2)/, 'and says where the database is';
    is_deeply [$db->versions], ['a2'], 'it is';
    is $db->value('SELECT count(*) FROM u'), 0, 'without what was not committed';
    $write->(slow_sql($db, 0));
    run_ok ['upgrade', 'head'], 'the next run';
    is $db->value('SELECT count(*) FROM u'), 1, 'does it, once';
    is_deeply $db->query("SELECT revision FROM limbeck_history WHERE outcome = 'running'"), [], 'nothing is left running';
});

done_testing;
