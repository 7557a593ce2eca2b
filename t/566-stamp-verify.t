#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck stamp --verify: a stamp only where the database is what the revisions
# make; what it says where it is not, and that it changes nothing then.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $t = 'CREATE TABLE t (id int NOT NULL PRIMARY KEY, name varchar(20) DEFAULT \'a\');';

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { exclude => 'legacy_*' });
    $project->revision(id => 'aaaa', upgrade => $t, downgrade => 'DROP TABLE t;');
    $project->revision(id => 'bbbb', parents => 'aaaa', upgrade => 'CREATE INDEX ix ON t (name);',
        downgrade => $db->engine eq 'mysql' ? 'DROP INDEX ix ON t;' : 'DROP INDEX ix;');
    $db->do($t =~ s/varchar\(20\)/varchar(30)/r . '; CREATE TABLE legacy_x (id int)');
    my $got = fails_with 1, qr/^limbeck: error: the database is not what the revisions make\nnothing was stamped\n/, ['stamp', 'head', '--verify'], 'a database that is not so';
    like $got->{stderr}, qr/\bt\.name\b.*30/, 'the column whose type differs';
    like $got->{stderr}, qr/\bix\b/, 'the index that is missing';
    unlike $got->{stderr}, qr/legacy/, 'what is excluded does not count';
    like $got->{stderr}, qr/^hint: .*limbeck diff/m, 'how to see more';
    is_deeply [sort $db->tables], ['legacy_x', 't'], 'not even the version table was made';
    my $value = json_of [{ status => 1 }, 'stamp', 'head', '--verify'], 'as JSON';
    is_deeply [$value->{error}{code}, $value->{error}{outcome}, $value->{steps}], ['state', 'nothing was stamped', []], 'an error, and no step';

    $db->do($db->engine eq 'sqlite' ? "DROP TABLE t; $t" : $db->engine eq 'mysql' ? 'ALTER TABLE t MODIFY name varchar(20) DEFAULT \'a\''
        : 'ALTER TABLE t ALTER name TYPE varchar(20)');
    fails_with 1, qr/\bix\b/, ['stamp', 'head', '--verify'], 'still the index' if $db->engine eq 'sqlite';
    $got = run_ok ['stamp', 'aaaa', '--verify'], 'a revision before that';
    is_deeply [$db->versions], ['aaaa'], 'is stamped';
    $db->do('CREATE INDEX ix ON t (name)');
    $value = json_of ['stamp', '--verify', 'head'], 'with the index it is the head';
    is_deeply $value->{steps}[0]{to}, ['bbbb'], 'which is stamped';
    run_ok ['current', '--check-heads'], 'and so it is recorded';
    fails_with 1, qr/is not what the revisions make/, ['stamp', '--verify', 'base'], 'nor is it empty';
    is_deeply [$db->versions], ['bbbb'], 'it stays where it was';
    fails_with 1, qr/is not what/, ['stamp', '--verify', '--purge', 'aaaa'], '--purge does not spare the proof';
    is_deeply [$db->versions], ['bbbb'], 'and forgets nothing before it';
    return if $db->engine ne 'sqlite';
    fails_with 2, qr/--verify and --sql/, ['stamp', '--verify', '--sql', 'head'], 'a script proves nothing';
    fails_with 1, qr/no revision or label is called "nowhere"/, ['stamp', '--verify', 'nowhere'], 'an unknown revision';
});

# Several heads at once, and a stamp that leaves another branch where it is.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'aaaa', labels => 'left', upgrade => $t, downgrade => 'DROP TABLE t;');
    $project->revision(id => 'bbbb', labels => 'right', upgrade => 'CREATE TABLE u (id int);', downgrade => 'DROP TABLE u;');
    $db->do($t);
    run_ok ['stamp', '--verify', 'left'], 'one of two bases';
    fails_with 1, qr/\bu\b/, ['stamp', '--verify', 'heads'], 'both, of which one is missing';
    $db->do('CREATE TABLE u (id int)');
    run_ok ['stamp', '--verify', 'bbbb'], 'the other, with what was stamped before';
    is_deeply [$db->versions], ['aaaa', 'bbbb'], 'are both there';
    $project->revision(id => 'cccc', parents => 'bbbb', upgrade => 'INSERT INTO nowhere VALUES (1);', downgrade => '-- nothing');
    fails_with 1, qr/cccc\S*\.sql:\d+:\d+: error: .*nowhere/, ['stamp', '--verify', 'cccc'], 'a revision that can\'t run proves nothing';
    is_deeply [$db->versions], ['aaaa', 'bbbb'], 'and nothing is stamped';
});
done_testing;
