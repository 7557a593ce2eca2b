#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The program is killed (SIGKILL) before its first call of the driver, and after
# each one, each statement of a batch counted, of an upgrade and of a downgrade.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Crash;

crash_seed();
for_each_engine(sub {
    my ($db) = @_;
    my $crash = Limbeck::Crash->new($db);
    $crash->everywhere('kill-after', 4);
    $crash->rounds(2, 'killed before the first call', sub { $crash->faulty('kill-before:1') });
});

done_testing;
