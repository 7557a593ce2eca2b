# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Refusal: bad input is refused: with the right status, with a message
# that says what, where and what to do, and with nothing changed. Each call is
# one test.
#
#     refused('an unknown key', files => { 'limbeck.ini' => "[limbeck]\nx = 1\n" },
#         args => ['heads'], status => 2, place => 'limbeck.ini:2:1',
#         error => 'unknown key "x"', also => ['man limbeck.ini']);
#
# What must not change is the project's folder, with an SQLite database in it,
# and, where the project has another database, what that holds.

package Limbeck::Refusal;

use strict;
use warnings;

use Digest::SHA ();
use File::Find ();
use File::Path ();
use Limbeck::Test;

use Exporter ();
our @ISA = ('Exporter');
our @EXPORT = qw(refused folder_state);

# Options: files (path => text, written before and removed after), args and run
# (the options of limbeck()), status, place ("file:line:column", '' for none),
# error (what follows "error: "), also (further texts of stderr), unless (texts
# that must be in no output).
sub refused
{
    my ($name, %case) = @_;
    my $files = $case{files} // {};
    my %old = map { $_ => -e project()->path($_) ? slurp($_) : undef } keys %$files;
    write_file($_, $files->{$_}) for keys %$files;
    my $before = state_of(project());
    my $result = limbeck($case{run} // {}, @{ $case{args} // ['upgrade', 'head'] });
    my @faults = faults($result, %case);
    push @faults, 'something has changed' if state_of(project()) ne $before;
    restore(%old);
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return 1 if ok !@faults, $name;
    diag map { "  $_\n" } @faults;
    Limbeck::Test::explain_run($result);
    return 0;
}

sub faults
{
    my ($result, %case) = @_;
    my @faults;
    my $status = $case{status} // 1;
    my $place = length($case{place} // '') ? "$case{place}: error: " : 'error: ';
    push @faults, "status is $result->{status}, not $status" if $result->{status} != $status;
    push @faults, 'something is on stdout' if length $result->{stdout};
    push @faults, "stderr lacks: $place$case{error}"
        if index($result->{stderr}, "$place$case{error}") < 0;
    push @faults, map { "stderr lacks: $_" }
        grep { index($result->{stderr}, $_) < 0 } @{ $case{also} // [] };
    push @faults, map { "it shows: $_" }
        grep { index("$result->{stdout}$result->{stderr}", $_) >= 0 } @{ $case{unless} // [] };
    return @faults;
}

sub restore
{
    my (%old) = @_;
    for my $path (keys %old) {
        if (defined $old{$path}) { write_file($path, $old{$path}) }
        else                     { unlink project()->path($path) }
    }
}

sub state_of
{
    my ($project) = @_;
    return join "\n", folder_state($project->dir), database_state($project->db);
}

# Every file below the folder, with a digest of what is in it.
sub folder_state
{
    my ($folder) = @_;
    my @found;
    File::Find::find({ no_chdir => 1, wanted => sub {
        push @found, "$_ " . (-f && !-l && -r _ ? Digest::SHA->new(256)->addfile($_)->hexdigest : '');
    } }, $folder);
    return sort @found;
}

# All in one call of the raw client; limbeck's own tables may not be there yet.
sub database_state
{
    my ($db) = @_;
    return () unless $db;
    my $own = 'SELECT version_num FROM limbeck_version ORDER BY 1; SELECT count(*) FROM limbeck_history;';
    my $rows = eval { $db->query($own . $db->tables_query) } // $db->query($db->tables_query);
    return sort map { $_->[0] } @$rows;
}

1;
