# SPDX-License-Identifier: BSD-2-Clause
#
# Bench::Table: judges rows and prints them.

package Bench::Table;

use strict;
use warnings;

use JSON::PP ();
use Bench::Measure;

# Adds to a row: median_ours, median_theirs, ratio, verdict.
sub judge
{
    my ($row) = @_;
    return { %$row, verdict => 'skipped' } if $row->{skipped};
    my ($ours, $theirs) = map { Bench::Measure::median(@$_) } @$row{qw(ours theirs)};
    my $ratio = $theirs > 0 ? $ours / $theirs : undef;
    my $judged = $row->{judge} eq 'ratio' ? $ratio : $ours;
    my $verdict = !defined $row->{limit} || !defined $judged ? ''
        : $judged < $row->{limit} || (!$row->{strict} && $judged == $row->{limit}) ? 'ok' : 'OVER';
    return {
        %$row, median_ours => $ours, median_theirs => $theirs, ratio => $ratio,
        verdict => $verdict,
    };
}

sub title
{
    my ($row) = @_;
    return defined $row->{label} ? "$row->{case} $row->{label}" : $row->{case};
}

sub number
{
    my ($value, $unit) = @_;
    return '-' unless defined $value;
    return sprintf '%.0f', $value if $unit eq '';
    my $digits = $unit eq 'MB' || $value >= 100 ? 1 : $value >= 10 ? 2 : 3;
    return sprintf "%.${digits}f %s", $value, $unit;
}

# "< 2.00" of the ratio, "< 16 MB" of our own number.
sub limit
{
    my ($row) = @_;
    return '' unless defined $row->{limit};
    my $sign = $row->{strict} ? '<' : '<=';
    return sprintf '%s %.2f', $sign, $row->{limit} if $row->{judge} eq 'ratio';
    return "$sign $row->{limit}" . ($row->{unit} eq '' ? '' : " $row->{unit}");
}

sub short_table
{
    my @lines = ([qw(case what ours theirs ratio limit), '', 'theirs is']);
    for my $row (@_) {
        push @lines, $row->{skipped}
            ? [title($row), '-', '-', '-', '-', '-', 'skipped', $row->{skipped}]
            : [title($row), $row->{what}, number($row->{median_ours}, $row->{unit}),
                number($row->{median_theirs}, $row->{unit}), ratio($row->{ratio}), limit($row),
                $row->{verdict}, $row->{against}];
    }
    return aligned('llrrrlll', @lines);
}

# The spread of the samples, for machines that have other work to do.
sub long_table
{
    my @lines = (['case', 'what', 'n', 'ours min', 'median', 'max', 'theirs min', 'median', 'max',
        'pairs min', 'median', 'max', 'theirs is']);
    for my $row (grep { !$_->{skipped} } @_) {
        my @pairs = map { $row->{theirs}[$_] > 0 ? $row->{ours}[$_] / $row->{theirs}[$_] : () }
            0 .. $#{ $row->{ours} };
        push @lines, [title($row), $row->{what}, scalar @{ $row->{ours} },
            (map { number($_, $row->{unit}) } map { spread(@{ $row->{$_} }) } qw(ours theirs)),
            (map { ratio($_) } spread(@pairs)), $row->{against}];
    }
    return aligned('llrrrrrrrrrrl', @lines);
}

sub ratio { return defined $_[0] ? sprintf '%.2f', $_[0] : '-' }

sub spread
{
    my @sorted = sort { $a <=> $b } @_;
    return ($sorted[0], Bench::Measure::median(@sorted), $sorted[-1]);
}

# Lines of columns, each l(eft) or r(ight).
sub aligned
{
    my ($sides, @lines) = @_;
    my @side = split //, $sides;
    my @width;
    for my $line (@lines) {
        for my $i (0 .. $#$line) {
            my $length = length $line->[$i];
            $width[$i] = $length if $length >= ($width[$i] // 0);
        }
    }
    my $text = '';
    for my $line (@lines) {
        my $one = join '  ', map {
            sprintf $side[$_] eq 'l' ? "%-$width[$_]s" : "%$width[$_]s", $line->[$_]
        } 0 .. $#$line;
        $one =~ s/\s+\z//;
        $text .= "$one\n";
    }
    return $text;
}

sub json
{
    my @rows = map {
        my %row = %$_;
        delete $row{$_} for grep { !defined $row{$_} } keys %row;
        $row{strict} = $row{strict} ? JSON::PP::true() : JSON::PP::false();
        \%row;
    } @_;
    return JSON::PP->new->canonical->pretty->encode(\@rows);
}

1;
