#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Commands that need the graph alone read one piece of 4 KiB of each file, which
# holds the header, and open each file once: seen by strace.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Run;
use Limbeck::Server;

use constant { FILES => 40, PIECE => 4096 };

Limbeck::Server::find_program(['strace']) or skip_or_bail('no strace here (Debian: apt-get install strace)');
grep { $_ eq 'sqlite' } engines() or skip_or_bail('this test is for SQLite');

# A line with a merge; sections of 20 KB, and one header that is longer than a piece.
sub fill
{
    my ($project) = @_;
    my $body = join '', map { "INSERT INTO t VALUES ($_, 'some words that make it long');\n" } 1 .. 400;
    for my $i (1 .. FILES) {
        my @parents = $i > 1 ? 'r' . ($i - 1) : ();
        push @parents, 'r' . ($i - 3) if $i == 20;
        $project->revision(id => "r$i", parents => \@parents, upgrade => $body, downgrade => $body,
            message => "Revision $i");
    }
    $project->revision(id => 'long', file => 'long.sql', parents => 'r' . FILES, upgrade => $body, downgrade => $body,
        message => "A long text\n\n" . "word " x 1500);
}

# For each revision file, the sizes asked for by its reads, and how often it
# was opened and mapped.
sub reads_of
{
    my ($project, @words) = @_;
    # A log of its own for each thread, so that no line of one is cut by another's.
    my $log = $project->path('strace.log');
    unlink glob "$log.*";
    my @trace = ('strace', '-ff', '-y', '-e', 'trace=openat,open,read,pread64,readv,mmap', '-o', $log);
    my $run = Limbeck::Run->start(dir => $project->dir, args => [@words],
        program => [@trace, Limbeck::Run::program()], env => { ASAN_OPTIONS => 'detect_leaks=0' });
    my $result = $run->finish;
    my %files;
    for my $line (map { split /\n/, slurp($_) } glob "$log.*") {
        next unless $line =~ m{/versions/([^/">]+)\.sql};
        my $file = $files{$1} //= { opens => 0, maps => 0, reads => [] };
        if    ($line =~ /\bopen(?:at)?\(/)     { $file->{opens}++ }
        elsif ($line =~ /\bmmap\(/)            { $file->{maps}++ }
        elsif ($line =~ /\b(?:p?read\w*)\(.*, (\d+)(?:, \d+)?\)\s+= /) { push @{ $file->{reads} }, $1 }
        else                                   { push @{ $file->{reads} }, "? $line" }
    }
    return ($result, \%files);
}

my $project = new_project();
fill($project);
my ($probe) = reads_of($project, '--version');
skip_or_bail("strace does not work here: $probe->{stderr}") if $probe->{status};

for my $words (['heads'], ['heads', '--resolve-dependencies'], ['history'], ['history', '-r-3:'], ['branches'],
    ['show', 'head'], ['current'], ['stamp', 'r30'], ['history', '-i'], ['plan', '--headers-only', 'head'])
{
    my ($result, $files) = reads_of($project, @$words);
    is($result->{status}, 0, "@$words: done") or diag($result->{stderr});
    my $long = delete $files->{long};
    is(scalar keys %$files, FILES, "@$words: all files are looked at");
    my @wrong = grep {
        my $file = $files->{$_};
        $file->{opens} != 1 || $file->{maps} || @{ $file->{reads} } != 1 || $file->{reads}[0] ne PIECE
    } sort keys %$files;
    is_deeply([map { "$_: $files->{$_}{opens} opens, $files->{$_}{maps} maps, reads @{ $files->{$_}{reads} }" } @wrong],
        [], "@$words: each is opened once, and 4 KiB of it is read");
    cmp_ok(scalar @{ $long->{reads} }, '>=', 2, "@$words: of a longer header more is read");
}

# What reads the sections too is seen to, so the above can be seen.
my ($result, $files) = reads_of($project, 'plan', 'head');
is($result->{status}, 0, 'plan with statements: done') or diag($result->{stderr});
cmp_ok(scalar @{ $files->{"r40_revision_40"}{reads} }, '>', 1, 'plan with statements reads more of a file');

done_testing;
