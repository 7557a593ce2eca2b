#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The flag rebuild: a table is replaced by a copy of itself while other rows refer
# to it. Foreign keys are real here (foreign_keys=on): without the flag the rows
# of the children go with the old table; with it they stay, and a row that refers
# to none rolls all of the revision back.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $tables = <<'END';
CREATE TABLE parents (id integer PRIMARY KEY, name text);
CREATE TABLE children (id integer PRIMARY KEY,
    parent integer NOT NULL REFERENCES parents (id) ON DELETE CASCADE);
INSERT INTO parents VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT INTO children VALUES (10, 1), (11, 1), (20, 2), (30, 3);
END

sub rebuild
{
    my ($where) = @_;
    return "CREATE TABLE parents_new (id integer PRIMARY KEY, name text NOT NULL);\n"
        . "INSERT INTO parents_new SELECT * FROM parents $where;\n"
        . "DROP TABLE parents;\nALTER TABLE parents_new RENAME TO parents;\n";
}

my $all = rebuild('');
my $fewer = rebuild('WHERE id <> 1');

sub make
{
    my ($db, %opt) = @_;
    $db->do("DROP TABLE IF EXISTS $_;") for qw(children parents extra limbeck_version limbeck_history);
    my $project = new_project(db => $db, ini => { url => $db->url . '?foreign_keys=on', %{ $opt{ini} // {} } });
    $project->revision(id => 'r1', upgrade => $tables, downgrade => 'DROP TABLE children; DROP TABLE parents;');
    $project->revision(id => 'r2', parents => 'r1', upgrade => $opt{sql} // $all, upgrade_args => $opt{args} // 'rebuild',
        downgrade => $all, downgrade_args => 'rebuild', message => '');
    $project->revision(id => 'r3', parents => 'r2', upgrade => $opt{last} // 'CREATE TABLE extra (id int);',
        downgrade => 'DROP TABLE extra;', message => '');
    return $project;
}

sub children { return join ' ', map { "$_->[0]:$_->[1]" } @{ $_[0]->query('SELECT id, parent FROM children ORDER BY id') } }

my $children = '10:1 11:1 20:2 30:3';
my $violation = qr{^migrations/versions/r2\.sql:4: error: foreign key check failed: table children, rowid 10, .*parents; table children, rowid 11, .*$}m;

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    make($db, args => '');
    run_ok ['upgrade', 'head'], 'a rebuild without the flag';
    is children($db), '', 'takes the children along';

    make($db);
    run_ok ['upgrade', 'head'], 'with the flag';
    is children($db), $children, 'they stay';
    like $db->value(q{SELECT sql FROM sqlite_master WHERE name = 'parents'}), qr/name text NOT NULL/, 'the table is the new one';
    run_ok ['downgrade', 'r1'], 'down, through a rebuild too';
    is children($db), $children, 'they stay again';

    make($db, sql => $fewer);
    my $run = fails_with 1, $violation, ['upgrade', 'head'], 'a rebuild that loses a parent';
    like $run->{stderr}, qr/revision r2 was rolled back, the database is at r1$/m, 'is rolled back';
    is children($db), $children, 'with all children';
    is $db->value('SELECT count(*) FROM parents'), 3, 'and parents';
    is_deeply $db->query("SELECT revision, outcome FROM limbeck_history WHERE outcome <> 'done'"), [['r2', 'failed']],
        'the history has the failure';
    is_deeply [$db->versions], ['r1'], 'the version table does not move';

    # The session's foreign keys are on again after it: the next revision's are enforced.
    make($db, last => "CREATE TABLE extra (id int);\nINSERT INTO children VALUES (40, 4);");
    fails_with 1, qr/r3\.sql:\d+:\d+: error: FOREIGN KEY/, ['upgrade', 'head'], 'a violation in the next revision';
    is_deeply [$db->versions], ['r2'], 'is refused there';
    make($db, last => "DELETE FROM parents WHERE id = 1;");
    run_ok ['upgrade', 'head'], 'an action of a foreign key in the next revision';
    is children($db), '20:2 30:3', 'takes place';
});

# Which transactions it can share: none.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    make($db, ini => { transaction_per_migration => 'false' }, sql => $fewer);
    fails_with 1, $violation, ['upgrade', 'head'], 'transaction_per_migration = false: a violation';
    is_deeply [$db->versions], ['r1'], 'what came before was committed on its own';
    make($db, ini => { transaction_per_migration => 'false' },
        last => "CREATE TABLE extra (id int);\nINSERT INTO children VALUES (40, 4);");
    fails_with 1, qr/r3\.sql/, ['upgrade', 'head'], 'a failure after it';
    is_deeply [$db->versions], ['r2'], 'leaves it';
    is children($db), $children, 'with its children';

    make($db);
    my $run = fails_with 1, qr/r2\.sql:4: error: revision r2 can't be part of a single transaction/,
        ['upgrade', 'head', '--single-transaction'], '--single-transaction with other revisions';
    like $run->{stderr}, qr/hint: .*or to this revision alone/, 'is refused, with a way out';
    is_deeply [$db->user_tables], [], 'before anything was done';
    run_ok ['upgrade', 'r1'], 'so the first one';
    run_ok ['upgrade', 'r2', '--single-transaction'], 'then it alone';
    is children($db), $children, 'which keeps the children';

    make($db, sql => "-- \@autocommit\n$all\n-- \@end\n");
    fails_with 1, qr/r2\.sql:4: error: revision r2 has the flag rebuild and can't be one transaction/, ['upgrade', 'head'],
        'with @autocommit';
    is_deeply [$db->user_tables], [], 'nothing is done';
    make($db, args => 'rebuild no-transaction');
    fails_with 1, qr/r2\.sql:4:21: error: rebuild beside no-transaction on \@upgrade/, ['upgrade', 'head'],
        'with no-transaction';
    is_deeply [$db->user_tables], [], 'nothing is done either';
});

# The script does the same.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    for my $ini ({}, { transaction_per_migration => 'false' }) {
        make($db, ini => $ini);
        my $script = run_ok(['upgrade', 'head', '--sql'], 'a script')->{stdout};
        like $script, qr/PRAGMA foreign_keys.*?;\n\nBEGIN.*?DROP TABLE parents;.*?foreign_key_check.*?;\n\nCOMMIT;\n\nPRAGMA /s,
            'has the same around the revision';
        $db->do("PRAGMA foreign_keys = on;\n$script");
        is children($db), $children, 'run by sqlite3, it keeps the children';
        is_deeply [$db->versions], ['r3'], 'and goes to the head';
    }
});

# Where tables are changed in place there is nothing to do for it.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { transaction_per_migration => 'false' });
    $project->revision(id => 'r1', upgrade => 'CREATE TABLE t1 (id int);', downgrade => 'DROP TABLE t1;', upgrade_args => 'rebuild',
        downgrade_args => 'rebuild');
    $project->revision(id => 'r2', parents => 'r1', upgrade => 'CREATE TABLE t2 (id int);', downgrade => 'DROP TABLE t2;');
    run_ok ['upgrade', 'head', $db->engine eq 'mysql' ? () : '--single-transaction'], 'the flag elsewhere';
    is_deeply [$db->user_tables], [qw(t1 t2)], 'changes nothing';
    run_ok ['downgrade', 'base'], 'down';
    is_deeply [$db->user_tables], [], 'neither';
});

done_testing;
