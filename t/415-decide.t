#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# @decide: a run that comes to a section with one is refused before anything is
# done, on every engine; the other section's, and those of a block that is for
# other engines, stop nothing.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $two = <<'END';
CREATE TABLE t2 (id int);
-- @decide which value do old rows get?
UPDATE t1 SET id = NULL;
-- @decide and which in t2?
UPDATE t2 SET id = NULL;
END

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'r1', upgrade => 'CREATE TABLE t1 (id int);', downgrade => 'DROP TABLE t1;');
    $project->revision(id => 'r2', parents => 'r1', upgrade => $two, downgrade => 'DROP TABLE t2;');

    my $run = fails_with 1, qr{^migrations/versions/r2\.sql:8:4: error: to be decided: which value do old rows get\?$}m,
        ['upgrade', 'head'], 'an upgrade with an open decision';
    like $run->{stderr}, qr/^detail: 1 more \@decide in this section\.$/m, 'there is another one';
    like $run->{stderr}, qr/nothing was done/, 'what was done';
    like $run->{stderr}, qr/^hint: .*delete the line/m, 'what to do';
    is_deeply [$db->tables], [], 'no revision has run, not even the one before';
    fails_with 1, qr/to be decided: which value/, ['upgrade', 'r1:head', '--sql'], 'the script is not written either';
    my $plan = run_ok ['plan', 'head'], 'the plan is told';
    like $plan->{stdout}, qr/^Upgrade .*: 2 steps, .*, 1 undecided$/m, 'with what it waits for';
    like $plan->{stdout}, qr/r2 .*\(refused, to be decided in line 8: which value do old rows get\?\) Revision r2$/m,
        'at the step';
    my ($first, $second) = @{ json_of(['plan', 'head'])->{steps} };
    is_deeply [@$second{qw(decide decide_line)}], ['which value do old rows get?', 8], 'in JSON too';
    is $first->{decide}, undef, 'the other step has none';

    run_ok ['upgrade', 'r1'], 'up to the revision before';
    is_deeply [$db->user_tables], ['t1'], 'it runs';

    (my $decided = $two) =~ s/^-- \@decide.*\n//mg;
    $project->revision(id => 'r2', parents => 'r1', upgrade => $decided, downgrade => "-- \@decide keep t2?\nDROP TABLE t2;");
    run_ok ['upgrade', 'head'], 'decided; a decision of the downgrade does not stop the upgrade';
    fails_with 1, qr/r2\.sql:\d+:4: error: to be decided: keep t2\?$/m, ['downgrade', 'base'],
        'but the downgrade';
    is_deeply [$db->versions], ['r2'], 'which does nothing';

    my $engine = $db->engine;
    my $other = $engine eq 'sqlite' ? 'postgresql' : 'sqlite';
    $project->revision(id => 'r3', parents => 'r2', downgrade => '-- nothing',
        upgrade => "-- \@only $other\n-- \@decide x\n-- \@end\n-- \@except $engine\n-- \@decide y\n-- \@end\n");
    run_ok ['upgrade', 'head'], 'decisions for other engines stop nothing here';
    $project->revision(id => 'r4', parents => 'r3', downgrade => '-- nothing',
        upgrade => "-- \@only $engine\n-- \@decide z\n-- \@end\n");
    fails_with 1, qr/to be decided: z/, ['upgrade', 'head'], 'one for this engine does';
    is_deeply [$db->versions], ['r3'], 'and all stays as it was';
});

done_testing;
