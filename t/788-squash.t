#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# `limbeck squash A:B`: the new file, what it is made from, the old files, and
# databases anywhere in the range; what can't be squashed.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $project;
my $last;

sub start
{
    my (%opt) = @_;
    $project = new_project(%opt);
    $last = undef;
}

sub revision
{
    my ($id, %opt) = @_;
    $project->revision(id => $id, parents => $last, message => '', %opt);
    $last = $id;
}

sub versions { return map { s{.*/}{}r } glob $project->path('migrations/versions/*.sql') }
sub squashed { return map { s{.*/}{}r } glob $project->path('migrations/squashed/*.sql') }

sub ddl
{
    my ($db) = @_;
    start(db => $db);
    revision('r1', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a varchar(20));', downgrade => 'DROP TABLE t;');
    revision('r2', upgrade => 'ALTER TABLE t ADD COLUMN b int;', downgrade => 'ALTER TABLE t DROP COLUMN b;');
    revision('r3', upgrade => 'CREATE TABLE u (id int NOT NULL PRIMARY KEY);', downgrade => 'DROP TABLE u;');
    revision('r4', upgrade => 'CREATE INDEX ix_u ON u (id);', downgrade => $db->engine eq 'mysql' ? 'DROP INDEX ix_u ON u;' : 'DROP INDEX ix_u;');
}

for_each_engine(sub {
    my ($db) = @_;
    ddl($db);
    my %at;
    for my $id (qw(r1 r2 r3 r4)) {
        $at{$id} = $db->fresh;
        run_ok ['-u', $at{$id}->url, 'upgrade', $id], "a database at $id";
    }
    run_ok ['squash', 'r1:r3', '-m', 'first year', '--rev-id', 's1'], 'squash';
    is_deeply [versions()], ['r4.sql', 's1_first_year.sql'], 'one file in place of three';
    is_deeply [squashed()], ['r1.sql', 'r2.sql', 'r3.sql'], 'which are in squashed';
    my $text = slurp('migrations/versions/s1_first_year.sql');
    like $text, qr/^-- \@replaces r1 r2 r3$/m, 'it says what it replaces';
    unlike $text, qr/\@parents/, 'and is a base';
    unlike $text, qr/ALTER/, 'it makes things as they are in the end';
    run_ok ['upgrade', 'head'], 'a new database';
    my $schema = schema_of($db);
    for my $id (sort keys %at) {
        run_ok ['-u', $at{$id}->url, 'upgrade', 'head'], "the one at $id goes up";
        is_deeply schema_of($at{$id}), $schema, 'to the same schema';
        is_deeply [$at{$id}->versions], ['r4'], 'and head';
        run_ok ['-u', $at{$id}->url, 'downgrade', 'base'], 'down';
        is_deeply [$at{$id}->user_tables], [], 'to nothing';
    }
    run_ok ['squash', 's1:r4', '--rev-id', 's2'], 'once more';
    is scalar(() = slurp(($project->path('migrations/versions/') . (versions())[0])) =~ /^-- \@replaces r1 r2 r3 s1 r4$/m), 1,
        'with all that it replaces';
    run_ok ['upgrade', 'head'], 'the database at its end';
    is_deeply [$db->versions], ['s2'], 'is at it';
    is_deeply schema_of($db), $schema, 'with nothing changed';
});

# The schema, as the engine tells it.
sub schema_of
{
    my ($db) = @_;
    my $sql = {
        sqlite => q{SELECT m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c ORDER BY 1, 2},
        postgresql => q{SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2},
        mysql => q{SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns WHERE table_schema = database() ORDER BY 1, 2},
    }->{ $db->engine };
    return [grep { $_->[0] !~ /^limbeck_/ } @{ $db->query($sql) }];
}

# With rows, and with what only some engines are to run, the sections are joined.
for_each_engine(sub {
    my ($db) = @_;
    start(db => $db);
    revision('p1', upgrade => 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, a varchar(20));', downgrade => 'DROP TABLE t;');
    revision('p2', message => 'fill it', labels => 'blue', upgrade => "INSERT INTO t VALUES (1, ';') -- no semicolon", downgrade => 'DELETE FROM t -- here neither');
    revision('p3', upgrade => "-- \@only sqlite\nCREATE TABLE only_sqlite (id int);\n-- \@end\nCREATE TABLE u (id int);",
        downgrade => "-- \@only sqlite\nDROP TABLE only_sqlite;\n-- \@end\nDROP TABLE u;");
    revision('p4', upgrade => 'UPDATE t SET a = 1;', downgrade => '-- nothing');
    run_ok ['squash', 'p2:p4', '--rev-id', 's1', '-m', 'rest'], 'squash';
    my $text = slurp('migrations/versions/s1_rest.sql');
    like $text, qr/^-- \@parents p1$/m, 'on what the first stood on';
    like $text, qr/^-- \@labels blue$/m, 'with the label';
    like $text, qr/\@upgrade\n-- p2: fill it\nINSERT.*\n;\n.*-- p3.*\@only sqlite.*-- p4\nUPDATE.*\@downgrade\n-- p4.*-- p3.*-- p2: fill it\nDELETE/s,
        'the sections one behind the other';
    run_ok ['upgrade', 'head'], 'up';
    is_deeply $db->query('SELECT id, a FROM t'), [[1, 1]], 'with the rows';
    is_deeply [grep { /only/ } $db->user_tables], [$db->engine eq 'sqlite' ? 'only_sqlite' : ()], 'and what is for the engine';
    run_ok ['downgrade', 'blue-1'], 'down';
    is_deeply [$db->user_tables], ['t'], 'again';
    is $db->value('SELECT count(*) FROM t'), 0, 'with its rows';
});

for_each_engine(sub {
    my ($db) = @_;
    start(db => $db);
    revision('q1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    revision('q2', upgrade => 'CREATE TABLE u (id int);', irreversible => 'u is for ever');
    run_ok ['squash', 'q1:head', '--rev-id', 's1', '-m', 'x'], 'an irreversible one in it';
    like slurp('migrations/versions/s1_x.sql'), qr/^-- \@irreversible u is for ever$/m, 'makes all of it so';
});

# A new file that does not make the same: here a hook has spoilt it.
for_each_engine(sub {
    my ($db) = @_;
    ddl($db);
    $project->write_file('limbeck.ini', slurp('limbeck.ini') . "[post_write_hooks]\nhooks = spoil\nspoil.type = exec\n"
        . "spoil.executable = sed\nspoil.options = -i s/(20)/(21)/ REVISION_SCRIPT_FILENAME\n");
    my $run = fails_with 1, qr/error: the squashed revision does not make what the old ones make/, ['squash', 'r1:r4'],
        'a squashed revision that makes something else';
    like $run->{stderr}, qr/\bt\.a\b.*21/, 'names the difference';
    like $run->{stderr}, qr/was removed again; all files are as they were/, 'and what was done';
    is_deeply [versions()], ['r1.sql', 'r2.sql', 'r3.sql', 'r4.sql'], 'the old files stay';
    is_deeply [squashed()], [], 'where they are';
});

# What is refused, and that nothing changes then.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    ddl($db);
    $project->revision(id => 'x1', parents => 'r2', message => '', upgrade => 'CREATE TABLE x (id int);', downgrade => 'DROP TABLE x;');
    my @before = versions();
    fails_with 1, qr/the range is no line: revision r2 has several children/, ['squash', 'r1:r3'], 'a branch in the range';
    fails_with 1, qr/revision r3 is not below r1/, ['squash', 'r3:r1'], 'the wrong way round';
    fails_with 1, qr/the range is the one revision r1/, ['squash', 'r1:r1'], 'one revision';
    fails_with 2, qr/"r1" is not a range/, ['squash', 'r1'], 'no range';
    fails_with 1, qr/no revision or label is called "nowhere"/, ['squash', 'nowhere:r3'], 'one that is not there';
    $project->revision(id => 'm1', parents => ['r4', 'x1'], message => '', upgrade => '', downgrade => '');
    $project->revision(id => 'm2', parents => 'm1', message => '', upgrade => '', downgrade => '');
    fails_with 1, qr/the range is no line: revision m1 is a merge/, ['squash', 'r3:m2'], 'a merge in the range';
    is_deeply [versions()], [sort @before, 'm1.sql', 'm2.sql'], 'all files stay';
    is_deeply [squashed()], [], 'where they are';
});

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    start(db => $db);
    revision('v1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    revision('v2', upgrade => "-- \@decide what?\nCREATE TABLE u (id int);", downgrade => 'DROP TABLE u;');
    fails_with 1, qr/v2\.sql:\d+:4: error: to be decided: what\?/, ['squash', 'v1:v2'], 'an open decision';
    revision('v2', parents => 'v1', upgrade => "-- \@whole\nCREATE TABLE u (id int);", downgrade => 'DROP TABLE u;');
    fails_with 1, qr/revision v2 has \@whole and can't be joined/, ['squash', 'v1:v2'], '@whole';
    revision('v2', parents => 'v1', upgrade => 'INSERT INTO nowhere VALUES (1);', downgrade => '-- nothing');
    my $run = fails_with 1, qr/nowhere/, ['squash', 'v1:v2'], 'one that fails';
    like $run->{stderr}, qr/in scratch; nothing was done to the database/, 'in scratch';
    is_deeply [versions()], ['v1.sql', 'v2.sql'], 'and all is as it was';
    # What outlives its own transaction can't stand in one.
    revision('v2', parents => 'v1', upgrade => "INSERT INTO t VALUES (1);", downgrade => '-- nothing', upgrade_args => 'no-transaction');
    run_ok ['squash', 'v1:v2', '--rev-id', 's1', '-m', 'x'], 'one without a transaction';
    like slurp('migrations/versions/s1_x.sql'), qr/-- v2\n-- \@autocommit\nINSERT.*\n-- \@end\n/, 'stays outside';
});

done_testing;
