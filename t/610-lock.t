#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Several runs at once: one works, the others wait, and then see that all is
# done. Who waits too long says for whom.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Slow;
use IO::Handle;

sub make
{
    my ($db, $count, %ini) = @_;
    my $project = new_project(db => $db, ini => \%ini);
    my $parent;
    for my $n (1 .. $count) {
        my $id = sprintf 'r%02d', $n;
        $project->revision(id => $id, parents => $parent,
            upgrade => "CREATE TABLE t_$id (id int);\nINSERT INTO t_$id VALUES ($n);", downgrade => "DROP TABLE t_$id;");
        $parent = $id;
    }
    return $project;
}

sub all_finish
{
    my ($name, @runs) = @_;
    my @results = map { $_->finish } @runs;
    my @bad = grep { $_->{status} != 0 } @results;
    is scalar @bad, 0, "$name: all end with 0" or diag map { "$_->{status}: $_->{stderr}" } @bad;
    return @results;
}

for_each_engine(sub {
    my ($db) = @_;
    make($db, 10);
    my @results = all_finish('eight at once', map { limbeck_start('upgrade', 'head') } 1 .. 8);
    is scalar(() = join('', map { $_->{stderr} } @results) =~ /^Running upgrade /mg), 10,
        'together they ran each revision once';
    is_deeply $db->query('SELECT revision, count(*) FROM limbeck_history GROUP BY revision ORDER BY revision'),
        [map { [sprintf('r%02d', $_), 1] } 1 .. 10], 'the history has each once';
    is_deeply [$db->versions], ['r10'], 'and the database is at the head';
    all_finish('eight downgrades', map { limbeck_start('downgrade', 'base') } 1 .. 8);
    is_deeply [$db->user_tables], [], 'nothing is left';
});

# Up and down at the same time: whoever is first, each does the whole of its way.
for_each_engine(sub {
    my ($db) = @_;
    my $project = make($db, 6);
    run_ok ['upgrade', 'r03'], 'half of the way';
    all_finish('up and down', map { limbeck_start(@$_) } (['upgrade', 'head'], ['downgrade', 'base']) x 3);
    my ($row) = $db->versions;
    ok !defined $row || $row eq 'r06', 'the last one decides' or diag $row;
    my @expected = defined $row ? map({ sprintf 't_r%02d', $_ } 1 .. 6) : ();
    is_deeply [$db->user_tables], \@expected, 'the tables are as the version row says';
    my $level = 0;
    for my $entry (@{ $db->query('SELECT direction, revision FROM limbeck_history ORDER BY seq') }) {
        my ($number) = $entry->[1] =~ /(\d+)/;
        my $expected = $entry->[0] eq 'upgrade' ? ++$level : $level--;
        next if $number == $expected;
        fail 'the history is one after the other';
        last;
    }
    run_like ['current'], defined $row ? qr/^r06 \(head\)$/m : qr/\A\s*\z/, 'current agrees';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = make($db, 1, lock_timeout => '1s');
    $project->revision(id => 's1', parents => 'r01', upgrade => endless_sql($db));
    my $holder = limbeck_start('upgrade', 'head');
    wait_until(sub { grep { $_ eq 'r01' } $db->versions }) or fail 'the holder got to work';
    my $pid = $holder->pid;

    my $run = fails_with 4, qr/error: another limbeck is at work on this database: /, ['upgrade', 'head'],
        'one that waits too long';
    my $who = { sqlite => qr/\bpid $pid on \S+ since \d{4}-/, postgresql => qr/\bpid \d+ \(application limbeck.*connected since/,
        mysql => qr/\bconnection \d+ \(user limbeck, from 127\.0\.0\.1/ }->{ $db->engine };
    like $run->{stderr}, $who, 'says for whom';
    like $run->{stderr}, qr/^Waiting for the lock, held by $who/m, 'and said so while it waited';
    like $run->{stderr}, qr/^nothing was done\n.*^hint: .*lock_timeout/ms, 'what to do';
    cmp_ok $run->{seconds}, '>=', 1, 'it waited its time';
    cmp_ok $run->{seconds}, '<', 5, 'and not much longer';
    my @others = map { limbeck_start(@$_) } ['downgrade', 'base'], ['stamp', 'r01'], ['ensure_version'];
    is_deeply [map { $_->finish->{status} } @others], [4, 4, 4], 'downgrade, stamp and ensure_version too';
    run_like ['current'], qr/^r01$/m, 'current does not wait';
    run_like ['log'], qr/r01/, 'nor does log';

    my $impatient = limbeck_start('upgrade', 'r01');
    $impatient->wait_for(qr/Waiting/);
    is $impatient->signal('INT')->finish->{status}, 130, 'who waits can be interrupted';
    my $waiting = limbeck_start('upgrade', 'r01');
    my $result = $holder->signal('INT')->finish;
    is $result->{status}, 130, 'the holder is interrupted';
    is $waiting->finish->{status}, 0, 'and who waits goes on';
});

# Two projects in one database, each with a version table, share the history.
for_each_engine(sub {
    my ($db) = @_;
    my @projects = map { make_named($db, $_) } 'a', 'b';
    my @runs = map { my $p = $_; map { $p->limbeck_start('upgrade', 'head') } 1 .. 3 } @projects;
    all_finish('two projects', @runs);
    is_deeply [map { $db->versions("v_$_") } 'a', 'b'], ['a9', 'b9'], 'both are at their heads';
    is_deeply $db->query("SELECT version_table, count(*), count(DISTINCT revision) FROM limbeck_history
        WHERE outcome = 'done' GROUP BY version_table ORDER BY 1"), [['v_a', 9, 9], ['v_b', 9, 9]],
        'each revision ran once';
});

sub make_named
{
    my ($db, $name) = @_;
    my $project = new_project(db => $db, ini => { version_table => "v_$name" });
    for my $n (1 .. 9) {
        $project->revision(id => "$name$n", parents => $n > 1 ? $name . ($n - 1) : undef,
            upgrade => "CREATE TABLE t_$name$n (id int);");
    }
    return $project;
}

# A foreign writer on SQLite.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    make($db, 1);
    open my $client, '|-', 'sqlite3', $db->path or die "sqlite3: $!\n";
    $client->autoflush(1);
    print {$client} "CREATE TABLE foreign_one (id int);\nBEGIN IMMEDIATE;\n";
    wait_until(sub { grep { $_ eq 'foreign_one' } $db->tables });
    select undef, undef, undef, 0.3;
    my $run = fails_with 4, qr/error: database is locked.*nothing was done.*hint: .*300 ms/s,
        ['-u', $db->url . '?busy_timeout=300', 'upgrade', 'head'], 'another writer for too long';
    my $waiting = limbeck_start('upgrade', 'head');
    select undef, undef, undef, 0.2;
    print {$client} "COMMIT;\n";
    close $client;
    is $waiting->finish->{status}, 0, 'and not for too long';
    is_deeply [$db->user_tables], ['foreign_one', 't_r01'], 'nothing of either is lost';
});

sub wait_until
{
    my ($condition) = @_;
    for (1 .. 400) {
        return 1 if eval { $condition->() };
        select undef, undef, undef, 0.05;
    }
    return 0;
}

done_testing;
