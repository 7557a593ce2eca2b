#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Several folders of revisions: how they are separated, where new files go, and
# that one folder is read once.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

sub locations
{
    my ($text, $name, %more) = @_;
    my $project = new_project(ini => { version_locations => $text, %more });
    revision_file('one dir/versions', id => 'one', created => '2026-01-01');
    revision_file('two', id => 'two', parents => 'one', created => '2026-01-02');
    revision_file('three', id => 'three', parents => 'two', created => '2026-01-03');
    return $project unless defined $name;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    run_like(['heads'], qr/\Athree \(head\)\n\z/, $name);
    return $project;
}

locations('one dir/versions:two:three', 'a colon', path_separator => 'os');
locations('one dir/versions:two:three', 'a colon by its sign', path_separator => ':');
locations(' one dir/versions ; two;three ; ', 'semicolons with blanks around', path_separator => ';');
locations("\n  one dir/versions\n  two\n\n  three", 'lines', path_separator => 'newline');

subtest 'blanks' => sub {
    my $project = new_project(ini => { version_locations => '%(here)s/two  three' });
    revision_file('two', id => 'two');
    revision_file('three', id => 'three', parents => 'two');
    run_like(['heads'], qr/\Athree \(head\)\n\z/, 'separate where nothing is said');
    write_file('limbeck.ini', "[limbeck]\nversion_locations = two\n  three\n");
    run_like(['heads'], qr/\Athree \(head\)\n\z/, 'so do lines');
    write_file('limbeck.ini', "[limbeck]\npath_separator = space\nversion_locations = two three\n");
    run_like(['heads'], qr/\Athree \(head\)\n\z/, 'and when they are asked for');
};

subtest 'where a new file goes' => sub {
    my $project = locations('one dir/versions:two:three', undef, path_separator => ':');
    my $there = sub { my ($folder, $id) = @_; ok -e $project->path("$folder/$id.sql"), "$id is in $folder" };
    run_ok(['revision', '--rev-id', 'four'], 'without a word');
    $there->('three', 'four_');
    run_ok(['revision', '--rev-id', 'five', '--version-path', 'two'], 'with --version-path');
    $there->('two', 'five_');
    run_ok(['revision', '--rev-id', 'six', '--head', 'base', '--version-path', 'one dir/versions'], 'a new base');
    $there->('one dir/versions', 'six_');
    fails_with(2, qr/there are several version locations.*--version-path/s,
        ['revision', '--rev-id', 'seven', '--head', 'base'], 'a new base without --version-path');
    fails_with(2, qr/error: nowhere is not one of the version locations/,
        ['revision', '--head', 'five', '--version-path', 'nowhere'], 'a folder that is none of them');
};

subtest 'one folder by two names' => sub {
    my $project = locations('one dir/versions:two:three:./two/../two', undef, path_separator => ':');
    run_like(['heads'], qr/\Athree \(head\)\n\z/, 'is read once');
    like limbeck('heads')->{stderr}, qr/warning: folder .*two.* is listed more than once/, 'with a warning';
    $project = locations('one dir/versions:two:three:again', undef, path_separator => ':');
    symlink 'two', $project->path('again') or die $!;
    run_like(['heads'], qr/\Athree \(head\)\n\z/, 'by a link too');
};

subtest 'folders in folders' => sub {
    my $project = new_project(ini => { recursive_version_locations => 'true', file_template => '%(year)d/%(rev)s' });
    run_like(['revision', '--rev-id', 'a1'], qr{Generating migrations/versions/\d{4}/a1\.sql}, 'a template may have a folder');
    run_like(['revision', '--rev-id', 'a2'], qr{Generating migrations/versions/\d{4}/a2\.sql}, 'the next is beside it');
    stdout_is(['heads'], "a2 (head)\n", 'both are found');
};

fails_with(1, qr/could not open the folder of revision files ".*nowhere"/,
    ['-c', new_project(ini => { version_locations => 'nowhere' })->ini, 'heads'], 'a folder that is not there');
done_testing;
