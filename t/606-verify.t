#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# verify compares files with what was applied; repair --accept takes what is there.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my %file = map { $_->{id} => $project->revision(%$_) } (
        { id => 'a1', upgrade => 'CREATE TABLE a (x int);', downgrade => 'DROP TABLE a;' },
        { id => 'b1', parents => 'a1', upgrade => 'CREATE TABLE b (x int);', downgrade => 'DROP TABLE b;' },
        { id => 'c1', parents => 'b1', upgrade => 'CREATE TABLE c (x int);', downgrade => 'DROP TABLE c;' });
    run_err_like ['verify'], qr/^0 applied revisions: no file has changed\.$/m, 'nothing is applied';
    is_deeply [$db->tables], [], 'and no table of ours was made';
    run_ok(['upgrade', 'b1'], 'upgrade');
    run_err_like ['verify'], qr/^2 applied revisions: no file has changed\.$/m, 'all is as it was applied';

    my $text = slurp($file{b1});
    write_file($file{b1}, "\xEF\xBB\xBF" . $text =~ s/\n/\r\n/gr);
    run_ok(['verify'], 'line ends and a byte-order mark do not matter');
    write_file($file{c1}, slurp($file{c1}) . "-- more\n");
    run_ok(['verify'], 'nor does a revision that is not applied');

    write_file($file{b1}, $text =~ s/DROP TABLE b;/DROP TABLE b;\nDROP TABLE IF EXISTS more;/r);
    my $result = limbeck('verify');
    is $result->{status}, 3, 'an edited file is found';
    like $result->{stdout}, qr{\Ab1  changed  migrations/versions/\S+\.sql\n\z}, 'and named';
    like $result->{stderr}, qr/1 of 2 applied revisions are not as they were applied\nhint: .*repair --accept/, 'with what to do';
    fails_with 1, qr/1 revision file was changed after being applied/, ['upgrade', 'head'], 'upgrade refuses to go on';
    my $json = json_of [{ status => 3 }, 'verify'], 'as JSON';
    is_deeply { map { $_->{revision} => $_->{state} } @{ $json->{revisions} } }, { a1 => 'same', b1 => 'changed' }, 'each with its state';

    fails_with 1, qr/no revision or label is called "nosuch"/, ['repair', 'nosuch', '--accept'], 'an unknown revision is refused';
    run_like ['repair', '--accept'], qr/^  Accepting \S*b1\S*\.sql \.\.\.  done\n\z/, 'repair --accept takes it';
    run_ok(['verify'], 'verify is silent then');
    run_err_like ['repair', '--accept'], qr/No file of an applied revision has changed/, 'a second time there is nothing to do';
    run_ok(['upgrade', 'head'], 'and upgrade goes on');
    run_like ['log'], qr/ accept +b1 +done /, 'the history says it';

    unlink $file{b1}, $file{c1} or die;
    my $missing = limbeck('verify', '-v');
    is $missing->{status}, 3, 'a file that is not here is found';
    like $missing->{stdout}, qr/^c1  missing$/m, 'and named';
    # The downgrade that the history keeps is the one that was accepted.
    $db->do('CREATE TABLE more (x int)');
    run_ok(['downgrade', 'a1'], 'downgrade through what is missing');
    is_deeply [$db->user_tables], ['a'], 'ran the accepted text';

    run_ok(['stamp', 'base', '--purge', '--yes'], 'stamp') ;
    run_ok(['stamp', 'a1'], 'stamp a1');
    run_like ['verify', '-v'], qr/^a1  (?:unknown|same)  /m, 'a stamped revision is no problem';
});

done_testing;
