#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# 32 processes at once on one database: each revision runs once, and all end well,
# in whatever way they go.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Together;

for_each_engine(sub {
    my ($db) = @_;
    ledger_project($db, 6);
    my @results = together('up', map { limbeck_start('upgrade', 'head') } 1 .. 32);
    is scalar(() = join('', map { $_->{stderr} } @results) =~ /^Running upgrade /mg), 6, 'each was told of once';
    ledger_is $db, ['up', 1 .. 6], '32 upgrades';

    together('up and down', map { limbeck_start(@$_) } (['upgrade', 'head'], ['downgrade', 'base']) x 8);
    my $level = ledger_is_true $db, 'upgrade against downgrade';
    ok $level == 0 || $level == 6, 'each went the whole of its way' or diag $level;
});

done_testing;
