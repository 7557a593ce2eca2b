#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Lengths of functions and files, and the license line of every file.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Source;

use constant { FUNCTION_LINES => 80, FILE_LINES => 600 };

# Functions ("core/room/file.c: name") and files that may be longer, and why.
my %excused = (
);

my $root = srcdir();
my @files = Limbeck::Source::files($root);
my @measured = grep { m{^(?:core|drivers|include)/.*\.[ch]\z} } @files;

ok scalar(@measured), 'there are C files to measure';
check_functions();
check_files();
check_licenses();
done_testing;

sub check_functions
{
    my (@lengths, @long);
    for my $path (@measured) {
        for my $function (Limbeck::Source::functions(Limbeck::Source::text($root, $path))) {
            my ($name, $line, $length) = @$function;
            push @lengths, [$length, "$path: $name"];
            push @long, "$path:$line: $name has $length lines"
                if $length > FUNCTION_LINES && !$excused{"$path: $name"};
        }
    }
    report('functions', @lengths);
    ok !@long, 'no function is longer than ' . FUNCTION_LINES . ' lines' or diag map { "  $_\n" } @long;
}

sub check_files
{
    my (@lengths, @long);
    for my $path (@measured) {
        my $length = Limbeck::Source::text($root, $path) =~ tr/\n//;
        push @lengths, [$length, $path];
        push @long, "$path has $length lines" if $length > FILE_LINES && !$excused{$path};
    }
    report('files', @lengths);
    ok !@long, 'no file is longer than ' . FILE_LINES . ' lines' or diag map { "  $_\n" } @long;
}

sub report
{
    my ($what, @lengths) = @_;
    return unless @lengths;
    my @sorted = sort { $a->[0] <=> $b->[0] } @lengths;
    note sprintf '%d %s: median %d lines, nine in ten up to %d, worst %d (%s)', scalar @sorted,
        $what, $sorted[$#sorted * 0.5][0], $sorted[$#sorted * 0.9][0], @{ $sorted[-1] };
}

sub check_licenses
{
    my @bare;
    for my $path (grep { needs_license($_) } @files) {
        my @head = split /\n/, substr(Limbeck::Source::text($root, $path), 0, 1000), 6;
        splice @head, 5 if @head > 5;
        push @bare, $path unless grep { /SPDX-License-Identifier: BSD-2-Clause\s*(?:\*\/)?\s*$/ } @head;
    }
    ok !@bare, 'every file names its license in its first lines' or diag map { "  $_\n" } @bare;
}

sub needs_license
{
    my ($path) = @_;
    # Copied there by automake and libtool, with terms of their own.
    return 0 if $path =~ m{^build-aux/};
    return 1 if $path =~ /\.(?:[ch]|pm|pl|t|am|inc|ac|m4|sh)\z/;
    return Limbeck::Source::text($root, $path) =~ m{^#!.*\b(?:sh|bash|dash|perl)\b};
}
