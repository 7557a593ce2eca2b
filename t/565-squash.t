#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck squash over the life of a project: databases that stand anywhere when the
# files are joined, and those that come later; old ids on the command line; what
# is refused.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my @chain = (
    r1 => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a varchar(20))' => 'DROP TABLE t',
    r2 => 'ALTER TABLE t ADD COLUMN b int' => 'ALTER TABLE t DROP COLUMN b',
    r3 => 'CREATE TABLE u (id int NOT NULL PRIMARY KEY, c int)' => 'DROP TABLE u',
    r4 => 'ALTER TABLE u ADD COLUMN d int' => 'ALTER TABLE u DROP COLUMN d',
    r5 => 'CREATE TABLE w (id int NOT NULL PRIMARY KEY)' => 'DROP TABLE w',
);

sub start
{
    my ($db, %opt) = @_;
    my $project = new_project(db => $db);
    my @left = @chain;
    my $last;
    while (my ($id, $up, $down) = splice @left, 0, 3) {
        $project->revision(id => $id, parents => $last, message => "Do $id", file => "$id.sql", upgrade => "$up;", downgrade => "$down;",
            %{ $opt{$id} // {} });
        $last = $id;
    }
    return $project;
}

sub files { return join ' ', map { s{.*/}{}r } glob project->path("migrations/$_[0]/*.sql") }

for_each_engine(sub {
    my ($db) = @_;
    start($db);
    my %at;
    for my $id (qw(base r1 r2 r3 r4 r5)) {
        next if $db->engine eq 'postgresql' && $id eq 'r1';
        $at{$id} = $db->fresh;
        run_ok ['-u', $at{$id}->url, 'upgrade', $id], "a database at $id" if $id ne 'base';
        $at{$id}->do("INSERT INTO t (id, a) VALUES (1, 'kept')") if $id ne 'base';
    }
    my $got = run_ok ['squash', 'r2:r4', '-m', 'second to fourth', '--rev-id', 's1'], 'the middle of a chain';
    like $got->{stdout}, qr{\A  Generating migrations/versions/s1_second_to_fourth\.sql \.\.\.  done\n(?:  Moving to squashed migrations/versions/r[234]\.sql \.\.\.  done\n){3}\z}, 'it says what it does';
    is files('versions'), 'r1.sql r5.sql s1_second_to_fourth.sql', 'what stays';
    is files('squashed'), 'r2.sql r3.sql r4.sql', 'what goes';
    like slurp('migrations/versions/s1_second_to_fourth.sql'), qr/\A-- \@revision s1\n-- \@replaces r2 r3 r4\n-- \@parents r1\n/, 'the new header';
    is run_ok(['history'], 'the history')->{stdout}, "s1 -> r5 (head), Do r5\nr1 -> s1, second to fourth\n<base> -> r1, Do r1\n", 'has the new one in their place';
    run_like ['show', 'r3'], qr/^Rev: s1$/m, 'an old id means the new one';

    # Before the range, within, at its end, after it.
    for my $id (sort keys %at) {
        my $on = ['-u', $at{$id}->url];
        run_like [@$on, 'current'], { base => qr/\A\z/, r4 => qr/\As1\n\z/, r5 => qr/\Ar5 \(head\)\n\z/ }->{$id} // qr/\A$id\b/, "the one at $id, as it is now";
        run_ok [@$on, 'upgrade', 'head'], 'goes up';
        is_deeply [$at{$id}->versions], ['r5'], 'to the head';
        is $at{$id}->value('SELECT a FROM t'), 'kept', 'with its rows' if $id ne 'base';
        run_ok [@$on, 'diff', 'head', 'database'], 'and has what the revisions make';
        run_ok [@$on, 'downgrade', 'r1'], 'and down, across it';
        is_deeply [$at{$id}->user_tables], ['t'], 'to what was before it';
        run_ok [@$on, 'upgrade', 'head'], 'and up again' if $id eq 'r3';
    }
    run_ok ['test'], 'the revisions pass the test';
});

# A downgrade that ends where the range was cut; one from within; plan and --sql.
for_each_engine(sub {
    my ($db) = @_;
    start($db);
    run_ok ['upgrade', 'r3'], 'a database within the range';
    run_ok ['squash', 'r2:r4', '--rev-id', 's1', '-m', 'x'], 'squash';
    my $value = json_of ['plan', 'head'], 'the plan from there';
    is_deeply [map { $_->{revision} } @{ $value->{steps} }], ['r4', 'r5'], 'goes by the old files' or diag explain $value;
    run_ok ['downgrade', 'r1'], 'a downgrade from within the range';
    is_deeply [$db->versions], ['r1'], 'goes below it';
    is_deeply [$db->user_tables], ['t'], 'by the old files too';
    run_ok ['upgrade', 'r3'], 'an old id as the target';
    is_deeply [$db->versions], ['s1'], 'brings it to the new revision';
    run_ok ['downgrade', 'r1'], 'and back';
    my $script = run_ok(['upgrade', 'r1:head', '--sql'], 'a script')->{stdout};
    like $script, qr/r1 -> s1.*s1 -> r5/s, 'goes by the new one';
    unlike $script, qr/-> r[234]\b/, 'and not by the old ones';
    $db->do("INSERT INTO t (id, a) VALUES (1, 'kept')");
    run_ok ['upgrade', 'head'], 'up';
    is $db->value('SELECT a FROM t'), 'kept', 'with the rows';
    # When nobody needs them any more.
    unlink glob project->path('migrations/squashed/*');
    run_ok ['downgrade', 'base'], 'without the old files';
    is_deeply [$db->user_tables], [], 'all goes';
});

# Statements that change rows can't be read from a catalog: they are kept.
for_each_engine(sub {
    my ($db) = @_;
    start($db, r2 => { upgrade => "ALTER TABLE t ADD COLUMN b int;\nINSERT INTO t (id, a, b) VALUES (1, 'a;b', 2);", downgrade => "DELETE FROM t;\nALTER TABLE t DROP COLUMN b;" },
        r3 => { upgrade => "CREATE TABLE u (id int NOT NULL PRIMARY KEY, c int);\nINSERT INTO u (id) SELECT id FROM t;" });
    run_ok ['squash', 'r1:r5', '--rev-id', 's1', '-m', 'x'], 'a range that fills tables';
    my $text = slurp('migrations/versions/s1_x.sql');
    like $text, qr/^INSERT INTO t \(id, a, b\) VALUES \(1, 'a;b', 2\);.*^INSERT INTO u \(id\) SELECT id FROM t;/ms, 'keeps the statements, in their order';
    run_ok ['upgrade', 'head'], 'it runs';
    is_deeply $db->query('SELECT t.a, u.id FROM t JOIN u ON u.id = t.id'), [['a;b', 1]], 'and the rows are there';
    run_ok ['downgrade', 'base'], 'and back';
    is_deeply [$db->user_tables], [], 'to nothing';
});

# What is refused, with every file as it was.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = start($db);
    my $refused = sub {
        my ($pattern, $args, $name) = @_;
        my $before = join '', map { "$_\n" . slurp($_) } glob project->path('migrations/versions/*.sql');
        fails_with 1, $pattern, ['squash', @$args], $name;
        is join('', map { "$_\n" . slurp($_) } glob project->path('migrations/versions/*.sql')), $before, 'nothing has moved';
        is files('squashed'), '', 'and nothing is squashed';
    };
    $project->revision(id => 'x1', parents => 'r3', file => 'x1.sql', depends => [], upgrade => '', downgrade => '');
    $refused->(qr/the range is no line: revision r3 has several children/, ['r2:r4'], 'a branch');
    run_ok ['squash', 'r4:r5', '--rev-id', 's0', '-m', 'x'], 'beside the branch it can be done';
    $project = start($db);
    $project->revision(id => 'x1', depends => 'r3', file => 'x1.sql', upgrade => '', downgrade => '');
    my $got = limbeck('squash', 'r2:r4', '--rev-id', 's1', '-m', 'x');
    if ($got->{status} == 0) {
        run_ok ['upgrade', 'heads'], 'a dependency on one of the range then means all of it';
        is_deeply [$db->versions], ['r5', 'x1'], 'which comes first';
    } else {
        like $got->{stderr}, qr/r3|x1/, 'a dependency on one of the range is refused by name';
    }
    $project = start($db);
    mkdir $project->path('migrations/squashed');
    $project->write_file('migrations/squashed/r3.sql', '');
    fails_with 1, qr/squashed\/r3\.sql exists already/, ['squash', 'r2:r4'], 'a file in the way';
    is files('versions'), 'r1.sql r2.sql r3.sql r4.sql r5.sql', 'nothing has moved';
    $project = start($db);
    fails_with 2, qr/"r9 x"/, ['squash', 'r2:r4', '--rev-id', 'r9 x'], 'an id that is none';
    fails_with 2, qr/\br5\b/, ['squash', 'r2:r4', '--rev-id', 'r5'], 'one that is taken';
    fails_with 2, qr/squash needs a range of revisions/, ['squash'], 'no range';
    my $value = json_of ['squash', 'r2:r4', '--rev-id', 's1', '-m', 'x'], 'as JSON';
    is_deeply [map { [$_->{id}, @{ $_->{children} }] } @{ $value->{revisions} }], [['s1', 'r5']], 'the new revision, which need be no head';
});
done_testing;
