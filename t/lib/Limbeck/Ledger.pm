# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Ledger: a project whose every statement is followed by one that writes
# a row into the table ledger, so that one sees what ran, and how often. It has
# all that a revision may have: DDL and data in one transaction, a backfill in
# batches, a part that commits by itself, a section without a transaction, a
# branch and its merge, on SQLite a table that is made anew, elsewhere a procedure
# that is called.
#
#     my $ledger = Limbeck::Ledger->new($db);
#     $ledger->write($project);
#     $ledger->expected('upgrade');      # the rows that an upgrade to head leaves
#     $ledger->took_effect('r3', 'upgrade', 4);   # whether statement 4 did

package Limbeck::Ledger;

use strict;
use warnings;

use constant { ITEMS => 45, BATCH => 10 };

sub new
{
    my ($class, $db) = @_;
    my $self = bless { db => $db, engine => $db->engine }, $class;
    $self->{revisions} = $self->revisions;
    return $self;
}

# ---------------------------------------------------------------------------
# The revisions. A statement is [SQL, how its effect shows]; a text is a line
# of the file as it stands. What shows: "+table NAME", "-table NAME", "+index NAME",
# "+column TABLE NAME", "+view NAME"..., or a query that gives 1 once it has run.

sub revisions
{
    my ($self) = @_;
    my $mysql = $self->{engine} eq 'mysql';
    my $drop_index = sub { $mysql ? "DROP INDEX $_[0] ON $_[1]" : "DROP INDEX $_[0]" };
    my $concurrently = $self->{engine} eq 'postgresql' ? 'CONCURRENTLY ' : '';
    my @revisions = (
        { id => 'r1', up => [
            ['CREATE TABLE items (id int PRIMARY KEY, n int NOT NULL, filled int, touched int NOT NULL)', '+table items'],
            [$self->many_items, '(SELECT count(*) FROM items) = ' . ITEMS],
            ['CREATE TABLE notes (id int PRIMARY KEY, body varchar(20))', '+table notes'],
        ], down => [['DROP TABLE notes', '-table notes'], ['DROP TABLE items', '-table items']] },
        { id => 'r2', parents => 'r1', up => [
            ['ALTER TABLE items ADD COLUMN extra varchar(20)', '+column items extra'],
            ["UPDATE items SET extra = 'x'", "(SELECT count(*) FROM items WHERE extra = 'x') = " . ITEMS],
            ['CREATE INDEX items_n ON items (n)', '+index items_n'],
        ], down => [
            [$drop_index->('items_n', 'items'), '-index items_n'],
            ['ALTER TABLE items DROP COLUMN extra', '-column items extra'],
        ] },
        { id => 'r3', parents => 'r2', up => [
            ['CREATE TABLE tags (id int PRIMARY KEY)', '+table tags'],
            '-- @autocommit',
            ["CREATE INDEX ${concurrently}items_filled ON items (filled)", '+index items_filled'],
            '-- @end',
            ['INSERT INTO tags VALUES (1)', '(SELECT count(*) FROM tags) > 0'],
        ], down => [
            '-- @autocommit',
            [$drop_index->($concurrently . 'items_filled', 'items'), '-index items_filled'],
            '-- @end',
            ['DROP TABLE tags', '-table tags'],
        ] },
        { id => 'r4', parents => 'r2', up => [
            ['CREATE TABLE seen (id int PRIMARY KEY)', '+table seen'],
            '-- @repeat',
            [$self->backfill, '(SELECT count(*) FROM items WHERE filled IS NULL) = 0'],
            '-- @repeat pause=1',
            ['INSERT INTO seen SELECT i.id FROM items i WHERE NOT EXISTS'
                . ' (SELECT 1 FROM seen s WHERE s.id = i.id) ORDER BY i.id LIMIT 20',
                '(SELECT count(*) FROM seen) = ' . ITEMS],
        ], down => [
            ['UPDATE items SET filled = NULL, touched = 0', '(SELECT count(*) FROM items WHERE filled IS NOT NULL) = 0'],
            ['DROP TABLE seen', '-table seen'],
        ] },
        { id => 'r5', parents => ['r3', 'r4'], up => [
            ['CREATE VIEW item_view AS SELECT id, n FROM items', '+view item_view'],
        ], down => [['DROP VIEW item_view', '-view item_view']] },
        { id => 'r6', parents => 'r5', args => 'no-transaction', up => [
            ['CREATE TABLE outside (id int)', '+table outside'],
            ['INSERT INTO outside VALUES (1)', '(SELECT count(*) FROM outside) > 0'],
            ['ALTER TABLE outside ADD COLUMN more int', '+column outside more'],
            $self->procedure,
        ], down => [
            $self->no_procedure,
            ['ALTER TABLE outside DROP COLUMN more', '-column outside more'],
            ['DROP TABLE outside', '-table outside'],
        ] },
        { id => 'r7', parents => 'r6', up => [
            ["INSERT INTO notes VALUES (7, 'seven')", '(SELECT count(*) FROM notes WHERE id = 7) = 1'],
            ['CREATE TABLE last_one (id int PRIMARY KEY)', '+table last_one'],
        ], down => [
            ['DROP TABLE last_one', '-table last_one'],
            ['DELETE FROM notes WHERE id = 7', '(SELECT count(*) FROM notes WHERE id = 7) = 0'],
        ] },
    );
    push @revisions, $self->rebuilt if $self->{engine} eq 'sqlite';
    return \@revisions;
}

sub many_items
{
    return 'INSERT INTO items VALUES ' . join ', ', map { "($_, " . $_ * 3 . ', NULL, 0)' } 1 .. ITEMS;
}

# touched tells a row that a batch has had twice.
sub backfill
{
    my ($self) = @_;
    my $set = 'UPDATE items SET filled = n * 2, touched = touched + 1 WHERE';
    return "$set filled IS NULL ORDER BY id LIMIT " . BATCH if $self->{engine} eq 'mysql';
    return "$set id IN (SELECT id FROM items WHERE filled IS NULL ORDER BY id LIMIT " . BATCH . ')';
}

# What it does is nowhere in the text of the CALL: nobody but who wrote it can tell
# whether that took effect.
my %procedure = (
    postgresql => ["CREATE PROCEDURE hidden() LANGUAGE plpgsql AS \$\$ BEGIN INSERT INTO outside VALUES (2);"
        . " COMMIT; END \$\$", "EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'hidden')"],
    mysql => ["CREATE PROCEDURE hidden() INSERT INTO outside VALUES (2, NULL)",
        "EXISTS (SELECT 1 FROM information_schema.routines WHERE routine_schema = database() AND routine_name = 'hidden')"],
);

sub procedure
{
    my ($self) = @_;
    my $create = $procedure{ $self->{engine} } or return ();
    return '-- @autocommit', $create, ['CALL hidden()', '(SELECT count(*) FROM outside WHERE id = 2) > 0'], '-- @end';
}

sub no_procedure
{
    my ($self) = @_;
    my $create = $procedure{ $self->{engine} } or return ();
    return ['DROP PROCEDURE hidden' . ($self->{engine} eq 'mysql' ? '' : '()'), "NOT $create->[1]"];
}

sub rebuilt
{
    my ($self) = @_;
    my $rows = '(SELECT count(*) FROM items) = ' . ITEMS;
    return { id => 'r8', parents => 'r7', args => 'rebuild', up => [
        ['CREATE TABLE items_new (id int PRIMARY KEY, n bigint, filled int, touched int NOT NULL, extra varchar(20))', '+table items_new'],
        ['INSERT INTO items_new SELECT id, n, filled, touched, extra FROM items', $rows],
        ['DROP VIEW item_view', '-view item_view'],
        ['DROP TABLE items', '-table items'],
        ['ALTER TABLE items_new RENAME TO items', '+table items'],
        ['CREATE VIEW item_view AS SELECT id, n FROM items', '+view item_view'],
        ['CREATE INDEX items_n ON items (n)', '+index items_n'],
        ['CREATE INDEX items_filled ON items (filled)', '+index items_filled'],
    ], down => [['SELECT 1', '1 = 1']] };
}

# ---------------------------------------------------------------------------
# Files

# The statements of a section as limbeck counts them: each, and behind it its row.
sub statements
{
    my ($revision, $direction) = @_;
    my $number = 0;
    my @statements;
    for my $part (@{ $revision->{ $direction eq 'upgrade' ? 'up' : 'down' } }) {
        next unless ref $part;
        my $row = "$revision->{id} $direction " . ++$number;
        push @statements, $part, ["INSERT INTO ledger VALUES ('$row')",
            "(SELECT count(*) FROM ledger WHERE what = '$row') > 0", $row];
    }
    return @statements;
}

# A row is written in the block that its statement stands in.
sub section
{
    my ($revision, $direction) = @_;
    my @statements = statements($revision, $direction);
    my $text = '';
    for my $part (@{ $revision->{ $direction eq 'upgrade' ? 'up' : 'down' } }) {
        $text .= ref $part ? join '', map { "$_->[0];\n" } splice @statements, 0, 2 : "$part\n";
    }
    return $text;
}

sub write
{
    my ($self, $project) = @_;
    for my $revision (@{ $self->{revisions} }) {
        $project->revision(
            id             => $revision->{id},
            parents        => $revision->{parents} // [],
            upgrade        => section($revision, 'upgrade'),
            downgrade      => section($revision, 'downgrade'),
            upgrade_args   => $revision->{args},
            downgrade_args => $revision->{args},
        );
    }
    return $self;
}

# ---------------------------------------------------------------------------
# What a whole run leaves

# The rows of the ledger, sorted.
sub expected
{
    my ($self, $direction) = @_;
    return sort map { $_->[2] // () } map { statements($_, $direction) } @{ $self->{revisions} };
}

sub head { return $_[0]{revisions}[-1]{id} }

sub ids { return map { $_->{id} } @{ $_[0]{revisions} } }

# Whether statement $number of the section took effect, for somebody who looks.
sub took_effect
{
    my ($self, $id, $direction, $number) = @_;
    my ($revision) = grep { $_->{id} eq $id } @{ $self->{revisions} };
    my $statement = (statements($revision, $direction))[$number - 1];
    return $self->{db}->value('SELECT CASE WHEN ' . $self->condition($statement->[1]) . ' THEN 1 ELSE 0 END');
}

my %there = (
    sqlite => {
        table  => q{EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '%s')},
        view   => q{EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'view' AND name = '%s')},
        index  => q{EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = '%s')},
        column => q{EXISTS (SELECT 1 FROM pragma_table_info('%s') WHERE name = '%s')},
    },
    postgresql => {
        table  => q{to_regclass('%s') IS NOT NULL},
        view   => q{to_regclass('%s') IS NOT NULL},
        index  => q{EXISTS (SELECT 1 FROM pg_index WHERE indexrelid = to_regclass('%s') AND indisvalid)},
        column => q{EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('%s') AND attname = '%s' AND NOT attisdropped)},
    },
    mysql => {
        map({ ($_ => q{EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = database() AND table_name = '%s')}) } qw(table view)),
        index  => q{EXISTS (SELECT 1 FROM information_schema.statistics WHERE table_schema = database() AND index_name = '%s')},
        column => q{EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = database() AND table_name = '%s' AND column_name = '%s')},
    },
);

sub condition
{
    my ($self, $shows) = @_;
    my ($sign, $kind, @names) = $shows =~ /^([+-])(\w+) (\w+)(?: (\w+))?$/ or return $shows;
    my $there = sprintf $there{ $self->{engine} }{$kind}, grep { defined } @names;
    return $sign eq '+' ? $there : "NOT $there";
}

1;
