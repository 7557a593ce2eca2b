# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Queries: which queries on its catalogs a server was sent, by its own
# log. The log is the server's, so use one of your own.

package Limbeck::Queries;

use strict;
use warnings;

my %package = (postgresql => 'Limbeck::Queries::PostgreSQL', mysql => 'Limbeck::Queries::MySQL');

sub can_count { return exists $package{$_[0]} }

# Runs the function and returns the queries by what they were about: "database",
# "scratch". What is asked in order to make a scratch is of neither. Names of
# databases and numbers of schemas are made equal.
sub during
{
    my ($db, $function) = @_;
    my $package = $package{ $db->engine } or die 'no log on ' . $db->engine . "\n";
    my $mark = $package->begin($db);
    $function->();
    my $queries = $package->end($db, $mark);
    my $name = $db->name;
    for my $list (values %$queries) {
        s/$name|limbeck_scratch_\w+/NAME/g, s/'\{[0-9,]*\}'/'{}'/g for @$list;
    }
    return $queries;
}

# ---------------------------------------------------------------------------
package Limbeck::Queries::PostgreSQL;

sub begin
{
    my ($class, $db) = @_;
    my $mark = length $db->server->servers_log;
    $db->admin("ALTER ROLE limbeck SET log_statement = 'all'");
    return $mark;
}

# A side is read in a transaction of its own.
sub end
{
    my ($class, $db, $mark) = @_;
    $db->admin('ALTER ROLE limbeck RESET log_statement');
    my (%queries, %reading);
    for my $line (split /\n/, substr $db->server->servers_log, $mark) {
        my ($pid, $of, $sql) =
            $line =~ /\[(\d+)\] (\S+) limbeck(?: \d\S*)? LOG: .*?(?:statement|execute [^:]*): (.*)/ or next;
        my $side = $of =~ /^limbeck_scratch_/ ? 'scratch' : 'database';
        $reading{$pid} = 1 if $sql =~ /^BEGIN ISOLATION LEVEL REPEATABLE READ/;
        push @{ $queries{$side} }, $sql if $reading{$pid} && $sql =~ /pg_catalog\./;
        delete $reading{$pid} if $sql =~ /^ROLLBACK/;
    }
    return \%queries;
}

# ---------------------------------------------------------------------------
package Limbeck::Queries::MySQL;

sub begin
{
    my ($class, $db) = @_;
    $db->admin("SET GLOBAL log_output = 'TABLE'; TRUNCATE TABLE mysql.general_log; "
        . 'SET GLOBAL general_log = ON');
    return 0;
}

sub end
{
    my ($class, $db) = @_;
    $db->admin('SET GLOBAL general_log = OFF');
    my $rows = $db->query(q{SELECT thread_id, argument FROM mysql.general_log
        WHERE command_type IN ('Query', 'Execute') ORDER BY event_time});
    my (%queries, %scratch);
    for my $row (@$rows) {
        my ($thread, $sql) = @$row;
        $scratch{$thread} = 1 if $sql =~ /^CREATE DATABASE/;
        push @{ $queries{ $scratch{$thread} ? 'scratch' : 'database' } }, $sql
            if $sql =~ /information_schema|^SHOW /i
            && $sql !~ /limbeck\\_scratch|wsrep_on|SESSION VARIABLES/;
    }
    return \%queries;
}

1;
