# SPDX-License-Identifier: BSD-2-Clause
#
# Limbeck::Dice: random graphs and identifiers, the same everywhere for a seed.
#
#     my $dice = Limbeck::Dice->new(1);
#     my $graph = $dice->graph;                # a Limbeck::Graph
#     my $target = $dice->target($graph);      # "r03x", "label02@+1", "head-2"...

package Limbeck::Dice;

use strict;
use warnings;

use Limbeck::Graph;

use constant REVISIONS_MOST => 14;

sub new
{
    my ($class, $seed) = @_;
    return bless { state => $seed }, $class;
}

# A number from 0 to one less than $sides.
sub roll
{
    my ($self, $sides) = @_;
    $self->{state} = ($self->{state} * 1103515245 + 12345) % 2147483648;
    return int($self->{state} / 65536) % $sides;
}

sub pick
{
    my ($self, @choices) = @_;
    return $choices[$self->roll(scalar @choices)];
}

sub links
{
    my ($self, $sign, $below, $most) = @_;
    my %to = map { sprintf('r%02dx', $self->roll($below)) => 1 } 0 .. $self->roll($most);
    return $sign . join ',', sort keys %to;
}

# Lines, forks, merges, several bases, dependencies, labels, times.
sub graph
{
    my ($self) = @_;
    my @revisions;
    for my $i (0 .. $self->roll(REVISIONS_MOST)) {
        my $text = sprintf 'r%02dx', $i;
        $text .= $self->links('<', $i, $self->roll(4) ? 1 : 3) if $i && $self->roll(6);
        $text .= $self->links('~', $i, 2) if $i && !$self->roll(4);
        $text .= sprintf ' labels label%02d', $i unless $self->roll(4);
        $text .= ' at ' . $self->roll(10) if $self->roll(2);
        push @revisions, $text;
    }
    return Limbeck::Graph->parse(join '; ', @revisions);
}

# An id, the beginning of one, or a label.
sub key
{
    my ($self, $graph) = @_;
    my $key = $self->pick(sort keys %{ $graph->{by_key} });
    return $self->roll(10) ? $key : substr $key, 0, $self->roll(4) ? 3 : 2;
}

# An identifier, of any form.
sub target
{
    my ($self, $graph) = @_;
    my $relative = !$self->roll(2);
    my $text = $self->roll(3) ? '' : $self->key($graph) . '@';
    $text .= $self->roll(4) ? $self->key($graph) : $self->pick(qw(head heads base))
        if !$relative || $self->roll(2);
    $text .= $self->pick('+', '-') . (1 + $self->roll(3)) if $relative;
    return $text;
}

1;
