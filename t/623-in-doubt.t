#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# MySQL: a run is killed while a statement is under way that commits by itself. The next
# one looks at the catalog and goes on, behind the statement or with it; it asks only
# where nothing can be told.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use IPC::Run ();
use Time::HiRes qw(sleep);

my @base = (
    "CREATE TABLE p (id int PRIMARY KEY) ENGINE=InnoDB;\n",
    "CREATE TABLE t (id int, a int, b varchar(20), KEY kb (b)) ENGINE=InnoDB;\n",
    "CREATE VIEW v AS SELECT id FROM t;\n",
    "CREATE PROCEDURE pr() SELECT 1;\n",
);

# Statements whose effect the catalog tells.
my %told = (
    'create table'     => 'CREATE TABLE n (id int)',
    'create as'        => 'CREATE TABLE n AS SELECT 1 AS x',
    'drop table'       => 'DROP TABLE t',
    'rename'           => 'RENAME TABLE t TO n',
    'alter rename'     => 'ALTER TABLE t RENAME TO n',
    'add column'       => 'ALTER TABLE t ADD COLUMN c int',
    'drop column'      => 'ALTER TABLE t DROP COLUMN a',
    'rename column'    => 'ALTER TABLE t CHANGE a c int',
    'modify column'    => 'ALTER TABLE t MODIFY a bigint NOT NULL DEFAULT 5',
    'set default'      => 'ALTER TABLE t ALTER COLUMN a SET DEFAULT 7',
    'add index'        => 'ALTER TABLE t ADD INDEX ka (a)',
    'add nameless key' => 'ALTER TABLE t ADD INDEX (a)',
    'drop index'       => 'DROP INDEX kb ON t',
    'create index'     => 'CREATE INDEX `k a` ON `t` (a)',
    'foreign key'      => 'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES p (id) ON DELETE CASCADE',
    'check'            => 'ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0)',
    'primary key'      => 'ALTER TABLE t ADD PRIMARY KEY (id)',
    'comment'          => "ALTER TABLE t COMMENT = 'it''s'",
    'replace view'     => 'CREATE OR REPLACE VIEW v AS SELECT a FROM t',
    'drop view'        => 'DROP VIEW v',
    'trigger'          => 'CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1',
    'procedure'        => 'CREATE PROCEDURE n() SELECT 2',
    'drop procedure'   => 'DROP PROCEDURE IF EXISTS pr',
);

# And those of which it does not.
my %untold = ('truncate' => 'TRUNCATE TABLE t');

# Of these also that they are found not to have taken effect.
my @undone = ('create table', 'drop table', 'rename', 'add column', 'create index', 'replace view', 'procedure');

for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    plan skip_all => 'the server has no BACKUP STAGE' unless $db->value('SELECT VERSION()') =~ /MariaDB/;
    my @cases = ((map { { name => $_, sql => $told{$_}, check => \&took_effect } } sort keys %told),
        (map { { name => $_, sql => $told{$_}, check => \&did_nothing } } @undone),
        (map { { name => $_, sql => $untold{$_}, check => \&not_told } } sort keys %untold),
        { name => 'changed since', sql => $told{'add column'}, check => \&changed });
    leave_in_doubt($db, @cases);
    for my $case (@cases) {
        subtest $case->{name} => sub {
            is_deeply $case->{db}->query("SELECT outcome, statements_done, statement_started FROM limbeck_history
                WHERE revision = 'r2'"), [['running', 0, 1]], 'it is written down that it was about to run';
            $case->{check}->($case);
        };
    }
});

# Runs are killed before the statement has done anything, but after it was noted.
sub leave_in_doubt
{
    my ($first, @cases) = @_;
    for my $case (@cases) {
        my $db = $case->{db} = $first->fresh;
        my $project = $case->{project} = new_project(db => $db, ini => { lock_timeout => '20s', ddl_lock_timeout => '0s' });
        $project->revision(id => 'r1', upgrade => join('', @base));
        write_r2($project, $case->{sql});
        run_ok ['upgrade', 'r1'], "$case->{name}: what there is before";
    }
    my $holder = hold_ddl($first);
    my @runs = map { $_->{project}->limbeck_start('upgrade', 'head') } @cases;
    my $ours = join ', ', map { "'" . $_->{db}->name . "'" } @cases;
    wait_until($first, "SELECT COUNT(*) = " . @cases . " FROM information_schema.PROCESSLIST WHERE DB IN ($ours)
        AND STATE LIKE 'Waiting for backup lock%'") or fail 'all statements wait';
    $_->signal('KILL') for @runs;
    $_->finish for @runs;
    # One that has noticed that nobody listens is gone already.
    eval { $first->do("KILL $_->[0]") } for @{ $first->query("SELECT ID FROM information_schema.PROCESSLIST WHERE DB IN ($ours)") };
    $holder->kill_kill;
}

sub write_r2
{
    my ($project, $sql) = @_;
    $project->revision(id => 'r2', parents => 'r1', upgrade => "$sql;\nCREATE TABLE done (id int);\nINSERT INTO done VALUES (1);\n");
}

# No DDL begins while this lives; data can be changed.
sub hold_ddl
{
    my ($db) = @_;
    my $sql = "BACKUP STAGE START; BACKUP STAGE BLOCK_DDL; SELECT SLEEP(100);";
    write_file('hold.sql', $sql);
    my $client = IPC::Run::start([$db->command], '<', project->path('hold.sql'), '>', '/dev/null', '2>', '/dev/null');
    wait_until($db, "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'User sleep'")
        or fail 'DDL is held' ;
    return $client;
}

sub wait_until
{
    my ($db, $query) = @_;
    for (1 .. 200) {
        return 1 if $db->value($query);
        sleep 0.05;
    }
    return 0;
}

sub schema
{
    my ($db) = @_;
    return $db->query(q{SELECT 'c', TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLUMN_DEFAULT FROM information_schema.COLUMNS
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'limbeck%' ORDER BY 2, 3;
        SELECT 'i', TABLE_NAME, INDEX_NAME, COLUMN_NAME, 1 FROM information_schema.STATISTICS
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'limbeck%' ORDER BY 2, 3, 4;
        SELECT 'k', TABLE_NAME, CONSTRAINT_NAME, CONSTRAINT_TYPE, 1 FROM information_schema.TABLE_CONSTRAINTS
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'limbeck%' ORDER BY 2, 3;
        SELECT 'r', ROUTINE_NAME, 1, 1, 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY 2;
        SELECT 't', TRIGGER_NAME, 1, 1, 1 FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY 2;
        SELECT 'm', TABLE_NAME, TABLE_COMMENT, TABLE_TYPE, 1 FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE 'limbeck%' ORDER BY 2});
}

sub did_nothing
{
    my ($case) = @_;
    $case->{project}->run_err_like(['upgrade', 'head'],
        qr/statement 1, which was under way .* is to be run again: .* did not change/, 'it had done nothing, and is run');
    arrived($case);
}

sub took_effect
{
    my ($case) = @_;
    $case->{db}->do($case->{sql});
    my $before = schema($case->{db});
    $case->{project}->run_err_like(['upgrade', 'head'],
        qr/statement 1, which was under way .* took effect: .* changed/, 'it took effect, and is not run again');
    arrived($case);
    is_deeply [grep { $_->[1] ne 'done' } @{ schema($case->{db}) }], $before, 'the schema is as it was then';
}

sub arrived
{
    my ($case) = @_;
    is $case->{db}->value('SELECT COUNT(*) FROM done'), 1, 'the rest is done once';
    is_deeply [$case->{db}->versions], ['r2'], 'it arrives';
}

sub not_told
{
    my ($case) = @_;
    my $project = $case->{project};
    my $run = $project->fails_with(1, qr/r2\.sql:\d+:1: error: it is not known whether statement 1 of revision r2 took effect/,
        ['upgrade', 'head'], 'nobody can tell');
    like $run->{stderr}, qr/hint: .*--retry.*--done.*--skip/, 'and what to say is said';
    is_deeply [grep { $_ eq 'done' } $case->{db}->user_tables], [], 'nothing was done';
    $project->run_ok(['repair', 'r2', '--skip'], 'it is left out');
    $project->run_ok(['upgrade', 'head'], 'the next run goes on after it');
    arrived($case);
}

# The text that was under way must be the one that is in the file.
sub changed
{
    my ($case) = @_;
    my $project = $case->{project};
    write_r2($project, 'ALTER TABLE t ADD COLUMN d int');
    $project->fails_with(1, qr/not known whether statement 1 .*changed in the file since/s, ['upgrade', 'head'],
        'another statement in its place');
    write_r2($project, $case->{sql});
    $project->run_ok(['upgrade', 'head'], 'with the one that it was');
    arrived($case);
}

done_testing;
