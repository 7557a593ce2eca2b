#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck diff says nothing of two databases of different engines that the same revisions
# have made: what stands for a type, a key or an index there means the same.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $schema = <<'SQL';
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE kinds (
    id bigserial PRIMARY KEY,
    s smallint, i integer NOT NULL, b bigint, n numeric, p numeric(10, 2), r real, d double precision,
    t text, v varchar(40) NOT NULL DEFAULT '', c char(3), f boolean NOT NULL DEFAULT false,
    da date, ti time, ts timestamp, tz timestamptz NOT NULL DEFAULT now(), iv interval,
    u uuid DEFAULT gen_random_uuid(), j json, jb jsonb NOT NULL DEFAULT '{}'::jsonb, by bytea,
    ta text[] NOT NULL DEFAULT '{}', ia integer[], m mood NOT NULL DEFAULT 'ok', po positive, net inet,
    twice integer GENERATED ALWAYS AS (i * 2) STORED
);
CREATE TABLE codes (code text PRIMARY KEY, label text UNIQUE, other uuid UNIQUE);
CREATE TABLE pairs (a integer, b text, PRIMARY KEY (a, b));
CREATE TABLE children (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind_id bigint NOT NULL REFERENCES kinds ON DELETE CASCADE,
    narrow integer REFERENCES kinds (id) ON DELETE SET NULL,
    code text REFERENCES codes (code) ON UPDATE CASCADE,
    a integer, b text,
    email text, gone boolean NOT NULL DEFAULT false, note text,
    CONSTRAINT children_pair FOREIGN KEY (a, b) REFERENCES pairs (a, b) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (kind_id, code), CHECK (email <> '')
);
CREATE INDEX children_note ON children (note);
CREATE INDEX children_data ON kinds USING gin (jb);
CREATE UNIQUE INDEX children_email ON children (lower(email)) WHERE NOT gone;
CREATE UNIQUE INDEX children_live ON children (kind_id, a) WHERE gone IS FALSE;
CREATE INDEX children_kind ON children (kind_id) WHERE note IS NOT NULL;
CREATE VIEW happy AS SELECT id, lower(t) AS t FROM kinds WHERE m = 'happy';
SQL

my $changes = <<'SQL';
ALTER TYPE mood ADD VALUE 'great';
ALTER TABLE kinds ADD COLUMN more varchar(20) NOT NULL DEFAULT 'x', ALTER COLUMN s TYPE bigint, ALTER COLUMN v DROP NOT NULL;
ALTER TABLE codes RENAME COLUMN label TO title;
ALTER TABLE codes ADD COLUMN serial integer;
CREATE UNIQUE INDEX codes_serial ON codes (serial);
ALTER TABLE children DROP CONSTRAINT children_pair, DROP COLUMN a, DROP COLUMN note;
ALTER TABLE pairs RENAME TO couples;
SQL

my @engines = grep { !defined Limbeck::Database->why_not($_) } engines();
skip_or_bail('only one engine is here') if @engines < 2;

my $project = new_project(ini => { dialect => 'postgresql' });
$project->revision(id => 'r1', message => 'All kinds', file => 'r1.sql', upgrade => $schema);
$project->revision(id => 'r2', parents => 'r1', message => 'Changes', file => 'r2.sql', upgrade => $changes);
my %url = map { $_ => Limbeck::Database->create($_)->url } @engines;

for my $revision (qw(r1 r2)) {
    run_ok([-u => $url{$_}, 'upgrade', $revision], "$_ is at $revision") for @engines;
    for my $a (0 .. $#engines) {
        for my $b ($a + 1 .. $#engines) {
            run_ok(['diff', $url{ $engines[$a] }, $url{ $engines[$b] }],
                "$engines[$a] and $engines[$b] mean the same at $revision");
        }
    }
}
done_testing();
