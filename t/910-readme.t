#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What we print for readers is true: the console blocks of README.md give the
# output they show, and every example in the commands' help runs.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use File::Temp ();

# Besides limbeck, what a console block may run.
my $harmless = qr/^(?:limbeck|cat|cp|echo|ls|mkdir|printf|sed|sqlite3)\b/;

# In which state the example is when a command's help examples are run.
my %start = (init => 'nothing', upgrade => 'empty', stamp => 'empty', ensure_version => 'empty');

my $project = new_project(bare => 1);
my %id;

subtest 'console blocks of README.md' => \&check_readme;
subtest 'examples of limbeck help' => \&check_help;
done_testing;

# Runs a line as a shell would, the program found through PATH.
sub shell
{
    my ($line, %opt) = @_;
    my $result = Limbeck::Run->start(
        program => ['sh', '-c', $line],
        env     => { PATH => builddir() . ":$ENV{PATH}", EDITOR => 'true', %{ $opt{env} // {} } },
        dir     => $opt{dir},
    )->finish;
    fail("$line: $result->{problem}") if defined $result->{problem};
    return $result;
}

# ---------------------------------------------------------------------------

sub check_readme
{
    my @steps = read_steps(Limbeck::Server::slurp(srcdir() . '/README.md') // '');
    ok scalar(@steps), 'README.md shows limbeck at work';
    for my $step (@steps) {
        my ($line, $expected) = @$step;
        # Ids are random: where README has one, ours from above is meant.
        $line =~ s/([0-9a-f]{12})/$id{$1} \/\/ $1/ge;
        if ($line !~ $harmless) {
            fail("in a block with limbeck, this command cannot be run: $line");
            next;
        }
        my $result = shell("$line 2>&1", dir => $project->dir);
        like_documented($line, $result->{stdout}, $expected);
    }
}

# [command, expected output] of every block in which limbeck is run.
sub read_steps
{
    my ($text) = @_;
    my @steps;
    while ($text =~ /^```console\n(.*?)^```/gms) {
        my $block = $1;
        next unless $block =~ /^\$ limbeck /m;
        while ($block =~ /^\$ ([^\n]*(?:\\\n[^\n]*)*)\n((?:(?!\$ )[^\n]*\n)*)/gm) {
            push @steps, [$1, $2];
        }
    }
    return @steps;
}

sub like_documented
{
    my ($line, $got, $expected) = @_;
    my $matches = squeeze($got) =~ pattern_of(squeeze($expected));
    ok $matches, "\$ $line" or diag "  printed:\n$got\n  documented:\n$expected";
    my @ours = $got =~ /(?<![0-9A-Za-z])([0-9a-f]{12})(?![0-9A-Za-z])/g;
    my @theirs = $expected =~ /(?<![0-9A-Za-z])([0-9a-f]{12})(?![0-9A-Za-z])/g;
    @id{@theirs} = @ours if @ours == @theirs;
}

sub squeeze
{
    my ($text) = @_;
    $text = normalize($text);
    $text =~ s/[ \t]+(TIME|DATE)/ $1/g;
    $text =~ s/[ \t]+$//gm;
    $text =~ s/\n+\z/\n/;
    return $text eq "\n" ? '' : $text;
}

# "..." stands for anything: within its line, or alone on one for any lines.
sub pattern_of
{
    my ($expected) = @_;
    my $pattern = '';
    for my $line (split /^/, $expected) {
        if ($line eq "...\n") {
            $pattern .= '(?:[^\n]*\n)*';
        } else {
            $pattern .= join '[^\n]*', map { quotemeta } split /\.\.\./, $line, -1;
        }
    }
    return qr/\A$pattern\z/;
}

# ---------------------------------------------------------------------------

sub check_help
{
    my @commands = commands();
    my %known = map { $_ => 1 } @commands;
    ok $known{$_}, "limbeck help lists $_" for qw(init revision upgrade downgrade stamp current
        history heads show ensure_version log drivers);
    my $found = 0;
    for my $command (@commands) {
        for my $line (examples($command)) {
            $found++;
            check_example($command, $line);
        }
    }
    ok $found, 'help has examples';
}

# A command is an indented word in the overview, followed by what it does.
sub commands
{
    my $result = run_ok(['help'], 'limbeck help');
    return $result->{stdout} =~ /^ {2,4}([a-z][a-z_]+)(?: [^\n]*)? {2,}\S/gm;
}

# Lines below the heading "Examples:" that begin with four blanks and "limbeck ".
sub examples
{
    my ($command) = @_;
    my $result = run_ok(['help', $command], "limbeck help $command");
    my ($part) = $result->{stdout} =~ /^Examples:[^\n]*\n(.*)/ms or return;
    return $part =~ /^ {4}(limbeck [^\n]*)$/gm;
}

sub check_example
{
    my ($command, $line) = @_;
    my $dir = File::Temp->newdir('limbeck-example-XXXXXX', TMPDIR => 1);
    my %env = (LIMBECK_URL => "sqlite:///$dir/example.db");
    my $start = $start{$command} // 'head';
    if ($start ne 'nothing') {
        system('cp', '-R', srcdir() . '/migrations/example/.', "$dir") == 0 or die "cp: $?\n";
        # A tarball's files may be read-only.
        system('chmod', '-R', 'u+w', "$dir");
    }
    if ($start eq 'head') {
        my $upgrade = shell('limbeck upgrade head', dir => "$dir", env => \%env);
        return fail("limbeck upgrade head, before: $line") if $upgrade->{status};
    }
    my $result = shell($line, dir => "$dir", env => \%env);
    is $result->{status}, 0, $line or diag $result->{stdout}, $result->{stderr};
}
