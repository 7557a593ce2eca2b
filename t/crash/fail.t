#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Each call of the driver fails in turn: with an error; the connection is lost
# before it is sent, or before its answer comes.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Crash;

crash_seed();
for_each_engine(sub {
    my ($db) = @_;
    my $crash = Limbeck::Crash->new($db);
    my @kinds = $db->engine eq 'sqlite' ? 'fail' : qw(fail lose-before lose-after lose-reply);
    $crash->everywhere($_, 2) for @kinds;
});

done_testing;
