#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck init: what it makes, that this works at once, and what it refuses to
# overwrite.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

sub files
{
    my ($folder) = @_;
    return [map { s/ .*//r =~ s{^\Q$folder\E/?}{}r } grep { !/\/ ?$/ } folder_state($folder)];
}

subtest 'a new project' => sub {
    my $project = new_project(bare => 1);
    stdout_is(['init'], <<'END', 'says what it makes');
  Creating migrations ...  done
  Creating migrations/versions ...  done
  Creating migrations/revision.sql ...  done
  Creating migrations/schema.sql ...  done
  Creating limbeck.ini ...  done
  Name your database in 'limbeck.ini'; until then it is sqlite:///limbeck.db.
END
    is_deeply files($project->dir), ['', 'limbeck.ini', 'migrations', 'migrations/revision.sql', 'migrations/schema.sql',
        'migrations/versions'], 'and makes that alone';
    stdout_is(['heads'], '', 'it has no revisions');
    run_ok(['-q', 'revision', '-m', 'first', '--rev-id', 'a1'], 'a first one');
    run_err_like(['upgrade', 'head'], qr/Running upgrade  -> a1, first/, 'can be applied at once');
    ok -e $project->path('limbeck.db'), 'to limbeck.db';
    run_err_like(['downgrade', 'base'], qr/Running downgrade a1 -> , first/, 'and undone');
};

subtest 'every key of the new limbeck.ini is one' => sub {
    my $project = new_project(bare => 1);
    run_ok(['-q', 'init'], 'init');
    # Comments that look like settings, switched on; the last value of each counts.
    my $text = slurp('limbeck.ini') =~ s/^# (?=\[?\w[\w.]*(?:\]$| = ))//gmr;
    cmp_ok scalar(() = $text =~ /^\w[\w.]* = /gm), '>', 5, 'there are keys in its comments';
    $text =~ s/^(?:hooks|version_locations) = .*\n//gm;
    write_file('limbeck.ini', $text);
    run_ok(['heads'], 'and all of them are read');
};

subtest 'another folder, another file' => sub {
    my $project = new_project(bare => 1);
    run_like(['-c', 'own.ini', 'init', 'db/changes'], qr{Creating db/changes/versions \.\.\.  done\n.*Creating own\.ini}s, 'with names of their own');
    run_ok(['-q', '-c', 'own.ini', 'revision', '--rev-id', 'a1'], 'a revision');
    ok -e $project->path('db/changes/versions/a1_.sql'), 'goes there';
    run_like(['-q', 'init', 'more'], qr/\A\z/, 'with -q nothing is said');
    ok -e $project->path('more/versions'), 'and done all the same';
};

subtest 'what is there' => sub {
    my $project = new_project(bare => 1);
    write_file('limbeck.ini', "[limbeck]\nurl = sqlite:///mine.db\n");
    run_like(['init'], qr/^  File 'limbeck\.ini' already exists, skipping$/m, 'a configuration is kept');
    file_is('limbeck.ini', "[limbeck]\nurl = sqlite:///mine.db\n", 'as it is');
    refused('a second time', args => ['init'], status => 2, error => 'migrations exists already and is not empty',
        also => ['nothing was written', 'limbeck init FOLDER']);
    refused('a file in its place', args => ['init', 'limbeck.ini'], status => 2, error => 'limbeck.ini exists already');
    refused('a template that is none', args => ['init', '-t', 'nosuch', 'other'], status => 2, error => 'there is no template "nosuch"');
    refused('a template that leads elsewhere', args => ['init', '-t', '../generic', 'other'], status => 2, error => '', also => ['../generic']);
    mkdir $project->path('empty') or die $!;
    run_ok(['init', 'empty'], 'an empty folder is taken');
    write_file('hidden/.git/x', '');
    refused('one with hidden files is not', args => ['init', 'hidden'], status => 2, error => 'hidden exists already and is not empty');
    refused('too many folders', args => ['init', 'a', 'b'], status => 2, error => 'init does not know what to do with "b"');
};
done_testing;
