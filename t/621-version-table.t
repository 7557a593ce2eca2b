#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Another version table: one that Alembic made, or one in another schema, or
# several in one database.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $alembic = 'CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, '
    . 'CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))';

sub make
{
    my ($db, $ini, @more) = @_;
    my $project = new_project(db => $db, ini => $ini);
    $project->revision(id => '1975ea83b712', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    $project->revision(id => '27c6a30d7c24', parents => '1975ea83b712', upgrade => 'CREATE TABLE u (id int);',
        downgrade => 'DROP TABLE u;', @more);
    return $project;
}

for_each_engine(sub {
    my ($db) = @_;
    $db->do("$alembic; INSERT INTO alembic_version VALUES ('1975ea83b712'); CREATE TABLE t (id int)");
    make($db, { version_table => 'alembic_version' });
    run_like ['current'], qr/^1975ea83b712$/m, "Alembic's row is read";
    is_deeply [$db->tables], ['alembic_version', 't'], 'and nothing made for that';
    run_ok ['upgrade', 'head'], 'upgrade';
    is_deeply [$db->versions('alembic_version')], ['27c6a30d7c24'], 'goes on from there, in the same row';
    ok !grep({ $_ eq 'limbeck_version' } $db->tables), 'and makes no version table of ours';
    is_deeply $db->query('SELECT revision, version_table FROM limbeck_history'),
        [['27c6a30d7c24', 'alembic_version']], 'the history begins with it';
    run_ok ['downgrade', 'base'], 'down to nothing, through what Alembic applied';
    is_deeply [$db->versions('alembic_version')], [], 'no row is left';
    ok grep({ $_ eq 'alembic_version' } $db->tables), 'but the table is';

    my $long = 'x' x 40;
    project->revision(id => $long, parents => '27c6a30d7c24', upgrade => 'SELECT 1;');
    my $run = limbeck('upgrade', 'head');
    if ($db->engine eq 'sqlite') { is $run->{status}, 0, 'SQLite does not count characters' }
    else { like $run->{stderr}, qr/too long.*\bat 27c6a30d7c24\b.*hint: .*alembic_version/s, 'an id too long for its column' }
});

for_each_engine(sub {
    my ($db) = @_;
    $db->do("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
        INSERT INTO alembic_version VALUES ('1975ea83b712'), ('1975ea83b712')");
    make($db, { version_table => 'alembic_version' });
    fails_with 1, qr/alembic_version.*1975ea83b712.*more than once.*hint: /s, ['upgrade', 'head'],
        'a row twice, in a table without a primary key';
    is_deeply [$db->tables], ['alembic_version'], 'nothing was done';
    is_deeply [$db->versions('alembic_version')], [('1975ea83b712') x 2], 'the rows stay';
    run_like ['current'], qr/^1975ea83b712/, 'current reads them';
});

# Two projects in one database.
for_each_engine(sub {
    my ($db) = @_;
    my $one = make($db, {});
    my $two = new_project(db => $db, ini => { version_table => 'other' });
    $two->revision(id => 'b1', upgrade => 'CREATE TABLE b (id int);', downgrade => 'DROP TABLE b;');
    $one->run_ok(['upgrade', '+1'], 'one project');
    $two->run_ok(['upgrade', 'head'], 'another');
    $one->run_ok(['upgrade', 'head'], 'the first again');
    is_deeply [[$db->versions], [$db->versions('other')]], [['27c6a30d7c24'], ['b1']], 'each has its row';
    $two->run_like(['log'], qr/\A.*\n.*\bb1\b.*\n\z/, 'log shows the own entries');
    is_deeply $db->query('SELECT seq, revision FROM limbeck_history ORDER BY seq'),
        [[1, '1975ea83b712'], [2, 'b1'], [3, '27c6a30d7c24']], 'in one history';
    $two->run_ok(['downgrade', 'base'], 'the other down');
    is_deeply [$db->user_tables], [qw(other t u)], 'the first stays';
});

# Names that need quotes.
for_each_engine(sub {
    my ($db) = @_;
    make($db, { version_table => q{Our "odd" `table`'s} });
    run_ok ['upgrade', 'head'], 'a name that needs quotes';
    run_like ['current'], qr/^27c6a30d7c24 \(head\)/, 'is found again';
    is_deeply [grep { /odd/ } $db->tables], [q{Our "odd" `table`'s}], 'and spelled as it was';
});

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    make($db, { version_table_schema => 'app' });
    stdout_is ['current'], '', 'no schema yet is no version';
    fails_with 1, qr/"app".*nothing was done.*hint: .*version_table_schema/s, ['upgrade', 'head'], 'it is not created';
    is_deeply [$db->tables], [], 'and nothing was done';
    $db->do('CREATE SCHEMA app');
    run_ok ['upgrade', 'head'], 'with the schema';
    is_deeply [$db->tables], [qw(app.limbeck_history app.limbeck_version t u)], 'our tables are in it';
    run_like ['current'], qr/^27c6a30d7c24 \(head\)/, 'and read there';
    is $db->value('SELECT version_table FROM app.limbeck_history LIMIT 1'), 'app.limbeck_version', 'the history names it';

    my $run = run_ok ['downgrade', 'head:base', '--sql'], 'a script';
    $db->client($run->{stdout});
    is $db->value('SELECT count(*) FROM app.limbeck_version'), 0, 'uses it too';
    run_ok ['upgrade', 'head'], 'up again';
    $db->do('CREATE SCHEMA other');
    make($db, { version_table_schema => 'other' });
    stdout_is ['current'], '', 'another schema is another history';
});

# A schema of the user's name stands before public in the search path.
for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => 'CREATE SCHEMA AUTHORIZATION CURRENT_USER;',
        downgrade => 'DO $$ BEGIN EXECUTE format(\'DROP SCHEMA %I\', current_user); END $$;');
    $project->revision(id => 'a2', parents => 'a1', upgrade => 'SELECT 1;', downgrade => 'SELECT 1;');
    run_ok ['upgrade', 'a1'], 'a revision makes such a schema';
    run_like ['current'], qr/^a1\b/, 'our tables are still found';
    run_ok ['upgrade', 'head'], 'it goes on from there';
    run_ok ['downgrade', 'base'], 'and back';
    is_deeply [$db->versions], [], 'in the same tables';
});

done_testing;
