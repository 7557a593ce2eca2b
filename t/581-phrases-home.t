#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What was written for MySQL or SQLite means the same on PostgreSQL: expressions and
# statements about rows, run there and, translated, here.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Phrases;

my $why = Limbeck::Database->why_not('postgresql');
skip_or_bail($why) if defined $why;

my @columns = (
    [id => 'integer'], [n => 'integer'], [m => 'integer'], [price => 'numeric(10,2)'], [ratio => 'double precision'],
    [ok => 'boolean'], [name => 'varchar(80)'], [code => 'varchar(10)'], [born => 'date'], [at => 'timestamp'],
    [doc => 'jsonb'], [raw => 'bytea'],
);
my %mysql = (boolean => 'tinyint(1)', 'double precision' => 'double', timestamp => 'datetime(6)', jsonb => 'json',
    bytea => 'blob', serial => 'integer AUTO_INCREMENT PRIMARY KEY');
my %sqlite = (jsonb => 'text', bytea => 'blob', timestamp => 'datetime', serial => 'integer PRIMARY KEY');
my %postgresql = (serial => 'serial PRIMARY KEY');

sub tables
{
    my ($types) = @_;
    my $columns = join ', ', map { "$_->[0] " . ($types->{ $_->[1] } // $_->[1]) } @columns;
    return "CREATE TABLE t ($columns, PRIMARY KEY (id));\n"
        . 'CREATE TABLE u (id integer NOT NULL PRIMARY KEY, t_id integer, label varchar(40), total integer NOT NULL DEFAULT 7, active '
        . ($types->{boolean} // 'boolean') . ");\n"
        . "CREATE TABLE v (id $types->{serial}, word varchar(40) UNIQUE, hits integer NOT NULL DEFAULT 0);\n";
}

sub phrases
{
    my ($home, $types, $begin) = @_;
    return Limbeck::Phrases->new(
        home => $home, engines => ['postgresql'], begin => { $home => $begin },
        tables => { $home => tables($types), postgresql => tables(\%postgresql) },
        declared => ['table t', map({ "column t $_->[0] $_->[1]" } @columns), 'key t primary t_pkey id',
            'table u', 'column u id integer', 'column u t_id integer', 'column u label varchar(40)', 'column u total integer',
            'column u active boolean', 'key u primary u_pkey id', 'table v', 'column v id integer', 'column v word varchar(40)',
            'column v hits integer', 'identity v id', 'key v primary v_pkey id', 'key v unique v_word_key word', 'default v hits 0'],
        rows => [
            q{INSERT INTO t VALUES (1, 7, 2, 12.50, 0.25, 1, 'Alice', 'A-1', '1990-05-17', '2024-01-31 08:09:10', '{"a": 1, "b": {"c": "x", "d": [1, 2]}}', X'00ff10')},
            q{INSERT INTO t VALUES (2, -7, 2, -0.99, 1.5, 0, 'bob o''Neil', 'b_2', '2000-02-29', '2024-02-29 23:59:59', '{"a": "text", "list": ["p"]}', X'41')},
            q{INSERT INTO t VALUES (3, 0, 5, 0, 0, 0, '', '', '1970-01-01', '1970-01-01 00:00:00', '{}', X'')},
            q{INSERT INTO t (id) VALUES (4)},
            q{INSERT INTO u (id, t_id, label, total, active) VALUES (1, 1, 'one', 10, 1), (2, 1, 'two', 20, 0), (3, 2, 'three', 30, 1), (4, NULL, NULL, 0, NULL)},
            q{INSERT INTO v (word, hits) VALUES ('hello', 1), ('world', 2)},
        ],
        dump => join("\n", 'SELECT id, n, m, price, ok, name, code, born, at, doc FROM t ORDER BY id;',
            'SELECT * FROM u ORDER BY id;', 'SELECT word, hits FROM v ORDER BY word IS NULL, word;'),
    );
}

my $folder = "$FindBin::Bin/data/phrases";
SKIP: {
    $why = Limbeck::Database->why_not('mysql');
    skip_or_bail($why) if defined $why;
    my $phrases = phrases('mysql', \%mysql, "SET SESSION time_zone = '+00:00';\n");
    cmp_ok $phrases->same_values("$folder/mysql.expressions") + $phrases->same_effects("$folder/mysql.statements"),
        '>=', 60, 'enough of MySQL';
}
my $phrases = phrases('sqlite', \%sqlite, '');
cmp_ok $phrases->same_values("$folder/sqlite.expressions") + $phrases->same_effects("$folder/sqlite.statements"),
    '>=', 40, 'enough of SQLite';
done_testing;
