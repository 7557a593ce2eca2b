#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What we print for readers is true: the console blocks of README.md give the
# output they show, and every example in the commands' help runs.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Console;
use File::Temp ();

# In which state the example is when a command's help examples are run.
my %start = (init => 'nothing', upgrade => 'empty', stamp => 'empty', ensure_version => 'empty',
    baseline => 'found');

subtest 'console blocks of README.md' => \&check_readme;
subtest 'examples of limbeck help' => \&check_help;
done_testing;

sub check_readme
{
    my $readme = slurp(srcdir() . '/README.md');
    my @blocks = grep { Limbeck::Console->shows_limbeck($_) } $readme =~ /^```console\n(.*?)^```/gms;
    ok scalar(@blocks), 'README.md shows limbeck at work';
    my $console = Limbeck::Console->new(new_project(bare => 1)->dir);
    $console->run_block($_) for @blocks;
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
    my $start = $line =~ /--verify/ ? 'head' : $start{$command} // 'head';
    if ($start ne 'nothing') {
        system('cp', '-R', srcdir() . '/migrations/example/.', "$dir") == 0 or die "cp: $?\n";
        # A tarball's files may be read-only.
        system('chmod', '-R', 'u+w', "$dir");
    }
    my $console = Limbeck::Console->new("$dir", %env);
    if ($start eq 'head' || $start eq 'found') {
        my $upgrade = $console->shell('limbeck upgrade head && limbeck schema dump > schema.sql'
            # The desired schema is that of this engine: the dump itself is not in the dialect.
            . ' && cp example.db desired.db && sed -i "s|^dialect.*|&\nschema = sqlite:///desired.db|" limbeck.ini');
        return fail("limbeck upgrade head, before: $line") if $upgrade->{status};
    }
    # A database that no revision has made.
    $console->shell("rm versions/*; sqlite3 example.db 'DROP TABLE limbeck_version; DROP TABLE limbeck_history'")
        if $start eq 'found';
    $console->shell("echo 'CREATE TABLE t (id serial PRIMARY KEY);' > schema.sql") if $command eq 'translate';
    my $result = $console->shell($line);
    is $result->{status}, 0, $line or diag $result->{stdout}, $result->{stderr};
}
