# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Growth: how time grows with the number of revisions: n, 2n and 4n of
# them. What is linear takes twice and four times as long.

package Bench::Growth;

use strict;
use warnings;

use Bench::Revisions;

use constant {
    REVISIONS => 25_000,
    LIMIT     => 1.25,
};

my @commands = (
    ['heads', 'heads'],
    ['history', 'history'],
    ['plan', 'plan', '--headers-only', 'head'],
);

# Rows of Bench::Cases; time_row is a function of it.
sub rows
{
    my ($bench, $time_row) = @_;
    my @projects = map { Bench::Revisions::long_project(REVISIONS * $_) } 1, 2, 4;
    return map { command_rows($bench, $time_row, \@projects, @$_) } @commands;
}

sub command_rows
{
    my ($bench, $time_row, $projects, $name, @args) = @_;
    my @readall = ($bench->helper('readall'), $projects->[0]->versions);
    my $samples = $bench->compare(rounds => 5, contenders => [
        read => sub { return { command => \@readall } },
        map { my $dir = $projects->[$_]->dir;
            (2 ** $_ => sub { return { $bench->limbeck(@args), dir => $dir } }) } 0 .. $#$projects,
    ]);
    my $n = $samples->{1};
    return (
        $time_row->('cpu', $n, $samples->{read}, label => $name, against => 'reading 4 KiB of each'),
        map { $time_row->('cpu', $samples->{$_}, multiplied($n, $_), label => "$name of ${_}n",
            against => "$_ times that of n", limit => LIMIT) } 2, 4,
    );
}

sub multiplied
{
    my ($samples, $times) = @_;
    return [map { { cpu => $_->{cpu} * $times } } @$samples];
}

1;
