#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# plan: what upgrade and downgrade would do, and why; and that it does nothing.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $project = new_project();
my $second = 0;

sub revision
{
    my ($id, %opt) = @_;
    return $project->revision(id => $id, created => sprintf('2026-01-01T00:00:%02dZ', $second++),
        message => uc $id, upgrade => "CREATE TABLE t_$id (x int);", downgrade => "DROP TABLE t_$id;", %opt);
}

# A trunk, a branch that is merged, another base that is depended on, and a
# branch of its own.
revision('a1');
revision('x1');
revision('x2', parents => 'x1', upgrade => '-- nothing', irreversible => 'it is gone');
revision('b1', parents => 'a1', labels => 'side', upgrade => "CREATE TABLE t_b1 (x int);\nSELECT 1;");
revision('b2', parents => 'b1');
revision('c1', parents => 'a1', depends => 'x2');
revision('m1', parents => 'c1 b2', upgrade => '', downgrade => '');
revision('d1', parents => 'm1', upgrade_args => 'no-transaction', downgrade_args => 'no-transaction');

stdout_is ['plan', 'd1'], <<'END', 'an upgrade from nothing';
Upgrade from base to d1: 8 steps, 7 statements, 8 commits, 1 irreversible

STEP  REVISION  WHY                  STATEMENTS         ROWS AFTER  MESSAGE
   1  a1        ancestor of d1       1                  a1          A1
   2  x1        ancestor of x2       1                  a1, x1      X1
   3  x2        dependency of c1     0                  a1, x2      (irreversible: it is gone) X2
   4  b1        branch merged by m1  2                  x2, b1      B1
   5  b2        branch merged by m1  1                  x2, b2      B2
   6  c1        ancestor of d1       1                  b2, c1      C1
   7  m1        ancestor of d1       0                  m1          M1
   8  d1        asked for            1, no transaction  d1          D1
END
stdout_is ['plan', 'side', '--headers-only'], <<'END', 'without a look at the statements';
Upgrade from base to b1: 2 steps

STEP  REVISION  WHY             STATEMENTS  ROWS AFTER  MESSAGE
   1  a1        ancestor of b1  -           a1          A1
   2  b1        asked for       -           b1          B1
END
ok !-e $project->path('limbeck.db'), 'nothing was created';
is_deeply json_of(['plan', 'x1']), {
    direction => 'upgrade', rows_before => [], steps => [{
        revision => 'x1', from => [], to => ['x1'], message => 'X1', path => 'migrations/versions/x1_x1.sql',
        reason => 'asked', because => undef, rows_after => ['x1'], statements => 1, statements_done => 0,
        transaction => JSON::PP::true, commits => JSON::PP::true, irreversible => JSON::PP::false,
        why => undef, decide => undef, decide_line => undef,
    }],
}, 'JSON';
is_deeply [@{ json_of(['plan', 'x1', '--headers-only'])->{steps}[0] }{qw(statements transaction commits)}],
    [undef, undef, undef], 'JSON of the headers only';
is_deeply [map { "$_->{reason} " . ($_->{because} // '-') } @{ json_of(['plan', 'd1'])->{steps} }],
    ['ancestor d1', 'ancestor x2', 'dependency c1', 'branch m1', 'branch m1', 'ancestor d1', 'ancestor d1',
    'asked -'], 'reasons in JSON';

run_ok ['upgrade', 'd1'];
my $before = [$project->limbeck('log')->{stdout}];
stdout_is ['plan', '--downgrade', 'x1'], <<'END', 'a downgrade, across a dependency and what refuses it';
Downgrade from d1 to x1, b2: 4 steps, 2 statements, 4 commits, 1 irreversible

STEP  REVISION  WHY            STATEMENTS         ROWS AFTER  MESSAGE
   1  d1        above c1       1, no transaction  m1          D1
   2  m1        above c1       0                  b2, c1      M1
   3  c1        depends on x2  1                  x2, b2      C1
   4  x2        above x1       0                  x1, b2      (irreversible, refused: it is gone) X2
END
fails_with 1, qr/x2 can't be downgraded: it is gone/, ['downgrade', 'x1'], 'which the run says too';
stdout_is ['plan', '--downgrade', 'side@a1'], <<'END', 'one side of a merge';
Downgrade from d1 to c1: 4 steps, 3 statements, 4 commits

STEP  REVISION  WHY       STATEMENTS         ROWS AFTER  MESSAGE
   1  d1        above a1  1, no transaction  m1          D1
   2  m1        above a1  0                  b2, c1      M1
   3  b2        above a1  1                  b1, c1      B2
   4  b1        above a1  1                  c1          B1
END
stdout_is ['plan', '--downgrade', '-1'], <<'END', 'a step back';
Downgrade from d1 to m1: 1 step, 1 statement, 1 commit

STEP  REVISION  WHY       STATEMENTS         ROWS AFTER  MESSAGE
   1  d1        above m1  1, no transaction  m1          D1
END
stdout_is ['plan', 'd1'], '', 'nothing to do';
run_err_like ['plan', 'd1'], qr/^Nothing to do\.$/m, 'which is said';
is_deeply json_of(['plan', 'd1']), { direction => 'upgrade', rows_before => ['d1'], steps => [] },
    'JSON of that';
is_deeply [$project->limbeck('log')->{stdout}], $before, 'the history has no more than before';

fails_with 2, qr/a range \(a1:d1\)/, ['plan', 'a1:d1'], 'no range';
fails_with 1, qr/"zz"/, ['plan', 'zz'], 'an unknown revision';
fails_with 1, qr/leads beyond|too far|did not|no migration/i, ['plan', '+1'], 'too far';
write_file('migrations/versions/a1_a1.sql', slurp('migrations/versions/a1_a1.sql') . "SELECT 2;\n");
fails_with 1, qr/a1_a1\.sql: error: 1 revision file was changed|changed after being applied/,
    ['plan', '--downgrade', 'm1'], 'a file that was changed stops the plan as it does the run';

for_each_engine(sub {
    my ($db) = @_;
    my $other = new_project(db => $db, ini => { transaction_per_migration => 'false' });
    $other->revision(id => 'a1', upgrade => 'CREATE TABLE t (x int);', downgrade => 'DROP TABLE t;');
    $other->revision(id => 'b1', parents => 'a1', upgrade => '', downgrade => '');
    $other->revision(id => 'c1', parents => 'a1', upgrade => 'CREATE TABLE u (x int);',
        downgrade => 'DROP TABLE u;', created => '2026-01-01T00:00:00Z');
    my $plan = json_of(['plan', 'heads']);
    is_deeply [$db->tables], [], 'the database is as it was';
    my $run = json_of(['upgrade', 'heads']);
    is_deeply [map { $_->{revision} } @{ $plan->{steps} }], [map { $_->{revision} } @{ $run->{steps} }],
        'the run takes the steps of the plan';
    is_deeply [sort @{ $plan->{steps}[-1]{rows_after} }], [sort $db->versions], 'and ends where it said';
    my $ddl = $db->engine eq 'mysql' ? JSON::PP::false : JSON::PP::true;
    is_deeply [map { [@$_{qw(revision transaction)}] } sort { $a->{revision} cmp $b->{revision} }
        @{ $plan->{steps} }], [['a1', $ddl], ['b1', JSON::PP::true], ['c1', $ddl]], 'transactions';
    is scalar(grep { $_->{commits} } @{ $plan->{steps} }), $ddl ? 1 : 3, 'one for all where that can be';
});
done_testing;
