#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# How often the server is asked what it has, by its own log: as often for many
# tables as for few, on both sides of a check. SQLite has no server that could
# write such a log.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Database;
use Limbeck::Queries;
use Limbeck::Server;
use Limbeck::Tables;

# At most as many catalog queries a side.
my %limit = (postgresql => 12, mysql => 16);

# The lists of a check of this many tables.
sub queries_of
{
    my ($engine, $server, $tables) = @_;
    my $db = Limbeck::Database->create($engine, $server);
    my $script = Limbeck::Tables::script($engine, $tables);
    $db->do($script);
    new_project(db => $db, ini => { schema => 'schema.sql', cache => 'false' });
    write_file('schema.sql', $script);
    my $queries = Limbeck::Queries::during($db, sub {
        run_err_like ['check'], qr/No new upgrade operations/, "$tables tables are equal";
    });
    is_deeply [sort keys %$queries], ['database', 'scratch'], 'both sides are read';
    return @$queries{qw(database scratch)};
}

for my $engine (grep { Limbeck::Queries::can_count($_) } engines()) {
    subtest $engine => sub {
        my $why = Limbeck::Database->why_not($engine);
        skip_or_bail($why) if $why;
        my $server = Limbeck::Server->private($engine);
        my ($few, $few_desired) = queries_of($engine, $server, 4);
        my ($many, $many_desired) = queries_of($engine, $server, 40);
        is_deeply $many, $few, 'ten times the tables, the same queries of the database';
        is_deeply $many_desired, $few_desired, 'and of the desired schema';
        cmp_ok scalar(@$_), '<=', $limit{$engine}, @$_ . " of them, at most $limit{$engine}"
            for $many, $many_desired;
        cmp_ok scalar(@$_), '>=', 8, 'and the log was understood' for $many, $many_desired;
    };
}

done_testing;
