#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# `limbeck translate`: revisions and files, beside what comes of each statement; all that
# has no counterpart, not the first alone; no database is asked.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

new_project(bare => 1);
write_file('schema.sql', <<'END');
CREATE TABLE t (id serial PRIMARY KEY, ok boolean DEFAULT true);
GRANT ALL ON t TO joe;
ALTER TABLE t ADD COLUMN a integer;
ALTER TABLE t ADD COLUMN b integer;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
DROP TABLE IF EXISTS nowhere;
DO $$ BEGIN NULL; END $$;
END
my $run = fails_with 1, qr/2 of 7 statements have no counterpart/, ['translate', '--to', 'sqlite', 'schema.sql'],
    'a file without a project';
like $run->{stderr}, qr/schema\.sql:5:1: error: CREATE FUNCTION/, 'the first that has no counterpart';
like $run->{stderr}, qr/schema\.sql:7:1: error: DO/, 'and the second';
like $run->{stdout}, qr/^-- 1: \n-- CREATE TABLE t \(id serial.*\nCREATE TABLE t \(\n.*AUTOINCREMENT/m,
    'the source as a comment above what is sent';
like $run->{stdout}, qr/^-- 2: left out: .*\n-- GRANT ALL/m, 'what is left out, and why';

my $value = json_of([{ status => 1 }, 'translate', '--to', 'mariadb', 'schema.sql'], 'as JSON');
is_deeply [map { $_->{fate} } @{ $value->{statements} }],
    [qw(sent dropped sent sent refused nothing refused)], 'each has a fate';
is $value->{refused}, 2, 'and those without a counterpart are counted';
like $value->{statements}[0]{sent}[0], qr/AUTO_INCREMENT/, 'another engine, other words';

my $project = new_project(ini => { dialect => 'postgresql', url => 'sqlite:///nowhere/at.db' });
$project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id integer PRIMARY KEY, n integer);', downgrade => 'DROP TABLE t;');
my $file = $project->revision(id => 'b2', parents => 'a1', upgrade => <<'END', downgrade => 'ALTER TABLE t DROP CONSTRAINT t_n_check;');
ALTER TABLE t ALTER COLUMN n TYPE bigint;
ALTER TABLE t ADD CHECK (n > 0);
-- @only sqlite
VACUUM;
-- @end
-- @except sqlite
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
-- @end
END
$value = json_of(['translate', 'b2'], 'a revision');
is_deeply [map { $_->{fate} } @{ $value->{statements} }], [qw(joined sent sent)],
    'a revision on what those below it have made; neighbours are one change';
is $value->{statements}[2]{sent}[0], 'VACUUM', 'what is for the engine is sent as it is';
is_deeply json_of(['translate', $file], 'a file')->{statements}, $value->{statements}, 'its file is the same';
run_like ['translate', '--downgrade', 'b2'], qr/CREATE TABLE limbeck_new_t/, 'its downgrade';
run_like ['translate'], qr/a1\.sql.*b2\.sql/s, 'all revisions';
fails_with 2, qr/no driver for "nothing"/, ['translate', '--to', 'nothing', 'b2'], 'an engine without a driver';
fails_with 1, qr/nowhere/, ['translate', 'nowhere'], 'neither a revision nor a file';

done_testing;
