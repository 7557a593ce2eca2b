#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Each promise of limbeck-promises(7) names a test that there is, and whatever tests
# crashes or concurrency stands behind a promise.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $page = slurp(srcdir() . '/core/man/limbeck-promises.7');
my %named = map { $_ => 1 } map { split / , / } $page =~ /^\.Pq Pa (.+)$/mg;
my ($promises) = $page =~ /^\.Sh CRASHES\n(.*?)^\.Sh LIMITS$/ms;

cmp_ok scalar keys %named, '>=', 25, 'tests are named';
for my $test (sort keys %named) {
    my $text = -f srcdir() . "/$test" ? slurp(srcdir() . "/$test") : '';
    ok $text =~ /^done_testing/m || $text =~ /done_testing;/, "$test is a test";
}
my @own = map { s{.*/(?=t/)}{}r } glob srcdir() . '/t/{crash,concurrent}/*.t';
is_deeply [grep { !$named{$_} } @own], [], 'each of those in t/crash and t/concurrent is';

# What is promised ends with the names of tests, item by item and part by part.
my @items = grep { !/\A\s*\z/ } map { split /^\.It\n/m } map { s/^\.El\n.*//msr } $promises =~ /^\.Bl -enum\n(.*?^\.El\n)/msg;
cmp_ok scalar @items, '>=', 15, 'there are promises';
ok /^\.Pq Pa \S.*\n\z/m, 'a test behind: ' . (split /\n/)[0] for @items;
for my $part (split /^(?=\.S[hs] )/m, $promises) {
    my ($title) = $part =~ /^\.S[hs] (.*)/ or next;
    like $part, qr/^\.Pq Pa /m, "$title has tests";
}
done_testing;
