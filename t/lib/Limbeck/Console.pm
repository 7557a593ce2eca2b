# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Console: sessions that our texts show, run and compared.
#
#     my $console = Limbeck::Console->new($dir, VARIABLE => $value...);
#     $console->run_block($text);    # "$ command" lines and what they print
#
# The output that a text shows may be shortened by "...": within a line, or
# alone on one for any lines. Times, dates and the number of blanks do not
# count, and a revision's generated id in the text stands for the one made here.

package Limbeck::Console;

use strict;
use warnings;

use Limbeck::Run;
use Limbeck::Test ();
use Test::More ();

# What a block may run besides limbeck.
my $harmless = qr/^(?:limbeck|cat|cp|echo|ls|mkdir|printf|sed|sqlite3)\b/;

sub new
{
    my ($class, $dir, %env) = @_;
    return bless { dir => $dir, env => \%env, id => {} }, $class;
}

# Whether the text shows limbeck at work.
sub shows_limbeck { return $_[1] =~ /^\$ limbeck /m }

sub run_block
{
    my ($self, $text) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    while ($text =~ /^\$ ([^\n]*(?:\\\n[^\n]*)*)\n((?:(?!\$ )[^\n]*\n)*)/gm) {
        $self->run_step($1, $2);
    }
}

sub run_step
{
    my ($self, $line, $expected) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $shown = $line;
    $line =~ s/([0-9a-f]{12})/$self->{id}{$1} \/\/ $1/ge;
    return Test::More::fail("this may not be run: $line") if $line !~ $harmless;
    my $got = $self->shell("$line 2>&1")->{stdout};
    my $matches = squeeze($got) =~ pattern_of(squeeze($expected));
    Test::More::ok($matches, "\$ $shown")
        or Test::More::diag("  printed:\n$got\n  documented:\n$expected");
    my @ours = ids($got);
    my @theirs = ids($expected);
    @{ $self->{id} }{@theirs} = @ours if @ours == @theirs;
}

# Runs a line as a shell would, the program found through PATH.
sub shell
{
    my ($self, $line) = @_;
    my $result = Limbeck::Run->start(
        program => ['sh', '-c', $line],
        env     => { PATH => Limbeck::Test::builddir() . ":$ENV{PATH}", EDITOR => 'true', %{ $self->{env} } },
        dir     => $self->{dir},
    )->finish;
    Test::More::fail("$line: $result->{problem}") if defined $result->{problem};
    return $result;
}

sub ids { return $_[0] =~ /(?<![0-9A-Za-z])([0-9a-f]{12})(?![0-9A-Za-z])/g }

sub squeeze
{
    my $text = Limbeck::Test::normalize($_[0]);
    $text =~ s/(\S)[ \t]+/$1 /g;
    $text =~ s/[ \t]+$//gm;
    $text =~ s/\n+\z/\n/;
    return $text eq "\n" ? '' : $text;
}

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

1;
