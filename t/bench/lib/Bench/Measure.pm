# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Measure: compiles the helpers, runs commands in turn, keeps what each
# run took.

package Bench::Measure;

use strict;
use warnings;

use File::Basename qw(dirname);
use File::Temp ();
use IO::Handle ();
use IPC::Open2 qw(open2);

my @helpers = qw(measure readall proxy);

# A folder for the run, with the helpers compiled into it. Options: build (the
# build tree), cc, rounds (how many pairs; default: as each case has it), note
# (a function that is told what is being done).
sub new
{
    my ($class, %opt) = @_;
    my $dir = File::Temp->newdir('limbeck-bench-XXXXXX', TMPDIR => 1);
    my $self = bless { %opt, dir => $dir }, $class;
    my $source = dirname(dirname(dirname(__FILE__)));
    for my $name (@helpers) {
        my @command = (split(' ', $self->{cc}), '-std=c11', '-O2', '-D_GNU_SOURCE',
            '-o', $self->helper($name), "$source/$name.c");
        system(@command) == 0 or die "cannot compile: @command\n";
    }
    return $self;
}

sub dir { return "$_[0]{dir}" }
sub helper { return "$_[0]{dir}/$_[1]" }

# The command and environment of a run of the program: the program itself, not
# the shell script of the build tree that finds its libraries.
sub limbeck
{
    my ($self, @args) = @_;
    my $build = $self->{build};
    my ($program) = grep { -x } "$build/core/.libs/limbeck", "$build/core/limbeck"
        or die "$build: limbeck is not built\n";
    return (
        command => [$program, @args],
        env     => {
            LD_LIBRARY_PATH     => "$build/core/.libs",
            LIMBECK_DRIVER_PATH => "$build/drivers/.libs",
        },
    );
}

sub note
{
    my ($self, $text) = @_;
    $self->{note}->($text) if $self->{note};
}

# Runs the contenders in turn and returns, by their names, the samples of each.
# Options: contenders ([name => function that prepares a run and returns it,
# ...]), rounds, warmup (rounds that do not count; default 1).
#
# A run: command; times, dir, input, env (a hash); after (called with the sample
# when the run has ended, and not measured).
sub compare
{
    my ($self, %opt) = @_;
    my @names = map { $opt{contenders}[2 * $_] } 0 .. $#{ $opt{contenders} } / 2;
    my %prepare = @{ $opt{contenders} };
    my %samples = map { $_ => [] } @names;
    my $warmup = $opt{warmup} // 1;
    my $rounds = $warmup + ($self->{rounds} // $opt{rounds});
    for my $round (1 .. $rounds) {
        for my $name (@names) {
            my $sample = $self->sample($prepare{$name}->());
            push @{ $samples{$name} }, $sample if $round > $warmup;
        }
        # Nobody is always the first.
        push @names, shift @names;
    }
    return \%samples;
}

# One run: {wall, user, system, cpu (seconds), memory (KiB)}.
sub sample
{
    my ($self, $run) = @_;
    my $errors = "$self->{dir}/errors";
    my @options = ('-x', $errors);
    push @options, '-n', $run->{times} if $run->{times};
    push @options, '-i', $run->{input} if $run->{input};
    push @options, '-d', $run->{dir} if $run->{dir};
    push @options, '-o', $run->{output} if $run->{output};
    my $env = $run->{env} // {};
    push @options, map { ('-e', "$_=$env->{$_}") } sort keys %$env;
    open my $fh, '-|', $self->helper('measure'), @options, '--', @{ $run->{command} }
        or die "measure: $!\n";
    my ($wall, $user, $system, $memory, $status) = split ' ', <$fh> // '';
    close $fh;
    die "measuring @{ $run->{command} } failed\n" unless defined $status;
    die "@{ $run->{command} }: exit status $status\n" . tail($errors) if $status;
    my $sample = {
        wall => $wall, user => $user, system => $system, cpu => $user + $system, memory => $memory,
    };
    $run->{after}->($sample) if $run->{after};
    return $sample;
}

sub tail
{
    my ($path) = @_;
    open my $fh, '<:raw', $path or return '';
    my @lines = <$fh>;
    splice @lines, 0, -20 if @lines > 20;
    return join '', map { "    $_" } @lines;
}

# A proxy before a server on this machine; returns {port, finish}. finish()
# returns {trips, connections, up, down}.
sub proxy
{
    my ($self, $port, $microseconds) = @_;
    my $pid = open2(my $out, my $in, $self->helper('proxy'), '127.0.0.1', $port, $microseconds);
    chomp(my $own = <$out> // die "the proxy did not start\n");
    my $finish = sub {
        close $in;
        my %count;
        @count{qw(trips connections up down)} = split ' ', <$out> // '';
        waitpid $pid, 0;
        die "the proxy failed\n" if $? || !defined $count{down};
        return \%count;
    };
    return { port => $own, finish => $finish };
}

sub median
{
    my @sorted = sort { $a <=> $b } @_;
    return undef unless @sorted;
    my $half = int(@sorted / 2);
    return @sorted % 2 ? $sorted[$half] : ($sorted[$half - 1] + $sorted[$half]) / 2;
}

1;
