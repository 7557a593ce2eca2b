# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Dump: a database's DDL in the engine's own words (pg_dump, the text in
# sqlite_schema and the pragmas, SHOW CREATE), so that two can be compared without
# any code under test. limbeck's own tables are left out.

package Limbeck::Dump;

use strict;
use warnings;

use Exporter 'import';
use IPC::Run ();
use Limbeck::Server;

our @EXPORT = qw(dump_of);

# A list of pieces of text, sorted; equal for equal schemas.
sub dump_of
{
    my ($db) = @_;
    my $dump = __PACKAGE__->can('dump_' . $db->engine);
    return [sort $dump->($db)];
}

# One piece a statement: pg_dump ends each part with two empty lines.
sub dump_postgresql
{
    my ($db) = @_;
    my ($out, $error) = ('', '');
    my @command = ('pg_dump', '--schema-only', '--no-owner', '--no-privileges', '-T', 'limbeck_*',
        '-h', $db->server->dir, '-p', $db->server->port, '-U', Limbeck::Server->USER, $db->name);
    IPC::Run::run(\@command, '>', \$out, '2>', \$error) or die "pg_dump: $error\n";
    $out =~ s/^(?:--|SET |SELECT pg_catalog\.set_config|\\(?:un)?restrict).*\n//gm;
    return grep { /\S/ } map { s/^\s+|\s+$//gr } split /\n{3,}/, $out;
}

# Spelling is no difference here: blanks, case, quotes around names, comments.
sub plain_sql
{
    my ($sql) = @_;
    $sql =~ s{--[^\n]*|/\*.*?\*/}{ }gs;
    my $out = '';
    for my $piece (split /('(?:[^']|'')*')/, $sql) {
        if ($piece !~ /^'/) {
            $piece =~ s/["`\[\]]//g;
            $piece = lc $piece;
            $piece =~ s/\s+/ /g;
            $piece =~ s/ ?([(),;=<>+*|\/]) ?/$1/g;
        }
        $out .= $piece;
    }
    return $out =~ s/^\s+|\s+$//gr;
}

# What stands in parentheses behind the word, wherever that is.
sub in_parentheses
{
    my ($sql, $word) = @_;
    my @found;
    while ($sql =~ /\b$word(\((?:[^()']|'(?:[^']|'')*'|(?1))*\))/g) {
        my $text = $1;
        1 while $text =~ s/^\((\((?:[^()']|'(?:[^']|'')*'|(?1))*\))\)$/$1/;
        push @found, "$word$text";
    }
    return sort @found;
}

my @sqlite_queries = (
    q{SELECT 'column', m.name, x.name, replace(upper(x.type), ', ', ','), x."notnull",
        CASE WHEN x.dflt_value LIKE '(%)' THEN substr(x.dflt_value, 2, length(x.dflt_value) - 2)
            ELSE x.dflt_value END, x.pk, x.hidden
        FROM sqlite_schema m, pragma_table_xinfo(m.name) x WHERE m.type = 'table' AND TABLES},
    q{SELECT 'table', l.name, l.wr, l.strict FROM pragma_table_list l JOIN sqlite_schema m
        ON m.name = l.name WHERE m.type = 'table' AND TABLES},
    q{SELECT 'key', m.name, group_concat(f."from" || '>' || coalesce(f."to", '?')), f."table", f.on_update,
        f.on_delete, f.match FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND TABLES GROUP BY m.name, f.id},
    q{SELECT 'unique', m.name, i."unique", i.origin, i.partial,
        (SELECT group_concat(coalesce(x.name, '?') || ' ' || x.desc || ' ' || lower(x.coll))
            FROM pragma_index_xinfo(i.name) x WHERE x.key)
        FROM sqlite_schema m, pragma_index_list(m.name) i WHERE m.type = 'table' AND TABLES},
);

sub dump_sqlite
{
    my ($db) = @_;
    my $tables = q{m.name NOT LIKE 'limbeck\_%' ESCAPE '\' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'};
    my @pieces;
    for my $query (@sqlite_queries) {
        push @pieces, map { join '|', map { $_ // 'NULL' } @$_ } @{ $db->query($query =~ s/TABLES/$tables/r) };
    }
    my $all = $db->query("SELECT m.type, m.name, m.sql FROM sqlite_schema m WHERE m.sql IS NOT NULL
        AND m.tbl_name NOT LIKE 'limbeck\\_%' ESCAPE '\\' AND $tables");
    for my $object (@$all) {
        my ($type, $name, $sql) = @$object;
        my $plain = plain_sql($sql);
        push @pieces, $type ne 'table' ? "$type $plain" : map { "$name $_" }
            in_parentheses($plain, 'check'), in_parentheses($plain, 'as'),
            $plain =~ /\b(autoincrement|collate \w+|initially deferred|on conflict \w+)/g,
            $plain =~ /\bconstraint (\w+)/g;
    }
    return @pieces;
}

# Triggers and routines come as they were written; how their heads spell names and
# types is no difference.
sub as_written
{
    my ($sql) = @_;
    $sql =~ s/`//g;
    $sql =~ s/\b((?:tiny|small|medium|big)?int)\(\d+\)/$1/gi;
    return $sql =~ s/\s+/ /gr;
}

sub dump_mysql
{
    my ($db) = @_;
    my @pieces;
    my $name = $db->name;
    my $tables = $db->query(q{SELECT table_name, table_type FROM information_schema.tables
        WHERE table_schema = database() AND table_name NOT LIKE 'limbeck\_%'});
    for my $table (@$tables) {
        my $what = $table->[1] =~ /VIEW/ ? 'VIEW' : $table->[1] eq 'SEQUENCE' ? 'SEQUENCE' : 'TABLE';
        push @pieces, $db->query("SHOW CREATE $what `$table->[0]`")->[0][1];
    }
    push @pieces, map { as_written($db->query("SHOW CREATE TRIGGER `$_->[0]`")->[0][2]) }
        @{ $db->query('SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = database()') };
    for my $routine (@{ $db->query('SELECT routine_type, routine_name FROM information_schema.routines
        WHERE routine_schema = database()') }) {
        push @pieces, as_written($db->query("SHOW CREATE $routine->[0] `$routine->[1]`")->[0][2]);
    }
    push @pieces, map { $db->query("SHOW CREATE EVENT `$_->[0]`")->[0][3] }
        @{ $db->query('SELECT event_name FROM information_schema.events WHERE event_schema = database()') };
    # An event that does not say when it starts starts when it is made.
    return map { s/ AUTO_INCREMENT=\d+//r =~ s/ STARTS '[^']*'//r =~ s/ DEFINER=\S+//r =~ s/`\Q$name\E`\.//gr } @pieces;
}

1;
