#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The examples of limbeck-translation(7): each becomes what the page says, or runs on the
# engines that it names, or is refused there.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $page = slurp(srcdir() . '/core/man/limbeck-translation.7');
my @examples;
while ($page =~ /^\.\\" (translate|runs|refused) ([a-z ]+)\n((?:\.Bd -literal -offset indent\n.*?^\.Ed\n)+)/msg) {
    my ($what, $engines, $text) = ($1, $2, $3);
    push @examples, { what => $what, engines => [split ' ', $engines],
        texts => [map { s/\\e/\\/gr } $text =~ /^\.Bd.*?\n(.*?)^\.Ed$/msg] };
}
cmp_ok scalar @examples, '>=', 7, 'the page has examples';
my %built = map { $_ => 1, $_ eq 'mysql' ? (mariadb => 1) : () } engines();

new_project(bare => 1);
for my $example (@examples) {
    write_file('example.sql', $example->{texts}[0]);
    my ($first) = $example->{texts}[0] =~ /^(.*)/;
    for my $engine (grep { $built{$_} } @{ $example->{engines} }) {
        my @args = ('translate', '--to', $engine, 'example.sql');
        if ($example->{what} eq 'refused') {
            fails_with 1, qr/error/, \@args, "refused on $engine: $first";
            next;
        }
        my $value = json_of(\@args, "has a counterpart on $engine: $first");
        next if $example->{what} eq 'runs';
        is join('', map { "$_;\n" } map { @{ $_->{sent} } } @{ $value->{statements} }), $example->{texts}[1],
            "becomes that on $engine: $first";
    }
}
done_testing;
