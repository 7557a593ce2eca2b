#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The program is killed (SIGKILL) at random moments.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Crash;

crash_seed();
for_each_engine(sub {
    my ($db) = @_;
    my $crash = Limbeck::Crash->new($db);
    $crash->rounds(crash_rounds(8), 'killed at a random moment', sub { $crash->killed_somewhere });
});

done_testing;
