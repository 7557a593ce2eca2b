#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The worked example in migrations/example: up on every engine from the same
# files, with the same rows at the end; down to nothing; and up again.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Schema;

my $example = srcdir() . '/migrations/example';
my $count = () = glob "$example/versions/*.sql";
my %summary;

sub on
{
    my ($db, @args) = @_;
    return [{ env => { LIMBECK_CONFIG => "$example/limbeck.ini" } }, '-u', $db->url, @args];
}

new_project(bare => 1);
for_each_engine(sub {
    my ($db) = @_;
    my $run = run_ok on($db, 'upgrade', 'head'), 'up';
    is scalar(() = $run->{stderr} =~ /^(?:Running|Finished) upgrade .*\[\d+\.\d+s\]$/mg), $count, 'a line for each revision';
    is scalar(my @heads = $db->versions), 1, 'one head';
    my $rows = $db->query(slurp("$example/queries/summary.sql"));
    cmp_ok scalar @$rows, '>=', 5, 'the summary has rows';
    $summary{ $db->engine } = $rows;
    my $schema = schema_of($db);

    run_ok on($db, 'downgrade', 'base'), 'down to nothing';
    is_deeply [$db->user_tables], [], 'no table is left';
    is_deeply [$db->versions], [], 'no version row';
    run_ok on($db, 'upgrade', 'head'), 'up again';
    is_deeply schema_of($db), $schema, 'to the same schema';
    is_deeply $db->query(slurp("$example/queries/summary.sql")), $rows, 'and the same rows';
    is $db->value("SELECT count(*) FROM limbeck_history WHERE outcome = 'done'"), 3 * $count,
        'the history has every step';

    # From nothing again, each revision up, down and up.
    my @ids = map { $_->[0] } @{ $db->query("SELECT revision FROM limbeck_history
        WHERE seq > @{[2 * $count]} ORDER BY seq") };
    run_ok on($db, 'downgrade', 'base'), 'down once more';
    my @bad;
    for my $id (@ids) {
        # Below a merge there are two places to go back to.
        my @steps = (['upgrade', $id], $id =~ /^4b1cfbac/ ? () : (['downgrade', "$id-1"], ['upgrade', $id]));
        push @bad, map { $_->{stderr} } grep { $_->{status} } map { limbeck(@{ on($db, @$_) }) } @steps;
    }
    is_deeply \@bad, [], 'each revision goes up, down and up again';
    is_deeply $db->query(slurp("$example/queries/summary.sql")), $rows, 'and the rows are the same';
});

my ($first, @others) = sort keys %summary;
is_deeply $summary{$_}, $summary{$first}, "the same rows on $_ as on $first" for @others;

done_testing;
