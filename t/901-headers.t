#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Every installed header compiles alone, and twice in a row, as strict C99 and
# as C++11.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use IPC::Run ();

my %language = (
    C99 => [compiler('CC', 'cc'), qw(-x c -std=c99 -pedantic)],
    'C++11' => [compiler('CXX', 'c++'), qw(-x c++ -std=c++11)],
);

my %header;
for my $tree (srcdir(), builddir()) {
    $header{s{.*/}{}r} = 1 for glob "$tree/include/limbeck/*.h";
}
ok %header && $header{'limbeck.h'}, 'there are headers, limbeck.h among them';

for my $name (sort keys %header) {
    compiles($name, $_) for sort keys %language;
}
done_testing;

# make check may say which compiler the build has used, flags and all.
sub compiler
{
    my ($variable, $default) = @_;
    my @command = split ' ', $ENV{$variable} // '';
    @command = ($default) unless @command;
    skip_or_bail("no compiler $command[0] here (Debian: apt-get install gcc g++)")
        unless $command[0] =~ m{/} || Limbeck::Server::find_program([$command[0]]);
    return @command;
}

sub compiles
{
    my ($name, $language) = @_;
    my $source = "#include <limbeck/$name>\n" x 2 . "extern int limbeck_test_not_empty;\n";
    my @command = (@{ $language{$language} }, qw(-Wall -Wextra -Werror -fsyntax-only),
        '-I' . srcdir() . '/include', '-I' . builddir() . '/include', '-');
    my $done = IPC::Run::run(\@command, '<', \$source, '>&', \my $output);
    ok $done, "$name as $language" or diag $output;
}
