#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# merge writes a revision with several parents.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $project = new_project();

fails_with 2, qr/merge needs/, ['merge'], 'nothing is named';
fails_with 2, qr/there is nothing to merge/, ['merge', 'heads'], 'there are no heads';
$project->revision(id => 'aaaa1', created => '2026-01-01T00:00:00Z', upgrade => '', downgrade => '');
$project->revision(id => 'bbbb1', created => '2026-01-01T00:00:01Z', parents => 'aaaa1', labels => 'blue');
$project->revision(id => 'cccc1', created => '2026-01-01T00:00:02Z', parents => 'aaaa1');
$project->revision(id => 'dddd1', created => '2026-01-01T00:00:03Z', parents => 'aaaa1');

fails_with 2, qr/parent bbbb1 is named twice/, ['merge', 'bbbb1', 'blue'], 'one parent by two names';
fails_with 1, qr/aaaa1 is not a head\n.*--splice/s, ['merge', 'aaaa1', 'bbbb1'], 'a parent that is no head';
fails_with 1, qr/"zzzz"/, ['merge', 'bbbb1', 'zzzz'], 'an unknown one';
fails_with 2, qr/there is nothing to merge/, ['merge', 'base'], 'base is no parent';
fails_with 2, qr/aaaa1 is in use/, ['merge', 'heads', '--rev-id', 'aaaa1'], 'an id that is taken';
is scalar(my @files = glob($project->versions . '/*')), 4, 'none of these has written a file';

stdout_is ['merge', 'blue@head', 'ccc', '--rev-id', 'eeee1'],
    "  Generating migrations/versions/eeee1_merge_bbbb1_and_cccc1.sql ...  done\n",
    'a label, a beginning of an id, and a message of its own making';
file_like 'migrations/versions/eeee1_merge_bbbb1_and_cccc1.sql',
    qr/^-- \@revision eeee1\n-- \@parents bbbb1 cccc1\n.*^-- merge bbbb1 and cccc1$/ms, 'the file';

my $answer = json_of ['merge', 'heads', '-m', 'All of it', '--branch-label', 'trunk', '--rev-id', 'ffff1'];
is $answer->{path}, 'migrations/versions/ffff1_all_of_it.sql', 'heads, with a message and a label: JSON';
is_deeply $answer->{revisions}[0]{parents}, ['dddd1', 'eeee1'], 'all heads are parents';
is_deeply [sort @{ $answer->{revisions}[0]{labels} }], [qw(blue trunk)], 'labels';
run_ok ['heads', '--check'], 'one head is left';

run_ok ['merge', 'ffff1', '--rev-id', 'gggg1'], 'one alone is an ordinary child';
is_deeply json_of(['show', 'gggg1'])->{revisions}[0]{parents}, ['ffff1'], 'with one parent';
run_ok ['merge', 'cccc1', 'dddd1', 'aaaa1', '--splice', '--rev-id', 'hhhh1'], 'parents that are no heads';
is json_of(['show', 'hhhh1'])->{revisions}[0]{message}, 'merge cccc1, dddd1 and aaaa1', 'three parents';
run_ok ['upgrade', 'gggg1'], 'such a merge runs';
is_deeply [map { $_->{id} } @{ json_of(['current'])->{revisions} }], ['gggg1'], 'and is one row';
done_testing;
