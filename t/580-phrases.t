#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What was written for PostgreSQL means the same on the other engines: expressions,
# queries and statements about rows, run there and, translated, here.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Phrases;

my $why = Limbeck::Database->why_not('postgresql');
skip_or_bail($why) if defined $why;

my @columns = (
    [id => 'integer'], [n => 'integer'], [m => 'integer'], [big => 'bigint'], [small => 'smallint'],
    [price => 'numeric(10,2)'], [ratio => 'double precision'], [ok => 'boolean'], [name => 'text'],
    [code => 'varchar(10)'], [born => 'date'], [at => 'timestamptz'], [ts => 'timestamp'],
    [tod => 'time'], [doc => 'jsonb'], [tags => 'text[]'], [nums => 'integer[]'], [uid => 'uuid'],
    [raw => 'bytea'], [mood => 'mood'],
);
my %sqlite = (timestamptz => 'datetime', jsonb => 'text', 'text[]' => 'text', 'integer[]' => 'text',
    uuid => 'text', bytea => 'blob', mood => 'text');
my %mysql = (timestamptz => 'datetime(6)', timestamp => 'datetime(6)', time => 'time(6)', jsonb => 'json',
    'text[]' => 'json', 'integer[]' => 'json', uuid => 'char(36)', bytea => 'longblob', text => 'longtext',
    mood => "enum('sad','ok','happy')", boolean => 'tinyint(1)', 'double precision' => 'double',
    'numeric(10,2)' => 'decimal(10,2)');

sub table
{
    my ($types, $tail) = @_;
    my $columns = join ', ', map { "$_->[0] " . ($types->{ $_->[1] } // $_->[1]) } @columns;
    return "CREATE TABLE t ($columns, PRIMARY KEY (id))$tail;\n"
        . "CREATE TABLE u (id integer NOT NULL PRIMARY KEY, t_id integer, label varchar(40), kind varchar(10) DEFAULT 'none', "
        . 'total integer NOT NULL DEFAULT 7, '
        . 'active ' . ($types->{boolean} // 'boolean') . " DEFAULT true, UNIQUE (t_id, kind))$tail;\n"
        . 'CREATE TABLE v (id ' . ($types->{serial} // 'serial') . ", word varchar(40) UNIQUE, hits integer NOT NULL DEFAULT 0)$tail;\n";
}

my $phrases = Limbeck::Phrases->new(
    home => 'postgresql',
    tables => {
        postgresql => "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');\n" . table({ serial => 'serial PRIMARY KEY' }, ''),
        sqlite => table({ %sqlite, serial => 'integer PRIMARY KEY' }, ''),
        mysql => table({ %mysql, serial => 'integer AUTO_INCREMENT PRIMARY KEY' }, ' COLLATE utf8mb4_nopad_bin'),
    },
    declared => ['enum mood', 'table t', map({ "column t $_->[0] $_->[1]" } @columns), 'key t primary t_pkey id',
        'table u', 'column u id integer', 'column u t_id integer', 'column u label varchar(40)', 'column u kind varchar(10)',
        'column u total integer', 'column u active boolean', 'default u total 7', "default u kind 'none'", 'default u active true',
        'key u primary u_pkey id', 'key u unique u_t_id_kind_key t_id,kind',
        'table v', 'column v id integer', 'column v word varchar(40)', 'column v hits integer', 'identity v id',
        'key v primary v_pkey id', 'key v unique v_word_key word', 'default v hits 0'],
    begin => {
        mysql => "SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION';\n"
            . "SET SESSION time_zone = '+00:00', SESSION collation_connection = 'utf8mb4_bin';\n",
        postgresql => '', sqlite => '',
    },
    rows => [
        q{INSERT INTO t VALUES (1, 7, 2, 9000000000, 3, 12.50, 0.25, true, 'Alice', 'A-1', '1990-05-17', '2024-03-31 22:15:30.123456+02', '2024-01-31 08:09:10', '13:45:00', '{"a": 1, "b": {"c": "x", "d": [1, 2, 3]}, "t": true, "n": null}', '{red,green,"deep blue"}', '{1,2,3}', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '\x00ff10', 'ok')},
        q{INSERT INTO t VALUES (2, -7, 2, -5, -3, -0.99, 1.5, false, 'bob o''Neil', 'b_2', '2000-02-29', '2023-12-31 23:59:59Z', '2024-02-29 23:59:59.999999', '00:00:00', '{"a": "text", "b": {}, "list": ["p", "q"]}', '{}', '{10}', 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12', '\xdeadbeef', 'happy')},
        q{INSERT INTO t VALUES (3, 0, 5, 0, 0, 0, 0, 'f', '', '', '1970-01-01', 'epoch', '1970-01-01 00:00:00', '23:59:59.5', '{"arr": [1, "two", null], "b": [5]}', '{a%b,a_b}', '{}', 'c0eebc99-9c0b-4ef8-bb6d-6bb9bd380a13', '', 'sad')},
        q{INSERT INTO t (id) VALUES (4)},
        q{INSERT INTO t (id, n, m, name, code, ok, price, doc, tags) VALUES (5, 100, NULL, '50%_off\\deal', 'Ünï', 't', 99.995, '{"s": "s"}', NULL)},
        q{INSERT INTO u (id, t_id, label, kind, total, active) VALUES (1, 1, 'one', 'x', 10, true), (2, 1, 'two', 'y', 20, false), (3, 2, 'three', 'x', 30, 't'), (4, NULL, NULL, NULL, 0, NULL)},
        q{INSERT INTO v (word, hits) VALUES ('hello', 1), ('world', 2)},
    ],
    dump => join("\n", 'SELECT id, n, m, big, price, ok, name, code, born, at, ts, doc, tags, uid FROM t ORDER BY id;',
        'SELECT * FROM u ORDER BY id;', 'SELECT word, hits FROM v ORDER BY coalesce(word, upper(word)) IS NULL, word;'),
);

my $folder = "$FindBin::Bin/data/phrases";
cmp_ok $phrases->same_values("$folder/postgresql.expressions"), '>=', 250, 'expressions enough';
cmp_ok $phrases->same_effects("$folder/postgresql.statements")
    + $phrases->same_rows("$folder/postgresql.queries"), '>=', 80, 'statements enough';
done_testing;
