#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The worked example as a script: up and down, through the engine's own client.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Schema;

my $ini = srcdir() . '/migrations/example/limbeck.ini';

sub example
{
    my ($db, @args) = @_;
    return ({ env => { LIMBECK_CONFIG => $ini } }, '-u', $db->url, @args);
}

new_project(bare => 1);
for_each_engine(sub {
    my ($db) = @_;
    my $other = $db->fresh;
    run_ok [example($db, 'upgrade', 'head')], 'the run';
    my $run = run_ok [example($other, 'upgrade', 'head', '--sql')], 'the script';
    ok(eval { $other->client($run->{stdout}); 1 }, 'the client takes it') or diag $@;
    is_deeply [$other->versions], [$db->versions], 'the same version rows';
    is_deeply schema_of($other), schema_of($db), 'the same schema';
    my $summary = slurp(srcdir() . '/migrations/example/queries/summary.sql');
    # The script fills a @repeat's column by one batch, enough for these rows.
    is_deeply $other->query($summary), $db->query($summary), 'the same rows';
    run_like [example($other, 'current')], qr/^@{[($db->versions)[0]]}.*\(head\)/, 'current agrees';

    run_ok [example($db, 'downgrade', 'base')], 'the run, down';
    $run = run_ok [example($other, 'downgrade', 'head:base', '--sql')], 'the script, down';
    ok(eval { $other->client($run->{stdout}); 1 }, 'the client takes it') or diag $@;
    is_deeply [$other->versions], [], 'no version row is left';
    is_deeply schema_of($other), schema_of($db), 'the same schema: nothing';
    is_deeply [$other->user_tables], [], 'indeed';
});

done_testing;
