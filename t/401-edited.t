#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The file of an applied revision that changes afterwards.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

sub make
{
    my ($db, %ini) = @_;
    my $project = new_project(db => $db, ini => \%ini);
    $project->revision(id => 'a1', message => 'First', upgrade => 'CREATE TABLE t (id int);',
        downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', message => 'Second',
        upgrade => 'CREATE TABLE u (id int);', downgrade => 'DROP TABLE u;');
    return $project;
}

for_each_engine(sub {
    my ($db) = @_;
    my $project = make($db);
    run_ok ['upgrade', 'a1'], 'the first of two';
    my $file = $project->versions . '/a1_first.sql';
    my $text = slurp($file);

    write_file($file, "\xef\xbb\xbf" . $text =~ s/\n/\r\n/gr);
    rename $file, $project->versions . '/renamed.sql';
    run_ok ['upgrade', '+1'], 'a byte-order mark, line ends and another file name are no change';
    is_deeply [$db->versions], ['a2'], 'so it ran';
    run_ok ['downgrade', '-1'], 'and back';
    unlink $project->versions . '/renamed.sql';

    write_file($file, $text =~ s/id int/id bigint/r);
    my $run = fails_with 1, qr/\Amigrations\/versions\/a1_first\.sql: error: .*changed after being applied/,
        ['upgrade', 'head'], 'another text is a change';
    like $run->{stderr}, qr/\ba1\b.*hint: .*edited = warn/s, 'which is named, with what to do';
    unlike $run->{stderr}, qr/^Running/m, 'nothing ran';
    is_deeply [$db->user_tables], ['t'], 'and nothing was done';
    is_deeply [$db->versions], ['a1'], 'it is where it was';

    write_file($file, $text . "\n");
    fails_with 1, qr/changed after/, ['upgrade', 'head'], 'a blank line more is a change';
    write_file($file, $text);
    run_ok ['upgrade', 'head'], 'with the old text it runs';

    write_file($file, $text =~ s/DROP TABLE t;/DROP TABLE t; -- mended/r);
    run_ok ['downgrade', 'base'], 'the way down is not closed by it';
    is_deeply [$db->user_tables], [], 'and got there';
    run_ok ['upgrade', 'head'], 'what was undone may be edited';
    is_deeply [$db->versions], ['a2'], 'and runs again';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = make($db, edited => 'warn');
    run_ok ['upgrade', 'a1'], 'the first of two';
    my $file = $project->versions . '/a1_first.sql';
    write_file($file, slurp($file) =~ s/id int/id bigint/r);
    run_err_like ['upgrade', 'head'], qr/warning: .*changed after being applied.*\ba1\b/, 'edited = warn says so';
    is_deeply [$db->versions], ['a2'], 'and runs';
});

# Nothing is known of the text of what was stamped.
for_each_engine(sub {
    my ($db) = @_;
    my $project = make($db);
    run_ok ['stamp', 'a1'], 'stamped';
    my $file = $project->versions . '/a1_first.sql';
    write_file($file, slurp($file) =~ s/id int/id bigint/r);
    run_ok ['upgrade', 'head'], 'a stamped revision was never run, so it has not changed';
    is_deeply [$db->user_tables], ['u'], 'the second ran';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = make($db);
    run_ok ['upgrade', 'a1'], 'applied';
    run_ok ['downgrade', 'base'], 'and undone';
    my $file = $project->versions . '/a1_first.sql';
    write_file($file, slurp($file) =~ s/id int/id bigint/r);
    run_ok ['stamp', 'a1'], 'stamped after an edit';
    run_ok ['upgrade', 'head'], 'what ran before the downgrade is no measure of it';
});

new_project(ini => { edited => 'maybe' });
fails_with 2, qr/limbeck\.ini:2.*edited.*maybe.*(?:error|warn)/s, ['heads'], 'edited takes two words';

done_testing;
