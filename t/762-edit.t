#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# edit opens files in the user's editor.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $project = new_project();
$project->revision(id => 'a1', file => "it's one.sql", upgrade => '', downgrade => '');
$project->revision(id => 'b1', file => 'b1.sql', parents => 'a1');
$project->revision(id => 'c1', file => 'c1.sql', parents => 'a1');

# An editor that tells what it was given.
my $editor = $project->path('my editor');
write_file($editor, "#!/bin/sh\nfor word; do echo \"[\$word]\"; done >>'@{[$project->path('log')]}'\necho seen\n");
chmod 0755, $editor or die "chmod: $!";

sub opened
{
    my ($args, $expected, $name, %env) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    unlink $project->path('log');
    run_ok [{ env => { EDITOR => "'$editor'", %env } }, @$args], $name;
    file_is 'log', $expected, "$name: what it was given";
}

opened ['edit', 'b1'], "[migrations/versions/b1.sql]\n", 'one';
opened ['edit', 'a1'], "[migrations/versions/it's one.sql]\n", 'a name that a shell would stumble over';
opened ['edit', 'heads'], "[migrations/versions/b1.sql]\n[migrations/versions/c1.sql]\n",
    'several, one after the other';
opened ['edit', 'b1-1'], "[migrations/versions/it's one.sql]\n", 'a relative one';
opened ['edit', 'b1'], "[-w]\n[migrations/versions/b1.sql]\n", 'VISUAL goes first, with its options',
    EDITOR => 'false', VISUAL => "'$editor' -w";

fails_with 1, qr/the editor "false" failed with status 1\n.*open migrations.*VISUAL or EDITOR/s,
    [{ env => { EDITOR => 'false' } }, 'edit', 'heads'], 'an editor that fails';
fails_with 1, qr/"no-such-editor" failed with status 127/, [{ env => { EDITOR => 'no-such-editor' } },
    'edit', 'b1'], 'one that does not exist';
fails_with 1, qr/"base" stands for no revision file/, ['edit', 'base'], 'no file';
fails_with 1, qr/"current" stands for no revision file\n.*has no revisions/s, ['edit', 'current'],
    'nothing is applied';
fails_with 1, qr/limbeck: error: .*\+1/, ['edit', '+1'], '+N is refused';
fails_with 1, qr/"zz"/, ['edit', 'zz'], 'an unknown one';

run_ok ['upgrade', 'a1'];
opened ['edit', 'current'], "[migrations/versions/it's one.sql]\n", 'where the database is';
my $answer = json_of [{ env => { EDITOR => "'$editor'" } }, 'edit', 'b1'];
is_deeply [map { $_->{path} } @{ $answer->{revisions} }], ['migrations/versions/b1.sql'],
    'JSON: what was opened; the editor does not write between';
done_testing;
